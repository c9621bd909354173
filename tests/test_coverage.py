"""The bank at full size: enough items, and enough on every claim, misconception and outcome."""

import pytest

from digigov.kit import report
from digigov.kit.exchange import bank


def test_there_are_at_least_130_items():
    assert len(bank()) >= report.LEAST["items"] == 130


@pytest.mark.parametrize("field", ["claims", "misconceptions", "outcomes"])
def test_nothing_is_asked_too_rarely(field):
    assert report.missing(bank(), field) == {}
    assert len(report.coverage(bank(), field)) == {"claims": 12, "misconceptions": 16, "outcomes": 13}[field]
