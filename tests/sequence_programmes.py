"""Programmes for the tests of the sequence model: all that have a meaning, and the course's presets."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from digigov.models import sequence as model
from digigov.models.sequence import Programme

ORDERS = (model.ladder, model.two_tracks, model.at_once)
OPENINGS = (model.open_ladder, model.open_two_tracks, model.open_at_once)
SINGAPORE, DUTCH = Programme(rework=0.9, legacy=0.3), Programme(rework=0.1, learning=0.6)
LOSES = Programme(rework=0, overhead=0.3, law=18)


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """A thousand steps from `low` to `high`: as fine as any control, and quick to shrink."""
    return st.integers(0, 1000).map(lambda step: low + (high - low) * step / 1000)


def zero_or(high: float) -> st.SearchStrategy[float]:
    return st.just(0.0) | between(0, high)


PROGRAMMES = st.builds(
    Programme,
    services=st.integers(1, 1000),
    developers=between(1, 200),
    specialists=between(0.5, 100),
    online_work=between(0.5, 24),
    build_work=between(0.5, 24),
    design_work=zero_or(24),
    rework=zero_or(1),
    legacy=zero_or(1),
    learning=zero_or(0.9),
    overhead=zero_or(0.9),
    split=between(0.05, 1),
    sharing=st.sampled_from([0.0, 1.0]) | between(0, 1),
    law=zero_or(120),
    paper=zero_or(1),
    online_benefit=between(0, 300),
    redesign_benefit=between(300, 2000),
    horizon=between(1, 240),
)
every_programme = settings(max_examples=80)


def total(plan: Programme, opening: model.Opening) -> float:
    return float(model.total_benefit(plan, opening, plan.rework))


def plain(plan: Programme) -> Programme:
    """Nothing is thrown away, learnt, waited for or lost by running two tracks."""
    return replace(plan, rework=0, legacy=0, learning=0, overhead=0, law=0)
