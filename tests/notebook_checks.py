"""What every notebook of the course must keep to; each check returns its faults as sentences, none when all is well.

`test_notebooks` runs them on the course, `test_gate` on spoilt copies.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

from digigov import pairs
from digigov.store import VIEW

MOST_CELLS = 25
# Cell id -> its H2 heading in each language; from the third on the time so far stands below.
SKELETON = {
    "objectives": {"vi": "Sau bài này, bạn làm được", "en": "What you will be able to do"},
    "needs": {"vi": "Cần gì, mất bao lâu", "en": "What you need, and how long it takes"},
    "predict": {"vi": "Dự đoán", "en": "Predict"},
    "explore": {"vi": "Khám phá", "en": "Explore"},
    "explain": {"vi": "Giải thích", "en": "Explain"},
    "check": {"vi": "Tự kiểm tra", "en": "Check yourself"},
    "apply": {"vi": "Áp dụng", "en": "Apply"},
    "recap": {"vi": "Tóm tắt", "en": "Recap"},
    "next": {"vi": "Tiếp theo và nguồn", "en": "What comes next, and sources"},
}
# A teacher's notebook asks no questions, and answers a teacher's.
FOR_TEACHERS = {
    "objectives": SKELETON["objectives"],
    "needs": SKELETON["needs"],
    "prepare": {"vi": "Chuẩn bị trong ba bước", "en": "Prepare in three steps"},
    "plans": {"vi": "Kế hoạch buổi học", "en": "Plans"},
    "lead": {"vi": "Dẫn dắt", "en": "Leading the room"},
    "screen": {"vi": "Trên màn hình và khi có sự cố", "en": "On the screen, and when something goes wrong"},
    "questions": {"vi": "Mang câu hỏi đi nơi khác", "en": "Taking the questions elsewhere"},
    "recap": SKELETON["recap"],
    "next": {"vi": "Tiếp theo", "en": "What comes next"},
}
ELAPSED = {
    "vi": r"\*(?:⏱ )?Đến đây: khoảng (\d+) phút\.\*",
    "en": r"\*(?:⏱ )?So far: about (\d+) minutes?\.\*",
}
VAGUE = {"đây", "tại đây", "ở đây", "xem thêm", "liên kết", "here", "click here", "link", "more", "this page"}
MACHINE = re.compile(r"/(?:root|home|work|tmp|Users|usr|opt)/|[A-Z]:\\\\?\w|site-packages")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]*)[^)]*\)")


def source(cell: Any) -> str:
    return "".join(cell["source"])


def cells(notebook: Any, kind: str) -> list[Any]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def headings(cell: Any) -> list[tuple[int, str]]:
    """Levels and words of the headings of a markdown cell; a # inside a code block is none."""
    text = re.sub(r"^```.*?^```", "", source(cell), flags=re.DOTALL | re.MULTILINE)
    return [(len(marks), words.strip()) for marks, words in re.findall(r"^(#+) (.+)$", text, flags=re.MULTILINE)]


def minutes(notebook: Any, language: str) -> dict[str, int]:
    """Minutes so far by cell id, where the line stands right below its heading."""
    found = {}
    for cell in cells(notebook, "markdown"):
        lines = [line.strip() for line in source(cell).splitlines() if line.strip()]
        told = re.fullmatch(ELAPSED[language], lines[1]) if len(lines) > 1 else None
        if told:
            found[cell["id"]] = int(told[1])
    return found


# -- one notebook


def skeleton(notebook: Any, language: str, form: dict[str, dict[str, str]] = SKELETON) -> Iterator[str]:
    found = [(cell["id"], level, words) for cell in cells(notebook, "markdown") for level, words in headings(cell)]
    if [(name, words) for name, level, words in found if level == 2] != [
        (name, words[language]) for name, words in form.items()
    ]:
        yield "the second-level headings are not those of the form in their order, each in its cell"
    if [(name, place) for place, (name, level, _) in enumerate(found) if level == 1] != [("title", 0)]:
        yield "there must be one first-level heading, the title, at the top"
    levels = [level for _, level, _ in found]
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a heading level is skipped"
    ids = [cell["id"] for cell in notebook["cells"]]
    if "needs" in ids and ids[ids.index("needs") + 1 :][:1] != ["imports"]:
        yield "the imports do not stand right below the needs"
    told = minutes(notebook, language)
    timed = list(form)[2:]
    if set(told) != set(timed):
        yield f"elapsed minutes are missing or out of place: {sorted(set(told) ^ set(timed))}"
    if list(told.values()) != sorted(told.values()):
        yield "elapsed minutes run backwards"


def code_is_one_call(notebook: Any) -> Iterator[str]:
    for cell in cells(notebook, "code"):
        body = ast.parse(source(cell)).body
        single = len(body) == 1 and (
            isinstance(body[0], ast.ImportFrom)
            or (isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Call))
        )
        if not single:
            yield f"{cell['id']}: a code cell is one import or one call"
        if not cell["metadata"].get("jupyter", {}).get("source_hidden"):
            yield f"{cell['id']}: its source is not folded"
        if "outputs_hidden" in cell["metadata"].get("jupyter", {}) or set(cell["metadata"].get("tags", [])):
            yield f"{cell['id']}: hidden outputs or tags"


