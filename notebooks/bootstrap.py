"""Finds or makes a Python with everything the course needs. Uses the standard library alone.

The running Python is used if it has everything (a conda environment made from environment.yml). Otherwise `.venv` is
made once from requirements.lock: pip installs uv, and uv installs the rest, both checked against the lock's hashes.
"""

import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable
from importlib import metadata
from importlib.machinery import PathFinder
from pathlib import Path

from messages import Stop, say, tell
from turns import one_at_a_time

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "notebooks" / "requirements.lock"
PYPROJECT = ROOT / "pyproject.toml"
ENVIRONMENT = ROOT / "environment.yml"
VENV = ROOT / ".venv"
STAMP = "digigov.json"  # written last: a .venv without it was not finished
LOCK_HEADER = """\
# Every package at one version, for Linux, macOS and Windows and for Python 3.11 to 3.14. Not edited by hand:
# change pyproject.toml and run `python3 notebooks lock`.
"""


def python_with(extras: Iterable[str] = ()) -> Path:
    """Return the interpreter to run the course with: the running one, or the one of `.venv`, made or mended if need be.

    Args:
        extras: names from [project.optional-dependencies] that are needed too, such as "tests".

    Raises:
        Stop: the environment could not be made; the message says why.
    """
    if Path(sys.prefix).resolve() != VENV.resolve() and running_python_is_complete(extras):
        return Path(sys.executable)
    wanted = stamp(extras)
    if not is_ready(wanted):
        try:
            with one_at_a_time(ROOT / ".venv.lock", waiting=lambda: tell("waiting", folder=VENV)):
                if not is_ready(wanted):  # who was waited for may have made what is wanted
                    mend(wanted)
        except OSError as error:
            raise Stop(explain(str(error), error.errno)) from error
    return venv_program("python")


def is_ready(wanted: dict) -> bool:
    """Say whether `.venv` is sound and holds all that is wanted. Raises Stop as what_is_wrong does."""
    found = read_stamp()
    if found is None or what_is_wrong(found) is not None:
        return False
    return found == {**wanted, "extras": sorted({*wanted["extras"], *found["extras"]})}


def mend(wanted: dict) -> None:
    """Make `.venv`, or bring it to what is wanted, keeping the extras that it has. Raises OSError or Stop."""
    started = time.monotonic()
    found = read_stamp()
    fault = what_is_wrong(found)
    if fault is None and found is not None:
        wanted = {**wanted, "extras": sorted({*wanted["extras"], *found["extras"]})}
        tell("changed")
        (VENV / STAMP).unlink()
    else:
        if fault:
            tell("broken", folder=VENV, reason=say(fault))
        else:
            tell("first", folder=VENV)
        make_venv()
    install(wanted["extras"])
    (VENV / STAMP).write_text(json.dumps(wanted), encoding="utf-8")
    tell("done", seconds=round(time.monotonic() - started))


def running_python_is_complete(extras: Iterable[str] = ()) -> bool:
    """Say whether the running Python imports this project's digigov and has what pyproject.toml asks for."""
    try:
        from packaging.requirements import Requirement
    except ImportError:
        return False
    # The first entry is the folder of the running command: what is only found there is lost in a notebook's kernel.
    package = PathFinder.find_spec("digigov", sys.path[1:])
    if package is None or package.origin is None or ROOT not in Path(package.origin).resolve().parents:
        return False
    project = read_project()
    needed = [*project["dependencies"]]
    for extra in extras:
        needed += project["optional-dependencies"][extra]
    try:
        return all(need.specifier.contains(metadata.version(need.name)) for need in map(Requirement, needed))
    except metadata.PackageNotFoundError:
        return False


def read_project() -> dict:
    """Return the [project] table of pyproject.toml. Raises Stop if the file is missing or damaged."""
    try:
        return tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    except (OSError, ValueError, KeyError) as error:
        raise Stop(say("missing_file", file=PYPROJECT)) from error


