"""The two commands: what they understand, what they say, and the JupyterLab they start."""

import ast
import json
import os
import runpy
import socket
import string
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bootstrap
import launch
import messages
from messages import Stop

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def vietnamese():
    """Every test starts in the course's first language."""
    messages.use("vi")


@pytest.mark.parametrize("key", messages.WORDS)
def test_both_languages_say_the_same_things(key):
    vietnamese, english = messages.WORDS[key]
    assert vietnamese != english
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (vietnamese, english)]
    assert fields[0] == fields[1]


@pytest.mark.parametrize("folder", ["notebooks", "tests"])
def test_old_python_can_read_the_commands_and_says_that_it_is_too_old(folder):
    path = ROOT / folder / "__main__.py"
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))
    too_old = runpy.run_path(str(path), run_name="read")["too_old"]
    more = [] if folder == "tests" else [[]]
    assert "3.9.2" in too_old((3, 9, 2), *more)
    assert too_old((3, 11, 0), *more) is None and too_old((4, 0, 0), *more) is None


def test_old_python_speaks_the_learners_language():
    too_old = runpy.run_path(str(ROOT / "notebooks" / "__main__.py"), run_name="read")["too_old"]
    for words in (["--lang", "en"], ["open", "--lang=en"]):
        assert too_old((3, 6, 15), words).startswith("Python 3.11 or newer is needed")
    sentence = "Cần Python 3.11 trở lên; máy này đang dùng 3.6.15. Hãy cài bản mới rồi chạy lại."
    assert too_old((3, 6, 15), ["--lang", "vi"]) == sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("--lang fr", "--lang chỉ nhận vi hoặc en, không nhận “fr”."),
        ("--port abc", "--port cần một số nguyên từ 1 đến 65535, không nhận “abc”."),
        ("--port 70000 --lang en", "--port takes a whole number from 1 to 65535, not “70000”."),
        ("opne", "Không hiểu tham số “opne”; gõ python3 notebooks --help để xem cách dùng."),
        ("--lang=en --por=1", "“--por=1” was not understood; python3 notebooks --help shows what can be given."),
        ("--port", "Không hiểu tham số “--port”; gõ python3 notebooks --help để xem cách dùng."),
    ],
)
def test_mistake_in_the_command_is_one_sentence(given, sentence, capsys):
    assert launch.main(given.split()) == 1
    assert capsys.readouterr() == ("", sentence + "\n")


def test_help_is_in_the_learners_language(capsys):
    assert launch.main(["--help"]) == 0 and launch.main(["--help", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Cách dùng:") and "Usage:" in out


def test_taken_port_is_one_sentence_before_anything_is_installed(monkeypatch, tmp_path, capsys):
    (tmp_path / "notebooks" / "en").mkdir(parents=True)
    (tmp_path / "notebooks" / "en" / "00-start.ipynb").touch()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "python_with", lambda: pytest.fail("installed"))
    with socket.socket() as other:
        other.bind((launch.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        assert launch.main(["--port", str(port), "--lang", "en"]) == 1
        assert capsys.readouterr().err.startswith(f"Port {port} is used by another program")
        monkeypatch.setattr(launch, "PORTS", [port])
        assert launch.free_port(None) != port


def test_missing_notebook_is_one_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert launch.main([]) == 1
    assert capsys.readouterr().err.startswith("Không tìm thấy bài mở đầu")


@pytest.mark.parametrize(("language", "locale"), [("vi", "vi_VN"), ("en", "default")])
def test_jupyter_listens_here_alone_with_its_token_kept_off_the_command_line(tmp_path, language, locale):
    command, environment = launch.jupyter_command("python", tmp_path / "root", language, 8901, "sesame", tmp_path)
    assert command[:3] == ["python", "-m", "jupyterlab"]
    for option in ("ip=127.0.0.1", "port=8901", "port_retries=0", f"root_dir={tmp_path / 'root'}"):
        assert f"--ServerApp.{option}" in command
    assert environment["JUPYTER_TOKEN"] == "sesame" and not any("sesame" in word for word in command)
    home = Path(environment["JUPYTER_CONFIG_DIR"])
    assert environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0] == str(home) and tmp_path in home.parents
    settings = json.loads((home / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert settings["@jupyterlab/translation-extension:plugin"] == {"locale": locale}
    news = settings["@jupyterlab/apputils-extension:notification"]
    assert news == {"fetchNews": "false", "checkForUpdates": False}
    assert settings["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": False}


def test_settings_go_elsewhere_if_the_data_folder_cannot_be_written(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    folder = launch.settings_home(blocked, "vi")
    assert folder.is_dir() and tmp_path not in folder.parents
    folder.rmdir()


def test_address_opens_one_notebook_alone():
    address = launch.course_address(8888, Path("vi") / "00-bắt đầu.ipynb", "abc")
    assert address == "http://127.0.0.1:8888/doc/tree/vi/00-b%E1%BA%AFt%20%C4%91%E1%BA%A7u.ipynb?token=abc"


def test_without_a_screen_no_browser_is_tried(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(launch.webbrowser, "open", lambda address: pytest.fail("tried"))
    assert not launch.show("http://127.0.0.1")


def test_server_that_does_not_start_is_one_sentence(tmp_path):
    server = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(Stop, match=r"jupyter\.log"):
        launch.wait_for(server, 1, tmp_path / "jupyter.log")
    launch.stop(server)


def test_test_command_checks_the_code_and_runs_notebooks_strictly():
    commands = runpy.run_path(str(ROOT / "tests" / "__main__.py"), run_name="read")["commands"]
    check, layout, tests = commands("python", ["-k", "claims"])
    assert "check" in check and "--check" in layout
    assert {"--nbval", "--nbval-current-env", "--nbval-cell-timeout=60"} <= set(tests) and tests[-2:] == [
        "-k",
        "claims",
    ]
    assert {"notebooks/vi", "notebooks/en", "tests"} == set(
        tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"][
            "testpaths"
        ]
    )
    assert "--numprocesses=2" in commands("python", [])[-1] and "--numprocesses=2" not in tests
    assert commands("python", ["benchmark", "--fast"])[0][1:] == [str(ROOT / "tests" / "benchmark"), "--fast"]
