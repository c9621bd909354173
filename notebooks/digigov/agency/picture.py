"""Words and drawings one after another: in the page's own colours, and as pictures for readers without a kernel."""

import os
from dataclasses import dataclass
from html import escape

import traitlets

from digigov.agency.blocks import joined
from digigov.face import HERE, Face, front_end
from digigov.figures import Panel
from digigov.page import Page

SCALE = 1.5  # of the stored picture: sharp enough for its few lines, at half the size of a lab's


@dataclass(frozen=True)
class Drawing:
    """A panel and the words that stand for it."""

    words: str
    panel: Panel


class Picture(Face):
    """Pieces that stand still; only their colours follow the theme."""

    _esm = front_end(HERE / "agency" / "picture.js")
    catalogue = "class"

    pieces = traitlets.List().tag(sync=True)

    def __init__(self, *pieces: Page | Drawing) -> None:
        self._pieces = pieces
        super().__init__(pieces=[_sent(piece) for piece in pieces])

    def page(self) -> Page:
        return joined(_stored(piece) for piece in self._pieces)


def _sent(piece: Page | Drawing) -> dict[str, str]:
    if isinstance(piece, Page):
        return {"html": piece.html}
    return {"svg": piece.panel.svg(), "words": piece.words}


def _stored(piece: Page | Drawing) -> Page:
    if isinstance(piece, Page):
        return piece
    address = piece.panel.png(SCALE) if os.environ.get("DIGIGOV_PICTURES") else ""
    return Page(f'<div class="dg-pictures"><img alt="{escape(piece.words)}" src="{address}"></div>', "")
