"""Starts JupyterLab on this machine alone, at the opening notebook, in the learner's language."""

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import webbrowser
from pathlib import Path

import bootstrap
from messages import LANGUAGES, Stop, say, tell, tell_stop, use

HOST = "127.0.0.1"
PORTS = range(8888, 8908)
LOCALES = {"vi": "vi_VN", "en": "default"}
# What each command may be given besides --lang and --help.
COMMANDS = {
    "open": {"port", "no_browser", "projector"},
    "lock": set(),
    "kit": {"names", "to"},
    "questions": {"names", "to"},
}
EXPORTS = ("report", "moodle", "gift")
# The page's text, code and menus of JupyterLab, for the back of a room at 1280 × 720.
# JupyterLab's own letters, from the first moment on; digigov/style.css has those of the course.
PROJECTOR_FONTS = {"content-font-size1": "22px", "code-font-size": "20px", "ui-font-size1": "17px"}
_LARGE = " ".join(f"--jp-{name}: {size};" for name, size in PROJECTOR_FONTS.items())
PROJECTOR_STYLE = f"body:not(.dg-usual) {{ {_LARGE} }}\n"


class Arguments(argparse.ArgumentParser):
    """The command line; a mistake in it becomes a sentence in the learner's language."""

    def __init__(self) -> None:
        super().__init__(add_help=False, allow_abbrev=False)
        self.add_argument("command", nargs="?", default="open")
        self.add_argument("names", nargs="*")
        self.add_argument("--lang", default="vi")
        self.add_argument("--port")
        self.add_argument("--no-browser", action="store_true")
        self.add_argument("--projector", action="store_true")
        self.add_argument("--to")
        self.add_argument("-h", "--help", action="store_true")

    def error(self, message: str) -> None:
        """Stop, with the command line as it was given. `message` is in English and argparse's own."""
        raise Stop(say("bad_arguments", given=" ".join(self.given)))

    def read(self, given: list[str]) -> argparse.Namespace:
        """Return the arguments, checked, with `port` as a number or None. Raises Stop."""
        self.given = given
        use("en" if "--lang=en" in given or "--lang en" in " ".join(given) else "vi")
        arguments, unknown = self.parse_known_intermixed_args(given)
        if unknown or arguments.command not in COMMANDS:
            raise Stop(say("bad_arguments", given=" ".join(unknown) or arguments.command))
        for option in ("names", "port", "no_browser", "projector", "to"):
            value = getattr(arguments, option)
            if value and option not in COMMANDS[arguments.command]:
                shown = " ".join(value) if option == "names" else f"--{option.replace('_', '-')}"
                raise Stop(say("bad_arguments", given=shown))
        if arguments.lang not in LANGUAGES:
            raise Stop(say("bad_language", given=arguments.lang))
        if arguments.port is not None:
            if not (arguments.port.isdecimal() and 1 <= int(arguments.port) <= 65535):
                raise Stop(say("bad_port", given=arguments.port))
            arguments.port = int(arguments.port)
        if arguments.command == "questions" and (len(arguments.names) != 1 or arguments.names[0] not in EXPORTS):
            raise Stop(say("bad_questions", given=" ".join(arguments.names)))
        return arguments


def main(given: list[str]) -> int:
    """Run `python3 notebooks` with these arguments and return its exit code."""
    try:
        arguments = Arguments().read(given)
        if arguments.help:
            tell("usage")
        elif arguments.command == "lock":
            bootstrap.lock()
        elif arguments.command in ("kit", "questions"):
            return for_teachers(arguments)
        else:
            open_course(arguments.lang, arguments.port, not arguments.no_browser, arguments.projector)
    except Stop as stop:
        return tell_stop(stop)
    except KeyboardInterrupt:
        tell("interrupted")
        return 130
    return 0


def for_teachers(arguments: argparse.Namespace) -> int:
    """Set up if need be, make what was asked for, and return the exit code: 1 if a part of it could not be made."""
    python = bootstrap.python_with()
    # -P: what lies in the folder that the command is run from must not be taken for the course.
    command = [str(python), "-P", "-m", "digigov.kit", arguments.command, *arguments.names]
    command += ["--to", arguments.to] if arguments.to else []
    settings = {"DIGIGOV_LANG": arguments.lang, "DIGIGOV_RECORD": ":memory:", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, env={**os.environ, **settings}, check=False).returncode


def open_course(language: str, port: int | None, browser: bool, projector: bool = False) -> None:
    """Set up if need be, run JupyterLab until it is closed. Raises Stop."""
    root = bootstrap.ROOT / "notebooks"
    notebook = opening_notebook(root, language)
    port = free_port(port)  # before a set-up of a minute, not after it
    python = bootstrap.python_with()
    token = secrets.token_hex(24)
    command, environment = jupyter_command(python, root, language, port, token, projector=projector)
    log = Path(environment["JUPYTER_CONFIG_DIR"]) / f"jupyterlab-{port}.log"
    tell("opening")
    for name in ("SIGTERM", "SIGHUP"):  # a closed terminal ends the course as Ctrl+C does
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    with open(log, "wb") as report:
        server = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=report, stderr=report)
    try:
        wait_for(server, port, log)
        address = course_address(port, notebook.relative_to(root), token)
        tell("ready" if not browser or show(address) else "no_browser", address=address)
        while server.poll() is None:
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    finally:
        stop(server)
    tell("closed")


