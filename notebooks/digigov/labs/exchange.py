"""Exchange lab: everything online, safely (claim C2, H1). Attack paper copies, a shared database, a signed exchange."""

from collections.abc import Mapping
from typing import Any, ClassVar

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Choice, Control, Preset, Switch
from digigov.labs.exchange_data import load
from digigov.labs.exchange_log_picture import Result
from digigov.labs.exchange_picture import ExchangePicture, shown_state, where
from digigov.labs.frame import Lab, Measure
from digigov.language import number, pick, say
from digigov.models.attacks import ATTACKS, ON_REQUESTS, VICTIM, Door, trial
from digigov.models.exchange import is_strange
from digigov.models.ledger import Guard, unguarded
from digigov.models.three_ways import WAYS, everywhere, ordinary_fields

DOOR = ("signature", "fresh", "purpose")
LOG = ("chain", "checkpoints", "second")


class ExchangeLab(Lab):
    """Agencies ask registers about a child's parents; the learner attacks, and sees what stops or finds it."""

    name = "exchange"
    head: ClassVar[tuple[str, ...]] = ("exchange.way.paper", "exchange.way.shared", "exchange.way.exchange")
    predictions = ("07-predict-exchange", "07-predict-shared", "07-predict-fields")
    sources: ClassVar[tuple[str, ...]] = ("form-birth", "provinces-2025")
    controls = (
        Choice("attack", "edit", ATTACKS, "exchange.attack"),
        *(Switch(name, True) for name in (*DOOR, *LOG)),
        Control("place", 9, 2, 24, 1, "none", front=True),
        Control("interval", 5, 1, 12, 1, "none", front=True),
        Control("reach", 50, 1, 200, 1, "none", front=True, stops=(1, 5, 10, 20, 50, 100, 200)),
        Control("copies", 20, 1, 200, 1, "none"),
    )
    presets = (
        Preset("article", {}),
        Preset("insider", {"attack": "false_purpose"}),
        Preset("tail", {"attack": "truncate", "place": 22}),
        Preset("one_keeper", {"attack": "collude", "second": False}),
        Preset("loses", {"attack": "forge", "reach": 200, **dict.fromkeys((*DOOR, *LOG), False)}),
    )

    def __init__(self) -> None:
        self._case = load()
        self._picture = ExchangePicture(self._case)

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"exchange.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to words

    def run(self, values: Mapping[str, Any]) -> Result:
        scene = self._case.scene
        door = Door(*(values[name] for name in DOOR))
        place, reach, copies = (int(values[name]) for name in ("place", "reach", "copies"))
        try:
            guard = Guard(*(values[name] for name in LOG), interval=int(values["interval"]))
            tried = trial(scene, values["attack"], door, guard, place, reach)
            outcomes = everywhere(scene, door, guard, place, reach, copies)
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"exchange.control.{error}"))) from None
        return Result(
            trial=tried,
            attack=values["attack"],
            switched={name: values[name] for name in (*DOOR, *LOG)},
            outcomes=outcomes,
            ordinary=ordinary_fields(scene, door),
            needed=scene.needed,
            signatures=(2 * scene.places if door.signature else 0) + len(tried.honest.checkpoints),
            unguarded=unguarded(tried.honest),
        )

    def outcomes(self, result: Result) -> dict[str, float]:
        return {
            "caught_exchange": float(result.caught("exchange")),
            "caught_shared": float(result.caught("shared")),
            "fields_exchange": float(result.ordinary["exchange"]),
        }

    def measures(self, result: Result) -> list[Measure]:
        here = {way: result.outcomes[result.attack, way] for way in WAYS}
        scene = self._case.scene
        mine = [entry for entry in result.trial.log.entries if entry.request.subject == VICTIM]
        strange = sum(not e.reason and is_strange(scene.policy, scene.dealings, e.request) for e in mine)

        def row(name: str, paper: str, shared: str, exchange: str) -> Measure:
            return Measure(say(f"exchange.measure.{name}", citizen=pick(self._case.citizen)), (paper, shared, exchange))

        none = say("exchange.measure.no_log")
        return [
            row("state", *(shown_state(here[way]) for way in WAYS)),
            row("by", *(say(f"exchange.measure.by.{here[way].by or 'nothing'}") for way in WAYS)),
            row("people", *(number(here[way].people) for way in WAYS)),
            row("fields", *(number(result.exposed(way)) for way in WAYS)),
            row("caught", *(number(result.caught(way)) for way in WAYS)),
            row("ordinary", *(number(result.ordinary[way]) for way in WAYS)),
            row(
                "sees",
                none,
                say("exchange.measure.hidden"),
                say("exchange.measure.looks", looks=number(len(mine)), strange=number(strange)),
            ),
            row("unguarded", none, number(scene.places), number(result.unguarded)),
            row("signatures", number(0), number(0), number(result.signatures)),
        ]

    def sentence(self, result: Result) -> str:
        attack, here = result.attack, {way: result.outcomes[result.attack, way] for way in WAYS}
        mine = here["exchange"]
        parts = [
            say(f"exchange.sentence.attack.{attack}", place=number(result.trial.place)),
            say(
                f"exchange.sentence.state.{mine.state}",
                by=say(f"exchange.measure.by.{mine.by or 'nothing'}"),
                where=where(mine) if mine.fault else "",
                people=number(result.trial.strange),
            ),
        ]
        fields = {way: number(result.exposed(way)) for way in WAYS}
        lost = attack in ON_REQUESTS and result.exposed("exchange") > min(
            result.exposed("shared"), result.exposed("paper")
        )
        if attack in ON_REQUESTS:
            parts.append(say(f"exchange.sentence.{'more' if lost else 'exposed'}", **fields))
        caught = {way: number(result.caught(way)) for way in WAYS}
        parts.append(say("exchange.sentence.caught", all=number(len(ATTACKS)), **caught))
        return " ".join(parts)
