"""How often a learner is right when sure, and when not."""

from collections.abc import Iterable, Mapping

from digigov.language import number, say
from digigov.questions.schedule import SURE, State
from digigov.record_copy import SURENESS

FEW = 3  # fewer answers of a kind say nothing yet


def calibration(known: Iterable[State]) -> dict[int, tuple[int, int]]:
    """By confidence, the surest first: how many looks were wholly right, and how many there were."""
    looks = [look for state in known for look in state.looks if look.confidence]
    return {
        sure: (sum(look.score >= 1 for look in these), len(these))
        for sure in reversed(SURENESS)
        if (these := [look for look in looks if look.confidence == sure])
    }


def calibration_words(found: Mapping[int, tuple[int, int]]) -> str:
    """The counts as one line, and what they say once there are enough of them."""
    if not found:
        return say("review.calibration.none")
    counts = "; ".join(
        say(f"review.calibration.level{sure}", right=number(right), all=number(of))
        for sure, (right, of) in found.items()
    )
    words = say("review.calibration", counts=counts)
    right, of = found.get(SURE, (0, 0))
    if of >= FEW:
        # Of ten answers one is very sure of, nine should be right.
        words += " " + say("review.calibration.oversure" if right < 0.9 * of else "review.calibration.fair")
    return words
