"""Birth lab: redesign, don't just digitise. One life event on paper, online, and redesigned (claims C3, C12)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.birth_picture import BirthPicture
from digigov.labs.birth_result import BILLION, Government, Money, Result
from digigov.labs.controls import Choice, Control, Preset, Switch
from digigov.labs.frame import Lab, Measure
from digigov.language import number, percent, pick, say
from digigov.life_events import EVENTS, LifeEvent, life_event, registers
from digigov.models import redesign as model
from digigov.models import repair as errors
from digigov.models.journey import Effort, Journey, Measures, measure, schedule

ALL_OFF = dict.fromkeys(model.RULES, False)
SAME = 0.05  # working days; less would be shown as no difference


class BirthLab(Lab):
    """The same event under three governments: what putting forms online changes, and what redesigning changes."""

    name = "birth"
    head = ("birth.head.paper", "lab.egov", "lab.digital")
    predictions = ("03-predict-days", "03-predict-fields", "03-predict-visits")
    sources: ClassVar[tuple[str, ...]] = (
        "portal-birth",
        "portal-residence",
        "health-card-alone",
        "form-birth",
        "form-residence",
        "decree-63-2024-dossier",
        "household-business-commune",
        "household-business-dossier",
        "form-household-business",
        "portal-death",
        "portal-deregistration",
        "funeral-support",
        "decision-3458-2025",
    )
    controls = (
        Choice("event", "birth", EVENTS, words="birth.event"),
        *(Switch(rule, True) for rule in model.RULES),
        Control("register_errors", 0.02, 0, 0.5, 0.01, "percent", front=True, scale=100),
        Control(
            "cases",
            40_000,
            100,
            1_400_000,
            1,
            "cases_year",
            front=True,
            stops=(100, 300, 1000, 3000, 10_000, 20_000, 40_000, 100_000, 300_000, 600_000, 1_400_000),
        ),
        Control("field_minutes", 1, 0, 5, 0.5, "minutes"),
        Control("copy_minutes", 10, 0, 60, 5, "minutes"),
        Control("scan_minutes", 5, 0, 60, 1, "minutes"),
        Control("trip_minutes", 60, 0, 480, 10, "minutes"),
        Control("repair_days", 3, 0, 20, 1, "working_days", source="portal-birth"),
        Control("repair_citizen", 120, 0, 960, 10, "minutes"),
        Control("repair_officer", 60, 0, 960, 10, "minutes"),
        Switch("finished_by_people", front=False),
        Control("citizen_hour", 40, 0, 500, 5, "thousand_dong_hour"),
        Control("officer_hour", 80, 0, 500, 5, "thousand_dong_hour"),
        Control("rule_cost", 5, 0, 100, 1, "billion"),
        Control("years", 5, 1, 20, 1, "years"),
    )
    presets = (
        Preset("article", {}),
        Preset("digitise_only", ALL_OFF),
        Preset("once_only_alone", {**ALL_OFF, "once_only": True}),
        Preset("by_hand", {"automated": False}),
        Preset("loses", {"event": "death", "register_errors": 0.3, "repair_days": 10, "cases": 1000}),
    )

    def __init__(self) -> None:
        self._events = {name: life_event(name) for name in EVENTS}
        self._picture = BirthPicture(registers().actors)

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"birth.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to words

    def run(self, values: Mapping[str, Any]) -> Result:
        event = self._events[values["event"]]
        rules = [rule for rule in model.RULES if values[rule]]
        try:
            return _result(event, rules, values)
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"birth.control.{error}"))) from None

    def outcomes(self, result: Result) -> dict[str, float]:
        mean = result.digital.mean
        return {"redesigned_days": mean.days, "redesigned_fields": mean.fields, "redesigned_visits": mean.visits}

    def measures(self, result: Result) -> list[Measure]:
        governments, none = (result.paper, result.egov, result.digital), say("birth.none")

        def row(name: str, *cells: str, **words: str) -> Measure:
            return Measure(say(f"birth.measure.{name}", **words), cells)

        def of(name: str, unit: str = "", digits: int = 0) -> Measure:
            words = f" {say(f'unit.{unit}')}" if unit else ""
            shown = (number(round(getattr(each.mean, name), digits), digits) + words for each in governments)
            return row(name, *shown)

        return [
            of("fields"),
            of("documents", digits=1),
            of("forms"),
            of("visits", digits=1),
            of("handoffs"),
            of("days", "working_days", 1),
            of("first_result", "working_days", 1),
            of("citizen_minutes", "minutes"),
            of("officer_minutes", "minutes"),
            row("falls_out", none, none, percent(100 * result.chance, 1)),
            row("break_even", none, none, _cases(result.money.break_even) if result.money.once else none),
            row("net", none, none, _billion(result.money.net), years=number(result.money.years)),
        ]

    def sentence(self, result: Result) -> str:
        paper, egov, digital = (each.mean for each in (result.paper, result.egov, result.digital))
        parts = [
            say(
                "birth.sentence.egov",
                event=pick(result.event.name),
                visits=number(paper.visits),
                paper=number(paper.days, 1),
                days=number(egov.days, 1),
                fields=number(egov.fields),
            )
        ]
        if not result.rules:
            return " ".join([*parts, say("birth.sentence.no_rule")])
        how = "faster" if digital.days < egov.days - SAME else "slower" if digital.days > egov.days + SAME else "same"
        parts.append(
            say(
                f"birth.sentence.{how}",
                rules=number(len(result.rules)),
                days=number(digital.days, 1),
                fields=number(digital.fields),
            )
        )
        if "proactive" in result.rules and not result.has_notice:
            parts.append(say("birth.sentence.no_notice"))
        if result.chance > 0:
            share, records = percent(100 * result.chance, 1), number(len(result.digital.journey.looked_up))
            how = "by_people" if result.by_people else "falls_out"
            parts.append(say(f"birth.sentence.{how}", share=share, records=records))
        if digital.first_result > egov.first_result + SAME:
            days = {"egov": number(egov.first_result, 1), "digital": number(digital.first_result, 1)}
            parts.append(say("birth.sentence.first_later", **days))
        return " ".join([*parts, self._money(result.money)])

    def _money(self, money: Money) -> str:
        if money.saved <= 0:
            return say("birth.sentence.saves_nothing", cost=_billion(money.once))
        won = "pays" if money.net >= 0 else "does_not_pay"
        return say(
            f"birth.sentence.{won}",
            cost=_billion(money.once),
            years=number(money.years),
            cases=_cases(money.break_even),
        )


def _result(event: LifeEvent, rules: list[str], values: Mapping[str, Any]) -> Result:
    effort = Effort(
        *(values[f"{name}_minutes"] for name in ("field", "copy", "scan", "trip")),
    )
    repair = errors.Repair(values["repair_days"], values["repair_citizen"], values["repair_officer"])
    online = model.digitise(event.journey)
    redesigned = model.redesign(online, rules)
    by_people = values["finished_by_people"]
    finish = model.redesign(online, [rule for rule in rules if rule != "automated"]) if by_people else redesigned

    def government(journey: Journey, mean: Measures | None = None) -> Government:
        right = measure(journey, effort)
        return Government(journey, schedule(journey, effort), right, mean or right)

    mean = errors.expected(online, redesigned, effort, values["register_errors"], repair, finish)
    paper, egov, digital = government(event.journey), government(online), government(redesigned, mean)
    once, years = values["rule_cost"] * len(rules), values["years"]
    hours = values["citizen_hour"] * 1000, values["officer_hour"] * 1000
    saved = model.saved_a_case(egov.mean, digital.mean, *hours)
    return Result(
        event=event,
        rules=tuple(rules),
        paper=paper,
        egov=egov,
        digital=digital,
        chance=errors.falls_out(redesigned, values["register_errors"]),
        stuck=errors.stuck(finish, effort, repair),
        by_people=by_people and "automated" in rules,
        money=Money(
            once=once,
            saved=saved,
            years=years,
            cases=values["cases"],
            break_even=model.break_even_cases(once * BILLION, years, saved),
        ),
    )


def _cases(cases: float) -> str:
    """Cases a year, rounded up to three leading digits: more would be false accuracy."""
    if cases == float("inf"):
        return say("birth.never")
    step = 10 ** max(len(str(int(cases))) - 3, 0)
    return number(-(-cases // step) * step)


def _billion(money: float) -> str:
    return f"{number(round(money, 1))} {say('unit.billion')}"
