"""The timeline to look at: pick a day, see what was in force, aimed at, responsible and running."""

from datetime import date
from html import escape
from typing import Any

import traitlets

from digigov.claims import credit, grade_badge, source_list
from digigov.face import HERE, Face, front_end
from digigov.language import date as shown
from digigov.language import number, say
from digigov.page import Page, table
from digigov.timeline import DAY, FIRST, KINDS, LAST, Edge, Entry, changes, day_of, in_force, timeline_entries

# The article's own time, when the ministry counted 96% of eligible services at level 4.
DEFAULT = date(2021, 12, 15)


class Timeline(Face):
    """A date, a slider by month, days of a change, a strip from 2011 to 2026, and the state of the picked day."""

    _esm = front_end(HERE / "timeline.js")
    catalogue = "timeline"

    spec = traitlets.Dict().tag(sync=True)

    def __init__(self, day: object = DEFAULT) -> None:
        """Starts on `day`. Raises CourseError as `day_of`, and for a broken data file."""
        self.start = day_of(day)
        super().__init__(spec=_spec(self.start))

    def page(self) -> Page:
        """The state of the first day, then every entry in a table: the strip in words."""
        return Page(f"<h3>{escape(say('timeline.title'))}</h3>", say("timeline.title")) + _state(self.start) + _table()


def span(entry: Entry) -> str:
    """From when until when an entry held, as exactly as that is known."""
    until = _edge("until", entry.ends)
    if entry.ends_grade != entry.grade:
        until = say("timeline.until.graded", until=until, grade=grade_badge(entry.ends_grade).text)
    return f"{_edge('from', entry.begins)}, {until}"


def _edge(side: str, edge: Edge) -> str:
    if edge.earliest is None or edge.latest is None:
        return say(f"timeline.{side}.open")
    if edge.exact:
        return say(f"timeline.{side}.day", day=shown(edge.earliest))
    return say(f"timeline.{side}.between", first=shown(edge.earliest), last=shown(edge.latest))


def _sentence(day: date) -> str:
    """What the live region says of a day."""
    by_kind = in_force(day)
    held = [entry for listed in by_kind.values() for entry in listed]
    begun, ended = changes(day)
    unsure = sum(not entry.surely_holds(day) for entry in held)
    words = say(
        "timeline.state",
        day=shown(day),
        classes="; ".join(entry.name for entry in by_kind["classes"]) or say("timeline.no_classes"),
        count=number(len(held)),
        begun=number(len(begun)),
        ended=number(len(ended)),
    )
    return f"{words} {say('timeline.unsure_count', count=number(unsure))}" if unsure else words


def _lines(entry: Entry) -> list[str]:
    """What is said of an entry below its name."""
    named = (("timeline.contrast", entry.contrast), ("timeline.note", entry.note))
    return [entry.what, *(f"{say(key)}: {words}" for key, words in named if words)]


def _state(day: date) -> Page:
    html, lines = [f"<p><strong>{escape(_sentence(day))}</strong></p>"], [_sentence(day)]
    for kind, listed in in_force(day).items():
        html.append(f"<h4>{escape(say(f'timeline.kind.{kind}'))} ({number(len(listed))})</h4>")
        lines.append(f"{say(f'timeline.kind.{kind}')} ({number(len(listed))})")
        if not listed:
            html.append(f"<p>{escape(say('timeline.none'))}</p>")
            lines.append(say("timeline.none"))
        for entry in listed:
            unsure = "" if entry.surely_holds(day) else f" {say('timeline.unsure')}"
            head = f"{grade_badge(entry.grade).text} · {span(entry)}{unsure}"
            said = "".join(f"<p>{escape(line)}</p>" for line in _lines(entry))
            cited = credit(entry.sources).html
            html.append(
                f"<p><strong>{escape(entry.name)}</strong> · {escape(head)}</p>{said}"
                f"<details><summary>{escape(say('claims.sources'))}</summary><p>{cited}</p></details>"
            )
            lines.append("\n".join([f"- {entry.name} · {head}", *(f"  {line}" for line in _lines(entry))]))
    for side, listed in zip(("begun", "ended"), changes(day), strict=True):
        names = "; ".join(f"{entry.name} · {span(entry)}" for entry in listed) or say("timeline.none")
        html.append(f"<p><strong>{escape(say(f'timeline.{side}'))}:</strong> {escape(names)}</p>")
        lines.append(f"{say(f'timeline.{side}')}: {names}")
    return Page("".join(html), "\n".join(lines))


def _table() -> Page:
    """Every entry by its first day."""
    ordered = sorted(timeline_entries(), key=lambda entry: entry.begins.earliest or date.min)
    head = [say(f"timeline.column.{name}") for name in ("name", "kind", "span", "grade", "sources")]
    rows = [
        [
            escape(entry.name),
            escape(say(f"timeline.kind.{entry.kind}")),
            escape(span(entry)),
            escape(grade_badge(entry.grade).text),
            credit(entry.sources).html,
        ]
        for entry in ordered
    ]
    return table(head, rows, say("timeline.table"))


def _spec(day: date) -> dict[str, Any]:
    found = timeline_entries()
    return {
        "day": day.isoformat(),
        "first": FIRST.isoformat(),
        "last": LAST.isoformat(),
        "kinds": [{"kind": kind, "label": say(f"timeline.kind.{kind}")} for kind in KINDS],
        "entries": [_shown(entry) for entry in found],
        "telling": [
            {"name": entry.name, "days": [(entry.begins.earliest - DAY).isoformat(), entry.begins.earliest.isoformat()]}
            for entry in sorted(found, key=lambda entry: entry.begins.earliest or date.min)
            if entry.telling and entry.begins.earliest
        ],
        "table": _table().html,
    }


def _shown(entry: Entry) -> dict[str, Any]:
    """An entry for the browser, which only compares its days: texts of one form compare as the days do."""
    begins, ends = entry.begins, entry.ends
    days = {
        "begins": begins.earliest or date.min,
        "surely_from": begins.latest or date.min,
        "surely_until": ends.earliest or date.max,
        "ends": ends.latest or date.max,
        "gone": entry.gone or date.max,
    }
    return {
        "id": entry.id,
        "kind": entry.kind,
        "name": entry.name,
        "badge": grade_badge(entry.grade).text,
        "span": span(entry),
        "what": entry.what,
        "note": entry.note,
        "contrast": entry.contrast,
        "sources": source_list(entry.sources).html,
        "days": {name: value.isoformat() for name, value in days.items()},
    }
