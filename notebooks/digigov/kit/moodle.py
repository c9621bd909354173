"""Moodle XML, as https://docs.moodle.org/en/Moodle_XML_format describes it and Moodle's own importer reads it."""

from collections.abc import Iterable
from html import escape as html_escape
from itertools import groupby
from xml.sax.saxutils import escape

from digigov.kit.exchange import ESSAY, MATCH, MULTICHOICE, NUMERICAL, TRUEFALSE, Answer, Question, plain, share
from digigov.language import say


def moodle(questions: Iterable[Question]) -> str:
    """The questions as one XML document, a category a notebook."""
    parts = []
    for category, group in groupby(questions, key=lambda one: one.category):
        parts.append(_category(category))
        parts += [_question(one) for one in group]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(parts) + "\n</quiz>\n"


def category_path(category: str) -> str:
    """Where a notebook's questions go in Moodle's bank; a slash inside a name is written twice."""
    names = (say("kit.course"), category)
    return "/".join(["$course$", "top", *(name.replace("/", "//") for name in names)])


def _category(category: str) -> str:
    path = _text(category_path(category))
    return f'<question type="category">\n <category>{path}</category>\n</question>'


def _question(one: Question) -> str:
    lines = [
        f'<question type="{one.kind}">',
        f" <name>{_text(one.name)}</name>",
        f' <questiontext format="html">{_html(one.text)}</questiontext>',
        f' <generalfeedback format="html">{_html(one.feedback)}</generalfeedback>',
        f" <defaultgrade>{1 if one.marked else 0}</defaultgrade>",
        f" <penalty>{1 if one.kind == TRUEFALSE else 0 if one.kind == ESSAY else 0.3333333}</penalty>",
        " <hidden>0</hidden>",
        f" <idnumber>{escape(one.id)}</idnumber>",
        *_KINDS[one.kind](one),
    ]
    if one.kind != ESSAY:
        lines.append(f' <hint format="html">{_html(one.hint)}</hint>')
    tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in one.tags)
    return "\n".join([*lines, f" <tags>{tags}</tags>", "</question>"])


def _multichoice(one: Question) -> list[str]:
    return [
        f" <single>{_truth(one.single)}</single>",
        f" <shuffleanswers>{_truth(one.shuffle)}</shuffleanswers>",
        " <answernumbering>abc</answernumbering>",
        *(_answer(answer, "html") for answer in one.answers),
    ]


def _truefalse(one: Question) -> list[str]:
    return [_answer(answer, "moodle_auto_format") for answer in one.answers]


def _numerical(one: Question) -> list[str]:
    return [
        _answer(answer, "moodle_auto_format", f"<tolerance>{plain(answer.tolerance)}</tolerance>")
        for answer in one.answers
    ]


def _match(one: Question) -> list[str]:
    return [
        f" <shuffleanswers>{_truth(one.shuffle)}</shuffleanswers>",
        *(
            f' <subquestion format="html">{_html(left)}<answer>{_text(right)}</answer></subquestion>'
            for left, right in one.pairs
        ),
    ]


def _essay(one: Question) -> list[str]:
    # Moodle shows no hint at an open question, so it stands where the question does not: with whoever marks it.
    grader = "\n".join(filter(None, [one.grader, say("kit.hint") + " " + one.hint]))
    return [
        " <responseformat>plain</responseformat>",
        " <responserequired>1</responserequired>",
        " <responsefieldlines>10</responsefieldlines>",
        " <attachments>0</attachments>",
        f' <graderinfo format="html">{_html(grader)}</graderinfo>',
    ]


def _answer(answer: Answer, form: str, more: str = "") -> str:
    text = _html(answer.text) if form == "html" else _text(answer.text)
    told = f'<feedback format="html">{_html(answer.feedback)}</feedback>'
    return f' <answer fraction="{share(answer.fraction)}" format="{form}">{text}{told}{more}</answer>'


def _text(words: str) -> str:
    return f"<text>{escape(words)}</text>"


def _html(words: str) -> str:
    """Plain words as HTML inside XML: escaped once as HTML and then as XML."""
    return _text("".join(f"<p>{html_escape(line, quote=False)}</p>" for line in words.splitlines()))


def _truth(value: bool) -> str:
    return "true" if value else "false"


_KINDS = {
    MULTICHOICE: _multichoice,
    TRUEFALSE: _truefalse,
    NUMERICAL: _numerical,
    MATCH: _match,
    ESSAY: _essay,
}
