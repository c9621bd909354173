"""Reads Moodle XML by https://docs.moodle.org/en/Moodle_XML_format, and refuses what Moodle's own import would.

No library reads all kinds: moodle-questions only writes; moodle_xml_parser reads multiple choice, and a test asks it.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree

# The only shares of a mark that Moodle's import takes, unless it is told to round.
FRACTIONS = (0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667, 70, 75, 80)
FRACTIONS += (83.33333, 90, 100)
KINDS = {"multichoice", "truefalse", "numerical", "match", "essay"}


@dataclass
class Read:
    """One question as it would stand in Moodle."""

    kind: str
    category: str
    name: str
    id: str
    text: str
    feedback: str
    hints: list[str]
    tags: list[str]
    grade: float
    single: bool = True
    answers: list[tuple[str, float, str, str]] = field(default_factory=list)  # text, share, feedback, tolerance
    pairs: list[tuple[str, str]] = field(default_factory=list)
    grader: str = ""


def read(document: str) -> list[Read]:
    """All questions of a document. Raises ValueError for what Moodle would not import."""
    root = ElementTree.fromstring(document.encode())
    if root.tag != "quiz":
        raise ValueError(root.tag)
    found, category = [], ""
    for node in root:
        if node.attrib["type"] == "category":
            category = text(node, "category")
            continue
        found.append(_question(node, category))
    ids = [(one.category, one.id) for one in found]
    if len(ids) != len(set(ids)):
        raise ValueError("an id number stands twice in a category")
    return found


def _question(node: ElementTree.Element, category: str) -> Read:
    kind = node.attrib["type"]
    if kind not in KINDS:
        raise ValueError(kind)
    one = Read(
        kind=kind,
        category=category,
        name=text(node, "name"),
        id=node.findtext("idnumber", ""),
        text=html(node, "questiontext"),
        feedback=html(node, "generalfeedback"),
        hints=[words(hint.findtext("text", "")) for hint in node.findall("hint")],
        tags=[tag.findtext("text", "") for tag in node.findall("tags/tag")],
        grade=float(node.findtext("defaultgrade", "1")),
        single=node.findtext("single", "true") == "true",
        pairs=[
            (words(pair.findtext("text", "")), pair.findtext("answer/text", "")) for pair in node.findall("subquestion")
        ],
        grader=html(node, "graderinfo") if node.find("graderinfo") is not None else "",
    )
    for answer in node.findall("answer"):
        share = float(answer.attrib["fraction"])
        if not any(abs(abs(share) - allowed) < 0.00001 for allowed in FRACTIONS):
            raise ValueError(f"{one.id}: {share}")
        shown = words(answer.findtext("text", "")) if answer.attrib["format"] == "html" else answer.findtext("text", "")
        one.answers.append((shown, share, html(answer, "feedback"), answer.findtext("tolerance", "")))
    _whole(one)
    return one


def _whole(one: Read) -> None:
    """What the question types ask for beyond the fields."""
    shares = [share for _, share, _, _ in one.answers]
    if not one.name or not one.text or not one.id:
        raise ValueError(f"{one.id}: name, text or id is missing")
    if one.kind == "multichoice":
        if len(shares) < 2 or (one.single and max(shares) != 100):
            raise ValueError(f"{one.id}: no choice earns the mark")
        if not one.single and abs(sum(share for share in shares if share > 0) - 100) > 0.01:
            raise ValueError(f"{one.id}: the right ones do not add up to the mark")
    if one.kind == "truefalse" and [shown for shown, *_ in one.answers] != ["true", "false"]:
        raise ValueError(f"{one.id}: true and false, in this order")
    if one.kind == "numerical":
        for shown, _, _, tolerance in one.answers:
            float(shown), float(tolerance)
        if max(shares) != 100:
            raise ValueError(f"{one.id}: no number earns the mark")
    if one.kind == "match" and (sum(bool(left) for left, _ in one.pairs) < 2 or len({r for _, r in one.pairs}) < 2):
        raise ValueError(f"{one.id}: nothing to match")


def text(node: ElementTree.Element, path: str) -> str:
    return node.findtext(f"{path}/text", "")


def html(node: ElementTree.Element, path: str) -> str:
    return words(text(node, path))


def words(fragment: str) -> str:
    """What a reader sees of HTML: a paragraph a line."""
    paragraphs = re.findall(r"<p>(.*?)</p>", fragment, flags=re.DOTALL) if "<p>" in fragment else [fragment]
    return "\n".join(unescape(re.sub(r"<[^>]*>", "", part)) for part in paragraphs)
