"""One notebook open in the browser, with what a learner can do in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from .jupyter import Jupyter

SECONDS = 1000
WIDGET = "window.jupyterapp.shell.currentWidget"  # the open notebook, in JupyterLab's own words
DARK, LIGHT = "JupyterLab Dark", "JupyterLab Light"


class Notebook:
    """A page of its own. `errors` is what the console complained of, `outside` what it wanted from the network."""

    def __init__(
        self, browser: BrowserContext, jupyter: Jupyter, name: str, width: int = 1280, height: int = 900
    ) -> None:
        self.jupyter = jupyter
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.page: Page = browser.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda socket: self._note(socket.url))
        self.page.on("dialog", lambda dialog: dialog.accept())  # "leave without saving?"
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.bring_to_front()  # only one page of a browser has the keyboard
        self.open(name)

    def _note(self, url: str) -> None:
        here = f"127.0.0.1:{self.jupyter.port}/"
        if not url.startswith(("data:", "blob:", f"http://{here}", f"ws://{here}")):
            self.outside.append(url)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    # -- JupyterLab

    def open(self, name: str) -> None:
        """Open a notebook and wait until all its cells and its kernel are there."""
        self.page.on("console", self._listen)
        self.page.goto(self.jupyter.address(name))
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60 * SECONDS)
        self.page.evaluate(f"async () => {{ await {WIDGET}.sessionContext.ready; }}")
        self.page.wait_for_function(f"() => {WIDGET}.sessionContext.session?.kernel?.status === 'idle'")
        self.code_cells = self.page.evaluate(
            f"{WIDGET}.content.model.sharedModel.cells.filter(cell => cell.cell_type === 'code').length"
        )
        expect(self.page.locator(".jp-CodeCell")).to_have_count(self.code_cells)

    def command(self, name: str, **arguments: object) -> None:
        """Run one of JupyterLab's commands to its end."""
        self.page.evaluate(
            "([name, arguments]) => window.jupyterapp.commands.execute(name, arguments)", [name, arguments]
        )

    def run_all(self) -> None:
        """Run every cell and wait until all have run and their widgets are drawn."""
        self.command("notebook:run-all-cells")
        self.wait_until_all_ran()

    def wait_until_all_ran(self) -> None:
        self.page.wait_for_timeout(300)  # cells are queued at once, and their widgets drawn soon after
        self.page.wait_for_function(
            f"() => {WIDGET}.content.widgets.every(cell => cell.model.executionState !== 'running')",
            timeout=60 * SECONDS,
        )
        self.page.wait_for_timeout(300)

    def paint_all(self) -> None:
        """Draw cells off the screen too: a check of what is seen would pass over them."""
        self.page.evaluate(
            f"{WIDGET}.content.notebookConfig = {{ ...{WIDGET}.content.notebookConfig, windowingMode: 'none' }}"
        )
        self.page.wait_for_timeout(500)

    def theme(self, name: str) -> None:
        self.command("apputils:change-theme", theme=name)
        self.page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light", arg=str(name == LIGHT).lower()
        )

    def leave(self) -> None:
        """Shut the kernel down and close the notebook, as a learner does in the evening."""
        self.page.remove_listener("console", self._listen)  # what JupyterLab still had in hand, it complains about
        self.page.evaluate(f"async () => {{ await {WIDGET}.sessionContext.shutdown(); }}")
        self.page.goto("about:blank")

    def close(self) -> None:
        self.leave()
        self.page.close()

    def begin(self, code: str) -> None:
        """Let the kernel run code and do not wait for it."""
        self.page.evaluate(f"code => void {WIDGET}.sessionContext.session.kernel.requestExecute({{ code }})", code)

    def execute(self, code: str) -> None:
        """Let the kernel run code, as another cell would."""
        script = f"async code => {{ await {WIDGET}.sessionContext.session.kernel.requestExecute({{ code }}).done; }}"
        self.page.evaluate(script, code)

    def cells(self) -> list[str]:
        """The cells, by id, then the number of the active one: what a stray key would change."""
        cells = f"{WIDGET}.content.widgets.map(cell => cell.model.id)"
        return self.page.evaluate(f"() => [...{cells}, `${{{WIDGET}.content.activeCellIndex}}`]")

    # -- the course

    def output(self, cell: int) -> Locator:
        """What a code cell shows; `cell` counts code cells from 0."""
        return self.page.locator(".jp-CodeCell").nth(cell).locator(".jp-Cell-outputArea")

    def card(self, item: str) -> "Card":
        return Card(self, item)

    def start_at(self, target: Locator) -> None:
        """Put the keyboard on `target`. After a run JupyterLab still moves the focus once, so until it stays there."""
        for _ in range(20):
            target.focus()
            self.page.wait_for_timeout(200)
            if target.evaluate("node => node === document.activeElement"):
                return
        raise AssertionError(f"focus went to {self.focused()}")

    def tab_to(self, target: Locator, key: str = "Tab") -> None:
        """Press Tab, or another key, until `target` has the focus. The focus must not leave our widgets on the way."""
        for _ in range(80):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press(key)
            assert self.focus_is_ours(), f"focus went to {self.focused()}"
        raise AssertionError(f"Tab never reached {target}")

    def focused(self) -> str:
        """The element that the keyboard is on, as HTML."""
        return self.page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")

    def focus_is_ours(self) -> bool:
        return self.page.evaluate("() => Boolean(document.activeElement.closest('.dg-live'))")


@contextmanager
def opened(browser: BrowserContext, jupyter: Jupyter, name: str, **size: int) -> Iterator[Notebook]:
    """A notebook, closed in the end; it must not have complained, nor called another machine."""
    notebook = Notebook(browser, jupyter, name, **size)
    try:
        yield notebook
    finally:
        notebook.close()
    tried = jupyter.tried_hosts()
    assert not tried, tried
    assert not notebook.outside, notebook.outside
    assert not notebook.errors, notebook.errors


class Card:
    """One question of a quiz. States: open, right, partly, wrong, kept (no verdict)."""

    def __init__(self, notebook: Notebook, item: str) -> None:
        self.notebook = notebook
        self.node = notebook.page.locator(f'form[data-item="{item}"]').first
        self.main = self.node.locator("button[type=submit]")
        self.hint = self.node.locator(".dg-hint")

    def choice(self, text: str) -> Locator:
        """The radio button or checkbox with this text."""
        return self.node.locator(".dg-choice", has=self.node.page.get_by_text(text, exact=True)).locator("input")

    def wait(self, state: str) -> None:
        """Wait until the card is in this state."""
        expect(self.node).to_have_attribute("data-state", state)

    def verdict(self) -> str:
        return self.node.locator(".dg-verdict").text_content() or ""

    def notes(self) -> list[str]:
        """The reasons in the order shown."""
        return self.node.locator(".dg-feedback li").all_text_contents()
