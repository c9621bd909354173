"""The widget: sixteen cards, a running radar, the weakest first, three moves, two rounds compared, and the report."""

from dataclasses import asdict, replace
from html import escape
from typing import Any

import traitlets

from digigov import record_assessments as kept
from digigov.agency import findings
from digigov.agency.content import MOST_MOVES, Assessment, for_class, whole
from digigov.agency.radar import Radar
from digigov.agency.report import FORMATS, file_name, outlines, pair, report
from digigov.agency.scale import CourseMove, Indicator, by_have, catalogue, have_title, scale
from digigov.agency.static_page import notebook_link, scale_page
from digigov.claims import credit
from digigov.errors import CourseError
from digigov.face import HERE, Face, front_end
from digigov.language import LANGUAGES, current, number, say, speaking
from digigov.page import Page
from digigov.record import record

LONGEST_NAME = 120


class AssessmentView(Face):
    """One round of one agency at a time; every change is in the record before the browser hears of it."""

    _esm = front_end(*(HERE / "agency" / file for file in ("cards.js", "moves.js", "form.js")))
    catalogue = "assessment"

    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self._indicators = scale()
        self._radars = (
            Radar(self._indicators, ("claimed", "evidenced")),
            Radar(self._indicators, ("before", "after")),
        )
        self._turn = 0
        self._before = ""  # the round that this one is compared with
        self._one = self._latest()
        self.spec = self._spec()
        self.notice = record().notice or self._unread()
        self._show()
        record().listen(self._changed)

    # -- what the browser asks for; `turn` comes back with the state, so that it knows which change it sees

    def do_level(self, item: str, level: int | None, turn: int = 0) -> None:
        """Mark an indicator with a level of 1 to 4, or take its mark away. Raises CourseError for another level."""
        self._enter(item, turn, level=level)

    def do_evidence(self, item: str, text: str, turn: int = 0) -> None:
        """Keep what was written beside an indicator."""
        self._enter(item, turn, evidence=text)

    def do_name(self, text: str, turn: int = 0) -> None:
        """Name the agency, in all its rounds."""
        self._turn = turn
        name = whole(text)[:LONGEST_NAME].strip()
        if kept.find(self._one.begun) is None:
            self._keep(replace(self._one, agency=name))
        else:
            kept.rename(self._one.begun, name)

    def do_open(self, begun: str, turn: int = 0) -> None:
        """Show another round."""
        self._go_to(kept.find(begun) or self._latest(), turn)

    def do_another(self, turn: int = 0) -> None:
        """Begin with another agency."""
        self._go_to(kept.begin(), turn)

    def do_again(self, turn: int = 0) -> None:
        """Begin a new round of the same agency, from its present marks, and compare it with the one before."""
        before = self._one
        self._go_to(kept.begin(like=before), turn, before.begun)
        self._keep(self._one)
        self.notice = self.notice or say("assessment.copied")

    def do_forget(self, turn: int = 0) -> None:
        """Take this round out of the record."""
        self._turn = turn
        kept.forget(self._one.begun)
        self._go_to(self._latest(), turn)

    def do_move(self, move: str, picked: bool, turn: int = 0) -> None:
        """Pick a move, or give one up. Raises CourseError for one more than three."""
        self._turn = turn
        moves = tuple(name for name in self._one.moves if name != move)
        if picked and len(moves) >= MOST_MOVES:
            self._show()
            raise CourseError(say("assessment.too_many", most=number(MOST_MOVES)))
        known = move in catalogue()
        self._keep(replace(self._one, moves=(*moves, move) if picked and known else moves))

    def do_compare(self, begun: str, turn: int = 0) -> None:
        """Hold this round against another one of the same agency; "" for none."""
        self._turn = turn
        self._before = begun
        self._show()

    def do_report(self, form: str, language: str, turn: int = 0) -> None:
        """Send the report as a file: html, md, or json for a class. Words in the language asked for."""
        if form == "json":
            text = for_class(self._one, record().seed())
            name = say("assessment.class_file", id=text.split('"id": "')[1][:8]) + ".json"
            self.send({"file": name, "text": text, "type": "application/json"})
            return
        with speaking(language if language in LANGUAGES else current()):
            made, name = report(self._one, self._compared()), file_name(self._one, form)
        self.send({"file": name, "text": made.html if form == "html" else made.text, "type": FORMATS[form]})

    def page(self) -> Page:
        """The scale and the moves, to be read without a kernel; the same for every learner."""
        return scale_page()

    # -- inside

    def _enter(self, item: str, turn: int, **changes: Any) -> None:
        self._turn = turn
        if item not in self._indicators:
            raise CourseError(say("assessment.unknown_indicator", name=item))
        try:
            entered = self._one.with_entry(item, **changes)
        except ValueError:
            self._show()
            raise CourseError(say("assessment.wrong_level", name=self._indicators[item].title)) from None
        self._keep(entered)

    def _keep(self, one: Assessment) -> None:
        self._one = kept.keep(one)
        self.notice = record().notice

    def _go_to(self, one: Assessment, turn: int, before: str = "") -> None:
        self._one, self._turn, self._before = one, turn, before
        self.notice = record().notice
        self._show()

    def _latest(self) -> Assessment:
        return max(kept.rounds(), key=lambda one: one.at, default=None) or kept.begin()

    def _unread(self) -> str:
        count = kept.unreadable()
        return say("assessment.unreadable", count=number(count)) if count else ""

    def _changed(self, item: str) -> None:
        """Something was kept here or by another widget; or ("") the record was emptied or something imported."""
        if item == kept.CHANGED:
            self._one = kept.find(self._one.begun) or self._one
        elif item == "":
            self._one = kept.find(self._one.begun) or self._latest()
        else:
            return
        self._show()

    def _compared(self) -> Assessment | None:
        found = kept.find(self._before)
        return found if found is not None and found.begun != self._one.begun else None

    def _show(self) -> None:
        one, every = self._one, kept.rounds()
        before = self._compared()
        radar, compared = self._radars
        radar.draw(outlines(one))
        compared.draw(pair(before, one) if before else {})
        self.state = {
            "turn": self._turn,
            "open": one.begun,
            "kept": any(other.begun == one.begun for other in every),
            "agency": one.agency,
            "rounds": [{"begun": other.begun, "label": _label(other, every)} for other in every],
            "others": [
                {"begun": other.begun, "label": _label(other, every)}
                for other in every
                if other.agency == one.agency and other.begun != one.begun
            ],
            "before": before.begun if before else "",
            "entries": {name: asdict(entry) for name, entry in one.entries.items()},
            "moves": list(one.moves),
            "sentence": findings.sentence(one),
            "overview": findings.overview(one).html,
            "weakness": findings.weakness(one).html,
            "reasons": {name: [list(pair) for pair in found] for name, found in findings.reasons(one).items()},
            "comparison": findings.comparison(before, one).html if before else "",
            "marks": [self._radars[0].panel.marks(), self._radars[1].panel.marks()],
        }

    def _spec(self) -> dict[str, Any]:
        return {
            "haves": [
                {"title": have_title(have), "indicators": [_asked(self._indicators[name]) for name in names]}
                for have, names in by_have(self._indicators).items()
            ],
            "moves": [_offered(move) for move in catalogue().values()],
            "panels": [radar.panel.svg() for radar in self._radars],
            "alts": [say("assessment.alt.now"), say("assessment.alt.compared")],
            "languages": [{"code": code, "label": say(f"assessment.language.{code}")} for code in LANGUAGES],
            "language": current(),
            "longest": LONGEST_NAME,
        }


def _label(one: Assessment, every: list[Assessment]) -> str:
    """A round by its agency, its place among that agency's rounds, and its day."""
    same = [other.begun for other in every if other.agency == one.agency]
    return say(
        "assessment.round",
        agency=findings.name_of(one.agency),
        place=number(same.index(one.begun) + 1),
        day=findings.day_of(one),
    )


def _asked(one: Indicator) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "title": one.title,
        "question": one.question,
        "levels": list(one.levels),
        "evidence": one.evidence,
        "framework": f"<p>{escape(one.framework)} {credit(one.sources).html}</p>"
        f"<p>{escape(say('assessment.taught'))} {notebook_link(one.notebook)}</p>",
    }


def _offered(move: CourseMove) -> dict[str, str]:
    taught = f"<p>{escape(say('assessment.taught'))} {notebook_link(move.notebook)}</p>"
    return {"id": move.id, "name": move.name, "card": findings.card(move).html + taught}
