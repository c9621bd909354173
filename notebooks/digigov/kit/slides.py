"""A notebook as slides, made by nbconvert with a template of ours: each H2 and H3 a slide, each question a slide."""

import re
from collections.abc import Collection, Iterator
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.templateexporter import TemplateExporter

from digigov import tables, workshops
from digigov.kit import prose, sheets
from digigov.kit.sheets import Asked
from digigov.language import current, pick, say
from digigov.questions.marking import quantity

HERE = Path(__file__).parent
# What serves one learner at one computer says nothing to a room.
SKIPPED_CELLS = {"needs", "next"}
SKIPPED_CALLS = {"check_setup", "course_map", "my_record", "sources"}
ASIDE = {"status", "note", "claim"}  # columns of a table to be read at a desk: on a slide they make all others small
MOST_COLUMNS = 6  # that a slide shows as they are
HALF = "half"  # the plan whose slides are marked
LONG = 260  # letters from which a question is set smaller


class Slides(TemplateExporter):
    """nbconvert with our template alone: its own HTML exporter adds styles of JupyterLab and scripts of the network."""

    file_extension = ".html"
    template_name = "slides"
    output_mimetype = "text/html"

    def __init__(self) -> None:
        super().__init__(extra_template_basedirs=[str(HERE / "templates")], filters={"prose": prose.html})


def slides(notebook_id: str) -> str:
    """The slides of a notebook as one HTML document. Raises CourseError for what is not there."""
    book = prose.notebook(notebook_id)
    resources = {
        "kit": {
            "title": prose.title(book),
            "language": current(),
            "words": {
                "slides": say("kit.slides"),
                "continued": say("kit.continued"),
                "place": say("kit.place"),
                "back": say("kit.back"),
                "on": say("kit.on"),
                "contents": say("kit.contents"),
                "keys": say("kit.keys"),
            },
            "style": (HERE / "slides.css").read_text(encoding="utf8"),
            "script": (HERE / "slides.js").read_text(encoding="utf8"),
        }
    }
    document, _ = Slides().from_notebook_node(deck(book, sheets.asked(notebook_id), planned(notebook_id)), resources)
    return document


def planned(notebook_id: str) -> set[str]:
    """The cells of a notebook that the half-day plan uses."""
    plan = next(one for one in workshops.content()["plans"] if one["id"] == HALF)
    return {cell for step in plan["steps"] if step.get("notebook") == notebook_id for cell in step["cells"]}


def deck(book: Any, asked: dict[str, list[Asked]], used: Collection[str] = ()) -> Any:
    """A notebook with one cell a slide; its metadata say what kind of slide, which part of the notebook it is in, and
    whether it is of a cell that is `used` in the half-day plan.
    """
    made, running = nbformat.v4.new_notebook(), ""
    place = ""

    def add(cell: Any, kind: str) -> None:
        marked = place in used
        words = " · ".join(filter(None, [running, say("kit.half") if marked else ""]))
        cell.metadata["slide"] = {"kind": kind, "running": "" if kind == "title" else words, "used": marked}
        made.cells.append(cell)

    for cell in book["cells"]:
        text, place = prose.source(cell), cell["id"]
        if cell["cell_type"] == "markdown" and cell["id"] not in SKIPPED_CELLS:
            for section in re.split(r"^(?=##+ )", text, flags=re.MULTILINE):
                if not section.strip():
                    continue
                section = prose.without_minutes(section)
                if section.startswith("## "):
                    running = section.splitlines()[0].lstrip("# ")
                kind = "title" if section.startswith("# ") else "words" if prose.without_heading(section) else "divider"
                add(nbformat.v4.new_markdown_cell(section), kind)
        elif cell["cell_type"] == "code":
            for kind, html in shown(cell, text, asked):
                output = nbformat.v4.new_output("display_data", {"text/html": html})
                add(nbformat.v4.new_code_cell("", outputs=[output]), kind)
    return made


def shown(cell: Any, call: str, asked: dict[str, list[Asked]]) -> Iterator[tuple[str, str]]:
    """Kind and HTML of each slide that a code cell becomes."""
    name = call.partition("(")[0]
    if name == "quiz":
        part = next(iter(re.findall(r'quiz\("\d\d", "(\w+)"\)', call)), "check")
        for one in asked.get(part, []):
            # Before the lab nothing is told that the lab is to show.
            hidden = re.sub(r'<p class="reveal.*?</p>', "", question(one)) if part == "predict" else question(one)
            yield "question", hidden
        return
    if name in SKIPPED_CALLS:
        return
    for output in cell["outputs"]:
        html = prose.standing_alone("".join(output.get("data", {}).get("text/html", "")))
        if name == "table":
            html = narrowed(html, call)
        if name == "timeline":  # all that holds on one day would fill a dozen slides; in a room it is shown live
            html = html.partition("<h4>")[0]
        yield from (("output", piece) for piece in pieces(html))


