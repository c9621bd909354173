"""Two languages in step: which markdown cells changed on one side only.

Each English markdown cell carries the digests of both texts as they were when somebody last saw that they say the
same. When one text has changed since and the other has not, the translation is stale.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

STAMP = "in_step"


def digest(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:12]


def _texts(notebook: Any) -> dict[str, Any]:
    return {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"}


def drift(vi: Any, en: Any) -> list[str]:
    """Ids of markdown cells of which exactly one side differs from the stamp."""
    vietnamese, english = _texts(vi), _texts(en)
    stale = []
    for name, cell in english.items():
        seen = cell["metadata"].get(STAMP)
        if seen is None or name not in vietnamese:
            continue
        changed = [
            digest("".join(vietnamese[name]["source"])) != seen["vi"],
            digest("".join(cell["source"])) != seen["en"],
        ]
        if changed.count(True) == 1:
            stale.append(name)
    return stale


def unstamped(vi: Any, en: Any) -> list[str]:
    """Ids of markdown cells whose stamp is missing or belongs to two other texts."""
    vietnamese, english = _texts(vi), _texts(en)
    return [
        name
        for name, cell in english.items()
        if name in vietnamese and cell["metadata"].get(STAMP) != _stamp(vietnamese[name], cell)
    ]


def stamp(vi: Any, en: Any, except_for: Iterable[str] = ()) -> None:
    """Say that both sides are in step, in the English cells' metadata."""
    vietnamese = _texts(vi)
    left_out = set(except_for)
    for name, cell in _texts(en).items():
        if name in vietnamese and name not in left_out:
            cell["metadata"][STAMP] = _stamp(vietnamese[name], cell)


def _stamp(vi: Any, en: Any) -> dict[str, str]:
    return {"vi": digest("".join(vi["source"])), "en": digest("".join(en["source"]))}
