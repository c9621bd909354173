"""GIFT, as https://docs.moodle.org/en/GIFT_format describes it: questions as text that a person can read and change."""

import re
from collections.abc import Iterable
from itertools import groupby

from digigov.kit.exchange import ESSAY, MATCH, MULTICHOICE, NUMERICAL, TRUEFALSE, Question, plain, share
from digigov.kit.moodle import category_path

# Signs with a meaning of their own. A line's end is one too: an empty line would end the question.
SPECIAL = re.compile(r"[\\~=#{}:]")


def gift(questions: Iterable[Question]) -> str:
    """The questions as one text, a category a notebook. Hints are left out: the format has no place for them."""
    parts = []
    for category, group in groupby(questions, key=lambda one: one.category):
        parts.append(f"$CATEGORY: {category_path(category)}")
        parts += [_question(one) for one in group]
    return "\n\n".join(parts) + "\n"


def _question(one: Question) -> str:
    # Moodle reads id and tags in a comment line; other programs pass over it.
    known = " ".join([f"[id:{one.id}]", *(f"[tag:{tag}]" for tag in one.tags)])
    # Nothing at all stands before the feedback of an open question: its braces are empty.
    line = "" if one.kind == ESSAY else "\n"
    feedback = f"{line}####{_safe(one.feedback)}" if one.feedback else ""
    head = f"// {known}\n::{_safe(one.name)}::[plain]{_safe(one.text)}"
    return f"{head} {{{_KINDS[one.kind](one)}{feedback}}}"


def _multichoice(one: Question) -> str:
    lines = []
    for place, answer in enumerate(one.answers):
        # One "=" says that one choice is asked for; where every choice is as good, only the first can bear it.
        whole = one.single and answer.fraction == 100 and (one.marked or place == 0)
        weight = "" if answer.fraction == 0 else f"%{share(answer.fraction)}%"
        sign = "=" if whole else f"~{weight}"
        lines.append(f"\n{sign}{_safe(answer.text)}#{_safe(answer.feedback)}")
    return "".join(lines)


def _truefalse(one: Question) -> str:
    true, false = one.answers
    name, right, wrong = ("TRUE", true, false) if true.fraction else ("FALSE", false, true)
    return f"{name}#{_safe(wrong.feedback)}#{_safe(right.feedback)}"


def _numerical(one: Question) -> str:
    # Here a colon is no letter: it stands between the number and its tolerance.
    return "#" + "".join(
        f"\n=%{share(answer.fraction)}%{plain(float(answer.text))}:{plain(answer.tolerance)}#{_safe(answer.feedback)}"
        for answer in one.answers
    )


def _match(one: Question) -> str:
    return "".join(f"\n={_safe(left)} -> {_safe(right)}" for left, right in one.pairs)


def _essay(_one: Question) -> str:
    return ""


def _safe(words: str) -> str:
    """Words in which nothing means anything; "->" would part a pair."""
    escaped = SPECIAL.sub(r"\\\g<0>", words.replace("->", "→").replace("\r", ""))
    return escaped.replace("\n", r"\n")


_KINDS = {MULTICHOICE: _multichoice, TRUEFALSE: _truefalse, NUMERICAL: _numerical, MATCH: _match, ESSAY: _essay}
