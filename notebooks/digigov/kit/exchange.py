"""Items of the bank as questions that other programs know: five kinds instead of ten, plain text, marks in per cent."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from digigov.course import title_of
from digigov.labs.catalogue import outcome_of
from digigov.language import pick, say
from digigov.questions.bank import Item, everything
from digigov.questions.marking import unit_of

# How Moodle calls the kinds that the bank's are nearest to.
MULTICHOICE, TRUEFALSE, NUMERICAL, MATCH, ESSAY = "multichoice", "truefalse", "numerical", "match", "essay"
SAME = {("single", MULTICHOICE), ("several", MULTICHOICE), ("true_false", TRUEFALSE), ("number", NUMERICAL)} | {
    ("match", MATCH)
}


@dataclass(frozen=True)
class Answer:
    """What may be answered: its share of the mark in per cent and what the learner is then told."""

    text: str
    fraction: float
    feedback: str
    tolerance: float = 0.0


@dataclass(frozen=True)
class Question:
    """One question as it is exported. `pairs` of a match: what stands left, and what belongs to it."""

    id: str
    kind: str
    origin: str  # the bank's kind
    category: str
    text: str
    hint: str
    feedback: str
    tags: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    single: bool = True
    shuffle: bool = True
    marked: bool = True
    grader: str = field(default="")  # for whoever marks by hand

    @property
    def name(self) -> str:
        """What a list of questions shows: the id, and how the question begins."""
        words = " ".join(self.text.split())
        return f"{self.id} · {words if len(words) <= 70 else words[:69].rstrip() + '…'}"


def bank() -> list[Item]:
    """What is exported: the whole bank, without the template for authors. Raises CourseError as the bank does."""
    return [item for item in everything() if item.notebook != "99"]


def exported(items: Iterable[Item]) -> list[Question]:
    """The items as questions, in their order; an item that sorts along several axes becomes one question an axis.

    Raises CourseError when the lab of a prediction does not know its outcome.
    """
    return [question for item in items for question in _exported(item)]


def changed(questions: Iterable[Question]) -> Counter[tuple[str, str]]:
    """How many questions are of another kind than in the bank, by the bank's kind and the new one."""
    pairs = ((one.origin, one.kind) for one in questions)
    return Counter(pair for pair in pairs if pair not in SAME)


def _exported(item: Item) -> list[Question]:
    kind = item.kind
    if kind in ("single", "several"):
        right = sum(option["right"] for option in item["options"])
        wrong = len(item["options"]) - right
        # Ticking everything earns nothing: what the right ones give, the wrong ones take.
        loss = 0.0 if kind == "single" else -100 / wrong
        answers = tuple(
            Answer(pick(o["text"]), 100 / right if o["right"] else loss, pick(o["why"])) for o in item["options"]
        )
        return [_made(item, MULTICHOICE, answers=answers, single=kind == "single", shuffle=not item.get("ordered"))]
    if kind == "true_false":
        sides = (("true", item["right"]), ("false", not item["right"]))
        told = tuple(Answer(side, 100.0 * right, pick(item["why"][side])) for side, right in sides)
        return [_made(item, TRUEFALSE, answers=told)]
    if kind in ("number", "predict"):
        return [_number(item)]
    if kind == "sort":
        return [_sorted(item, axis) for axis in item["axes"]]
    if kind == "order":
        steps = tuple((pick(step["text"]), str(place)) for place, step in enumerate(item["steps"], start=1))
        return [_made(item, MATCH, more=say("kit.as_order"), feedback=pick(item["why"]), pairs=steps)]
    if kind == "match":
        pairs = tuple((pick(pair["left"]), pick(pair["right"])) for pair in item["pairs"])
        why = [f"{pick(p['left'])} → {pick(p['right'])}: {pick(p['why'])}" for p in item["pairs"]]
        return [_made(item, MATCH, feedback="\n".join(why), pairs=pairs)]
    if kind == "text":
        model = say("card.model_answer", answer=pick(item["model_answer"]))
        return [_made(item, ESSAY, feedback=f"{model}\n{pick(item['why'])}", grader=model)]
    return [_opinion(item)]


def _number(item: Item) -> Question:
    value = item["answer"] if item.kind == "number" else round(outcome_of(item), 6)
    right = Answer(plain(value), 100.0, pick(item["why"]), item["tolerance"])
    traps = (Answer(plain(t["value"]), 0.0, pick(t["why"]), item["tolerance"]) for t in item.get("traps", []))
    more = say("kit.as_number", unit=unit_of(item))
    return _made(item, NUMERICAL, more=more, feedback=pick(item["why"]), answers=(right, *traps))


def _sorted(item: Item, axis: dict) -> Question:
    names = {part["id"]: pick(part["text"]) for part in axis["categories"]}
    pairs = [(pick(row["text"]), names[row["answer"][axis["id"]]]) for row in item["rows"]]
    # A category that nothing belongs to must stand among the choices all the same.
    pairs += [("", name) for name in names.values() if name not in {right for _, right in pairs}]
    why = [f"{pick(row['text'])} → {names[row['answer'][axis['id']]]}: {pick(row['why'])}" for row in item["rows"]]
    many = len(item["axes"]) > 1
    return _made(
        item,
        MATCH,
        id=f"{item.id}-{axis['id']}" if many else item.id,
        more=pick(axis["title"]) if many else "",
        feedback="\n".join(why),
        pairs=tuple(pairs),
    )


def _opinion(item: Item) -> Question:
    after = pick(item["after"])
    if not item.get("options"):
        return _made(item, ESSAY, feedback=after, grader=after, marked=False)
    # Any choice earns the whole mark, which is none where the format can say so.
    answers = tuple(Answer(pick(option["text"]), 100.0, pick(option["why"])) for option in item["options"])
    shuffle = not item.get("ordered")
    return _made(item, MULTICHOICE, feedback=after, answers=answers, shuffle=shuffle, marked=False)


def _made(item: Item, kind: str, more: str = "", **fields: object) -> Question:
    about = (*item.get("claims", []), *item.get("misconceptions", []), *item.get("outcomes", []), item.part)
    given = {
        "id": item.id,
        "kind": kind,
        "origin": item.kind,
        "category": title_of(item.notebook),
        "text": "\n".join(filter(None, [pick(item["stem"]), more])),
        "hint": pick(item["hint"]),
        "feedback": "",
        "tags": about,
    }
    return Question(**(given | fields))


def plain(value: float) -> str:
    """A number as every program reads it: a point for decimals, no exponent, nothing needless."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def share(fraction: float) -> str:
    """A share of the mark as Moodle lists them: 33.33333, 16.66667, 50."""
    return f"{fraction:.5f}".rstrip("0").rstrip(".")
