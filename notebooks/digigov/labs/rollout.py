"""Rollout lab: ten years or three months? Project by project against platform first (claims C7, C10, C11)."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Control, Preset
from digigov.labs.frame import Lab, Measure
from digigov.labs.rollout_picture import MONTHS, TEN_YEARS, Result, RolloutPicture
from digigov.language import number, percent, say
from digigov.models import rollout as model

THREE_MONTHS = 3.0


class RolloutLab(Lab):
    """The article's claim as a model: what makes a rollout take ten years, what three months, and when not."""

    name = "rollout"
    predictions = ("05-predict-share", "05-predict-months", "05-predict-break-even")
    sources: ClassVar[tuple[str, ...]] = (
        "vietnamnet-2024",
        "vietnamnet-2024-derived",
        "mic-2021-12",
        "vcci-ninh-binh",
        "lforum-binh-phuoc",
    )
    controls = (
        Control(
            "services",
            1226,
            10,
            6798,
            1,
            "services",
            front=True,
            source="vcci-ninh-binh",
            stops=(10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1226, 1500, 2000, 3000, 4400, 6798),
        ),
        Control("teams", 20, 1, 200, 1, "teams", front=True, stops=(1, 2, 5, 10, 15, 20, 30, 40, 60, 100, 150, 200)),
        Control("build_months", 1, 0, 60, 1, "months", front=True),
        Control("fit", 1.0, 0, 1, 0.05, "percent", front=True, scale=100),
        Control("project_months", 22, 1, 36, 1, "months"),
        Control("learning_rate", 0.9, 0.6, 1, 0.05, "percent", scale=100),
        Control("upkeep", 0.01, 0, 0.1, 0.01, "team_share", scale=100),
        Control("configure_days", 0.7, 0.1, 20, 0.1, "days"),
        Control("team_cost", 0.12, 0.01, 1, 0.01, "billion_month"),
        Control("system_cost", 0.3, 0, 5, 0.1, "billion"),
        Control("platform_cost", 60, 0, 1000, 10, "billion"),
        Control("running_cost", 1, 0, 20, 0.5, "billion_month"),
        Control("years", 10, 1, 20, 1, "years"),
        Control("spread", 0.25, 0, 1, 0.05, "none"),
    )
    presets = (
        Preset("article", {}),
        Preset("ninh_binh", {"configure_days": 1.1}),
        Preset("from_scratch", {"build_months": 24, "platform_cost": 200}),
        Preset("loses", {"services": 30, "teams": 40, "build_months": 24, "fit": 0.6}),
    )

    def __init__(self) -> None:
        self._picture = RolloutPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"rollout.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to words

    def run(self, values: Mapping[str, float]) -> Result:
        try:
            plan = model.Plan(**values)
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"rollout.control.{error}"))) from None
        projects, platform = model.simulate(plan, MONTHS)
        costs = model.lifetime_costs(plan, plan.services)
        return Result(
            plan=plan,
            projects_band=_band(projects),
            platform_band=_band(platform),
            projects_full=model.months_by_projects(plan, plan.services),
            platform_full=model.platform_months(plan),
            lifetime=(float(costs[0]), float(costs[1])),
            break_even=model.break_even(plan),
        )

    def outcomes(self, result: Result) -> dict[str, float]:
        return {
            "projects_share_10y": 100 * float(model.projects_share(result.plan, TEN_YEARS)),
            "platform_months_full": result.platform_full,
            "break_even_services": float(np.ceil(result.break_even)),  # the first number of services at which it is so
        }

    def measures(self, result: Result) -> list[Measure]:
        plan = result.plan

        def row(name: str, egov: str, digital: str, **words: str) -> Measure:
            return Measure(say(f"rollout.measure.{name}", **words), (egov, digital))

        def share(months: float) -> tuple[str, str]:
            shares = model.projects_share(plan, months), model.platform_share(plan, months)
            return percent(100 * float(shares[0]), 1), percent(100 * float(shares[1]), 1)

        def money(projects: float, platform: float, digits: int = 0) -> tuple[str, str]:
            unit = say("unit.billion")
            return f"{number(projects, digits)} {unit}", f"{number(platform, digits)} {unit}"

        spent = model.projects_spending(plan, TEN_YEARS), model.platform_spending(plan, TEN_YEARS)
        years = say("rollout.duration.years", number=number(plan.years))
        return [
            row("share_3m", *share(THREE_MONTHS)),
            row("share_10y", *share(TEN_YEARS)),
            row("full", duration(result.projects_full), duration(result.platform_full)),
            row("spent", *money(float(spent[0]), float(spent[1]))),
            row("lifetime", *money(*result.lifetime), years=years),
            row("each", *money(*(cost / plan.services for cost in result.lifetime), digits=2)),
        ]

    def sentence(self, result: Result) -> str:
        plan = result.plan
        finished = np.isfinite(result.platform_full)
        parts = [
            say(
                f"rollout.sentence.{'head' if finished else 'never'}",
                services=number(plan.services),
                teams=number(plan.teams),
                projects=percent(self.outcomes(result)["projects_share_10y"], 1),
                platform=duration(result.platform_full),
            )
        ]
        if result.projects_full < result.platform_full:
            parts.append(say("rollout.sentence.slower", projects=duration(result.projects_full)))
        elif finished:
            parts.append(say("rollout.sentence.faster"))
        if not np.isfinite(result.break_even):
            parts.append(say("rollout.sentence.no_break_even"))
        else:
            cheaper = "cheaper" if result.lifetime[1] <= result.lifetime[0] else "dearer"
            parts.append(say(f"rollout.sentence.{cheaper}", number=number(np.ceil(result.break_even))))
        return " ".join(parts)


def duration(months: float) -> str:
    """Months as the learner would say it: months up to two years, then years, or never."""
    if not np.isfinite(months):
        return say("rollout.duration.never")
    if months < 24:
        return say("rollout.duration.months", number=number(months, 1))
    return say("rollout.duration.years", number=number(months / 12, 1))


def _band(shares: model.Array) -> tuple[model.Array, model.Array]:
    """The tenth and the ninetieth percentile at each month."""
    low, high = np.quantile(shares, [0.1, 0.9], axis=0)
    return low, high
