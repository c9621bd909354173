"""A board of entries side by side: the definition taken apart (01) and the two governments compared (02)."""

from collections.abc import Sequence
from html import escape
from typing import Any

import traitlets

from digigov.claims import grade_badge, source_list
from digigov.course import title_of
from digigov.documents import entries
from digigov.face import HERE, Face, front_end
from digigov.language import pick, say
from digigov.page import Page

HAVES = ("H1", "H2", "H3", "H4")


class Board(Face):
    """Entries with columns, ticks that light up or pick entries, and a column that can be covered to guess it first."""

    _esm = front_end(HERE / "board.js")
    catalogue = "board"

    spec = traitlets.Dict().tag(sync=True)

    def page(self) -> Page:
        spec = self.spec
        html, lines = [f"<h3>{escape(spec['title'])}</h3>"], [spec["title"]]
        for entry in spec["entries"]:
            columns = list(zip(spec["columns"], entry["columns"], strict=True))
            cells = "".join(f"<p><strong>{escape(name)}:</strong> {escape(words)}</p>" for name, words in columns)
            html.append(
                f"<h4>{escape(entry['title'])} · {escape(entry['badge'])}</h4>{cells}"
                f"<details><summary>{escape(spec['more'])}</summary>{entry['details']}</details>"
            )
            words = [f"{name}: {text}" for name, text in columns]
            lines.append("\n".join([f"{entry['title']} · {entry['badge']}", *words, entry["details_text"]]))
        return Page("".join(html), "\n\n".join(lines))


def definition_board() -> Board:
    """The ten elements of the legal definition; ticking a "have" lights up the elements it covers."""
    fields = ("id", "phrase", "plain", "egov", "example", "haves", "sources", "notebook")
    shown = []
    for entry in entries("definition.yaml", *fields):
        covered = ", ".join(entry["haves"])
        listed = source_list(entry["sources"])
        tested = say("board.definition.tested", notebook=title_of(entry["notebook"]))
        example = say("board.definition.example", example=pick(entry["example"]))
        shown.append(
            {
                "id": entry["id"],
                "title": pick(entry["phrase"]),
                "badge": say("board.definition.covered", haves=covered)
                if covered
                else say("board.definition.uncovered"),
                "tags": entry["haves"],
                "columns": [pick(entry["plain"]), pick(entry["egov"])],
                "details": f"<p>{escape(example)}</p><p>{escape(tested)}</p>{listed.html}",
                "details_text": f"{example}\n{tested}\n{listed.text}",
            }
        )
    ticks = [{"tag": have, "label": say(f"board.have.{have}")} for have in HAVES]
    return Board(spec=_spec("definition", shown, ticks, hides=False))


def comparison_board() -> Board:
    """The eleven dimensions side by side; ticks pick entries by evidence grade, a column can be covered."""
    fields = ("id", "dimension", "egov", "digital", "grade", "note", "claims", "sources")
    shown = []
    found = entries("comparison.yaml", *fields)
    for entry in found:
        badge, listed, note = grade_badge(entry["grade"]).text, source_list(entry["sources"]), pick(entry["note"])
        claims = say("board.comparison.claims", claims=", ".join(entry["claims"]))
        shown.append(
            {
                "id": entry["id"],
                "title": pick(entry["dimension"]),
                "badge": badge,
                "tags": [entry["grade"]],
                "columns": [pick(entry["egov"]), pick(entry["digital"])],
                "details": f"<p>{escape(note)}</p><p>{escape(claims)}</p>{listed.html}",
                "details_text": f"{note}\n{claims}\n{listed.text}",
            }
        )
    grades = dict.fromkeys(entry["grade"] for entry in found)
    ticks = [{"tag": grade, "label": grade_badge(grade).text} for grade in grades]
    return Board(spec=_spec("comparison", shown, ticks, hides=True))


def _spec(name: str, shown: Sequence[dict[str, Any]], ticks: Sequence[dict[str, str]], hides: bool) -> dict[str, Any]:
    return {
        "name": name,
        "title": say(f"board.{name}.title"),
        "intro": say(f"board.{name}.intro"),
        "ticks_label": say(f"board.{name}.ticks"),
        "count": say(f"board.{name}.count"),
        "columns": [say(f"board.{name}.column.{place}") for place in ("first", "second")],
        "more": say("board.more"),
        "entries": list(shown),
        "ticks": list(ticks),
        "hides": hides,  # entries that no tick picks go away, instead of only staying unlit
    }
