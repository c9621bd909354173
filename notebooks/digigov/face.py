"""What all widgets of the course share: native HTML drawn in the browser, decisions made here.

The browser sends {"do": name, …}; the method `do_name` answers by setting traits. A CourseError becomes a
sentence in the widget's live region, so a bad value never shows a traceback and nothing is lost.
"""

import os
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from digigov.errors import CourseError
from digigov.language import current, words_of
from digigov.page import STYLE, Page

HERE = Path(__file__).parent
COMMON = (HERE / "face.js").read_text(encoding="utf8")


def front_end(*paths: Path) -> str:
    """The module a widget runs in the browser: the shared helpers, then the widget's own files, one with `draw`."""
    own = "\n".join(path.read_text(encoding="utf8") for path in paths)
    return f"{COMMON}\n{own}\nexport default {{ render }};\n"


def large_type() -> dict[str, Any]:
    """How the course was started: in large type or not (`on`), and a name of that start, empty when nobody gave one."""
    return {"on": bool(os.environ.get("DIGIGOV_PROJECTOR")), "start": os.environ.get("DIGIGOV_START", "")}


class Face(anywidget.AnyWidget):
    """A widget of the course. Subclasses set `_esm` and `catalogue`, and define `page` and `do_*`."""

    _css = STYLE
    catalogue: ClassVar[str] = ""  # prefix of the words that the browser needs

    language = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)  # what the learner must know, in one sentence
    projector = traitlets.Dict().tag(sync=True)  # whether the course was started in large type, and which start it was

    def __init__(self, **traits: Any) -> None:
        super().__init__(
            language=current(), words=words_of("face") | words_of(self.catalogue), projector=large_type(), **traits
        )
        self.on_msg(self._hear)

    def page(self) -> Page:
        """The same content for a reader without a kernel; nbval compares it."""
        raise NotImplementedError

    def _hear(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        wanted = dict(content)
        action = getattr(self, f"do_{wanted.pop('do', '')}", None)
        if action is None:
            return
        try:
            action(**wanted)
        except CourseError as error:
            self.notice = str(error)
        self.send({"heard": True})

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, **self.page()._repr_mimebundle_()}, metadata
