"""The scale and the moves as a page that needs no kernel; nothing in it is the learner's own."""

from html import escape

from digigov.agency.scale import by_have, catalogue, have_title, scale
from digigov.claims import credit
from digigov.course import path_of, title_of
from digigov.language import current, number, say
from digigov.page import Page, table


def notebook_link(notebook: str) -> str:
    """A notebook's title as HTML, linked where the notebook is there."""
    path, title = path_of(notebook, current()), escape(title_of(notebook))
    return f'<a href="{path.name}">{title}</a>' if path else title


def scale_page() -> Page:
    """Title, what the levels mean, every indicator with its levels, and the catalogue of moves."""
    intro = [say("assessment.about"), say("assessment.scale_note"), say("assessment.not_running")]
    html = f"<h3>{escape(say('assessment.title'))}</h3>" + "".join(f"<p>{escape(words)}</p>" for words in intro)
    found = Page(html, "\n\n".join([say("assessment.title"), *intro]))
    indicators = scale()
    for have, names in by_have(indicators).items():
        found += Page(f"<h4>{escape(have_title(have))}</h4>", have_title(have))
        for name in names:
            found += _indicator_page(name)
    return found + _moves_page()


def _indicator_page(name: str) -> Page:
    one = scale()[name]
    levels = [say("assessment.level", level=number(place)) for place in range(1, len(one.levels) + 1)]
    listed = credit(one.sources)
    evidence, framework = say("assessment.evidence"), say("assessment.framework")
    items = "".join(
        f"<li><strong>{escape(level)}.</strong> {escape(words)}</li>"
        for level, words in zip(levels, one.levels, strict=True)
    )
    html = (
        f"<details><summary><strong>{escape(one.title)}</strong></summary><p>{escape(one.question)}</p><ul>{items}</ul>"
        f"<p>{escape(evidence)}: {escape(one.evidence)}</p>"
        f"<p><small>{escape(framework)}: {escape(one.framework)} {listed.html}</small></p></details>"
    )
    lines = [f"{level}. {words}" for level, words in zip(levels, one.levels, strict=True)]
    text = [one.title, one.question, *lines, f"{evidence}: {one.evidence}"]
    return Page(html, "\n".join([*text, f"{framework}: {one.framework} {listed.text}"]))


def _moves_page() -> Page:
    indicators = scale()
    head = [say(f"assessment.column.{name}") for name in ("move", "raises", "seen", "against")]
    rows = [
        [
            escape(move.name),
            escape("; ".join(indicators[name].title for name in move.rule.raises)),
            escape(move.measure),
            escape(move.against),
        ]
        for move in catalogue().values()
    ]
    return table(head, rows, say("assessment.table.moves"))
