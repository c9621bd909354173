"""Service builder lab: relief after a storm, by lists on paper or by a service put together of blocks (claim C2)."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar

import numpy as np

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Choice, Control, Preset, Switch
from digigov.labs.frame import Lab, Measure
from digigov.labs.service_data import Palette, load
from digigov.labs.service_picture import Result, ServicePicture
from digigov.language import number, percent, pick, say
from digigov.models import population, relief
from digigov.models.service import Fault, Service, faults

BLOCKS = ("identity", "population", "social", "notice", "self_report", "appeal")
PAYOUTS = {"bank": ("bank",), "bank_post": ("bank", "post"), "post": ("post",)}
SEEN = ("photo", "satellite", "none")
OF_THE_CASE = {parameter.name for parameter in fields(relief.Case)}
ALONE = 1 + population.GROUPS.index("elderly_alone")
CLOSE = 0.005  # shares left out that are called equal


class ServiceLab(Lab):
    """The same storm and the same rule: who is paid, when, and who is left out."""

    name = "service"
    head: ClassVar[tuple[str, ...]] = ("service.head.paper", "service.head.blocks")
    predictions = ("08-predict-days", "08-predict-left-out", "08-predict-alone")
    controls = (
        Choice("rule", "damaged", ("damaged", "damaged_poor", "per_head", "per_head_safe"), "service.rule", front=True),
        Choice("damage", "photo", SEEN, "service.damage", front=True),
        Choice("payout", "bank_post", ("bank_post", "bank", "post"), "service.payout", front=True),
        Switch("identity", True),
        Switch("population", True),
        Switch("social", True),
        Switch("notice", True),
        Switch("self_report", True),
        Switch("appeal"),
        Control("register_error", 0.1, 0, 0.4, 0.05, "percent", front=True, scale=100),
        Switch("built", front=False),
        Control("storm", 0.12, 0, 0.3, 0.02, "percent", scale=100),
        Control("accounts", 0.8, 0, 1, 0.05, "percent", scale=100),
        Control("phones", 0.85, 0, 1, 0.05, "percent", scale=100),
        Control("photo_miss", 0.03, 0, 0.5, 0.01, "percent", scale=100),
        Control("photo_days", 7, 0, 30, 1, "calendar_days"),
        Control("satellite_miss", 0.2, 0, 0.5, 0.05, "percent", scale=100),
        Control("satellite_false", 0.01, 0, 0.1, 0.01, "percent", scale=100),
        Control("satellite_days", 3, 0, 14, 1, "calendar_days"),
        Control("report_share", 0.7, 0, 1, 0.05, "percent", scale=100),
        Control("appeal_share", 0.7, 0, 1, 0.05, "percent", scale=100),
        Control("unheard", 0.4, 0, 1, 0.05, "percent", scale=100),
        Control("false_report", 0.003, 0, 0.02, 0.001, "percent", scale=100),
        Control("paper_miss", 0.08, 0, 0.3, 0.01, "percent", scale=100),
        Control("paper_false", 0.01, 0, 0.1, 0.005, "percent", scale=100),
        Control("paper_days", 17, 4, 60, 1, "calendar_days"),
        Control("paper_spread", 7, 0, 30, 1, "calendar_days"),
    )
    presets = (
        Preset("article", {}),
        Preset("appeal", {"appeal": True}),
        Preset("bank_only", {"payout": "bank"}),
        Preset("from_scratch", {"built": True}),
        Preset(
            "loses",
            {
                "damage": "satellite",
                "payout": "bank",
                "register_error": 0.3,
                "notice": False,
                "self_report": False,
            },
        ),
    )

    def __init__(self) -> None:
        self._picture = ServicePicture(load())

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"service.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to words

    def run(self, values: Mapping[str, Any]) -> Result:
        palette = load()
        service = _service(palette, values)
        for fault in faults(service, palette.blocks):
            raise CourseError(_told(fault, palette))
        try:
            case = relief.Case(**{name: value for name, value in values.items() if name in OF_THE_CASE})
            province = population.build()
            for fault in relief.zero_divisions(service, case, province):
                raise CourseError(_told(fault, palette))
            paper = relief.on_paper(service.rule, case, province)
            blocks = relief.run(service, case, province, values["built"])
        except ValueError as error:
            if isinstance(error, CourseError):
                raise
            if str(error) == "entitled":
                raise CourseError(say("service.nobody")) from None
            raise CourseError(say("lab.no_sense", control=say(f"service.control.{error}"))) from None
        return Result(case, service, values["built"], paper, blocks)

    def outcomes(self, result: Result) -> dict[str, float]:
        return {
            "half_days": result.blocks.day(0.5),
            "left_out": 100 * float(result.blocks.left_share[0]),
            "left_out_alone": 100 * float(result.blocks.left_share[ALONE]),
        }

    def measures(self, result: Result) -> list[Measure]:
        both = result.paper, result.blocks

        def row(name: str, *cells: str, **words: str) -> Measure:
            return Measure(say(f"service.measure.{name}", **words), cells)

        def left(group: int) -> tuple[str, ...]:
            return tuple(
                say("service.of", share=percent(100 * one.left_share[group], 1), count=number(one.left_out[group]))
                if one.entitled[group]
                else say("service.none")
                for one in both
            )

        return [
            row("launch", say("service.at_once"), days(result.blocks.launch)),
            row("half", *(days(one.day(0.5)) for one in both)),
            row("most", *(days(one.day(0.9)) for one in both)),
            row("left", *left(0), entitled=number(result.paper.entitled[0])),
            *(row(f"group_{name}", *left(place)) for place, name in enumerate(population.GROUPS, start=1)),
            row("wrong", *(number(one.wrongly_paid) for one in both)),
            row("cost", *(say("service.million", number=number(one.cost, 0)) for one in both)),
        ]

    def sentence(self, result: Result) -> str:
        paper, blocks = result.paper, result.blocks
        shown = {
            "entitled": number(paper.entitled[0]),
            "paper_days": days(paper.day(0.5)),
            "days": days(blocks.day(0.5)),
            "launch": days(blocks.launch),
            "paper_left": percent(100 * paper.left_share[0], 1),
            "left": percent(100 * blocks.left_share[0], 1),
        }
        parts = [
            say("service.sentence.head" if np.isfinite(blocks.day(0.5)) else "service.sentence.head_never", **shown)
        ]
        early = blocks.day(0.5) - paper.day(0.5)
        pace = "sooner" if early < 0 else "later" if early > 0 else "level"
        gap = blocks.left_share[0] - paper.left_share[0]
        fewer = "same" if abs(gap) < CLOSE else "fewer" if gap < 0 else "more"
        parts.append(say(f"service.sentence.{pace}_{fewer}"))
        if blocks.left_out[0]:
            reason = relief.REASONS[int(np.argmax(blocks.by_reason))]
            count = number(blocks.by_reason.max())
            parts.append(say(f"service.sentence.{reason}", count=count, left=number(blocks.left_out[0])))
        wrong = number(paper.wrongly_paid), number(blocks.wrongly_paid)
        parts.append(say("service.sentence.wrong", paper=wrong[0], blocks=wrong[1]))
        worse = np.nan_to_num(blocks.left_share[1:] - paper.left_share[1:], nan=-1.0)
        group = int(np.argmax(worse))
        if worse[group] > CLOSE:
            parts.append(
                say(
                    "service.sentence.worst",
                    group=say(f"service.measure.group_{population.GROUPS[group]}"),
                    left=percent(100 * blocks.left_share[1 + group], 1),
                    paper=percent(100 * paper.left_share[1 + group], 1),
                )
            )
        return " ".join(parts)


def days(number_of_days: float) -> str:
    """Days as the learner would say them, or that it never comes to that."""
    if not np.isfinite(number_of_days):
        return say("service.never")
    return say("service.day" if number_of_days == 1 else "service.days", number=number(number_of_days))


def _service(palette: Palette, values: Mapping[str, Any]) -> Service:
    chosen = {"sign", *PAYOUTS[values["payout"]], values["damage"], *(name for name in BLOCKS if values[name])}
    blocks = tuple(block for name, block in palette.blocks.items() if name in chosen)
    return Service(blocks, palette.rules[values["rule"]], values["rule"])


def _told(fault: Fault, palette: Palette) -> str:
    """Why a service is refused, in one sentence that says what to do."""
    field = pick(palette.fields.get(fault.field, fault.field))
    blocks = say("service.or").join(f"“{pick(palette.names[name])}”" for name in fault.by)
    if fault.kind == "block":
        return say("service.block_needs", block=pick(palette.names[fault.what]), field=field, blocks=blocks)
    rule = say(f"service.rule.{fault.what}")
    if fault.kind == "zero":
        return say("service.zero", rule=rule, field=field, count=number(fault.count))
    if fault.kind == "unknown":
        return say("service.not_a_fact", rule=rule, field=field)
    return say("service.rule_needs", rule=rule, field=field, blocks=blocks)
