"""The worked example of notebook 14: two rounds of a commune that does not exist."""

from digigov.agency import findings
from digigov.agency.blocks import heading, joined, paragraph
from digigov.agency.content import Assessment, Entry
from digigov.agency.picture import Drawing, Picture
from digigov.agency.radar import Radar
from digigov.agency.report import outlines, pair
from digigov.agency.scale import scale
from digigov.documents import read
from digigov.language import pick, say
from digigov.paths import DATA

FILE = "assessment_example.yaml"


def example() -> tuple[Assessment, Assessment]:
    """Both rounds, the earlier one first, in the learner's language."""
    content = read(DATA / FILE)
    first, last = (
        Assessment(
            agency=pick(content["agency"]),
            begun=raw["at"],
            at=raw["at"],
            entries={
                name: Entry(entry["level"], pick(entry.get("evidence", ""))) for name, entry in raw["entries"].items()
            },
            moves=tuple(raw["moves"]),
        )
        for raw in content["rounds"]
    )
    return first, last


def example_page() -> Picture:
    """The example as the widget would show it: the first round, what it suggests, and both rounds compared."""
    first, last = example()
    now, both = Radar(scale(), ("claimed", "evidenced")), Radar(scale(), ("before", "after"))
    now.draw(outlines(first))
    both.draw(pair(first, last))
    opening = [
        heading(say("assessment.example.title"), 3),
        paragraph(say("assessment.example.about", agency=first.agency, day=findings.day_of(first))),
        paragraph(findings.sentence(first)),
    ]
    results = [
        findings.overview(first),
        heading(say("assessment.part.weakest"), 4),
        findings.weakness(first),
        heading(say("assessment.report.advice"), 4),
        findings.advice(first),
        heading(say("assessment.part.compare"), 4),
    ]
    later = [
        findings.comparison(first, last),
        heading(say("assessment.report.details"), 4),
        findings.details(last),
    ]
    return Picture(
        joined(opening),
        Drawing(say("assessment.alt.now"), now.panel),
        joined(results),
        Drawing(say("assessment.alt.compared"), both.panel),
        joined(later),
    )
