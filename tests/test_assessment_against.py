"""What the catalogue of moves says of a lab's preset, that the move does not pay there, is so in the lab."""

from collections.abc import Callable
from typing import Any

import pytest

from digigov.agency.scale import catalogue
from digigov.labs.catalogue import lab_class

Check = Callable[[Any], bool]


def at(lab: str, preset: str, **values: Any) -> Any:
    """The result of a lab at a preset, which may have to be computed, with other values where they are named."""
    shown = lab_class(lab)()
    found = next(one for one in shown.presets if one.name == preset)
    chosen = shown.preset(preset, shown.defaults()) if found.values is None else found.values
    return shown.run({**shown.defaults(), **chosen, **values})


def out(result: Any, way: str) -> int:
    """Fields that got out by the attack of an exchange's preset."""
    attack = result.outcomes[result.attack, way]
    return attack.people * attack.fields


CHECKS: dict[tuple[str, str], Check] = {
    # Less is asked, and the wait is longer than with the old process online.
    ("birth", "loses"): lambda here: (
        here.digital.mean.fields < here.egov.mean.fields and here.digital.mean.days > here.egov.mean.days
    ),
    # More than half of the days of waiting are left.
    ("birth", "by_hand"): lambda here: here.digital.mean.days > here.egov.mean.days / 2,
    # However quick the repair, hardly a tenth of a day is gained.
    ("birth", "once_only_alone"): lambda here: (
        here.egov.mean.days - at("birth", "once_only_alone", repair_days=1).digital.mean.days < 0.1
    ),
    # Slower and dearer than leaving the systems apart.
    ("rollout", "loses"): lambda here: here.platform_full > here.projects_full and here.lifetime[1] > here.lifetime[0],
    # Meanwhile every service waits.
    ("rollout", "from_scratch"): lambda here: here.plan.build_months >= 24,
    ("pooling", "own_ways"): lambda here: here.waits[1] > here.waits[0],
    ("pooling", "loses"): lambda here: here.waits[1] > here.waits[0],
    # Going online first and redesigning later is ahead of both others.
    ("sequence", "loses"): lambda here: here.ahead < 0 and here.once_ahead < 0,
    ("service", "from_scratch"): lambda here: here.blocks.day(0.5) > here.paper.day(0.5),
    ("service", "loses"): lambda here: here.blocks.left_share[0] > here.paper.left_share[0],
    # Of three that are left out, two have no account.
    ("service", "bank_only"): lambda here: max(here.blocks.by_reason) > 2 / 3 * here.blocks.left_out[0],
    ("outbreak", "loses"): lambda here: here.now.entries.infected > here.now.forms.infected,
    # The outcome hardly changes: by less than a tenth.
    ("outbreak", "slow_decision"): lambda here: here.now.entries.infected > 0.9 * here.now.forms.infected,
    # The plan decides as before (columns: plan, complaints, score), and a score of what has no pattern is no better.
    ("inspection", "same_technology"): lambda here: here.mean_found[2] == here.mean_found[0],
    ("inspection", "no_signal"): lambda here: here.mean_found[2] == pytest.approx(here.mean_found[0], abs=0.005),
    # Rights by task let the look through; only whoever reads the log sees it.
    ("exchange", "insider"): lambda here: (
        here.switched["purpose"] and here.outcomes[here.attack, "exchange"].people > 0
    ),
    ("exchange", "loses"): lambda here: out(here, "exchange") > out(here, "paper"),
    # The hours that people are spared hardly change, or follow the count and not the cost.
    ("portfolio", "paper_cut"): lambda here: here.mine.saved < 0.01 * here.best["saved"].saved,
    ("portfolio", "best_count"): lambda here: here.mine.saved < 0.5 * here.best["saved"].saved,
    # The outcome itself chooses to put things online as they are, and nothing else.
    ("portfolio", "loses"): lambda here: here.best["saved"].online > 0 == here.best["saved"].gone,
}
USED = sorted({(move.lab, move.preset) for move in catalogue().values() if move.preset})


@pytest.mark.parametrize(("lab", "preset"), USED)
def test_the_move_does_not_pay_there(lab: str, preset: str) -> None:
    assert CHECKS[lab, preset](at(lab, preset))


def test_every_check_is_of_a_move() -> None:
    assert set(CHECKS) == set(USED)
