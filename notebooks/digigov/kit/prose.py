"""What is taken from a notebook: its cells, and their Markdown as HTML that stands alone."""

import re
from typing import Any

from nbconvert.filters.markdown_mistune import markdown2html_mistune

from digigov import documents
from digigov.course import path_of
from digigov.errors import CourseError
from digigov.language import current, say

# nbconvert puts a link to itself behind every heading.
ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>')
INSIDE = re.compile(r'<a href="[^":]+\.ipynb[^"]*">(.*?)</a>', re.DOTALL)


def notebook(notebook_id: str) -> Any:
    """The notebook in the language in use. Raises CourseError when it is not there or cannot be read."""
    path = path_of(notebook_id, current())
    if path is None:
        raise CourseError(say("kit.not_written", notebook=notebook_id))
    return documents.notebook(path)


def source(cell: Any) -> str:
    """The text of a cell."""
    return "".join(cell["source"])


def text_of(book: Any, cell_id: str) -> str:
    """The Markdown of a cell, empty when there is none of that id."""
    return next((source(cell) for cell in book["cells"] if cell.get("id") == cell_id), "")


def html(markdown: str) -> str:
    """Markdown as HTML. Links into the course become their words: paper and a single file lead nowhere."""
    return standing_alone(markdown2html_mistune(markdown))


def standing_alone(text: str) -> str:
    """HTML without links that need the course's folder around it."""
    return INSIDE.sub(r"\1", ANCHOR.sub("", text))


def without_heading(markdown: str) -> str:
    """What stands below the first heading and the line of minutes."""
    body = re.sub(r"\A\s*#+ .*\n", "", markdown)
    return re.sub(r"\A\s*\*[^*\n]*\d+[^*\n]*\*[ \t]*\n", "", body).strip()


def without_minutes(section: str) -> str:
    """A section without its line of minutes, which are those of somebody who learns alone."""
    return re.sub(r"\A(## .*\n)\s*\*[^*\n]*\d+[^*\n]*\*[ \t]*\n", r"\1", section)


def numbered(markdown: str) -> list[str]:
    """The entries of the numbered list of a text: what is asked before a lab is touched."""
    return re.findall(r"^\d+\. +(.+(?:\n(?: {2,}|\t)\S.*)*)", markdown, flags=re.MULTILINE)


def title(book: Any) -> str:
    """The notebook's own heading."""
    return text_of(book, "title").strip().splitlines()[0].lstrip("# ").strip()
