"""A notebook on paper, for those who learn in a room: what is asked, with room to write, and no answer."""

from html import escape

from digigov.kit import prose, sheets
from digigov.kit.frame import page
from digigov.kit.sheets import Asked
from digigov.language import say

FEW = 2  # predictions that leave half of a page


def handout(notebook_id: str) -> str:
    """The handout of a notebook as an HTML document. Raises CourseError for a notebook or questions not there."""
    book = prose.notebook(notebook_id)
    asked = sheets.asked(notebook_id)
    title = prose.title(book)
    objectives = _objectives(prose.text_of(book, "objectives"))
    before_the_lab = _before_the_lab(prose.numbered(prose.text_of(book, "explore")))
    guesses = asked.get("predict", [])
    # The predictions come on a page of their own, so that they can be handed in before the lab is shown. What one will
    # be able to do stands on it too where there is room, or where it would have the next page to itself.
    first = len(guesses) <= FEW or not before_the_lab
    body = [
        f'<header><p class="kind">{say("kit.handout")}</p><h1>{escape(title)}</h1>{group()}</header>',
        objectives if first else "",
        predictions(guesses),
        "" if first else objectives,
        _part("pretest", asked),
        before_the_lab,
        *(_part(part, asked) for part in ("activity", "check", "apply")),
        f"<footer><p>{say('kit.credit')}</p></footer>",
    ]
    return page(f"{title} – {say('kit.handout')}", "\n".join(filter(None, body)))


def group() -> str:
    """Who filled it in: a group and a day, since nobody has to give a name."""
    long, short = '<span class="blank long"></span>', '<span class="blank"></span>'
    return f'<p class="group">{say("kit.group")} {long} {say("kit.date")} {short}</p>'


def predictions(asked: list[Asked]) -> str:
    """The prediction sheet: filled in and put aside before anybody sees the lab."""
    if not asked:
        return ""
    cards = "".join(_prediction(one) if one.item.kind == "predict" else sheets.question(one) for one in asked)
    head = f"<h2>{say('kit.predictions')}</h2><p>{say('kit.predictions_how')}</p>"
    return f'<section class="part sheet">{head}{cards}</section>'


def _prediction(one: Asked) -> str:
    because = f'<p class="because">{say("kit.difference")}</p>'
    return f'<section class="question kind-predict">{sheets.stem(one)}{sheets.guess(one)}{because}</section>'


def _objectives(markdown: str) -> str:
    heading = markdown.strip().splitlines()[0].lstrip("# ") if markdown.strip() else ""
    if not heading:
        return ""
    return f'<section class="part"><h2>{escape(heading)}</h2>{prose.html(prose.without_heading(markdown))}</section>'


def _before_the_lab(questions: list[str]) -> str:
    if not questions:
        return ""
    listed = "".join(f"<li>{prose.html(text)}{sheets.lines(2)}</li>" for text in questions)
    return f'<section class="part"><h2>{say("kit.before_lab")}</h2><ol class="open">{listed}</ol></section>'


def _part(part: str, asked: dict[str, list[Asked]]) -> str:
    if part not in asked:
        return ""
    cards = "".join(map(sheets.question, asked[part]))
    return f'<section class="part of-{part}"><h2>{say(f"quiz.title.{part}")}</h2>{cards}</section>'
