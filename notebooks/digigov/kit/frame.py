"""A page of the kit: one HTML file that needs no network, no other file and no font but the computer's own."""

from html import escape
from pathlib import Path

from digigov.language import current

HERE = Path(__file__).parent


def page(title: str, body: str, style: str = "print.css") -> str:
    """A whole HTML document in the language in use; `style` is a file of this folder."""
    css = (HERE / style).read_text(encoding="utf8")
    return (
        f'<!doctype html>\n<html lang="{current()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
