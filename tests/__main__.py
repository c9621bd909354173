"""`python3 tests [pytest arguments]`: set up once, then check the code and run every test and every notebook.

`python3 tests benchmark` measures speed instead, `python3 tests store` makes the outputs stored in the notebooks.
Written so that a Python as old as 3.6 can say that it is too old.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NBVAL = [
    "--nbval",
    # The kernel is the Python that runs the tests, whatever name a notebook was stored with.
    "--nbval-current-env",
    # nbval waits 2000 seconds for a cell that hangs unless told otherwise.
    "--nbval-cell-timeout=60",
    "--nbval-sanitize-with=tests/sanitize.cfg",
]


# Two at a time, a notebook, a file or a class of tests in one process: much of a browser's test is waiting.
# In the order of the folders, so that one JupyterLab and one browser serve all tests of a page.
TOGETHER = ["--numprocesses=2", "--dist=loadscope", "--no-loadscope-reorder"]


def too_old(version):
    """Return the sentence about a Python of this version, or None if it is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return None
    numbers = ".".join(str(part) for part in version[:3])
    return "Python 3.11 or newer is needed; this is " + numbers + "."


def commands(python, arguments):
    """Return the commands to run with this interpreter, as lists of words; any that fails makes the whole fail.

    What is asked for by name runs as pytest would run it; everything runs two at a time.
    """
    if arguments[:1] == ["benchmark"]:
        return [[python, str(ROOT / "tests" / "benchmark"), *arguments[1:]]]
    if arguments[:1] == ["store"]:
        return [[python, "-m", "digigov.store", *arguments[1:]]]
    return [
        [python, "-m", "ruff", "check", "--quiet"],
        [python, "-m", "ruff", "format", "--check"],
        [python, "-m", "pytest", *NBVAL, *(arguments or TOGETHER)],
    ]


def main(arguments):
    """Run the command and return its exit code."""
    sentence = too_old(sys.version_info)
    if sentence:
        sys.stderr.write(sentence + "\n")
        return 1
    # In place of this folder, so that what is found here is found by any other program as well.
    sys.path[0] = str(ROOT / "notebooks")
    import bootstrap
    from messages import Stop, tell_stop, use

    use("en")
    try:
        python = bootstrap.python_with(["tests"])
        codes = [subprocess.run(command, cwd=str(ROOT)).returncode for command in commands(str(python), arguments)]
    except Stop as stop:
        return tell_stop(stop)
    except KeyboardInterrupt:
        return 130
    return max(map(abs, codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
