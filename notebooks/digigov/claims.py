"""The article's claims with their evidence grades, and every source once."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from digigov import tables
from digigov.documents import entries, read
from digigov.errors import CourseError
from digigov.language import current, date, number, partial_date, percent, pick, say
from digigov.page import Page, link, table
from digigov.paths import DATA

ASSUMED = "assumed"  # stands in a source's place where a number is the course's own
GRADES = ("confirmed", "partly", "unconfirmed", "disputed")
# A shape for each grade, so that colour never says it alone.
SHAPES = {"confirmed": "●", "partly": "◐", "unconfirmed": "○", "disputed": "◇"}
LONG, FIRST = 20, 12  # a table of more rows than LONG shows the first ones and folds the rest


def sources() -> dict[str, Mapping[str, Any]]:
    """Every source by id. Raises CourseError when the file is not a mapping."""
    content = read(DATA / "sources.yaml")
    if not isinstance(content, dict):
        raise CourseError(say("data.not_a_list", file="sources.yaml"))
    return content


def claims(ids: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The claims with these ids in the given order, all of them if none is named.

    Raises CourseError for an unknown id, a field that is missing, a grade that does not exist.
    """
    found = {
        claim["id"]: claim
        for claim in entries("claims.yaml", "id", "short", "words", "grade", "reason", "sources", "taught", "checked")
    }
    for claim in found.values():
        if claim["grade"] not in GRADES:
            raise CourseError(say("data.missing_field", file="claims.yaml", item=claim["id"], field="grade"))
    wanted = list(ids) or list(found)
    for name in wanted:
        if name not in found:
            raise CourseError(say("claims.unknown", claim=name, claims=", ".join(found)))
    return [found[name] for name in wanted]


def grade_badge(grade: str) -> Page:
    """The grade as a shape and a word, the same everywhere."""
    words = f"{SHAPES[grade]} {say(f'grade.{grade}')}"
    return Page(f'<span class="dg-grade dg-{grade}">{escape(words)}</span>', words)


def cite(source_id: str) -> Page:
    """One source: title, publisher, date, how it was read; the title links to it where it has an address.

    Raises CourseError for an id that `sources.yaml` does not hold.
    """
    source = sources().get(source_id)
    if source is None:
        raise CourseError(say("claims.no_source", source=source_id))
    title, publisher = pick(source["title"]), pick(source["publisher"])
    when = str(source.get("published") or "")
    shown = partial_date(when) if when.replace("-", "").isdigit() else when
    tail = ". ".join(part for part in (publisher, shown, say(f"read.{source['read']}")) if part)
    head = link(source["url"], title) if source.get("url") else escape(title)
    return Page(f"{head}. {escape(tail)}.", f"{title}. {tail}.")


def credit(ids: Iterable[str]) -> Page:
    """Short credit beside a chart or table: titles with links; what the course assumes is called that."""
    parts = []
    for name in dict.fromkeys(ids):
        if name == ASSUMED:
            parts.append((escape(say("lab.assumed")), say("lab.assumed")))
            continue
        source = sources().get(name)
        if source is None:
            raise CourseError(say("claims.no_source", source=name))
        title = f"{pick(source['publisher'])}, “{pick(source['title'])}”"
        parts.append((link(source["url"], title) if source.get("url") else escape(title), title))
    return Page("; ".join(html for html, _ in parts), "; ".join(text for _, text in parts))


def source_list(ids: Iterable[str]) -> Page:
    """Sources as a list, with the notes on how they were read."""
    html, lines = [], []
    for name in ids:
        one, note = cite(name), sources()[name].get("note")
        words = f" {pick(note)}" if note else ""
        html.append(f"<li>{one.html}{escape(words)}</li>")
        lines.append(f"- {one.text}{words}")
    return Page(f"<ul>{''.join(html)}</ul>", "\n".join(lines))


def table_page(name: str) -> Page:
    """An evidence table as a page: the columns of the learner's language, and credits. A long one is folded."""
    found = tables.load(name)
    other = "_en" if current() == "vi" else "_vi"
    fields = [
        field
        for field in found.resource["schema"]["fields"]
        if not field["name"].endswith(other) and not field.get("internal") and field["name"] not in ("id", "source")
    ]

    def cell(field: Mapping[str, Any], value: Any) -> str:
        if value is None:
            return "–"
        if field["type"] in ("number", "integer"):
            return percent(value) if field.get("unit") == "percent" else number(value)
        if field["name"] == "as_of":
            return partial_date(value)
        if field["type"] == "date":
            return date(value)
        allowed = field.get("constraints", {}).get("enum")
        return escape(say(f"value.{value}") if allowed else str(value))

    def shown_row(row: Mapping[str, Any]) -> list[str]:
        cells = [cell(field, row[field["name"]]) for field in fields]
        if row.get("qualifier", "exact") != "exact":  # how exact the source is belongs to the number
            number_at = next(place for place, field in enumerate(fields) if field["type"] in ("number", "integer"))
            cells[number_at] = say(f"value.{row['qualifier']}") + " " + cells[number_at]
        return cells

    head = [field["title" if current() == "vi" else "title_en"] for field in fields]
    rows = [shown_row(row) for row in found.rows]
    first = rows if len(rows) <= LONG else rows[:FIRST]
    shown = table(head, first, found.title)
    if rest := rows[len(first) :]:
        summary, folded = say("claims.more_rows", count=number(len(rest))), table(head, rest)
        shown += Page(
            f"<details><summary>{escape(summary)}</summary>{folded.html}</details>", f"{summary}\n{folded.text}"
        )
    listed = credit(row["source"] for row in found.rows)
    label = say("claims.sources")
    return shown + Page(f"<p><small>{escape(label)}: {listed.html}</small></p>", f"{label}: {listed.text}")
