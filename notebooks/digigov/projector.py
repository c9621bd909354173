"""Large type for a room, switched in a page: every open notebook of this browser follows at once."""

from html import escape

from digigov.face import HERE, Face, front_end
from digigov.language import say
from digigov.page import Page


class Projector(Face):
    """Two buttons: the usual type, or type that is read from the back of a room."""

    _esm = front_end(HERE / "projector.js")
    catalogue = "projector"

    def page(self) -> Page:
        """What the switch does, for a reader without a kernel."""
        title, how, run = say("projector.title"), say("projector.how"), say("projector.not_running")
        html = f"<h3>{escape(title)}</h3><p>{escape(how)}</p><p><em>{escape(run)}</em></p>"
        return Page(html, "\n".join([title, how, run]))
