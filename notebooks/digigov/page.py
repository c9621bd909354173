"""A piece of a notebook page that needs no kernel: HTML to look at and the same in plain text.

nbval compares both, so what the text says is what the tests guard.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf8")


@dataclass(frozen=True)
class Page:
    """HTML and plain text of one output."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": f'<div class="dg">{self.html}</div>', "text/plain": self.text}

    def __add__(self, other: "Page") -> "Page":
        return Page(self.html + other.html, f"{self.text}\n\n{other.text}")

    @classmethod
    def sentence(cls, words: str) -> "Page":
        return cls(f'<p role="alert"><strong>{escape(words)}</strong></p>', words)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> Page:
    """A table whose cells may hold HTML already made safe; the text has a line a row."""
    # JupyterLab sets tables to the right; on a page that was never run only a style in place can undo it.
    left = 'style="text-align: left"'
    cells = "".join(f'<th scope="col" {left}>{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row" {left}>{first}</th>{"".join(f"<td {left}>{cell}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    legend = f"<caption>{escape(caption)}</caption>" if caption else ""
    html = f"<table>{legend}<thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
    lines = [caption] if caption else []
    lines += [" | ".join(plain(cell) for cell in row) for row in [head, *rows]]
    return Page(html, "\n".join(lines))


def plain(html: str) -> str:
    """The words of a fragment of HTML."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def link(url: str, words: str) -> str:
    """A link that opens beside the course."""
    return f'<a href="{escape(url)}" target="_blank" rel="noopener">{escape(words)}</a>'
