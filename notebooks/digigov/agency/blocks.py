"""Pieces of a document, each as HTML and as the same in Markdown (a page's `text`)."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from digigov.page import Page, table


def joined(pieces: Iterable[Page]) -> Page:
    """All pieces, one after another."""
    pieces = list(pieces)
    return Page("".join(one.html for one in pieces), "\n\n".join(one.text for one in pieces if one.text))


def heading(words: str, level: int = 2) -> Page:
    return Page(f"<h{level}>{escape(words)}</h{level}>", f"{'#' * level} {marked(words)}")


def paragraph(words: str, css: str = "") -> Page:
    """A paragraph, of a style-sheet class where one is named."""
    name = f' class="{css}"' if css else ""
    return Page(f"<p{name}>{escape(words)}</p>", marked(words))


def labelled(label: str, words: str) -> Page:
    """A paragraph that begins with what it is about."""
    return Page(f"<p><strong>{escape(label)}:</strong> {escape(words)}</p>", f"**{marked(label)}:** {marked(words)}")


def listing(items: Sequence[str], ordered: bool = False) -> Page:
    tag = "ol" if ordered else "ul"
    lines = (f"{f'{place}.' if ordered else '-'} {marked(item)}" for place, item in enumerate(items, start=1))
    return Page(f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</{tag}>", "\n".join(lines))


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> Page:
    """A table of plain words."""
    html = table([escape(cell) for cell in head], [[_lines(cell) for cell in row] for row in rows], caption).html
    lines = [f"**{marked(caption)}**", ""] if caption else []
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in [head, *rows]]
    lines.insert(-len(rows) or len(lines), f"|{' --- |' * len(head)}")
    return Page(html, "\n".join(lines))


def figure(svg: str, words: str) -> Page:
    """A drawing that stands in the page itself, with the words for who cannot see it; Markdown has the tables alone."""
    return Page(f'<figure role="img" aria-label="{escape(words)}">{svg}</figure>', "")


def marked(words: str) -> str:
    """Plain words in Markdown: what would be read as a mark is written as the character itself."""
    safe = re.sub(r"([\\`*_\[\]<>|~$])", r"\\\1", words)
    # A number or sign at the start of a line would begin a list, a heading or a quotation.
    return re.sub(r"^(\s*)(#|[-+]|(\d+)([.)]))(?=\s|$)", _spelt, safe, flags=re.MULTILINE)


def _spelt(found: re.Match[str]) -> str:
    return f"{found[1]}{found[3]}\\{found[4]}" if found[3] else f"{found[1]}\\{found[2]}"


def _cell(words: str) -> str:
    return re.sub(r"\s*\n\s*", "<br>", marked(words.strip())) or " "


def _lines(words: str) -> str:
    return escape(words.strip()).replace("\n", "<br>")
