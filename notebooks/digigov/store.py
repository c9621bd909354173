"""Make the stored outputs: run every notebook as a learner would and keep what a reader without a kernel sees.

    python3 tests store            all notebooks, both languages
    python3 tests store 05 --same  one notebook; its changed text needs no change in the other language

Widget views are left out, since a page without a kernel could not show them; the picture and the words stay.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from digigov import pairs
from digigov.language import LANGUAGES
from digigov.paths import NOTEBOOKS

REFUSAL = 'role="alert"'  # in the HTML of Page.sentence
VIEW = "application/vnd.jupyter.widget-view+json"
# Markdown lives in the reader's hands; of a cell's metadata only what the course gives a meaning is kept.
KEPT_METADATA = {"jupyter", "tags", pairs.STAMP}


class Refused(Exception):
    """A cell shows a sentence about something wrong in place of its content."""


def store(path: Path) -> None:
    """Run the notebook at `path` in its own folder and write its outputs.

    Raises CellExecutionError at the first cell that fails, and Refused where one says that something is wrong; the
    file is as it was then.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    client = NotebookClient(
        notebook, timeout=120, store_widget_state=False, resources={"metadata": {"path": path.parent}}
    )
    client.execute(stderr=subprocess.DEVNULL)  # what a kernel tells the terminal is not the notebook's
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if REFUSAL in output.get("data", {}).get("text/html", ""):
                raise Refused(output["data"]["text/plain"])
    for cell in notebook.cells:
        cell.metadata = {name: value for name, value in cell.metadata.items() if name in KEPT_METADATA}
        if cell.cell_type == "code":
            cell.metadata["jupyter"] = {"source_hidden": True}
            for output in cell.outputs:
                output.get("data", {}).pop(VIEW, None)
                if "metadata" in output:
                    output["metadata"] = {}
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    )
    write(path, notebook)


def write(path: Path, notebook: Any) -> None:
    """Write a notebook the one way, so that a change shows as that change only."""
    path.write_text(nbformat.writes(notebook, version=4, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


def stamp(notebook_id: str, same: bool) -> list[str]:
    """Mark translations that are in step; returns the ids of markdown cells of which one side alone has changed."""
    paths = {language: next((NOTEBOOKS / language).glob(f"{notebook_id}-*.ipynb"), None) for language in LANGUAGES}
    if None in paths.values():
        return []
    both = {language: nbformat.read(path, as_version=4) for language, path in paths.items()}
    stale = [] if same else pairs.drift(both["vi"], both["en"])
    pairs.stamp(both["vi"], both["en"], except_for=stale)
    write(paths["en"], both["en"])
    return stale


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python3 tests store", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("notebooks", nargs="*", help="two-digit ids; all when none is given")
    parser.add_argument("--same", action="store_true", help="a changed side needs no change in the other language")
    asked = parser.parse_args(arguments)
    os.environ |= {"DIGIGOV_RECORD": ":memory:", "DIGIGOV_PICTURES": "1"}
    found = sorted(path for language in LANGUAGES for path in (NOTEBOOKS / language).glob("[0-9][0-9]-*.ipynb"))
    wanted = [path for path in found if not asked.notebooks or path.name[:2] in asked.notebooks]
    faults: list[str] = []
    failed: set[str] = set()
    for path in wanted:
        try:
            store(path)
        except (CellExecutionError, Refused) as error:
            faults.append(f"{path.parent.name}/{path.name}: {error}")
            failed.add(path.name[:2])
        else:
            print(f"{path.parent.name}/{path.name}")
    for notebook_id in sorted({path.name[:2] for path in wanted} - failed):
        stale = stamp(notebook_id, asked.same)
        faults += [f"{notebook_id}: cell {cell} changed in one language only" for cell in stale]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
