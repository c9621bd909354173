"""Kernels without a browser: their memory, their start, and the whole nbval suite."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = "import anywidget, ipywidgets, matplotlib.figure, numpy, babel.numbers, yaml, fastjsonschema, platformdirs"
LESSON = (
    "from digigov import claims, quiz, rollout\nquiz('05', 'predict'); rollout(); claims('C10'); quiz('05', 'check')"
)


def memory() -> tuple[list[float], list[float]]:
    """Resident memory in MB: a kernel that has run notebook 05's calls, and one that only imported the libraries."""
    return [_resident(LESSON)], [_resident(LIBRARIES)]


def _resident(code: str) -> float:
    manager, client = _kernel()
    try:
        client.execute_interactive(code, output_hook=lambda _message: None)
        return psutil.Process(manager.provisioner.process.pid).memory_info().rss / 2**20
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def suite_against_starts() -> tuple[float, float]:
    """Seconds of the strict nbval suite over every notebook, and of starting and stopping as many bare kernels."""
    notebooks = sorted(str(path) for path in (ROOT / "notebooks").glob("??/*.ipynb"))
    flags = ["--nbval", "--nbval-current-env", f"--nbval-sanitize-with={ROOT / 'tests' / 'sanitize.cfg'}"]
    start = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            str(ROOT / "pyproject.toml"),
            *flags,
            *notebooks,
        ],
        cwd=ROOT,
        env={**os.environ, "DIGIGOV_RECORD": ":memory:"},
        capture_output=True,
        text=True,
    )
    suite = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"the nbval suite fails, so its time means nothing:\n{done.stdout[-2000:]}")
    start = time.perf_counter()
    for _ in notebooks:
        manager, client = _kernel()
        client.execute_interactive("1", output_hook=lambda _message: None)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return suite, time.perf_counter() - start


def _kernel():
    environment = {**os.environ, "DIGIGOV_RECORD": ":memory:", "DIGIGOV_LANG": "vi"}
    return start_new_kernel(kernel_name="python3", env=environment, stderr=subprocess.DEVNULL)