def opening_notebook(root: Path, language: str) -> Path:
    """Return the path of notebook 00 in this language. Raises Stop if it is not there."""
    found = sorted((root / language).glob("00-*.ipynb"))
    if not found:
        raise Stop(say("no_notebook", folder=root / language))
    return found[0]


def free_port(wanted: int | None) -> int:
    """Return the wanted port, or else the first free of the usual ones. Raises Stop if the wanted one is taken."""
    for port in PORTS if wanted is None else [wanted]:
        with socket.socket() as probe:
            if os.name == "posix":  # or a port closed a moment ago would look taken
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    if wanted is not None:
        raise Stop(say("port_taken", port=wanted))
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def jupyter_command(
    python: str | Path,
    root: str | Path,
    language: str,
    port: int,
    token: str,
    home: str | Path | None = None,
    projector: bool = False,
) -> tuple[list[str], dict[str, str]]:
    """Return the command that runs JupyterLab and its environment variables; writes the settings it reads.

    Args:
        python: the interpreter that has JupyterLab.
        root: the folder that JupyterLab shows; notebooks outside cannot be opened.
        language: "vi" or "en", the language of JupyterLab's own menus.
        port: where it listens, on this machine alone.
        token: what a browser must know to get in; in the environment, since others can read a command line.
        home: the folder for JupyterLab's settings, by default one in the user's data folder.
        projector: everything in large type.
    """
    home = settings_home(home, language)
    overrides = {
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[language]},
        # No question about news and no look for updates: the course calls nobody.
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        # What a learner answers is kept in the record and nowhere else.
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
    }
    settings = home / "labconfig" / "default_setting_overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(overrides, indent=1), encoding="utf-8")
    hook = f"import sys\nsys.path.append({str(Path(__file__).parent)!r})\nfrom saving import keep_the_page\n"
    hook += "c.FileContentsManager.pre_save_hook = keep_the_page\n"
    (home / "jupyter_server_config.py").write_text(hook, encoding="utf-8")
    (home / "custom").mkdir(exist_ok=True)
    (home / "custom" / "custom.css").write_text(PROJECTOR_STYLE if projector else "", encoding="utf-8")
    command = [str(python), "-m", "jupyterlab", "--no-browser", f"--ServerApp.ip={HOST}", f"--ServerApp.port={port}"]
    command += ["--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}", "--ServerApp.log_level=ERROR"]
    command += ["--ServerApp.answer_yes=True", "--LabApp.news_url=None", f"--LabApp.custom_css={projector}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as in a container
        command.append("--ServerApp.allow_root=True")
    # The learner's own Jupyter may have a password or other settings; neither side touches the other.
    folders = {
        "JUPYTER_CONFIG_DIR": home,
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
    }
    environment = {**os.environ, **{name: str(folder) for name, folder in folders.items()}, "JUPYTER_TOKEN": token}
    # Read by each kernel: a cell run out of order is told which one to run first.
    environment["PYTHONSTARTUP"] = str(bootstrap.ROOT / "notebooks" / "digigov" / "first_in_kernel.py")
    # A browser remembers the large type that was chosen in a page; with another start begins another choice.
    environment |= {"DIGIGOV_PROJECTOR": "1" if projector else "", "DIGIGOV_START": secrets.token_hex(4)}
    environment["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [str(home), os.getenv("JUPYTER_CONFIG_PATH")]))
    return command, environment


def settings_home(home: str | Path | None, language: str) -> Path:
    """Return a folder that can be written for JupyterLab's settings in this language, and make it."""
    if home is None:
        local = {"nt": os.getenv("LOCALAPPDATA"), "posix": os.getenv("XDG_DATA_HOME")}.get(os.name)
        usual = "Library/Application Support" if sys.platform == "darwin" else ".local/share"
        home = (Path(local) if local else Path.home() / usual) / "digigov" / "jupyter"
    folder = Path(home) / language
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="digigov-"))


def course_address(port: int, notebook: Path, token: str) -> str:
    """Return the address of a notebook, given relative to JupyterLab's folder, alone on the page and without tabs."""
    return f"http://{HOST}:{port}/doc/tree/{urllib.parse.quote(notebook.as_posix())}?token={token}"


def wait_for(server: subprocess.Popen, port: int, log: Path, seconds: float = 90) -> None:
    """Return when the server answers. Raises Stop if it ends or says nothing for so long."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy knows this machine's own ports
    end = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < end:
        try:
            with direct.open(f"http://{HOST}:{port}/api", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise Stop(say("server_failed", log=log))


def show(address: str) -> bool:
    """Open the address in the learner's browser and say whether that worked."""
    screen = sys.platform in ("win32", "darwin") or any(map(os.getenv, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    # Without a screen only a text browser could be found, which shows no notebook and takes the terminal.
    return bool(screen) and webbrowser.open(address)


def stop(server: subprocess.Popen) -> None:
    """End the server and its kernels. Ctrl+C reached it too: give it the time to close by itself."""
    try:
        if os.name == "posix" and server.poll() is None:
            server.terminate()
        server.wait(15)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()
        server.wait()
