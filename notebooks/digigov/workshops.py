"""A workshop's plan, and questions that split a room: what the facilitator's guide shows."""

import re
from html import escape
from typing import Any

from digigov.course import path_of, title_of
from digigov.documents import notebook, read
from digigov.errors import CourseError
from digigov.language import current, number, pick, say
from digigov.page import Page, table
from digigov.paths import DATA
from digigov.questions.bank import find

FILE = "workshops.yaml"


def plan_page(name: str) -> Page:
    """A plan as a table: from which minute, how long, what the room does, the groups' task. CourseError if unknown."""
    plan = next((one for one in content()["plans"] if one["id"] == name), None)
    if plan is None:
        known = ", ".join(one["id"] for one in content()["plans"])
        raise CourseError(say("workshop.unknown", name=name, plans=known))
    rows, begun = [], 0
    for step in plan["steps"]:
        rows.append([number(begun), number(step["minutes"]), _where(step), _what(step), _task(step)])
        begun += step["minutes"]
    head = [say(f"workshop.{column}") for column in ("from", "minutes", "where", "what", "task")]
    caption = say("workshop.caption", title=pick(plan["title"]), minutes=number(begun))
    return table(head, rows, caption) + _roles()


def debates_page() -> Page:
    """The questions with their options, without reasons, each with how to lead the talk."""
    html, lines = [], []
    for one in content()["debates"]:
        item = find(one["item"])
        options = [pick(option["text"]) for option in item.get("options", [])]
        listed = "".join(f"<li>{escape(option)}</li>" for option in options)
        lead, stem = f"{say('workshop.lead')} {pick(one['lead'])}", pick(item["stem"])
        source = say("workshop.of", title=title_of(item.notebook))
        html.append(
            f"<section><h3>{escape(source)}</h3><p><strong>{escape(stem)}</strong></p><ul>{listed}</ul>"
            f"<p>{escape(lead)}</p></section>"
        )
        lines.append("\n".join([source, stem, *(f"- {option}" for option in options), lead]))
    return Page("".join(html), "\n\n".join(lines))


def content() -> dict[str, Any]:
    """The file's content. Raises CourseError when it is not what is expected."""
    found = read(DATA / FILE)
    if not isinstance(found, dict) or not {"roles", "plans", "debates"} <= set(found):
        raise CourseError(say("data.not_a_list", file=FILE))
    return found


def section(notebook_id: str, cell: str) -> str:
    """The heading under which a cell stands, in the language in use; empty when the notebook is not there."""
    path = path_of(notebook_id, current())
    if path is None:
        return ""
    heading = ""
    for one in notebook(path)["cells"]:
        headings = re.findall(r"^##+ (.+)$", "".join(one["source"]), flags=re.MULTILINE)
        if one["cell_type"] == "markdown" and headings:
            heading = headings[0] if one["id"] == cell else headings[-1]
        if one["id"] == cell:
            return heading
    return ""


def _where(step: dict[str, Any]) -> str:
    """A link to the notebook and the headings of the cells that are used."""
    if "notebook" not in step:
        return "–"
    path, title = path_of(step["notebook"], current()), escape(title_of(step["notebook"]))
    # JupyterLab opens a notebook at the cell that stands behind the #.
    place = f"#cell-id={step['cells'][0]}" if step["cells"] else ""
    linked = f'<a href="{path.name}{place}">{title}</a>' if path else title
    headings = dict.fromkeys(filter(None, (section(step["notebook"], cell) for cell in step["cells"])))
    return f"{linked}: {escape('; '.join(headings))}" if headings else linked


def _what(step: dict[str, Any]) -> str:
    """What the room does, and how its minutes are spent."""
    clock = f" <em>{escape(pick(step['clock']))}</em>" if "clock" in step else ""
    return escape(pick(step["what"])) + clock


def _task(step: dict[str, Any]) -> str:
    parts = [escape(pick(step["task"]))] if "task" in step else []
    names = [pick(content()["roles"][role]).partition(":")[0] for role in step.get("roles", [])]
    if names:
        parts.append(f"<em>{escape(say('workshop.task_roles', roles=', '.join(names)))}</em>")
    return " ".join(parts) or "–"


def _roles() -> Page:
    roles = [pick(words) for words in content()["roles"].values()]
    label = say("workshop.roles")
    html = f"<p><strong>{escape(label)}</strong></p><ul>{''.join(f'<li>{escape(role)}</li>' for role in roles)}</ul>"
    return Page(html, "\n".join([label, *(f"- {role}" for role in roles)]))
