"""Pooling lab: every office its own line and server, or one line and one cloud for all (claim C2, third “have”)."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Control, Preset
from digigov.labs.frame import Lab, Measure
from digigov.labs.pooling_picture import LOADS, OFFICES, PoolingPicture, Result, in_minutes
from digigov.language import number, percent, say
from digigov.models import pooling as model
from digigov.models.pooling_day import day
from digigov.models.queues import Estimate


class PoolingLab(Lab):
    """The same officers and servers, split or pooled: what is gained, and when something is lost."""

    name = "pooling"
    predictions = ("09-predict-wait", "09-predict-officers", "09-predict-servers")
    sources: ClassVar[tuple[str, ...]] = (
        "vietnamnet-2025-08",
        "dossiers-an-hour-2025",
        "lao-dong-118-2025",
        "lao-dong-2026-02",
        "van-dijk-2008",
    )
    controls = (
        Control("offices", 8, 2, 20, 1, "none", front=True),
        Control("arrivals", 4.6, 0.5, 15, 0.1, "cases_hour", front=True, source="dossiers-an-hour-2025"),
        Control("local", 0, 0, 1, 0.05, "percent", front=True, scale=100),
        Control("moment", 2, 0, model.DAY, 0.1, "hours", front=True),
        Control("staff", 2, 1, 6, 1, "none"),
        Control("minutes", 20, 5, 60, 1, "minutes"),
        Control("learning", 15, 0, 60, 1, "minutes"),
        Control("imbalance", 0, 0, 0.9, 0.05, "percent", scale=100),
        Control("target", 15, 1, 60, 1, "minutes"),
        Control("peak", 4, 1, 10, 0.5, "times"),
        Control("together", 0, 0, 1, 0.05, "percent", scale=100),
    )
    presets = (
        Preset("article", {}),
        Preset("overloaded", {"imbalance": 0.6}),
        Preset("own_ways", {"local": 0.4}),
        Preset("together", {"together": 1}),
        Preset("loses", {"staff": 6, "arrivals": 14, "local": 0.4, "together": 1}),
    )

    def __init__(self) -> None:
        self._picture = PoolingPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"pooling.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to words

    def run(self, values: Mapping[str, Any]) -> Result:
        case = {name: value for name, value in values.items() if name != "moment"}
        try:
            return replace(_result(model.Case(**case)), minute=60 * values["moment"])
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"pooling.control.{error}"))) from None

    def outcomes(self, result: Result) -> dict[str, float]:
        return {
            "pooled_wait": result.waits[1],
            "officers_pooled": float(result.officers[1]),
            "shared_servers": 100 * result.shared,
        }

    def measures(self, result: Result) -> list[Measure]:
        case, (split, pooled) = result.case, result.waits

        def row(name: str, egov: str, digital: str, **words: str) -> Measure:
            return Measure(say(f"pooling.measure.{name}", **words), (egov, digital))

        handling = case.minutes, model.pooled_minutes(case)
        worst = float(model.office_waits(case).max())
        per_hour = case.arrivals * case.offices
        in_line = [
            number(wait * per_hour / 60, 1) if np.isfinite(wait) else say("pooling.endless") for wait in result.waits
        ]
        used = 100 * float(result.demand.sum(axis=0).mean())
        return [
            row("wait", in_minutes(split), in_minutes(pooled)),
            row("simulated", *(_interval(estimate) for estimate in result.simulated)),
            row("worst", in_minutes(worst), in_minutes(pooled)),
            row("total", in_minutes(split + handling[0]), in_minutes(pooled + handling[1])),
            row("in_line", *in_line),
            row("busy", *(percent(100 * float(share), 1) for share in (result.load, result.busy[1]))),
            row("officers", *(number(count) for count in result.officers), target=number(case.target)),
            row("servers", percent(100), percent(round(100 * result.shared, 1))),
            row("used", percent(used, 0), percent(used / result.shared, 0)),
        ]

    def sentence(self, result: Result) -> str:
        case, (split, pooled) = result.case, result.waits
        total = split + case.minutes, pooled + model.pooled_minutes(case)
        ends = "_".join("finite" if np.isfinite(wait) else "endless" for wait in (split, pooled))
        parts = [
            say(
                "pooling.sentence.head",
                offices=number(case.offices),
                staff=number(case.staff),
                arrivals=number(case.arrivals),
            ),
            say(
                f"pooling.sentence.{ends}",
                split=in_minutes(split),
                pooled=in_minutes(pooled),
                over=number(int((result.busy[0] >= 1).sum())),
            ),
        ]
        if total[1] > total[0]:
            share = 100 * float(model.learning_share(case))
            parts.append(say("pooling.sentence.slower", share=percent(share, 0), learning=number(case.learning)))
        parts.append(
            say(
                "pooling.sentence.officers",
                target=number(case.target),
                split=number(result.officers[0]),
                pooled=number(result.officers[1]),
            )
        )
        saved = "shared" if result.shared < 1 - 1e-9 else "not_shared"
        parts.append(say(f"pooling.sentence.{saved}", share=percent(round(100 * result.shared, 1))))
        idle, waiting = result.idle[0], result.in_line[0]
        if idle and waiting:
            parts.append(
                say(
                    "pooling.sentence.moment",
                    hours=number(round(result.minute / 60, 1)),
                    officers=number(case.officers),
                    idle=number(idle),
                    waiting=number(waiting),
                )
            )
        return " ".join(parts)


def _interval(estimate: Estimate | None) -> str:
    if estimate is None:
        return say("pooling.endless")
    return say("pooling.interval", low=number(estimate.low, 1), high=number(estimate.high, 1))


@lru_cache(maxsize=8)
def _result(case: model.Case) -> Result:
    """All that does not depend on the moment looked at."""
    arrivals = LOADS * case.staff * 60 / case.minutes
    needed = model.officers_needed(case, OFFICES)
    separate, cloud = model.capacities(case)
    return Result(
        case=case,
        curves=(model.split_wait(case, arrivals), model.pooled_wait(case, arrivals)),
        waits=(float(model.split_wait(case)), float(model.pooled_wait(case))),
        busy=model.busy_shares(case),
        simulated=model.simulated(case),
        needed=needed,
        officers=tuple(int(counts[int(case.offices) - OFFICES[0]]) for counts in needed),
        demand=model.demand(case) / separate,
        shared=cloud / separate,
        day=day(case),
        minute=0.0,
    )
