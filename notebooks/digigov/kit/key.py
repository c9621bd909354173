"""The answer key: what is right, and for every option why it is right or wrong."""

from collections.abc import Iterable
from html import escape

from digigov.claims import credit
from digigov.kit import prose, sheets
from digigov.kit.frame import page
from digigov.kit.sheets import Asked
from digigov.labs.catalogue import outcome_of
from digigov.language import number, pick, say
from digigov.questions.marking import quantity


def key(notebook_ids: Iterable[str]) -> str:
    """The answers of these notebooks as one HTML document. Raises CourseError for what is not there."""
    parts = []
    for notebook_id in notebook_ids:
        title = prose.title(prose.notebook(notebook_id))
        asked = sheets.asked(notebook_id)
        listed = "".join(
            f"<h3>{say('kit.predictions') if part == 'predict' else say(f'quiz.title.{part}')}</h3>"
            + "".join(map(answer, asked[part]))
            for part in sheets.PARTS
            if part in asked
        )
        parts.append(f'<section class="book"><h2>{escape(title)}</h2>{listed}</section>')
    head = f"<header><h1>{say('kit.key')}</h1><p>{say('kit.key_how')}</p></header>"
    return page(say("kit.key"), "\n".join([head, *parts, f"<footer><p>{say('kit.credit')}</p></footer>"]))


def answer(one: Asked) -> str:
    """One question with its answer, the reasons, the hint, and what it is about."""
    item = one.item
    about = [*item.get("claims", []), *item.get("misconceptions", []), *item.get("outcomes", [])]
    small = f"{item.id} · {say('kit.difficulty', level=number(item['difficulty']))} · {', '.join(about)}"
    sources = f" · {credit(item['sources']).text}" if item.get("sources") else ""
    return (
        f'<section class="question">{sheets.stem(one)}{_right(one)}'
        f'<p class="hint">{say("kit.hint")} {escape(pick(item["hint"]))}</p>'
        f'<p class="about">{escape(small + sources)}</p></section>'
    )


def _right(one: Asked) -> str:
    item = one.item
    if item.kind == "true_false":
        sides = [("true", item["right"]), ("false", not item["right"])]
        return _reasons((say(f"card.{side}"), right, pick(item["why"][side])) for side, right in sides)
    if item.get("options"):
        listed = _reasons(
            (f"{letter}) {pick(option['text'])}", option.get("right"), pick(option["why"]))
            for letter, option in one.choices
        )
        return listed + (_why(pick(item["after"])) if item.kind == "opinion" else "")
    if item.kind == "number":
        told = say("kit.tolerance", answer=quantity(item["answer"], item), tolerance=number(item["tolerance"]))
        traps = _reasons((quantity(trap["value"], item), False, pick(trap["why"])) for trap in item.get("traps", []))
        return _told(told) + _why(pick(item["why"])) + traps
    if item.kind == "predict":
        outcome = quantity(round(outcome_of(item), 2), item)
        told = say("kit.outcome_is", outcome=outcome, tolerance=number(item["tolerance"]))
        return _told(told) + _why(pick(item["why"]))
    if item.kind == "sort":
        rows = {row["id"]: row for row in item["rows"]}
        listed = _reasons((shown["text"], None, pick(rows[shown["id"]]["why"])) for shown in one.shown["rows"])
        return sheets.sort_table(one, ticked=True) + listed
    if item.kind == "order":
        return _told(" → ".join(pick(step["text"]) for step in item["steps"])) + _why(pick(item["why"]))
    if item.kind == "match":
        reasons = _reasons((f"{pick(p['left'])} → {pick(p['right'])}", True, pick(p["why"])) for p in item["pairs"])
        letters = "; ".join(
            f"{part['text']} → {letter}"
            for part, letter in zip(one.shown["left"], sheets.matched_letters(one), strict=True)
        )
        return _told(letters) + reasons
    if item.kind == "text":
        return _told(pick(item["model_answer"])) + _why(pick(item["why"]))
    return _why(pick(item["after"]))


def _told(words: str) -> str:
    return f'<p class="right"><span class="tick">✓</span> {escape(words)}</p>'


def _why(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _reasons(reasons: Iterable[tuple[str, bool | None, str]]) -> str:
    """What it is about, whether that is right (None: neither), and why."""
    signs = {True: "✓", False: "✗", None: "·"}
    listed = "".join(
        f'<li class="{"right" if right else "other"}"><span class="tick">{signs[right]}</span> '
        f"<b>{escape(about)}</b> – {escape(why)}</li>"
        for about, right, why in reasons
    )
    return f'<ul class="reasons">{listed}</ul>' if listed else ""
