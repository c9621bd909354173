"""The rollout figure as a learner's notebook would usually draw it: `interact`, a new figure, `plt.show`.

It draws the same three panels from the same model as the lab of notebook 05, so that only the way differs.
"""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider, interact

from digigov.labs.rollout_picture import MONTHS, SERVICES, TEN_YEARS
from digigov.models import rollout as model


def draw(teams: int) -> None:
    """Simulate and draw everything the lab shows."""
    plan = model.Plan(teams=teams)
    _, (share, spending, lifetime) = plt.subplots(1, 3, figsize=(16.8, 3.9))
    months = MONTHS[1:]
    for runs, curve, colour, line in zip(
        model.simulate(plan, MONTHS),
        (model.projects_share, model.platform_share),
        ("#a8480f", "#0b62ab"),
        ("--", "-"),
        strict=True,
    ):
        low, high = np.quantile(runs, [0.1, 0.9], axis=0)
        share.fill_between(months, 100 * low[1:], 100 * high[1:], color=colour, alpha=0.18)
        share.plot(months, 100 * curve(plan, months), color=colour, linestyle=line)
    spending.plot(months, model.projects_spending(plan, months), "--", color="#a8480f")
    spending.plot(months, model.platform_spending(plan, months), color="#0b62ab")
    projects, platform = model.lifetime_costs(plan, SERVICES)
    lifetime.plot(SERVICES, projects, "--", color="#a8480f")
    lifetime.plot(SERVICES, platform, color="#0b62ab")
    lifetime.axvline(model.break_even(plan), color="#5e5d66", linestyle=":")
    for axes in (share, spending, lifetime):
        axes.set_xscale("log")
        axes.grid(True)
    for axes in (spending, lifetime):
        axes.set_yscale("log")
    share.set_title(f"{100 * float(model.projects_share(plan, TEN_YEARS)):.1f} %")
    plt.show()


def show() -> None:
    """The rival's cell."""
    interact(draw, teams=IntSlider(20, 1, 60))
