"""The course as a whole: its index, which notebooks are there, and whether this computer is ready."""

import importlib.util
import sys
from html import escape
from pathlib import Path
from typing import Any

from digigov import claims, life_events, tables
from digigov.data_checks import check_tables
from digigov.documents import read
from digigov.errors import CourseError
from digigov.language import current, folder_is_known, number, pick, say
from digigov.page import Page, table
from digigov.paths import INDEX, NOTEBOOKS
from digigov.questions import bank
from digigov.record import record
from digigov.timeline import timeline_entries

OLDEST_PYTHON = (3, 11)
NEEDED = (
    "anywidget",
    "babel",
    "cryptography",
    "fastjsonschema",
    "fsrs",
    "ipywidgets",
    "matplotlib",
    "numpy",
    "platformdirs",
    "scipy",
    "yaml",
)


def index() -> list[dict[str, Any]]:
    """The notebooks in teaching order: id, title, minutes, part, outcomes, claims."""
    return read(INDEX)


def path_of(notebook: str, language: str) -> Path | None:
    """The file of a notebook in a language, or None while it is being written."""
    return next(iter(sorted((NOTEBOOKS / language).glob(f"{notebook}-*.ipynb"))), None)


def entry(notebook: str) -> dict[str, Any]:
    """A notebook's line of the index. Raises CourseError for one that the index does not hold."""
    for found in index():
        if found["id"] == notebook:
            return found
    raise CourseError(say("course.no_notebook", notebook=notebook))


def title_of(notebook: str) -> str:
    """Number and title in the learner's language. Raises CourseError for a notebook that the index does not hold."""
    return f"{notebook} · {pick(entry(notebook)['title'])}"


def map_page() -> Page:
    """The learner's notebooks by part, each with its minutes and claims; those that are there are links."""
    rows = []
    for entry in index():
        if entry.get("for_authors"):
            continue
        path, title = path_of(entry["id"], current()), title_of(entry["id"])
        linked = f'<a href="{path.name}">{escape(title)}</a>' if path else f"{escape(title)} ({say('course.coming')})"
        minutes = say("course.minutes", minutes=number(entry["minutes"]))
        rows.append([linked, escape(pick(entry["part"])), minutes, ", ".join(entry["claims"]) or "–"])
    head = [say("course.notebook"), say("course.part"), say("course.time"), say("course.claims")]
    return table(head, rows, say("course.map"))


def setup_page() -> Page:
    """What the course needs, each line found or not found, and what to do about what is not."""
    checks = [
        ("python", sys.version_info[:2] >= OLDEST_PYTHON, ""),
        ("packages", not (missing := _missing()), ", ".join(missing)),
        ("language", folder_is_known(), ""),
        ("data", not (broken := _broken()), broken),
        ("record", not record().notice, record().notice),
    ]
    html, lines = [], []
    for name, fine, detail in checks:
        words = say(f"setup.{name}.{'fine' if fine else 'wrong'}", detail=detail)
        html.append(f"<li>{'✓' if fine else '✗'} {escape(words)}</li>")
        lines.append(f"{'✓' if fine else '✗'} {words}")
    ready = say("setup.ready" if all(fine for _, fine, _ in checks) else "setup.not_ready")
    return Page(f"<ul>{''.join(html)}</ul><p><strong>{escape(ready)}</strong></p>", "\n".join([*lines, ready]))


def _missing() -> list[str]:
    # Found, not imported: the large ones take seconds, and a notebook that needs none of them should not wait.
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def _broken() -> str:
    """The first thing wrong with data or questions, as a sentence; empty when all is well."""
    from digigov import workshops  # these two need this module themselves
    from digigov.agency import scale

    try:
        for name in tables.names():
            tables.load(name)
        check_tables()
        claims.claims()
        bank.everything()
        timeline_entries()
        for event in life_events.EVENTS:
            life_events.life_event(event)
        scale.catalogue()
        workshops.content()
    except CourseError as error:
        return str(error)
    return ""
