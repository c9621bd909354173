"""What the question bank covers, and what in it deserves a second look: counted, not judged."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from statistics import mean
from typing import Any

from digigov.language import current, folded, number, percent, pick, say
from digigov.questions.bank import Item

CLAIMS = tuple(f"C{place}" for place in range(1, 13))
MISCONCEPTIONS = tuple(f"M{place}" for place in range(1, 17))
OUTCOMES = tuple(f"L{place}" for place in range(1, 14))
# At least so many items: of the whole bank, of each claim, misconception and outcome.
LEAST = {"items": 130, "claims": 3, "misconceptions": 2, "outcomes": 4}
ALIKE = 0.5  # share of word triples that two questions have in common, from which they are told
LONG_SENTENCE = 35  # words (in Vietnamese: syllables written apart), from which a sentence is told
# A figure that somebody must have published: a percentage, a grouped number, a decimal.
FIGURE = re.compile(r"\d[\d.,]*\s?%|\d{1,3}(?:[.,]\d{3})+|\d+[.,]\d+")
# A full stop inside a number or an abbreviation ends no sentence.
SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[“\"(]?[A-ZĐÀ-Ỹ0-9])")
COLUMNS = {"claims": CLAIMS, "misconceptions": MISCONCEPTIONS, "outcomes": OUTCOMES}


@dataclass(frozen=True)
class Reading:
    """How long the sentences of some questions are: words a sentence, and the words of the longest."""

    average: float
    longest: int


def coverage(items: Iterable[Item], field: str) -> dict[str, int]:
    """How many items are about each claim, misconception or outcome, those without any included."""
    found = Counter(name for item in items for name in item.get(field, []))
    return {name: found[name] for name in COLUMNS[field]}


def missing(items: Iterable[Item], field: str) -> dict[str, int]:
    """Those with too few items, each with how many it lacks."""
    return {name: LEAST[field] - count for name, count in coverage(items, field).items() if count < LEAST[field]}


def without_source(items: Iterable[Item]) -> list[Item]:
    """Items that print a figure and name no source; what the lab of a notebook shows needs none."""
    return [
        item
        for item in items
        if not item.get("sources") and item.part not in ("predict", "activity") and FIGURE.search(_asked(item))
    ]


def longest_is_right(items: Iterable[Item]) -> list[Item]:
    """Choices whose longest right option is longer than every wrong one, in the language in use."""
    found = []
    for item in items:
        if item.kind in ("single", "several"):
            lengths = {
                side: [len(pick(o["text"])) for o in item["options"] if o["right"] is side] for side in (True, False)
            }
            if max(lengths[True]) > max(lengths[False]):
                found.append(item)
    return found


def positions(items: Iterable[Item]) -> dict[int, Counter[int]]:
    """Where the right option of a single choice stands in the file, counted from 1, by the number of options."""
    found: dict[int, Counter[int]] = {}
    for item in items:
        if item.kind == "single":
            place = next(at for at, option in enumerate(item["options"], start=1) if option["right"])
            found.setdefault(len(item["options"]), Counter())[place] += 1
    return found


def doubles(items: Iterable[Item]) -> list[tuple[float, Item, Item]]:
    """Pairs of questions that say nearly the same, the most alike first: the share of word triples in common."""
    triples = [(item, _triples(_asked(item))) for item in items]
    found = []
    for (one, mine), (other, theirs) in combinations(triples, 2):
        if mine and theirs and (alike := len(mine & theirs) / len(mine | theirs)) >= ALIKE:
            found.append((alike, one, other))
    return sorted(found, key=lambda pair: -pair[0])


def reading(items: Iterable[Item]) -> Reading:
    """Words a sentence of the questions, options left out; in Vietnamese every syllable written apart is a word."""
    lengths = [len(sentence.split()) for item in items for sentence in sentences(pick(item["stem"]))]
    return Reading(mean(lengths), max(lengths))


def long_sentences(items: Iterable[Item]) -> list[tuple[Item, int]]:
    """Items with a sentence that is too long, and its words."""
    found = [(item, max(len(s.split()) for s in sentences(pick(item["stem"])))) for item in items]
    return [pair for pair in found if pair[1] > LONG_SENTENCE]


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line's end ends one too."""
    return [part for line in text.splitlines() for part in SENTENCE.split(line) if part.strip()]


