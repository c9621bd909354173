"""The self-assessment, used as the browser uses it, without one."""

from typing import Any

from digigov.agency.scale import scale
from digigov.agency.view import AssessmentView

FIRST, SECOND = "h1-procedures", "h1-internal"


def tell(view: AssessmentView, action: str, **content: Any) -> dict[str, Any]:
    """Send what the browser would send; returns the state that it gets."""
    view._handle_custom_msg({"do": action, **content}, [])
    return view.state


def filled(view: AssessmentView, level: int = 2) -> AssessmentView:
    """The widget with every indicator marked with the same level."""
    for name in scale():
        tell(view, "level", item=name, level=level)
    return view
