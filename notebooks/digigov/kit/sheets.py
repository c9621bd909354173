"""The questions of a notebook as they stand on paper: numbered through, parts lettered, in one order for all sheets."""

from dataclasses import dataclass
from html import escape
from string import ascii_lowercase
from typing import Any

from digigov.language import number, pick, say
from digigov.questions.bank import Item, items
from digigov.questions.card import decoded, public

# Handout, slides and key must agree, so all of them shuffle alike.
SEED = "kit"
PARTS = ("predict", "pretest", "activity", "check", "apply")
LINES = {"text": 3, "opinion": 4}
MOST_ROWS, MOST_COLUMNS = 10, 4  # of a table that is kept on one page, and whose heads stand level
BOX, TICK = '<span class="square"></span>', '<span class="tick">✓</span>'


@dataclass(frozen=True)
class Asked:
    """An item with its number on the sheet and what may be seen before it is answered."""

    number: int
    item: Item
    shown: dict[str, Any]

    @property
    def choices(self) -> list[tuple[str, dict[str, Any]]]:
        """Each option as it stands on paper: its letter and the bank's own entry for it."""
        by_id = {option["id"]: option for option in self.item.get("options", [])}
        order = [by_id[decoded(self.item, option["id"])] for option in self.shown.get("options", [])]
        return list(zip(ascii_lowercase, order, strict=False))


def asked(notebook: str) -> dict[str, list[Asked]]:
    """The questions of a notebook by part, in the order of the sheets. Raises CourseError as the bank does."""
    mine = items(notebook)
    ordered = [item for part in PARTS for item in mine if item.part == part]
    found: dict[str, list[Asked]] = {}
    for place, item in enumerate(ordered, start=1):
        found.setdefault(item.part, []).append(Asked(place, item, public(item, SEED)))
    return found


def question(one: Asked) -> str:
    """One question with room to answer it, as HTML."""
    long = " long" if len(one.item.get("rows", [])) > MOST_ROWS else ""
    return f'<section class="question kind-{one.item.kind}{long}">{stem(one)}{_room(one)}</section>'


def stem(one: Asked) -> str:
    """Number and question."""
    words = escape(one.shown["stem"]).replace("\n", "<br>")
    return f'<p class="stem"><b>{one.number}.</b> {words}</p>'


def lines(count: int) -> str:
    """Rules to write on."""
    return '<div class="line"></div>' * count


def _room(one: Asked) -> str:
    kind, shown = one.item.kind, one.shown
    if kind == "true_false":
        return options([say("card.true"), say("card.false")], "round") + because()
    if shown.get("options"):
        texts = [f"{letter}) {pick(option['text'])}" for letter, option in one.choices]
        told = because() if kind == "opinion" else ""
        return options(texts, "square" if kind == "several" else "round") + told
    if kind in ("number", "predict"):
        return number_line(one)
    if kind == "sort":
        return sort_table(one)
    if kind == "order":
        steps = "".join(f'<li><span class="square wide"></span> {escape(step["text"])}</li>' for step in shown["steps"])
        return f'<p class="how">{say("kit.order")}</p><ul class="options">{steps}</ul>'
    if kind == "match":
        return match_table(one, ["" for _ in shown["left"]])
    return lines(LINES[kind])


def number_line(one: Asked) -> str:
    """Room for one number, before its unit."""
    return f'<p class="answer">{say("kit.answer")} <span class="blank"></span> {escape(one.shown["unit"])}</p>'


def options(texts: list[str], shape: str) -> str:
    """A list with a box to mark before each text."""
    listed = "".join(f'<li><span class="{shape}"></span> {escape(text)}</li>' for text in texts)
    return f'<ul class="options">{listed}</ul>'


def guess(one: Asked) -> str:
    """Room for a prediction, one's own and the group's, and for what the lab shows in the end."""
    unit = escape(one.shown["unit"])
    low, high, _ = one.shown["range"]
    within = say("kit.range", low=number(low), high=number(high))
    cells = "".join(
        f'<td><small>{say(key)}</small><span class="blank"></span> {unit}</td>'
        for key in ("kit.mine", "kit.ours", "kit.outcome")
    )
    return f'<p class="how">{escape(within)}</p><table class="guess"><tbody><tr>{cells}</tr></tbody></table>'


def because() -> str:
    """One line for the reason."""
    return f'<p class="because">{say("kit.because")}</p>'


def sort_table(one: Asked, ticked: bool = False) -> str:
    """Rows to sort, with a box to tick for every category of every axis; the right ones are `ticked` in the key."""
    axes, rows = one.shown["axes"], one.shown["rows"]
    answers = {row["id"]: row["answer"] for row in one.item["rows"]}
    titles = "".join(
        f'<th scope="colgroup" colspan="{len(axis["categories"])}">{escape(axis["title"])}</th>' for axis in axes
    )
    names = "".join(f'<th scope="col">{escape(part["text"])}</th>' for axis in axes for part in axis["categories"])
    body = ""
    for row in rows:
        right = [answers[row["id"]][axis["id"]] == part["id"] for axis in axes for part in axis["categories"]]
        cells = "".join(f"<td>{TICK if ticked and is_right else BOX}</td>" for is_right in right)
        body += f'<tr><th scope="row">{escape(row["text"])}</th>{cells}</tr>'
    head = f'<tr><td rowspan="2"></td>{titles}</tr><tr>{names}</tr>'
    many = " many" if sum(len(axis["categories"]) for axis in axes) > MOST_COLUMNS else ""
    return f'<table class="sort{many}"><thead>{head}</thead><tbody>{body}</tbody></table>'


def match_table(one: Asked, filled: list[str]) -> str:
    """Left side with a cell for a letter, right side lettered; `filled` holds the letters."""
    left, right = one.shown["left"], one.shown["right"]
    rows = "".join(
        f'<tr><td>{escape(a["text"])}</td><td class="letter">{letter}</td>'
        f"<td><b>{name})</b> {escape(b['text'])}</td></tr>"
        for a, letter, name, b in zip(left, filled, ascii_lowercase, right, strict=False)
    )
    return f'<p class="how">{say("kit.match")}</p><table class="match"><tbody>{rows}</tbody></table>'


# -- the right answers, for key and slides


def matched_letters(one: Asked) -> list[str]:
    """The letter that belongs to each left side."""
    names = [decoded(one.item, part["id"]) for part in one.shown["right"]]
    return [ascii_lowercase[names.index(part["id"])] for part in one.shown["left"]]