def report(items: list[Item]) -> str:
    """All of it in words, for a screen or a file."""
    return "\n".join(_lines(items))


def _lines(items: list[Item]) -> Iterator[str]:
    yield say("kit.report", items=number(len(items)), least=number(LEAST["items"]))
    yield say("kit.report.purpose")
    yield ""
    yield from _table(items)
    for field in COLUMNS:
        counted, lacking = coverage(items, field), missing(items, field)
        yield f"\n{say(f'kit.report.{field}', least=number(LEAST[field]))}"
        yield "  " + ", ".join(f"{name} {number(count)}" for name, count in counted.items())
        lacks = ", ".join(f"{name} (+{number(lack)})" for name, lack in lacking.items())
        yield "  " + (say("kit.report.lacking", names=lacks) if lacking else say("kit.report.enough"))
    yield from _listed("kit.report.sources", [item.id for item in without_source(items)])
    yield from _listed("kit.report.longest", [item.id for item in longest_is_right(items)])
    yield f"\n{say('kit.report.positions')}"
    for options, places in sorted(positions(items).items()):
        shown = ", ".join(f"{place}: {number(places[place])}" for place in range(1, options + 1))
        yield f"  {say('kit.report.options', options=number(options))} {shown}"
    sides = [item["right"] for item in items if item.kind == "true_false"]
    yield f"  {say('kit.report.true', true=number(sum(sides)), all=number(len(sides)))}"
    yield from _listed(
        "kit.report.doubles",
        [f"{one.id} ~ {other.id} ({percent(100 * alike, 0)})" for alike, one, other in doubles(items)],
        limit=percent(100 * ALIKE, 0),
    )
    yield f"\n{say('kit.report.reading')}"
    for notebook in sorted({item.notebook for item in items}):
        found = reading(item for item in items if item.notebook == notebook)
        average, longest = number(found.average, 1), number(found.longest)
        yield f"  {notebook}: {say('kit.report.words', average=average, longest=longest)}"
    long = [f"{item.id} ({number(words)})" for item, words in long_sentences(items)]
    yield from _listed("kit.report.long", long, limit=number(LONG_SENTENCE))


def _table(items: list[Item]) -> Iterator[str]:
    kinds = sorted({item.kind for item in items})
    counted = Counter((item.notebook, item.kind) for item in items)
    heads = {kind: say(f"kit.kind.{kind}") for kind in kinds}
    width = {kind: len(heads[kind]) + 2 for kind in kinds}
    first = max(len(say("course.notebook")), len(say("kit.report.all"))) + 2
    yield say("course.notebook").ljust(first) + "".join(heads[kind].rjust(width[kind]) for kind in kinds) + "     Σ"
    for notebook in [*sorted({item.notebook for item in items}), None]:
        cells = [sum(n for (book, k), n in counted.items() if k == kind and notebook in (book, None)) for kind in kinds]
        row = "".join(number(cell).rjust(width[kind]) for cell, kind in zip(cells, kinds, strict=True))
        yield (notebook or say("kit.report.all")).ljust(first) + row + number(sum(cells)).rjust(6)


def _listed(key: str, entries: list[str], **values: Any) -> Iterator[str]:
    yield f"\n{say(key, **values)} {number(len(entries))}"
    yield from (f"  {entry}" for entry in entries)


def _asked(item: Item) -> str:
    """What is read before answering: the question and its parts."""
    parts = [pick(item["stem"])]
    parts += [pick(part["text"]) for field in ("options", "rows", "steps") for part in item.get(field, [])]
    parts += [f"{pick(pair['left'])} {pick(pair['right'])}" for pair in item.get("pairs", [])]
    return " ".join(parts)


def _triples(text: str) -> set[tuple[str, ...]]:
    words = folded(text).split() if current() == "en" else text.lower().split()
    return set(zip(words, words[1:], words[2:], strict=False))
