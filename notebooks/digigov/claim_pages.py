"""The article's claims as the learner sees them: cards in each notebook, and all twelve on one page in notebook 01."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from digigov.claims import claims, grade_badge, source_list
from digigov.course import path_of, title_of
from digigov.errors import CourseError
from digigov.language import current, date, pick, say
from digigov.page import Page, table

HOME = "01"  # the notebook with the page of all claims
CELL = "claim-cards"  # its cell there; JupyterLab opens a notebook at the cell that stands behind the #


def claim_cards(ids: Iterable[str]) -> Page:
    """Claims as cards: our words, the grade, why, where taught, sources, date checked; then the link to all twelve.

    Raises CourseError for a claim that does not exist.
    """
    cards = [(claim, grade_badge(claim["grade"])) for claim in claims(ids)]
    html = "".join(
        f'<section class="dg-claim"><h3>{claim["id"]} {badge.html}</h3>{_details(claim).html}</section>'
        for claim, badge in cards
    )
    texts = [f"{claim['id']} {badge.text}\n{_details(claim).text}" for claim, badge in cards]
    return Page(html, "\n\n".join(texts)) + link_to_all()


def all_claims() -> Page:
    """The page of all twelve claims: one table, grade first, and below it each claim in full, folded."""
    rows, html, texts = [], [], []
    for claim in claims():
        badge, details = grade_badge(claim["grade"]), _details(claim)
        short = escape(pick(claim["short"]))
        rows.append([badge.html, claim["id"], short, _taught(claim, short=True).html])
        html.append(
            f'<details class="dg-claim"><summary><strong>{claim["id"]}</strong> {badge.html}: {short}</summary>'
            f"{details.html}</details>"
        )
        texts.append(f"{claim['id']} {badge.text}\n{details.text}")
    head = [say(f"claims.column.{name}") for name in ("grade", "id", "claim", "taught")]
    shown = table(head, rows, say("claims.all"))
    note = f"<p>{escape(say('claims.grades'))}</p>"
    below = Page(f"<p>{escape(say('claims.open'))}</p>{''.join(html)}", "\n\n".join([say("claims.open"), *texts]))
    return shown + Page(note, say("claims.grades")) + below


def link_to_all() -> Page:
    """The link to the page of all claims, in the learner's language; empty while that notebook is not there."""
    path = path_of(HOME, current())
    if path is None:
        return Page("", "")
    words = say("claims.see_all", notebook=title_of(HOME))
    return Page(f'<p class="dg-all-claims"><a href="{path.name}#cell-id={CELL}">{escape(words)}</a></p>', words)


def _details(claim: Mapping[str, Any]) -> Page:
    """A claim in full: words, reason, where taught, date checked, sources."""
    taught, checked = _taught(claim), say("claims.checked", date=date(claim["checked"]))
    listed = source_list(claim["sources"])
    return Page(
        f"<p>{escape(pick(claim['words']))}</p><p>{escape(pick(claim['reason']))}</p>"
        f"<p><small>{taught.html} {escape(checked)}</small></p>"
        f"<details><summary>{escape(say('claims.sources'))}</summary>{listed.html}</details>",
        "\n".join([pick(claim["words"]), pick(claim["reason"]), f"{taught.text} {checked}", listed.text]),
    )


def _taught(claim: Mapping[str, Any], short: bool = False) -> Page:
    """The notebooks that teach a claim; those that are there are links. `short`: their numbers alone."""
    html, texts = [], []
    for name in claim["taught"]:
        try:
            title = title_of(name)
        except CourseError:  # a notebook that the index has not yet
            title = name
        words, path = name if short else title, path_of(name, current())
        # The number alone does not say where a link goes.
        label = f' aria-label="{escape(title)}" title="{escape(title)}"' if short else ""
        html.append(f'<a href="{path.name}"{label}>{escape(words)}</a>' if path else escape(words))
        texts.append(words)
    if short:
        return Page(", ".join(html), ", ".join(texts))
    put = ", ".join
    return Page(say("claims.taught", notebooks=put(html)), say("claims.taught", notebooks=put(texts)))
