"""The report of a self-assessment, and what a reader without a kernel sees."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from agency_view import FIRST, filled, tell
from digigov import assessment, assessment_example
from digigov.agency import findings, scale
from digigov.agency.content import Assessment, Entry
from digigov.agency.example import example
from digigov.agency.report import file_name, report
from digigov.agency.view import AssessmentView
from digigov.language import pick, say, speaking

Language = Callable[[str], None]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the widget sends to the browser."""
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(AssessmentView, "send", lambda self, content, buffers=None: messages.append(content))
    return messages


@pytest.mark.parametrize("code", ["vi", "en"])
def test_the_report_holds_all_and_needs_nothing_else(code: str, language: Language) -> None:
    language(code)
    first, last = example()
    made = report(last, first)
    assert made.html.startswith("<!DOCTYPE html>") and f'<html lang="{code}">' in made.html
    assert not re.search(r"src=|<link|<script|@import|url\(http|\{\w+\}|None", made.html.replace("url(#", ""))
    for text in (unescape(made.html), made.text):
        assert last.agency in text and findings.day_of(last) in text
        for one in scale.scale().values():
            assert one.title in text
    moves, shown = scale.catalogue(), unescape(made.html)
    for name in last.moves:
        assert moves[name].name in shown and moves[name].left_out in shown
    evidence = [entry.evidence for entry in last.entries.values() if entry.evidence]
    assert all(words in shown for words in evidence)
    assert made.html.count("<svg") == 2
    assert report(last).html.count("<svg") == 1


def test_what_a_learner_writes_is_words_and_never_code() -> None:
    one = Assessment("<b>Xã & Co</b>", "x", "2026-11-24T00:00:00.000000Z", {FIRST: Entry(2, "a|b\n<script>*x*\n# y")})
    made = report(one)
    assert "<script>" not in made.html and "&lt;b&gt;Xã &amp; Co&lt;/b&gt;" in made.html
    row = next(line for line in made.text.splitlines() if "1a" in line and "\\|" in line)
    assert "a\\|b<br>\\<script\\>\\*x\\*<br>\\# y" in row and row.replace("\\|", "").count("|") == 4


def test_files_are_sent_in_the_language_asked_for(sent) -> None:
    view = filled(assessment())
    tell(view, "name", text="UBND xã Đông Hải / “A”")
    sent.clear()
    tell(view, "report", form="html", language="en")
    tell(view, "report", form="md", language="vi")
    tell(view, "report", form="json", language="vi")
    html, markdown, small = (message for message in sent if "text" in message)
    assert html["file"].startswith("self-assessment-ubnd-xa-dong-hai-a-20") and html["file"].endswith(".html")
    assert 'lang="en"' in html["text"] and "Weakest first" in html["text"]
    assert markdown["file"].startswith("tu-danh-gia-ubnd") and markdown["text"].startswith("# Báo cáo tự đánh giá")
    assert json.loads(small["text"])["kind"] == "assessment" and small["file"].endswith(".json")
    assert say("assessment.title").startswith("Cơ quan")  # the language is as it was


def test_a_file_name_is_one_on_every_system() -> None:
    one = Assessment('Sở <KH&CN> "Tỉnh" ../..\\ :*?', "x", "2026-11-24T00:00:00.000000Z")
    assert file_name(one, "html") == "tu-danh-gia-so-kh-cn-tinh-2026-11-24.html"
    assert file_name(Assessment("", "x", "2026-11-24T0"), "md") == "tu-danh-gia-2026-11-24.md"


# -- pages without a kernel


@pytest.mark.parametrize("code", ["vi", "en"])
def test_the_page_holds_the_scale_and_nothing_of_the_learner(code: str, language: Language, record_file: Path) -> None:
    language(code)
    before = assessment().page()
    view = assessment()
    tell(view, "name", text="Xã Bí Mật")
    tell(view, "level", item=FIRST, level=3)
    after = assessment().page()
    assert after == before and "Bí Mật" not in after.html + after.text and str(record_file) not in after.html
    assert not re.search(r"\bNone\b|[{}]|assessment\.", after.text)
    for one in scale.scale().values():
        assert all(words in after.text for words in (one.title, one.question, one.evidence, *one.levels))
    for move in scale.catalogue().values():
        assert move.name in after.text and move.against in after.text


@pytest.mark.parametrize("code", ["vi", "en"])
def test_the_example_is_said_to_be_made_up_and_shows_a_level_that_fell(code: str, language: Language) -> None:
    language(code)
    shown = assessment_example()
    page = shown.page()
    assert pick({"vi": "hư cấu", "en": "fictional"}) in page.text and "▼" in page.text and "▲" in page.text
    assert not re.search(r"\bNone\b|[{}]|assessment\.", page.text)
    first, last = example()
    assert set(first.entries) == set(last.entries) == set(scale.scale())
    assert len(first.moves) == len(last.moves) == 3 and {*first.moves, *last.moves} <= set(scale.catalogue())


def test_speaking_another_language_ends_when_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    with speaking("en"):
        assert say("assessment.column.have") == "Have"
    assert say("assessment.column.have") == "Điều “Có”"
    with pytest.raises(ValueError, match="language"), speaking("fr"):
        pass
    monkeypatch.delenv("DIGIGOV_LANG")
    with pytest.raises(KeyError), speaking("en"):
        raise KeyError
    assert say("assessment.column.have") == "Điều “Có”"
