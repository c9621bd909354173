"""What JupyterLab writes when a learner saves: the course's page, never the learner's answers.

A run notebook holds live widgets, and with them what the learner typed. Their place is the learner's record; the
notebook file may be sent to a colleague or stay on a shared computer. So a live output goes back to the page that
stood in the file, as long as it says the same.
"""

import json
from pathlib import Path
from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"


def keep_the_page(model: dict[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """A pre-save hook of Jupyter Server: changes `model`, the notebook about to be written to `path`, in place."""
    if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
        return
    without_answers(model["content"], written(Path(contents_manager._get_os_path(path))))


def written(path: Path) -> dict[str, Any]:
    """The notebook as the file holds it now; without cells where there is none or it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError):
        return {}


def without_answers(notebook: dict[str, Any], before: dict[str, Any]) -> None:
    """Take live widgets out of `notebook`; where the text is the same as `before`, put back the whole output."""
    notebook.get("metadata", {}).pop("widgets", None)
    if _kernel(notebook) == _kernel(before) is not None:  # JupyterLab adds what it knows of the kernel
        notebook["metadata"] = before["metadata"]
    known = {cell.get("id"): cell for cell in before.get("cells", [])}
    for cell in notebook.get("cells", []):
        if cell.get("cell_type") != "code":
            continue
        old = known.get(cell.get("id"), {})
        if _words(cell) == _words(old):
            cell["outputs"], cell["execution_count"] = old.get("outputs", []), old.get("execution_count")
        for output in cell["outputs"]:
            output.get("data", {}).pop(VIEW, None)


def _kernel(notebook: dict[str, Any]) -> str | None:
    return notebook.get("metadata", {}).get("kernelspec", {}).get("name")


def _words(cell: dict[str, Any]) -> list[str]:
    """What the outputs say, whatever they look like."""
    return [
        "".join(output.get("data", {}).get("text/plain", output.get("text", output.get("evalue", ""))))
        for output in cell.get("outputs", [])
    ]
