"""Runs first in every kernel that the course starts: a cell run before its import gets a sentence, not a traceback.

`launch.py` names this file in PYTHONSTARTUP. A kernel started otherwise works the same, without the sentence.
"""

from types import TracebackType


def _tell(shell, kind: type[NameError], error: NameError, trace: TracebackType, tb_offset: int | None = None) -> list:
    """Say which cell to run first when the unknown name is one of the course's calls; else show what Python says."""
    import digigov
    from digigov.language import say
    from digigov.page import Page

    if error.name in digigov.__all__:
        from IPython.display import display

        display(Page.sentence(say("course.import_first", name=error.name)))
        return []
    shown = shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
    shell._showtraceback(kind, error, shown)
    return shown


if (_shell := globals().get("get_ipython")) is not None:
    _shell().set_custom_exc((NameError,), _tell)
