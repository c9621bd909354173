"""Talking to a lab as the browser does, without one."""

from typing import Any

from digigov.labs.view import LabView


def told(view: LabView, action: str, **content: Any) -> dict[str, Any]:
    """Send what the browser would send; returns the frame that it gets."""
    view._hear(view, {"do": action, **content}, [])
    return view.frame
