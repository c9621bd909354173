"""One JupyterLab and one Chromium for all tests of this folder."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from .jupyter import Jupyter
from .page import SECONDS, Notebook, opened

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",  # containers run as root, where Chromium has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # the network is cut
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_browser() -> str | None:
    """The browser named by DIGIGOV_CHROMIUM, or the first found under its usual names."""
    asked = os.getenv("DIGIGOV_CHROMIUM")
    return shutil.which(asked) if asked else next(filter(None, map(shutil.which, NAMES)), None)


# Of the package, not of the session: Playwright keeps an event loop running, and other tests start their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[BrowserContext]:
    program = find_browser()
    if program is None:
        reason = "no Chromium found; name one in DIGIGOV_CHROMIUM"
        (pytest.fail if os.getenv("DIGIGOV_REQUIRE_BROWSER") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        # One context, so that JupyterLab's own megabytes are loaded once.
        context = chromium.new_context(accept_downloads=True)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(20 * SECONDS)
        yield context
        chromium.close()


@pytest.fixture(scope="package")
def jupyter(browser: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    server = Jupyter(tmp_path_factory.mktemp("jupyter"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_notebook(browser: BrowserContext, jupyter: Jupyter) -> Iterator[Callable[..., Notebook]]:
    """Opens notebooks, such as `vi/99`, for a learner who has answered nothing."""
    jupyter.forget()
    with ExitStack() as stack:
        yield lambda name, **size: stack.enter_context(opened(browser, jupyter, name, **size))
