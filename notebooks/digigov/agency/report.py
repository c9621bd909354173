"""The report of an assessment: a page that prints well and needs nothing else, and the same in Markdown."""

import re
import unicodedata
from html import escape

from digigov.agency import findings
from digigov.agency.blocks import figure, heading, joined, paragraph
from digigov.agency.content import Assessment
from digigov.agency.radar import Radar
from digigov.agency.scale import scale
from digigov.figures import VARIABLES
from digigov.language import current, say
from digigov.page import Page

FORMATS = {"html": "text/html", "md": "text/markdown"}
# A4 as an office prints it; colours are those of the light theme, whatever the reader's screen.
_VARIABLES = " ".join(f"--dg-{name}: {colour};" for colour, name in VARIABLES.items())
COLOURS = f":root {{ color-scheme: light; {_VARIABLES} }}"
STYLE = """
@page { size: A4; margin: 18mm 16mm 18mm 20mm; @bottom-right { content: counter(page) "/" counter(pages); } }
body { font: 12pt/1.42 "Times New Roman", "Liberation Serif", Tinos, serif; color: #000; background: #fff; }
body { margin: 0 auto; max-width: 178mm; padding: 8mm; }
h1 { font-size: 17pt; margin: 0 0 2mm; }
h2 { font-size: 14pt; margin: 7mm 0 2mm; border-bottom: 0.6pt solid #5e5d66; }
h3 { font-size: 12.5pt; margin: 5mm 0 1.5mm; }
h1, h2, h3, caption { break-after: avoid; }
p { margin: 1.5mm 0; }
.agency { font-size: 13pt; font-weight: bold; }
.note { font-size: 10.5pt; color: #333; }
figure { margin: 3mm 0; break-inside: avoid; }
svg { width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 3mm; font-size: 10.5pt; }
caption { text-align: left; font-weight: bold; padding: 1mm 0; }
th, td { border: 0.5pt solid #5e5d66; padding: 1mm 1.6mm; vertical-align: top; overflow-wrap: anywhere; }
tbody th { font-weight: normal; min-width: 34mm; }
thead { display: table-header-group; }
thead th { background: #eee; }
tr, li, .signs, table:not(:has(tr:nth-child(12))) { break-inside: avoid; }
.signs { break-before: avoid; } /* on a sheet of its own it would sign nothing */
.signs { display: flex; justify-content: space-around; margin-top: 10mm; min-height: 32mm; text-align: center; }
@media print { body { padding: 0; max-width: none; } }
"""


def body(one: Assessment, before: Assessment | None = None) -> Page:
    """The report without its title: picture, scores, weakest first, suggestions, plan, all marks, the round before."""
    indicators = scale()
    radar = Radar(indicators, ("claimed", "evidenced"))
    radar.draw(outlines(one))
    parts = [
        heading(say("assessment.report.results")),
        paragraph(findings.sentence(one)),
        figure(radar.panel.svg(), say("assessment.alt.now")),
        findings.overview(one),
        heading(say("assessment.report.weakest")),
        findings.weakness(one),
    ]
    if before is not None:
        compared = Radar(indicators, ("before", "after"))
        compared.draw(pair(before, one))
        parts += [
            heading(say("assessment.report.compared")),
            figure(compared.panel.svg(), say("assessment.alt.compared")),
            findings.comparison(before, one),
        ]
    parts += [
        heading(say("assessment.report.advice")),
        findings.advice(one),
        heading(say("assessment.report.plan")),
        findings.plan(one),
        paragraph(say("assessment.scale_note"), "note"),
        _signs(),
        heading(say("assessment.report.details")),
        findings.details(one),
    ]
    return joined(parts)


def _signs() -> Page:
    """Room for two signatures; they are made on paper only."""
    words = [say("assessment.report.made_by"), say("assessment.report.seen_by")]
    return Page(f'<div class="signs">{"".join(f"<p>{escape(name)}</p>" for name in words)}</div>', "")


def outlines(one: Assessment) -> dict[str, dict[str, float]]:
    """What the radar draws of one assessment."""
    marks = one.marks
    return {
        "claimed": {name: mark.level for name, mark in marks.items()},
        "evidenced": {name: mark.shown for name, mark in marks.items()},
    }


def pair(before: Assessment, after: Assessment) -> dict[str, dict[str, float]]:
    """What the radar draws of two rounds: the levels claimed."""
    return {
        "before": {name: mark.level for name, mark in before.marks.items()},
        "after": {name: mark.level for name, mark in after.marks.items()},
    }


def report(one: Assessment, before: Assessment | None = None) -> Page:
    """The whole report in the language of now: a page of HTML that stands alone, and Markdown."""
    title, agency, day = say("assessment.report.title"), findings.name_of(one.agency), findings.day_of(one)
    when = say("assessment.report.day", day=day)
    head = joined([heading(title, 1), paragraph(agency, "agency"), paragraph(when)])
    content = joined([head, body(one, before)])
    html = (
        f'<!DOCTYPE html>\n<html lang="{current()}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} · {escape(agency)} · {escape(day)}</title>\n<style>{COLOURS}{STYLE}</style>\n</head>\n"
        f"<body>\n{content.html}\n</body>\n</html>\n"
    )
    return Page(html, content.text + "\n")


def file_name(one: Assessment, ending: str) -> str:
    """A name that every system takes: the agency in plain letters, and the day."""
    plain = unicodedata.normalize("NFD", one.agency.replace("đ", "d").replace("Đ", "D"))
    words = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "-".join([say("assessment.file"), *words[:8], one.day]) + f".{ending}"
