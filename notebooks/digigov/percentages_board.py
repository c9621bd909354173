"""A percentage put together by the learner: what is counted, out of what, when, by whom; and two of them compared."""

from collections.abc import Sequence
from html import escape
from typing import Any

import traitlets

from digigov.claims import sources
from digigov.errors import CourseError
from digigov.face import HERE, Face, front_end
from digigov.language import current, partial_date, percent, pick, say
from digigov.models.percentages import KIND, PARTS, comparable, compared, matching, nearest, offered
from digigov.page import Page, table
from digigov.percentages import AXES, Published, published, words_of_part
from digigov.percentages_lanes import lanes, tick_places
from digigov.provenance import Used, used_rows

START = "eligible-level4-2021-12"
NEAREST = 2  # figures that are offered where none was published
MOST_KEPT = 6


class PercentageBuilder(Face):
    """Four lists that narrow to what was published, three lanes of points over time, and a tray to compare two."""

    _esm = front_end(HERE / "percentages_board.js")
    catalogue = "percentages"

    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, keep: Sequence[str] = ()) -> None:
        """Starts with the ministry's 96%; `keep` are ids of rows to compare. CourseError for an unknown one."""
        self._all = {one.figure.id: one for one in published()}
        self._figures = [one.figure for one in self._all.values()]
        for name in keep:
            self._known(name)
        self.picked = self._parts_of(START)
        self.kept = list(dict.fromkeys(keep))[:MOST_KEPT]
        self.compared = self.kept[-2:]
        super().__init__(spec=self._spec())
        self._show()

    # -- what the browser asks for

    def do_pick(self, part: str, value: str) -> None:
        """Take one part; an empty value takes it away."""
        values = {getattr(figure, part) for figure in self._figures} if part in PARTS else set()
        if value and value not in values:
            raise CourseError(say("percentages.unknown", value=str(value)[:30]))
        self.picked = {name: self.picked[name] for name in PARTS if name in self.picked and name != part}
        if value:
            self.picked[part] = value
        self._show()

    def do_take(self, id: str) -> None:
        """Take all parts of a figure that was published."""
        self.picked = self._parts_of(self._known(id).figure.id)
        self._show()

    def do_clear(self) -> None:
        self.picked = {}
        self._show()

    def do_keep(self) -> None:
        """Put the figure into the tray. CourseError when there is none, or the tray is full."""
        found = self._found()
        if found is None:
            raise CourseError(say("percentages.nothing_to_keep"))
        if found not in self.kept and len(self.kept) == MOST_KEPT:
            raise CourseError(say("percentages.tray_full", count=MOST_KEPT))
        self.kept = [*(name for name in self.kept if name != found), found]
        self.compared = self.kept[-2:]
        self._show()

    def do_drop(self, id: str) -> None:
        """Take a figure out of the tray."""
        self.kept = [name for name in self.kept if name != id]
        if id in self.compared:
            self.compared = self.kept[-2:]
        self._show()

    def do_compare(self, first: str, second: str) -> None:
        """Hold two figures of the tray side by side."""
        for name in (first, second):
            if name not in self.kept:
                raise CourseError(say("percentages.unknown", value=str(name)[:30]))
        self.compared = [first, second]
        self._show()

    # -- inside

    def _known(self, name: str) -> Published:
        if name not in self._all:
            raise CourseError(say("percentages.unknown", value=str(name)[:40]))
        return self._all[name]

    def _parts_of(self, name: str) -> dict[str, str]:
        return {part: getattr(self._all[name].figure, part) for part in PARTS}

    def _found(self) -> str | None:
        """The figure that the picked parts name, once all are picked."""
        hits = matching(self._figures, self.picked)
        return hits[0].id if len(self.picked) == len(PARTS) and hits else None

    def _show(self) -> None:
        self.notice = ""
        found = self._found()
        self.state = {
            "picked": self.picked,
            "options": {part: self._options(part) for part in PARTS},
            "sentence": self._sentence(found),
            "figure": self._about(found) if found else None,
            "nearest": [] if found or len(self.picked) < len(PARTS) else self._nearest(),
            "id": found or "",
            "kept": [[name, equation(self._all[name])] for name in self.kept],
            "compared": self.compared if len(self.compared) == 2 else [],
            "comparison": self._comparison(*self.compared) if len(self.compared) == 2 else None,
        }

    def _options(self, part: str) -> list[list[Any]]:
        """Every value with its words and whether a figure exists for it, given the other parts."""
        there = offered(self._figures, self.picked, part)
        values = sorted({getattr(figure, part) for figure in self._figures}) if part == "date" else None
        values = values or list(dict.fromkeys(getattr(figure, part) for figure in self._figures))
        return [[value, shown(part, value), value in there] for value in values]

    def _sentence(self, found: str | None) -> str:
        if found:
            return equation(self._all[found])
        left = len(matching(self._figures, self.picked))
        if len(self.picked) < len(PARTS):
            missing = ", ".join(say(f"percentages.part.{part}").lower() for part in PARTS if part not in self.picked)
            return say("percentages.incomplete", missing=missing, count=left)
        return say("percentages.none", **{part: shown(part, self.picked[part]) for part in PARTS})

    def _about(self, found: str) -> dict[str, str]:
        one = self._all[found]
        row = used_rows([Used(one.table, {"id": found}, (one.value_column,))])
        note = one.row.get(f"note_{current()}") or ""
        return {
            "axis": say(f"percentages.axis.{one.figure.axis}"),
            "status": say(f"percentages.status.{one.status}"),
            "yardstick": say("percentages.by", yardstick=words_of_part("yardstick", one.figure.yardstick)),
            "note": note,
            "row": row.html,
        }

    def _nearest(self) -> list[dict[str, str]]:
        shown_ones = []
        for figure, lacking in nearest(self._figures, self.picked)[:NEAREST]:
            parts = ", ".join(say(f"percentages.part.{part}").lower() for part in lacking)
            shown_ones.append(
                {
                    "id": figure.id,
                    "words": equation(self._all[figure.id]),
                    "differs": say("percentages.differs_in", parts=parts),
                }
            )
        return shown_ones

    def _comparison(self, first: str, second: str) -> dict[str, Any]:
        one, other = self._all[first], self._all[second]
        states = compared(one.figure, other.figure)
        rows = []
        for aspect, state in states.items():
            a, b = (shown(aspect, getattr(figure, aspect)) for figure in (one.figure, other.figure))
            rows.append([say(f"percentages.aspect.{aspect}"), a, b, say(f"percentages.state.{state}")])
        axes = [say(f"percentages.axis.{each.figure.axis}") for each in (one, other)]
        same = say(f"percentages.state.{'same' if axes[0] == axes[1] else 'differs'}")
        rows.insert(0, [say("percentages.aspect.axis"), *axes, same])
        return {
            "head": [say("percentages.aspect"), value_of(one), value_of(other), say("percentages.verdict")],
            "rows": rows,
            "verdict": self._verdict(one, other, states),
        }

    def _verdict(self, one: Published, other: Published, states: dict[str, str]) -> str:
        a, b = value_of(one), value_of(other)

        def told(wanted: str) -> str:
            kinds = (aspect for aspect in KIND if states[aspect] == wanted)
            return ", ".join(say(f"percentages.aspect.{aspect}").lower() for aspect in kinds)

        if one is other:
            return say("percentages.verdict.itself")
        if comparable(one.figure, other.figure):
            points = percent(round(abs(other.figure.value - one.figure.value), 2)).rstrip("%")
            if "unsaid" in states.values():
                return say("percentages.verdict.unsaid", first=a, second=b, points=points, aspects=told("unsaid"))
            return say("percentages.verdict.comparable", first=a, second=b, points=points)
        return say("percentages.verdict.apart", first=a, second=b, aspects=told("differs"))

    def _spec(self) -> dict[str, Any]:
        return {
            "parts": [[part, say(f"percentages.part.{part}")] for part in PARTS],
            "lanes": [
                {
                    **lane,
                    "label": say(f"percentages.axis.{lane['axis']}"),
                    "what": say(f"percentages.axis.{lane['axis']}.what"),
                    "points": [
                        {**point, "name": equation(self._all[point["id"]]), "shown": value_of(self._all[point["id"]])}
                        for point in lane["points"]
                    ],
                }
                for lane in lanes(list(self._all.values()))
            ],
            "ticks": tick_places(),
            "table": self._table().html,
        }

    def _table(self) -> Page:
        """Every figure by axis, in words."""
        head = [say(f"percentages.column.{name}") for name in ("value", "date", "axis", "yardstick", "source")]
        rows = [
            [
                escape(f"{value_of(one)} = {fraction(one)}"),
                escape(shown("date", one.figure.date)),
                escape(say(f"percentages.axis.{axis}")),
                escape(words_of_part("yardstick", one.figure.yardstick)),
                escape(shown("source", one.figure.source)),
            ]
            for axis in AXES
            for one in self._all.values()
            if one.figure.axis == axis
        ]
        return table(head, rows, say("percentages.all"))

    def page(self) -> Page:
        title, first = say("percentages.title"), equation(self._all[START])
        about = self._about(START)
        html = (
            f"<h3>{escape(title)}</h3><p>{escape(say('percentages.intro'))}</p><p><strong>{escape(first)}</strong></p>"
            f"<p>{escape(about['axis'])} · {escape(about['yardstick'])}</p>{about['row']}"
        )
        return Page(html, "\n\n".join([title, first, f"{about['axis']} · {about['yardstick']}"])) + self._table()


def shown(part: str, value: str) -> str:
    """A part's value as the learner reads it."""
    if part == "date":
        return partial_date(value)
    if part == "source":
        source = sources()[value]
        when = str(source.get("published") or "")
        when = f" ({partial_date(when)})" if when.replace("-", "").isdigit() else ""
        return pick(source["publisher"]) + (f", {pick(source['title'])}" if source["read"] == "derived" else when)
    return words_of_part(part, value)


def value_of(one: Published) -> str:
    """The percentage as exactly as its source gives it, such as about 11%."""
    said = percent(one.figure.value)
    qualifier = one.row.get("qualifier", "exact")
    return said if qualifier == "exact" else f"{say(f'value.{qualifier}')} {said}"


def fraction(one: Published) -> str:
    """Numerator over denominator."""
    parts = (words_of_part(part, getattr(one.figure, part)) for part in ("numerator", "denominator"))
    return " / ".join(words[0].lower() + words[1:] for words in parts)


def equation(one: Published) -> str:
    """The whole sentence: how much, of what, out of what, when, who says so."""
    return say(
        "percentages.equation",
        value=value_of(one),
        fraction=fraction(one),
        date=shown("date", one.figure.date),
        source=shown("source", one.figure.source),
    )
