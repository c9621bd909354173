"""What a learner waits for in the browser, measured there: a slider's change, and a notebook's opening."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kernels import LIBRARIES
from playwright.sync_api import BrowserContext, sync_playwright
from rival import positions, slider_of

from browser.conftest import FLAGS, find_browser
from browser.jupyter import Jupyter, write_notebook
from browser.page import Notebook
from digigov.labs.catalogue import NAMES

HERE = Path(__file__).parent
WARM_UP = 5  # first changes, not counted: fonts, caches
PAINTED = "() => Promise.race([window.measured, new Promise(resolve => setTimeout(() => resolve(null), 10_000))])"
Two = tuple[list[float], list[float]]

CELLS = {"bench-bare": [LIBRARIES, "print('ready')"]}
for name in NAMES:
    CELLS[f"bench-{name}"] = [f"from digigov import {name}", f"{name}()"]
    rival = f"import sys; sys.path.insert(0, {str(HERE)!r}); import rival"
    CELLS[f"rival-{name}"] = [rival, f"rival.show({name!r})"]


def measure(changes: int, openings: int) -> tuple[dict[str, Two], Two]:
    """Milliseconds of each slider change by lab (lab, rival) and of each opening (rollout lab, bare notebook)."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (browser, jupyter):
        sliders = {name: slider_changes(browser, jupyter, name, changes) for name in NAMES}
        return sliders, opened(browser, jupyter, openings)


@contextmanager
def served(folder: Path) -> Iterator[tuple[BrowserContext, Jupyter]]:
    jupyter = Jupyter(folder)
    for name, cells in CELLS.items():
        write_notebook(jupyter.notebooks / "vi" / f"{name}.ipynb", cells)
    jupyter.start()
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            context = chromium.new_context()
            context.add_init_script(path=str(HERE / "pages.js"))
            yield context, jupyter
            chromium.close()
    finally:
        jupyter.stop()


def slider_changes(browser: BrowserContext, jupyter: Jupyter, name: str, count: int) -> Two:
    """The same slider pressed one step on or back, in turns, the picture the same; both pages stay open."""
    lab, rival = Notebook(browser, jupyter, f"vi/bench-{name}"), Notebook(browser, jupyter, f"vi/rival-{name}")
    for notebook in (lab, rival):
        notebook.run_all()
    lab.page.locator(".dg-cover button").click()
    control = slider_of(name)
    slider = lab.page.locator(f"input[id$='-{control.name}']")
    handle = rival.page.locator(".noUi-handle")
    rival.page.locator(".jp-OutputArea-output img").first.wait_for()
    values, here = positions(control)
    # A step to the side where there is room, a step back.
    away, back = ("ArrowRight", "ArrowLeft") if here + 1 < len(values) else ("ArrowLeft", "ArrowRight")
    times: Two = ([], [])
    for turn in range(WARM_UP + count):
        key = away if turn % 2 == 0 else back
        for page, pressed, root, changed, kept in (
            (lab.page, slider, ".dg-panels", "pathMoved", times[0]),
            (rival.page, handle, ".jp-Notebook", "imageCame", times[1]),
        ):
            page.bring_to_front()
            pressed.focus()
            # In braces, or evaluate would wait for the promise before any key is pressed.
            page.evaluate(f"() => {{ window.measured = untilPainted(document.querySelector('{root}'), {changed}); }}")
            page.keyboard.press(key)
            milliseconds = page.evaluate(PAINTED)
            if milliseconds is None:
                raise SystemExit(f"{name}: a slider was turned and no picture came within ten seconds")
            if turn >= WARM_UP:
                kept.append(milliseconds)
    lab.close()
    rival.close()
    return times


def opened(browser: BrowserContext, jupyter: Jupyter, count: int) -> Two:
    """From asking for the page to the lab in it, all cells run; and to the bare notebook's last line."""
    times: Two = ([], [])
    for _ in range(count):
        for name, ready, kept in (
            ("vi/bench-rollout", ".dg-cover button", times[0]),
            ("vi/bench-bare", ".jp-OutputArea-output pre", times[1]),
        ):
            start = time.perf_counter()
            notebook = Notebook(browser, jupyter, name)
            notebook.command("notebook:run-all-cells")
            notebook.page.locator(ready).first.wait_for()
            kept.append(1000 * (time.perf_counter() - start))
            notebook.close()
    return times