def size(notebook: Any) -> Iterator[str]:
    if len(notebook["cells"]) > MOST_CELLS:
        yield f"more than {MOST_CELLS} cells"
    ids = [cell["id"] for cell in notebook["cells"]]
    if len(ids) != len(set(ids)) or not all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids):
        yield "cell ids are doubled or no kebab-case words"


def stored_outputs(notebook: Any) -> Iterator[str]:
    code = cells(notebook, "code")
    if [cell["execution_count"] for cell in code] != list(range(1, len(code) + 1)):
        yield "the cells were not executed once each in their order"
    for cell in code:
        is_import = source(cell).startswith("from ")
        if len(cell["outputs"]) != (0 if is_import else 1):
            yield f"{cell['id']}: {len(cell['outputs'])} outputs"
        for output in cell["outputs"]:
            data = output.get("data", {})
            if output["output_type"] == "error":
                yield f"{cell['id']}: an error is stored"
            elif output["output_type"] == "stream":
                yield f"{cell['id']}: {output['name']} is stored"
            elif not {"text/plain", "text/html"} <= set(data) or set(data) - {"text/plain", "text/html"}:
                yield f"{cell['id']}: stored as {sorted(data)}"
            elif 'role="alert"' in "".join(data["text/html"]):
                yield f"{cell['id']}: a sentence about something wrong is stored in place of the content"
            if VIEW in data:
                yield f"{cell['id']}: a widget view is stored"


class _Images(HTMLParser):
    """Pictures without words or without a picture, and addresses of links."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            if len(given.get("alt") or "") < 10:
                self.faults.append("a picture without a description")
            if not given.get("src"):
                self.faults.append("a picture without a picture")
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))


def html_of(notebook: Any) -> Iterator[tuple[str, str]]:
    for cell in cells(notebook, "code"):
        for output in cell["outputs"]:
            yield cell["id"], "".join(output.get("data", {}).get("text/html", ""))


def pictures_and_links(notebook: Any, folder: Path) -> Iterator[str]:
    """Every picture is described, every link says where it goes and goes there; `folder` is the notebook's."""
    pages = [(cell["id"], source(cell)) for cell in cells(notebook, "markdown")]
    for name, html in [*pages, *html_of(notebook)]:
        page = _Images()
        page.feed(html)
        yield from (f"{name}: {fault}" for fault in page.faults)
        yield from (f"{name}: {link} is not there" for link in page.links if not _reaches(link, folder))
    for name, text in pages:
        for picture, words, target in LINK.findall(text):
            if picture and len(words) < 10:
                yield f"{name}: a picture without a description"
            if words.strip().lower() in VAGUE or len(words.strip()) < 4:
                yield f"{name}: “{words}” does not say where the link goes"
            if not _reaches(target, folder):
                yield f"{name}: {target} is not there"


def _reaches(target: str, folder: Path) -> bool:
    if re.match("https?://", target):
        return True
    return not re.match(r"\w+:|#|/", target) and (folder / target.partition("#")[0]).is_file()


def no_machine(notebook: Any) -> Iterator[str]:
    shown = [(cell["id"], source(cell)) for cell in notebook["cells"]]
    shown += [
        (cell["id"], re.sub(r"data:image/png;base64,[^\"]*", "", str(output)))
        for cell in cells(notebook, "code")
        for output in cell["outputs"]
    ]
    for name, text in shown:
        found = MACHINE.search(re.sub(r"https?://[^\s\"')<]*", "", text))
        if found:
            yield f"{name}: “{found[0]}” is a place on somebody's machine"


# -- both languages


def parity(vi: Any, en: Any) -> Iterator[str]:
    """Same cells in the same order, the same code, and texts that changed together."""
    frames = [[(cell["id"], cell["cell_type"]) for cell in notebook["cells"]] for notebook in (vi, en)]
    if frames[0] != frames[1]:
        yield f"the cells differ: {[pair for pair in zip(*frames, strict=False) if pair[0] != pair[1]][:1]}"
    for one, other in zip(cells(vi, "code"), cells(en, "code"), strict=False):
        if source(one) != source(other):
            yield f"{one['id']}: the code differs"
    for one, other in zip(cells(vi, "markdown"), cells(en, "markdown"), strict=False):
        if [level for level, _ in headings(one)] != [level for level, _ in headings(other)]:
            yield f"{one['id']}: the headings differ"
    if minutes(vi, "vi") != minutes(en, "en"):
        yield "elapsed minutes differ"
    stale = pairs.drift(vi, en)
    yield from (f"{name}: changed in one language only" for name in stale)
    yield from (f"{name}: not marked as in step" for name in pairs.unstamped(vi, en) if name not in stale)
