"""Reads GIFT as Moodle does, by https://docs.moodle.org/en/GIFT_format, and refuses what it would.

The libraries that read GIFT know less of it: pygiftparser has no wheel, needs a Markdown of 2018, ends a question at an
escaped brace and knows no negative number; pygiftparserrgmf takes no feedback at an open question.
"""

import re
from dataclasses import dataclass, field

ESCAPED = re.compile(r"\\([~=#{}:\\n])")
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")


@dataclass
class Read:
    """One question as it would stand in Moodle."""

    kind: str
    category: str
    name: str
    id: str
    text: str
    feedback: str
    tags: list[str]
    single: bool = True
    answers: list[tuple[str, float, str]] = field(default_factory=list)  # text, share, feedback
    pairs: list[tuple[str, str]] = field(default_factory=list)


def read(document: str) -> list[Read]:
    """All questions of a document. Raises ValueError for what Moodle would not import."""
    found, category = [], ""
    for block in re.split(r"\n[ \t]*\n", document):
        lines = block.strip().splitlines()
        comments = " ".join(line for line in lines if line.strip().startswith("//"))
        body = "\n".join(line for line in lines if not line.strip().startswith("//")).strip()
        if body.startswith("$CATEGORY:"):
            category = body.removeprefix("$CATEGORY:").strip()
        elif body:
            found.append(_question(_veiled(body), comments, category))
    return found


def _question(body: str, comments: str, category: str) -> Read:
    title = re.match(r"::(.*?)::(?:\[(\w+)\])?", body, flags=re.DOTALL)
    if title is None:
        raise ValueError("no name")
    rest = body[title.end() :]
    if rest.count("{") != 1 or rest.count("}") != 1 or not rest.endswith("}"):
        raise ValueError(f"braces in {title[1]}")
    question, _, answers = rest[:-1].partition("{")
    answers, _, feedback = answers.partition("####")
    one = Read(
        kind=_kind(answers.strip()),
        category=category,
        name=shown(title[1]),
        id="".join(re.findall(r"\[id:(.*?)\]", comments)),
        text=shown(question),
        feedback=shown(feedback),
        tags=re.findall(r"\[tag:(.*?)\]", comments),
    )
    _answers(one, answers.strip())
    return one


def _kind(answers: str) -> str:
    if not answers:
        return "essay"
    if answers.startswith("#"):
        return "numerical"
    if "~" in answers:
        return "multichoice"
    if "=" in answers and "->" in answers:
        return "match"
    return "truefalse" if re.match(r"(TRUE|FALSE|T|F)\s*(#|$)", answers) else "shortanswer"


def _answers(one: Read, answers: str) -> None:
    if one.kind == "truefalse":
        right, wrong_told, right_told = (*answers.split("#"), "", "")[:3]
        sides = {"TRUE": ("true", "false"), "FALSE": ("false", "true")}[right.strip()]
        told = {sides[0]: (100.0, right_told), sides[1]: (0.0, wrong_told)}
        one.answers = [(side, told[side][0], shown(told[side][1])) for side in ("true", "false")]
    elif one.kind == "match":
        for pair in answers.split("=")[1:]:
            left, arrow, right = pair.partition("->")
            if not arrow:
                raise ValueError(f"{one.id}: no pair")
            one.pairs.append((shown(left), shown(right)))
    elif one.kind in ("multichoice", "numerical"):
        one.single = one.kind == "numerical" or "=" in answers
        for sign, part in re.findall(r"([=~])([^=~]*)", answers.removeprefix("#")):
            weight = WEIGHT.match(part)
            share = float(weight[1]) if weight else 100.0 if sign == "=" else 0.0
            text, _, feedback = part[weight.end() if weight else 0 :].partition("#")
            one.answers.append((shown(text), share, shown(feedback)))
        if not one.single and abs(sum(share for _, share, _ in one.answers if share > 0) - 100) > 0.01:
            raise ValueError(f"{one.id}: the right ones do not add up to the mark")
        if one.single and max(share for _, share, _ in one.answers) != 100:
            raise ValueError(f"{one.id}: nothing earns the mark")


# Escaped signs as letters of no alphabet, until everything has been taken apart.
VEIL = {sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:\\n")}


def _veiled(text: str) -> str:
    return ESCAPED.sub(lambda found: VEIL[found[1]], text)


def shown(text: str) -> str:
    """A part of a question as it is read."""
    for sign, veil in VEIL.items():
        text = text.replace(veil, "\n" if sign == "n" else sign)
    return text.strip()
