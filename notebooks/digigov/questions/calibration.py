"""How often a learner is right when sure, and when guessing; and when the counts are enough to say something of it.

A comment is a statistical judgement, and is made only where chance hardly explains the count: with at least FEW answers
of a kind, and where somebody who is what they say would meet such a count or a worse one with a probability below RARE
(the tail of a binomial). “Very sure” is taken to mean right SURELY often, nine times in ten. “Just a guess” is taken to
mean right at most half of the time: a blind guess does as well as that on true or false, and worse on all others.

Only the first answer to a question that says how sure it is counts. Review asks what was missed, so later answers are
no fair sample; and whoever has read the reasons is sure of something else.
"""

from collections.abc import Iterable, Mapping
from math import comb

from digigov.language import number, say
from digigov.questions.schedule import GUESS, SURE, State
from digigov.record_copy import SURENESS

FEW = 10
RARE = 0.025
SURELY = 0.9
BY_CHANCE = 0.5


def calibration(known: Iterable[State]) -> dict[int, tuple[int, int]]:
    """By confidence, the surest first: how many questions were wholly right at the first look that has a confidence,
    and how many there were.
    """
    firsts = [next((look for look in state.looks if look.confidence), None) for state in known]
    return {
        sure: (sum(look.score >= 1 for look in these), len(these))
        for sure in reversed(SURENESS)
        if (these := [look for look in firsts if look and look.confidence == sure])
    }


def too_sure(right: int, of: int) -> bool:
    """Whether `right` of `of` “very sure” answers are too few for chance to explain."""
    return of >= FEW and _at_most(right, of, SURELY) < RARE


def too_hesitant(right: int, of: int) -> bool:
    """Whether `right` of `of` answers called a guess are too many for chance to explain."""
    return of >= FEW and _at_most(of - right, of, 1 - BY_CHANCE) < RARE


def calibration_words(found: Mapping[int, tuple[int, int]]) -> str:
    """The counts as one line, and what they say where there are enough of them."""
    if not found:
        return say("review.calibration.none")
    counts = "; ".join(
        say(f"review.calibration.level{sure}", right=number(right), all=number(of))
        for sure, (right, of) in found.items()
    )
    words = [say("review.calibration", counts=counts)]
    sure, guessed = found.get(SURE, (0, 0)), found.get(GUESS, (0, 0))
    if too_sure(*sure):
        words.append(say("review.calibration.oversure"))
    elif sure[1] >= FEW:
        words.append(say("review.calibration.fair"))
    if too_hesitant(*guessed):
        words.append(say("review.calibration.hesitant"))
    if max(sure[1], guessed[1]) < FEW:
        words.append(say("review.calibration.few", count=number(FEW)))
    return " ".join(words)


def _at_most(count: int, of: int, chance: float) -> float:
    """The probability of at most `count` successes in `of` independent trials."""
    return sum(comb(of, some) * chance**some * (1 - chance) ** (of - some) for some in range(count + 1))
