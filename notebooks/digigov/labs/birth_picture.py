"""The birth lab's panels: two governments as swim lanes on one time axis, the measures against paper, the money."""

from collections.abc import Mapping

from digigov.figures import DIGITAL, EGOV, styled
from digigov.labs.birth_numbers import MeasuresPanel, MoneyPanel
from digigov.labs.birth_panel import LanesPanel
from digigov.labs.birth_result import Result
from digigov.language import pick, say
from digigov.life_events import Text
from digigov.models.journey import SYSTEM

HORIZONS = (5, 10, 15, 20, 25, 30, 40, 50)  # working days on the axis


class BirthPicture:
    """Draws once, then moves. `actors`: names of the lanes, in their order."""

    @styled
    def __init__(self, actors: Mapping[str, Text]) -> None:
        self._actors = actors
        self._egov = LanesPanel(say("birth.panel.egov"), EGOV)
        self._digital = LanesPanel(say("birth.panel.digital"), DIGITAL, redesigned=True)
        self._measures, self._money = MeasuresPanel(), MoneyPanel()
        self.panels = {
            "egov": self._egov.panel,
            "digital": self._digital.panel,
            "measures": self._measures.panel,
            "money": self._money.panel,
        }

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        taking_part = {step.actor for step in result.event.journey.steps} | {SYSTEM}
        lanes = [actor for actor in self._actors if actor in taking_part]
        days = horizon(result)
        names = [pick(self._actors[actor]) for actor in lanes]
        for panel, government in ((self._egov, result.egov), (self._digital, result.digital)):
            panel.set_lanes(names, days)
            panel.set_steps(result, government, lanes, days)
        self._digital.set_gone(result, lanes, days)
        self._digital.set_repair(result, days)
        self._digital.set_guess(guesses.get("redesigned_days"), days)
        self._measures.draw(result, guesses)
        self._money.draw(result.money)


def horizon(result: Result) -> float:
    """Working days on the time axis of both panels: a round number that holds them, and repair."""
    digital = result.stuck.days if result.waits else result.digital.right.days
    longest = max(result.egov.right.days, digital)
    return next((days for days in HORIZONS if longest <= days * 0.97), HORIZONS[-1])
