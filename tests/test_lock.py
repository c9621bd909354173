"""One lock: pyproject.toml, environment.yml and requirements.lock agree, and a wrong hash is refused."""

import base64
import hashlib
import itertools
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bootstrap

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
LOCK = (ROOT / "notebooks" / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^(\S+)==(\S+)", LOCK, re.MULTILINE))


def test_conda_users_get_the_locked_versions_of_what_pyproject_asks_for():
    entries = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = entries[-1]["pip"]
    conda = dict(entry.split("==") for entry in [*entries, *by_pip] if "==" in entry)
    needed = list(map(Requirement, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["tests"]))
    assert {need.name for need in needed} == set(conda)
    assert {canonicalize_name(name): version for name, version in conda.items()} == {
        canonicalize_name(need.name): LOCKED[canonicalize_name(need.name)] for need in needed
    }
    assert "-e ." in by_pip and "pip" in entries
    assert Requirement("python" + PROJECT["requires-python"]).specifier.contains(entries[0].removeprefix("python="))


def test_locked_versions_satisfy_pyproject():
    extras = PROJECT["optional-dependencies"]
    for need in map(Requirement, PROJECT["dependencies"] + extras["tests"] + extras["setup"]):
        assert need.specifier.contains(LOCKED[canonicalize_name(need.name)]), need
    (backend,) = map(Requirement, PYPROJECT["build-system"]["requires"])
    assert backend.specifier.contains(LOCKED["uv"]), "uv would download another build backend"


def test_lock_names_every_package_that_is_needed_here():
    """A package that the lock forgot would be installed in any version, unchecked."""
    seen, todo = set(), [(need, "") for need in map(Requirement, PROJECT["dependencies"])]
    todo += [(need, "") for need in map(Requirement, PROJECT["optional-dependencies"]["tests"])]
    while todo:
        need, extra = todo.pop()
        name = canonicalize_name(need.name)
        if (name, extra) in seen or (need.marker and not need.marker.evaluate({"extra": extra})):
            continue
        seen.add((name, extra))
        assert name in LOCKED, f"{name}: run `python3 notebooks lock`"
        below = list(map(Requirement, metadata.requires(name) or []))
        todo += [(inner, wanted) for inner in below for wanted in ["", *need.extras]]
    assert len(seen) > 60


def test_lock_has_one_version_and_hashes_for_each_package_and_no_address():
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    heads = [line for line in lines if not line.startswith(" ")]
    assert len(heads) == len(LOCKED) > 100
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==\S+ (; .+ )?\\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line
    assert all(below.startswith("    --hash") for above, below in itertools.pairwise(lines) if above in heads)
    for name in ("notebooks/requirements.lock", "pyproject.toml", "environment.yml"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8"), name


def test_entry_of_one_package_is_whole():
    head, *hashes = bootstrap.lock_entry("uv").splitlines()
    assert head.startswith(f"uv=={LOCKED['uv']}") and len(hashes) > 10
    assert all(line.startswith("    --hash=sha256:") for line in hashes) and not hashes[-1].endswith("\\")


def test_uv_refuses_a_package_whose_hash_is_not_the_locked_one(tmp_path):
    uv = shutil.which("uv", path=Path(sys.executable).parent)
    if uv is None:
        pytest.skip("uv is not beside this Python")
    wheel = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        digest = base64.urlsafe_b64encode(hashlib.sha256(b"").digest()).rstrip(b"=").decode()
        archive.writestr("tiny-1.0.dist-info/RECORD", f"tiny.py,sha256={digest},0\n")
    lock, codes = tmp_path / "lock", []
    for digest in ("0" * 64, hashlib.sha256(wheel.read_bytes()).hexdigest()):
        lock.write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
        command = [uv, "pip", "install", "--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "in")]
        command += ["--no-cache", "--python", sys.executable, "--constraints", str(lock), "tiny"]
        codes.append(subprocess.run(command, capture_output=True, cwd=tmp_path, check=False).returncode)
    assert codes[0] != 0 and codes[1] == 0
