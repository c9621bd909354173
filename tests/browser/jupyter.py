"""A JupyterLab for the tests: started as the course starts it, over a copy of the notebooks, with the network cut."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import launch
from digigov.labs.catalogue import NAMES

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = Path(__file__).parent / "offline"
TOKEN = "of-the-tests"

# As `vi/05`: enough to find the file.
NOTEBOOKS = sorted(f"{path.parent.name}/{path.name[:2]}" for path in (ROOT / "notebooks").glob("[ve][in]/[0-9]*.ipynb"))

# Notebooks of the tests' own, by name: their code cells.
SCRATCH = {
    "lab": ["from digigov import rollout", "lab = rollout()\nlab", "lab", "rollout()"],
    "timeline": ["from digigov import timeline", "timeline()"],
    "assessment": ["from digigov import assessment", "assessment()"],
    "class": ["from digigov import class_picture", "class_picture()"],
    "review": [
        "from digigov import completion_report, final_test, review",
        "review()",
        "final_test()",
        "completion_report()",
    ],
    "network": [
        "import socket",
        "socket.create_connection(('192.0.2.1', 80), timeout=2)",
        "socket.getaddrinfo('example.org', 80)",
    ],
} | {f"only-{name}": [f"from digigov import {name}", f"{name}()"] for name in NAMES}


class Jupyter:
    """JupyterLab in `folder`, which holds the notebooks, the learner's record and the settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notebooks = folder / "notebooks"
        self.tried = folder / "tried.txt"  # hosts that the server or a kernel wanted to reach
        self.record = folder / "record.sqlite"
        for language in ("vi", "en"):
            # Without what a run of an author may have left there.
            ignored = shutil.ignore_patterns(".ipynb_checkpoints")
            shutil.copytree(ROOT / "notebooks" / language, self.notebooks / language, ignore=ignored)
            for name, cells in SCRATCH.items():
                write_notebook(self.notebooks / language / f"{name}.ipynb", cells)

    def start(self) -> None:
        """Start the server on a free port and wait for it. Raises launch's Stop if it does not answer."""
        with socket.socket() as probe:
            probe.bind((launch.HOST, 0))
            self.port = probe.getsockname()[1]
        command, environment = launch.jupyter_command(
            sys.executable, self.notebooks, "vi", self.port, TOKEN, home=self.folder / "settings"
        )
        # The tests call JupyterLab's own commands; a learner's page does not offer them.
        command.append("--LabApp.expose_app_in_browser=True")
        environment |= {
            "DIGIGOV_RECORD": str(self.record),
            "DIGIGOV_OFFLINE_LOG": str(self.tried),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(OFFLINE), os.getenv("PYTHONPATH")])),
        }
        for name in ("DIGIGOV_LANG", "DIGIGOV_PICTURES"):
            environment.pop(name, None)
        log = self.folder / "server.log"
        with log.open("ab") as report:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=report, stderr=report
            )
        launch.wait_for(self.process, self.port, log)

    def stop(self) -> None:
        """End the server and its kernels."""
        launch.stop(self.process)

    def address(self, notebook: str) -> str:
        """Where a notebook opens: `vi/99` finds it by its first letters."""
        language, _, start = notebook.partition("/")
        (path,) = (self.notebooks / language).glob(f"{start}*.ipynb")
        return launch.course_address(self.port, path.relative_to(self.notebooks), TOKEN)

    def tried_hosts(self) -> list[str]:
        """Other machines that the server or a kernel wanted to reach since the last call."""
        hosts = self.tried.read_text(encoding="utf-8").split() if self.tried.exists() else []
        self.tried.unlink(missing_ok=True)
        return hosts

    def forget(self) -> None:
        """A learner who has answered nothing."""
        for path in self.folder.glob("record.sqlite*"):
            path.unlink()


def write_notebook(path: Path, cells: list[str]) -> None:
    """A notebook of code cells that never ran."""
    empty = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    content = {
        "cells": [{**empty, "id": f"cell-{number}", "source": source} for number, source in enumerate(cells)],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(content), encoding="utf-8")
