"""Random outbreaks, ways of reporting and cases for the tests of the outbreak model."""

from hypothesis import settings
from hypothesis import strategies as st

from digigov.models.outbreak import Outbreak
from digigov.models.outbreak_alarm import Reporting
from digigov.models.outbreak_case import Case


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """A hundred steps from `low` to `high`: as fine as any control, and quick to shrink."""
    return st.integers(0, 100).map(lambda step: low + (high - low) * step / 100)


OUTBREAKS = st.builds(
    Outbreak,
    people=st.sampled_from([5_000.0, 50_000.0, 1_000_000.0]),
    first=st.integers(1, 1000).map(float),
    spread=between(0.2, 6),
    latent_days=between(2, 20),
    infectious_days=between(2, 20),
    effect=st.sampled_from([0.0, 1.0]) | between(0, 1),
)
REPORTING = st.builds(
    Reporting,
    every=st.sampled_from([1, 7]),
    window=st.sampled_from([7, 14]),
    delay=st.integers(0, 28),
    complete=between(0.1, 1),
    threshold=between(0.5, 5),
)
CASES = st.builds(
    Case,
    digital_delay=st.integers(0, 21).map(float),
    digital_complete=between(0.1, 1),
    digital_threshold=between(0.5, 5),
    reaction_days=st.integers(0, 90).map(float),
    spread=between(0.5, 6),
    background=between(1, 200),
    window_days=st.integers(1, 28).map(float),
    fatigue=between(0, 10),
    effect=between(0, 1),
)
every_one = settings(max_examples=25, deadline=None)
