"""`.venv` is made once and mended, and what goes wrong with it is said in one sentence."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import bootstrap
import messages
from messages import Stop

ROOT = Path(__file__).resolve().parent.parent
NO_NETWORK = "WARNING: Retrying after connection broken by 'NewConnectionError(Temporary failure in name resolution)'"


@pytest.fixture(autouse=True)
def vietnamese():
    """Every test starts in the course's first language."""
    messages.use("vi")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder of its own, seen by the bootstrap; steps of an installation are counted and not taken."""
    (tmp_path / "notebooks").mkdir()
    for name in ("pyproject.toml", "notebooks/requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name, path in (("LOCK", "notebooks/requirements.lock"), ("PYPROJECT", "pyproject.toml"), ("VENV", ".venv")):
        monkeypatch.setattr(bootstrap, name, tmp_path / path)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "running_python_is_complete", lambda extras: False)
    return tmp_path


@pytest.fixture
def steps(project, monkeypatch):
    """The list of steps taken: "make" makes an environment that looks sound, "install …" names the extras."""
    taken = []

    def make():
        taken.append("make")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bootstrap.VENV)], check=True)
        site = next(bootstrap.VENV.glob("lib/python*/site-packages"), bootstrap.VENV / "Lib" / "site-packages")
        for module in ("jupyterlab.py", "digigov.py"):
            (site / module).touch()

    monkeypatch.setattr(bootstrap, "make_venv", make)
    monkeypatch.setattr(bootstrap, "install", lambda extras: taken.append(" ".join(["install", *extras])))
    return taken


def test_environment_is_made_once(steps, capsys):
    assert bootstrap.python_with() == bootstrap.venv_program("python")
    assert steps == ["make", "install"]
    assert "lần đầu" in capsys.readouterr().out
    assert bootstrap.python_with() == bootstrap.venv_program("python")
    assert steps == ["make", "install"] and capsys.readouterr().out == ""


def test_tests_add_their_packages_and_the_course_keeps_them(steps):
    bootstrap.python_with()
    bootstrap.python_with(["tests"])
    bootstrap.python_with()
    assert steps == ["make", "install", "install tests"]


@pytest.mark.parametrize("name", ["pyproject.toml", "notebooks/requirements.lock"])
def test_changed_list_installs_again_and_other_line_ends_do_not(steps, project, name, capsys):
    bootstrap.python_with()
    text = (project / name).read_bytes()
    (project / name).write_bytes(text.replace(b"\n", b"\r\n"))
    bootstrap.python_with()
    assert steps == ["make", "install"]
    (project / name).write_bytes(text + b"# other\n")
    bootstrap.python_with()
    assert steps == ["make", "install", "install"]
    assert "thay đổi" in capsys.readouterr().out


def test_a_second_setup_waits_for_the_first_and_takes_what_it_made(steps, monkeypatch, capsys):
    make, started, more = bootstrap.make_venv, threading.Event(), threading.Event()

    def make_slowly():
        started.set()
        assert more.wait(20)
        make()

    monkeypatch.setattr(bootstrap, "make_venv", make_slowly)
    with ThreadPoolExecutor() as two:
        first = two.submit(bootstrap.python_with)
        assert started.wait(20)
        second = two.submit(bootstrap.python_with)
        while "chờ lệnh đó xong" not in capsys.readouterr().out:
            assert not second.done()
        more.set()
        assert first.result() == second.result() == bootstrap.venv_program("python")
    assert steps == ["make", "install"]


def test_a_setup_that_was_killed_holds_up_nobody(steps, project):
    hold = "import sys, time, turns\nfrom pathlib import Path\n"
    hold += "with turns.one_at_a_time(Path(sys.argv[1]), print): print('held', flush=True); time.sleep(99)"
    command = [sys.executable, "-c", hold, str(project / ".venv.lock")]
    held = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT / "notebooks")
    held.stdout.read(1)
    held.kill()
    held.communicate()
    bootstrap.python_with()
    assert steps == ["make", "install"]


def unfinish():
    (bootstrap.VENV / bootstrap.STAMP).unlink()


def move():
    path = bootstrap.VENV / bootstrap.STAMP
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "project": "/elsewhere"}))


def damage_stamp():
    (bootstrap.VENV / bootstrap.STAMP).write_text("[1, 2")


def kill():
    for python in bootstrap.venv_program("python").parent.glob("python*"):
        python.unlink()


@pytest.mark.parametrize(
    ("harm", "reason"),
    [(unfinish, "chưa xong"), (damage_stamp, "chưa xong"), (move, "chuyển chỗ"), (kill, "không chạy nữa")],
)
def test_broken_environment_is_named_and_made_anew(steps, harm, reason, capsys):
    bootstrap.python_with()
    harm()
    bootstrap.python_with()
    assert steps == ["make", "install", "make", "install"]
    assert reason in capsys.readouterr().out
    assert bootstrap.what_is_wrong(bootstrap.read_stamp()) is None


def test_interrupted_update_is_made_anew(steps, project, monkeypatch):
    bootstrap.python_with()
    bootstrap.LOCK.write_text("# other\n")

    def interrupt(extras):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(bootstrap, "install", interrupt)
        bootstrap.python_with()
    bootstrap.python_with()
    assert steps == ["make", "install", "make", "install"]


def test_folder_that_is_not_ours_is_left_alone(steps):
    bootstrap.VENV.mkdir()
    mine = bootstrap.VENV / "mine.txt"
    mine.write_text("keep")
    with pytest.raises(Stop, match="không bị xóa"):
        bootstrap.python_with()
    assert mine.read_text() == "keep" and steps == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "Đĩa đã đầy"), (errno.EROFS, "Không được ghi"), (errno.EACCES, "Không được ghi")],
)
def test_disk_that_takes_nothing_is_one_sentence(project, monkeypatch, number, sentence):
    def refuse(*arguments, **options):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(Stop, match=sentence) as caught:
        bootstrap.python_with()
    assert "\n" not in str(caught.value)


def test_missing_lock_is_named(project):
    bootstrap.LOCK.unlink()
    with pytest.raises(Stop, match=re.escape("requirements.lock")):
        bootstrap.python_with()


def test_no_network_is_one_sentence(project, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, stdout=b"", stderr=NO_NETWORK.encode())
    monkeypatch.setattr(subprocess, "run", lambda *arguments, **options: failed)
    with pytest.raises(Stop) as caught:
        bootstrap.run(["pip", "install", "uv"])
    assert str(caught.value).startswith("Không tải được các gói") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("report", "key"),
    [
        (NO_NETWORK, "no_network"),
        ("error: Request failed after 3 retries\n  cause: dns error", "no_network"),
        ("OSError: [Errno 28] No space left on device", "no_space"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "bad_hash"),
        ("error: Failed to download `numpy`\n  cause: Hash mismatch for `numpy`", "bad_hash"),
        ("failed to create directory: Permission denied (os error 13)", "read_only"),
    ],
)
def test_reports_of_the_installers_are_understood_in_both_languages(report, key):
    for language in messages.LANGUAGES:
        messages.use(language)
        assert bootstrap.explain(report) == messages.say(key, folder=bootstrap.VENV)


def test_report_that_is_not_understood_is_quoted():
    assert bootstrap.explain("warning: x\nerror: strange thing\nhint: y").endswith("error: strange thing")


def test_running_python_is_used_only_if_it_has_the_project(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", ["", str(ROOT / "notebooks"), *sys.path])
    assert bootstrap.running_python_is_complete(["tests"])
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert not bootstrap.running_python_is_complete()