def venv_program(name: str) -> Path:
    """Return the path of a program in `.venv`."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def stamp(extras: Iterable[str] = ()) -> dict:
    """Return what a `.venv` made now would be made of: where, from which lists, with which extras."""
    try:
        contents = LOCK.read_bytes() + PYPROJECT.read_bytes()
    except OSError as error:
        raise Stop(say("missing_file", file=error.filename)) from error
    # A copy from a system with other line ends is the same list.
    lists = hashlib.sha256(contents.replace(b"\r\n", b"\n")).hexdigest()
    return {"project": str(ROOT), "lists": lists, "extras": sorted(extras)}


def read_stamp() -> dict | None:
    """Return what `.venv` was made of, as `stamp` does, or None if it is not there or was not finished."""
    try:
        found = json.loads((VENV / STAMP).read_text(encoding="utf-8"))
        return {key: found[key] for key in ("project", "lists", "extras")}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def what_is_wrong(found: dict | None) -> str | None:
    """Return the key of the reason why `.venv` has to be made anew, or None if it is sound or not there.

    Raises:
        Stop: something stands there that the course did not make.
    """
    if not os.path.lexists(VENV):
        return None
    if not VENV.is_dir() or (not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir())):
        raise Stop(say("foreign", folder=VENV))
    if found is None:
        return "unfinished"
    if found["project"] != str(ROOT):
        return "moved"
    # A system update may have put another Python in the place of the one that `.venv` was made with.
    needs = "import importlib.util as found; assert found.find_spec('jupyterlab') and found.find_spec('digigov')"
    probe = [str(venv_program("python")), "-I", "-c", needs]
    try:
        alive = subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        alive = False
    return None if alive else "dead"


def make_venv() -> None:
    """Make `.venv` with nothing but pip in it. Raises OSError or Stop."""
    if importlib.util.find_spec("ensurepip") is None:
        raise Stop(say("no_ensurepip"))
    tell("step_venv")
    VENV.mkdir(exist_ok=True)
    # This file comes first and goes never, so that what an interruption leaves is known to be ours.
    (VENV / "pyvenv.cfg").touch()
    for entry in VENV.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != "pyvenv.cfg":
            entry.unlink()
    # Not through another environment, which may go away.
    python = getattr(sys, "_base_executable", None) or sys.executable
    run([python, "-m", "venv", "--without-pip", str(VENV)])
    # By itself, since venv keeps the reason to itself when this fails.
    run([str(venv_program("python")), "-I", "-m", "ensurepip", "--default-pip"], shown=False)


def install(extras: Iterable[str]) -> None:
    """Install the project and its packages into `.venv`, each checked against the lock. Raises OSError or Stop."""
    python = str(venv_program("python"))
    tell("step_uv")
    only_uv = VENV / "uv.lock"
    only_uv.write_text(lock_entry("uv"), encoding="utf-8")
    pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2", "--no-deps"]
    run([python, *pip, "--only-binary", ":all:", "--require-hashes", "-r", str(only_uv)])
    tell("step_packages")
    project = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    uv = [str(venv_program("uv")), "pip", "install", "--python", python, "--compile-bytecode"]
    # A source archive would run code that the lock does not name; there is a wheel of each for every system.
    command = [*uv, "--only-binary", ":all:", "--constraints", str(LOCK), "--editable", project]
    # Shown as it comes, since uv draws its progress on the terminal only if nobody stands between.
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        tell("again")
        run(command)


def lock_entry(name: str) -> str:
    """Return the lines of the lock about one package: its version and hashes."""
    lines: list[str] = []
    for line in LOCK.read_text(encoding="utf-8").splitlines(keepends=True):
        if lines and not line.startswith(" "):
            break
        if lines or line.startswith(f"{name}=="):
            lines.append(line)
    return "".join(lines)


def run(command: list[str], shown: bool = True) -> None:
    """Run a program; its reports go to the screen if `shown`, its errors into the one sentence of the Stop raised."""
    reports = None if shown else subprocess.DEVNULL
    result = subprocess.run(command, cwd=ROOT, stdout=reports, stderr=subprocess.PIPE, check=False)
    if result.returncode:
        errors = result.stderr.decode("utf-8", errors="replace").strip()
        raise Stop(explain(errors or f"{Path(command[0]).name}: {result.returncode}"))


# What the tools print, in their own words and in the libraries' under them, for each reason that a learner can mend.
SIGNS = {
    "no_space": ("No space left", "os error 28", "os error 112", "not enough space", "quota exceeded"),
    "bad_hash": ("DO NOT MATCH THE HASHES", "ash mismatch"),
    "no_network": (
        "Failed to establish a new connection",
        "connection broken",
        "name resolution",
        "dns error",
        "error sending request",
        "Failed to fetch",
        "Failed to download",
        "timed out",
        "ProxyError",
        "network connectivity is disabled",
    ),
    "read_only": ("Read-only file system", "Permission denied", "Access is denied", "os error 13", "os error 30"),
    "no_ensurepip": ("ensurepip is not available",),
}
ERRNO = {errno.ENOSPC: "no_space", errno.EROFS: "read_only", errno.EACCES: "read_only", errno.EPERM: "read_only"}
if hasattr(errno, "EDQUOT"):
    ERRNO[errno.EDQUOT] = "no_space"


def explain(report: str, number: int | None = None) -> str:
    """Return one sentence on why the set-up failed, from what a tool printed or from an OSError's text and number."""
    if number in ERRNO:
        return say(ERRNO[number], folder=VENV)
    for key, signs in SIGNS.items():
        if any(sign.lower() in report.lower() for sign in signs):
            return say(key, folder=VENV)
    lines = [line.strip() for line in report.splitlines() if line.strip()]
    return say("failed", folder=VENV, reason=next((line for line in lines if "error" in line.lower()), lines[-1]))


def lock() -> None:
    """Work out requirements.lock again from pyproject.toml: the newest versions allowed, one for all systems.

    environment.yml gets the same versions; names are added to it by hand.

    Raises:
        Stop: the versions could not be found; the old lock is kept.
    """
    if not venv_program("uv").exists():
        python_with()
    uv = shutil.which("uv", path=venv_program("uv").parent) or shutil.which("uv")
    if uv is None:  # the running Python has everything else, and needs no .venv
        raise Stop(say("missing_file", file="uv"))
    one_for_all = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    plain = ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    fresh = ROOT / ".requirements.lock"
    try:
        run([uv, "pip", "compile", *one_for_all, *plain, "--all-extras", str(PYPROJECT), "--output-file", str(fresh)])
        packages = fresh.read_text(encoding="utf-8")
        LOCK.write_text(LOCK_HEADER + packages, encoding="utf-8", newline="\n")
    finally:
        fresh.unlink(missing_ok=True)
    versions = dict(re.findall(r"^(\S+)==(\S+)", packages, re.MULTILINE))
    conda = re.sub(
        r"([\w-]+)==\S+",
        lambda entry: f"{entry[1]}=={versions[entry[1].lower()]}" if entry[1].lower() in versions else entry[0],
        ENVIRONMENT.read_text(encoding="utf-8"),
    )
    ENVIRONMENT.write_text(conda, encoding="utf-8", newline="\n")
    tell("locked", file=LOCK)