def pieces(html: str) -> Iterator[str]:
    """A stored output in parts that can stand alone: each picture, each claim, and the rest."""
    html = re.sub(r"^<div class=\"dg\">|</div>$", "", html.strip())
    html = re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL)
    for unseen in ("lab.not_running", "card.not_running"):
        html = html.replace(f"<p><em>{escape(say(unseen))}</em></p>", "")
    # What stands under one small heading stays together.
    html = re.sub(r"<h4>.*?(?=<h4>|$)", lambda group: f"<div>{group[0]}</div>", html, flags=re.DOTALL)
    heading = next(iter(re.findall(r"<h3>.*?</h3>", html, flags=re.DOTALL)), "")
    if 'class="dg-claim"' in html:
        yield from re.findall(r'<section class="dg-claim">(.*?)</section>', html, flags=re.DOTALL)
        return
    if not heading:  # a table says what it is in its caption; on a slide that is the heading
        html = re.sub(r"(<table[^>]*>)<caption>(.*?)</caption>", r"<h3>\2</h3>\1", html, flags=re.DOTALL)
    for picture in re.findall(r"<img [^>]*>", html):
        alt = next(iter(re.findall(r'alt="([^"]*)"', picture)), "")
        yield f"{heading}<figure>{picture}<figcaption>{caption(alt)}</figcaption></figure>"
    rest = re.sub(r'<div class="dg-pictures">.*?</div>', "", html, flags=re.DOTALL)
    if prose.ANCHOR.sub("", re.sub(r"<[^>]*>", "", rest)).strip():
        yield rest


def caption(words: str) -> str:
    """A picture's words without the part that points to what stands around it in the notebook."""
    parts = re.split(r"(?<=[;.]) ", words)
    kept = " ".join(part for part in parts if not re.search(say("kit.elsewhere"), part, flags=re.IGNORECASE))
    return re.sub(r";$", ".", kept)


def narrowed(html: str, call: str) -> str:
    """The HTML of a table of the course without its remarks when it has more columns than a slide can show large."""
    fields = tables.load(re.findall(r'"(\w+)"', call)[0]).resource["schema"]["fields"]
    title = "title" if current() == "vi" else "title_en"
    aside = {escape(field[title]) for field in fields if re.sub(r"_(vi|en)$", "", field["name"]) in ASIDE}

    def narrow(found: re.Match[str]) -> str:
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', found[0], flags=re.DOTALL)
        if len(heads) <= MOST_COLUMNS:
            return found[0]
        kept = [place for place, head in enumerate(heads) if head not in aside]
        return re.sub(r"<tr>(.*?)</tr>", lambda row: f"<tr>{_cells(row[1], kept)}</tr>", found[0], flags=re.DOTALL)

    return re.sub(r"<table.*?</table>", narrow, html, flags=re.DOTALL)


def _cells(row: str, kept: list[int]) -> str:
    cells = re.findall(r"<t[hd][ >].*?</t[hd]>", row, flags=re.DOTALL)
    return "".join(cells[place] for place in kept)


def question(one: Asked) -> str:
    """A question, and, hidden until it is asked for, what is right and why."""
    item = one.item
    if item.kind == "predict":
        return f"{_stem(one)}{sheets.guess(one)}"
    if item.kind == "sort":
        return f"{_stem(one)}{_ticks(sheets.sort_table(one, ticked=True))}"
    if item.kind == "match":
        letters = [f'<span class="reveal">{letter}</span>' for letter in sheets.matched_letters(one)]
        return f"{_stem(one)}{sheets.match_table(one, letters)}"
    if item.kind == "true_false":
        side = "true" if item["right"] else "false"
        boxes = sheets.options([say("card.true"), say("card.false")], "round")
        return f"{_stem(one)}{boxes}{_told([(say(f'card.{side}'), pick(item['why'][side]))])}"
    if item.get("options"):
        texts = [f"{letter}) {pick(option['text'])}" for letter, option in one.choices]
        right = [(f"{letter})", pick(option["why"])) for letter, option in one.choices if option.get("right")]
        boxes = sheets.options(texts, "square" if item.kind == "several" else "round")
        return f"{_stem(one)}{boxes}{_told(right or [('', pick(item['after']))])}"
    if item.kind == "number":
        told = _told([(quantity(item["answer"], item), pick(item["why"]))])
        return f"{_stem(one)}{sheets.number_line(one)}{told}"
    if item.kind == "order":
        steps = "".join(f"<li>{escape(step['text'])}</li>" for step in one.shown["steps"])
        right = " → ".join(pick(step["text"]) for step in item["steps"])
        return f"{_stem(one)}<ul>{steps}</ul>{_told([(right, pick(item['why']))])}"
    words = pick(item["model_answer"]) if item.kind == "text" else ""
    return f"{_stem(one)}{_told([(words, pick(item['why' if item.kind == 'text' else 'after']))])}"


def _stem(one: Asked) -> str:
    html = sheets.stem(one)
    return html.replace('class="stem"', 'class="stem long"') if len(one.shown["stem"]) > LONG else html


def _told(right: list[tuple[str, str]]) -> str:
    return "".join(f'<p class="reveal right"><b>{escape(about)}</b> {escape(why)}</p>' for about, why in right)


def _ticks(table: str) -> str:
    """Ticks that come with the answer, in a box that stands there before: a missing box would tell."""
    return table.replace(sheets.TICK, f'<span class="sorted">{sheets.BOX}<span class="tick reveal">✓</span></span>')
