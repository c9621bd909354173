"""Cleaning lab: two files as they were found, a decision for each fault, and a log of the decisions (outcome L13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from digigov.figures import Panel
from digigov.labs.cleaning_data import CODE, COLUMNS, FILES, gtmi_as_found, un_as_found
from digigov.labs.cleaning_picture import GTMI_YEARS, UN_YEARS, CleaningPicture, Figures, Result
from digigov.labs.controls import AnyControl, Choice, Column, Control, Listing, Preset
from digigov.labs.frame import Lab, Measure
from digigov.language import current, number, percent, say
from digigov.models import cleaning as model
from digigov.models.cleaning import AS_FOUND, FAULTS, GTMI, RIGHT, UN, Cleaned, Fault, Record
from digigov.provenance import Used

OVER = RIGHT | {"zeros": "drop", "codes": "drop", "above_one": "missing"}
NONE = "–"
LOG = ("gtmi-not-economies", "gtmi-codes", "egdi-duplicates", "egdi-hci-above-one")  # what the course noted of them


class CleaningLab(Lab):
    """Keep, drop, correct, empty or mark: what each does to the means, and what it throws away."""

    name = "cleaning"
    head = ("cleaning.head.found", "cleaning.head.mine")
    predictions = ("13-predict-naive",)
    sources: ClassVar[tuple[str, ...]] = ("gtmi-2025", "gtmi-package", "un-survey-2024")
    presets = (
        Preset("article", {}),
        Preset("tail_only", {"tail": "drop"}),
        Preset("clean", RIGHT),
        Preset("loses", {**OVER, "floor": 0.25}),
    )

    def __init__(self) -> None:
        choices = (Choice(fault.name, "keep", fault.decisions, "cleaning.decision") for fault in FAULTS)
        self.controls = (Control("floor", 0, 0, 0.5, 0.05, "none", front=True), *choices)
        self._picture = CleaningPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"cleaning.alt.{name}", panel) for name, panel in self._picture.panels.items())

    @property
    def listing(self) -> Listing:
        found = _rows_found()
        columns = (
            Column(say("cleaning.column.file"), [FILES[fault.file] for fault in FAULTS]),
            Column(say("cleaning.column.rows"), [found[fault.name] for fault in FAULTS]),
            Column(say("cleaning.column.seen"), [say(f"cleaning.seen.{fault.name}") for fault in FAULTS]),
        )
        return Listing(tuple(fault.name for fault in FAULTS), columns, filters=(0,), largest_first=1)

    def label(self, control: AnyControl) -> str:
        return super().label(control) if control.kind == "range" else say(f"cleaning.fault.{control.name}")

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from decisions to results

    def run(self, values: Mapping[str, Any]) -> Result:
        decisions = {fault.name: values[fault.name] for fault in FAULTS}
        parts = _both(decisions, values["floor"])
        refused = next((part.refused for part in parts if part.refused), None)
        order = [fault.name for fault in FAULTS]
        log = sorted(
            (entry for part in parts for entry in part.cleaned.log),
            key=lambda entry: (*order, "floor").index(entry.fault),
        )
        return Result(
            found=_figures(*_both(AS_FOUND)),
            mine=_figures(*parts),
            log=tuple(log),
            lost=sum(part.cleaned.lost for part in parts),
            decisions=decisions,
            refused=_complaint(*refused) if refused else "",
        )

    def outcomes(self, result: Result) -> dict[str, float]:
        return {"naive_mean": result.found.gtmi[-1] or 0.0}

    # -- from results to words

    def measures(self, result: Result) -> list[Measure]:
        found, mine = result.found, result.mine

        def row(name: str, *cells: str) -> Measure:
            return Measure(say(f"cleaning.measure.{name}"), cells)

        rows = [
            row("rows_gtmi", number(found.rows_gtmi), number(mine.rows_gtmi)),
            row("economies", number(found.economies), number(mine.economies)),
            row("mean", _mean(found.gtmi[-1]), _mean(mine.gtmi[-1])),
            row("share_a", _share(found.share_a), _share(mine.share_a)),
            row("rows_un", number(found.rows_un), number(mine.rows_un)),
            row("mean_un", _mean(found.egdi[0]), _mean(mine.egdi[0])),
            row("lost", number(0), number(result.lost)),
        ]
        return rows + [self._entry(entry.fault, entry.decision, entry.rows) for entry in result.log]

    def _entry(self, fault: str, decision: str, rows: int) -> Measure:
        """A line of the log: what was found, and what was done with how many rows."""
        touched = _rows_found().get(fault)
        return Measure(
            say("cleaning.measure.log", fault=say(f"cleaning.fault.{fault}")),
            (
                NONE if touched is None else say("cleaning.measure.rows", rows=number(touched)),
                say("cleaning.measure.done", decision=say(f"cleaning.decision.{decision}"), rows=number(rows)),
            ),
        )

    def sentence(self, result: Result) -> str:
        mean = result.mine.gtmi[-1]
        kind = "none" if mean is None else "impossible" if mean > 1 else "possible"
        parts = [say(f"cleaning.sentence.{kind}", **({} if mean is None else {"mean": _mean(mean)}))]
        left = [fault for fault in FAULTS if result.decisions[fault.name] != fault.right and not _loses(fault, result)]
        over = [fault for fault in FAULTS if _loses(fault, result)]
        if result.refused:
            parts.append(say("cleaning.sentence.refused", words=result.refused))
        if left:
            parts.append(say("cleaning.sentence.left", faults=_names(left)))
        if over:
            parts.append(say("cleaning.sentence.over", faults=_names(over)))
        if result.log[-1].fault == "floor" and result.log[-1].rows:
            parts.append(say("cleaning.sentence.floor", rows=number(result.log[-1].rows)))
        if result.lost:
            parts.append(say("cleaning.sentence.lost", lost=number(result.lost)))
        elif not left and not over:
            parts.append(say("cleaning.sentence.clean"))
        return " ".join(parts)

    def used(self, result: Result) -> list[Used]:
        """The course's own log of the same faults, without its decisions: these are the learner's here."""
        return [Used("cleaning_log", {"id": key}, (f"fault_{current()}", "rows")) for key in LOG]

    def brief(self, result: Result) -> str:
        return say(
            "cleaning.sentence.brief",
            gtmi=number(result.mine.rows_gtmi),
            mean=_mean(result.mine.gtmi[-1]),
            un=number(result.mine.rows_un),
            lost=number(result.lost),
        )


def _loses(fault: Fault, result: Result) -> bool:
    """Whether a decision throws published figures away; keeping and marking never do."""
    decision = result.decisions[fault.name]
    return decision != fault.right and decision not in ("keep", "mark") and fault.name != "tail"


def _names(faults: list[Fault]) -> str:
    return "; ".join(say(f"cleaning.fault.{fault.name}") for fault in faults)


def _mean(value: float | None) -> str:
    return say("cleaning.measure.none") if value is None else number(value, 1 if value > 1 else 3)


def _share(value: float | None) -> str:
    return say("cleaning.measure.none") if value is None else percent(100 * value, 1)


@dataclass(frozen=True)
class _Part:
    """One file after some decisions, and all that is said of it. A change leaves most parts as they are."""

    cleaned: Cleaned
    means: Mapping[int, float]
    refused: tuple[Record, str, str, int] | None


def _both(decisions: Mapping[str, str], floor: float = 0.0) -> tuple[_Part, _Part]:
    """Both files after the decisions; a decision on one leaves the other as it is."""
    of = {file: tuple((f.name, decisions[f.name]) for f in FAULTS if f.file == file) for file in (GTMI, UN)}
    return _part(GTMI, of[GTMI], floor), _part(UN, of[UN], 0.0)


@lru_cache(maxsize=256)
def _part(file: str, decisions: tuple[tuple[str, str], ...], floor: float) -> _Part:
    found = gtmi_as_found() if file == GTMI else un_as_found()
    cleaned = model.clean(file, found, dict(decisions), floor)
    means = model.means(cleaned.records, COLUMNS[file][0])
    return _Part(cleaned, means, model.refused(cleaned.records, COLUMNS[file]))


def _rows_found() -> dict[str, int]:
    """How many rows each fault touches in the files as they were found."""
    return {entry.fault: entry.rows for part in _both(AS_FOUND) for entry in part.cleaned.log}


def _figures(gtmi: _Part, un: _Part) -> Figures:
    return Figures(
        rows_gtmi=len(gtmi.cleaned.records),
        economies=model.codes(gtmi.cleaned.records),
        gtmi=tuple(map(gtmi.means.get, GTMI_YEARS)),
        share_a=model.share_of_group(gtmi.cleaned.records, "A", GTMI_YEARS[-1]),
        rows_un=len(un.cleaned.records),
        egdi=tuple(map(un.means.get, UN_YEARS)),
    )


def _complaint(record: Record, column: str, wrong: str, first: int) -> str:
    """What the check of a clean table says of a record, as it would say it of a file."""
    column = CODE[record.file] if column == "code" else column
    where = {"file": FILES[record.file], "row": number(record.place), "column": column}
    if wrong == "doubled":
        return say("data.doubled_key", first=number(first), **where)
    if wrong == "code":
        return say("data.no_such_country", value=record.code, **where)
    return say("data.maximum", value=number(record.values[column] or 0), limit=1, **where)
