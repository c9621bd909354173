"""Inspection lab: a plan, complaints, or a score that learns? Every activity goes digital, inspection too (C5, C9)."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Control, Preset, Switch
from digigov.labs.frame import Lab, Measure
from digigov.labs.inspection_picture import InspectionPicture, Result
from digigov.language import number, percent, say
from digigov.models import inspection as model

OF_THE_CASE = {parameter.name for parameter in fields(model.Case)}
SAME = 0.005  # violations a visit that make no difference
ONE_SIDED = 2  # times as many innocent visits in one area as in the other


class InspectionLab(Lab):
    """Three ways to choose whom to visit, with the same number of visits."""

    name = "inspection"
    head = ("inspection.head.plan", "inspection.head.complaints", "inspection.head.score")
    predictions = ("11-predict-yield", "11-predict-random-share")
    controls = (
        Switch("score_decides", default=True),
        Switch("blank_is_clean"),
        Control("inspections", 400, 100, 800, 100, "visits_year", front=True, stops=(100, 200, 400, 600, 800)),
        Control("signal", 0.8, 0, 1, 0.1, "percent", front=True, scale=100),
        Control("past_lean", 0.5, 0, 1, 0.1, "percent", front=True, scale=100),
        Control("random_share", 0.1, 0, 1, 0.05, "percent", front=True, stops=model.RANDOM_SHARES, scale=100),
        Control("base_rate", 0.2, 0.05, 0.4, 0.05, "percent", scale=100),
        Control("remote_share", 0.4, 0.2, 0.6, 0.1, "percent", scale=100),
        Control("remote_risk", 1, 0.5, 2, 0.25, "percent", scale=100),
        Control("remote_complaints", 0.5, 0.25, 1, 0.25, "percent", scale=100),
        Control("hidden", 0.3, 0, 1, 0.1, "percent", scale=100),
        Control("memory", 1, 1, 8, 1, "years", stops=(1, 2, 3, 5, 8)),
        Control("years", 8, 2, 8, 1, "years"),
        Control("seed", 11, 1, 99, 1, "none"),
    )
    presets = (
        Preset("article", {}),
        Preset("same_technology", {"score_decides": False}),
        Preset("blames", {"blank_is_clean": True, "past_lean": 0.9, "random_share": 0}),
        Preset("no_signal", {"signal": 0}),
        Preset("loses", {"blank_is_clean": True, "past_lean": 0.9, "random_share": 0, "signal": 0.1, "remote_risk": 2}),
    )

    def __init__(self) -> None:
        self._picture = InspectionPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"inspection.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to words

    def run(self, values: Mapping[str, Any]) -> Result:
        try:
            case = model.Case(**{name: value for name, value in values.items() if name in OF_THE_CASE})
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"inspection.control.{error}"))) from None
        share, decides = values["random_share"], values["score_decides"]
        plan, complaints, scored = model.by_rotation(case), model.by_complaints(case), model.by_score(case)
        if share in model.RANDOM_SHARES:
            column, chosen = model.RANDOM_SHARES.index(share), scored
        else:
            column, chosen = 0, model.by_score(case, (share,))
        could = float(chosen.found[:, column].mean())
        if not decides:  # the score learns from visits that it had no say in
            column, chosen = len(model.RANDOM_SHARES) - 1, scored
        return Result(
            case=case,
            random_share=share,
            score_decides=decides,
            found=(plan.found, complaints.found, chosen.found[:, column] if decides else plan.found),
            innocent=np.stack(
                [plan.innocent, complaints.innocent, chosen.innocent[column] if decides else plan.innocent]
            ),
            belief=chosen.belief[column],
            bound=model.upper_bound(case),
            could=could,
            by_share=scored.found.mean(axis=0),
            best_share=model.best_share(case),
        )

    def outcomes(self, result: Result) -> dict[str, float]:
        return {
            "score_found": 100 * result.mean_found[2],
            "best_random_share": 100 * result.best_share,
        }

    def measures(self, result: Result) -> list[Measure]:
        case, none = result.case, say("inspection.none")
        a_year = case.inspections / (case.base_rate * model.ESTABLISHMENTS)

        def row(name: str, *cells: str, **words: str) -> Measure:
            return Measure(say(f"inspection.measure.{name}", **words), cells)

        rows = [
            row("found", *(number(100 * found, 1) for found in result.mean_found)),
            row("share", *(percent(100 * found * a_year, 1) for found in result.mean_found)),
            row("innocent_known", *(percent(100 * rate, 1) for rate in result.innocent[:, model.KNOWN])),
            row("innocent_remote", *(percent(100 * rate, 1) for rate in result.innocent[:, model.REMOTE])),
        ]
        for name, area in (("belief_known", model.KNOWN), ("belief_remote", model.REMOTE)):
            truth = percent(100 * case.rates[area], 1)
            rows.append(row(name, none, none, percent(100 * result.belief[area], 1), truth=truth))
        best = none if np.isnan(result.best_share) else percent(100 * result.best_share)
        rows.append(row("best_share", none, none, best))
        return rows

    def sentence(self, result: Result) -> str:
        plan, complaints, score = result.mean_found
        parts = [
            say(
                "inspection.sentence.head",
                inspections=number(result.case.inspections),
                plan=number(100 * plan, 1),
                complaints=number(100 * complaints, 1),
                score=number(100 * score, 1),
                bound=number(100 * result.bound, 1),
            ),
            self._verdict(result),
        ]
        known, remote = result.innocent[2]
        if result.score_decides and max(known, remote) > ONE_SIDED * min(known, remote):
            area = "known" if known > remote else "remote"
            parts.append(
                say(
                    f"inspection.sentence.one_sided_{area}",
                    known=percent(100 * known, 1),
                    remote=percent(100 * remote, 1),
                )
            )
            hidden = model.REMOTE if known > remote else model.KNOWN
            parts.append(
                say(
                    "inspection.sentence.belief",
                    belief=percent(100 * result.belief[hidden], 1),
                    truth=percent(100 * result.case.rates[hidden], 1),
                )
            )
        if result.score_decides and not np.isnan(result.best_share):
            best = say("inspection.sentence.best", share=percent(100 * result.best_share))
            parts.append(best if result.best_share else say("inspection.sentence.best_none"))
        return " ".join(parts)

    def _verdict(self, result: Result) -> str:
        plan, complaints, score = result.mean_found
        if not result.score_decides:
            return say("inspection.sentence.not_deciding", could=number(100 * result.could, 1))
        if score < plan - SAME:
            return say("inspection.sentence.loses")
        if score < plan + SAME:
            return say("inspection.sentence.no_better")
        if score < complaints:
            return say("inspection.sentence.complaints")
        return say("inspection.sentence.wins")
