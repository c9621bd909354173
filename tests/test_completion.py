"""The learning report: what it counts, what it must not hold, and that it is one page that needs nothing else."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from digigov import completion_report
from digigov.completion import Share, completed
from digigov.completion_page import report
from digigov.completion_panel import CompletionPanel
from digigov.errors import CourseError
from digigov.labs.catalogue import outcome_of
from digigov.language import LANGUAGES, say
from digigov.questions import bank
from digigov.questions.exam import LOG, OUTCOMES
from digigov.questions.final import FinalTest
from digigov.record import record
from learner import NOW, one_sentence, remembers, sent, tell, tried

HOUR = timedelta(hours=1)


def never(item):
    raise AssertionError(f"the lab of {item.id} was run")


def made(*tries, asks=never):
    return completed(list(tries), NOW, asks)


@pytest.fixture
def messages(monkeypatch):
    """What the panel sends to the browser."""
    found = []
    monkeypatch.setattr(CompletionPanel, "send", lambda self, content, buffers=None: found.append(content))
    return found


def panel() -> CompletionPanel:
    return CompletionPanel(lambda: NOW)


# -- what is counted


def test_an_empty_record_gives_an_empty_report_without_a_lab():
    found = made()
    assert found.predictions == () and found.calibration == {} and found.test is None and found.gone == ""
    assert set(found.outcomes) == set(OUTCOMES)
    assert {(share.answered, share.marked, share.right) for share in found.notebooks.values()} == {(0, 0, 0)}
    assert "99" not in found.notebooks


def test_shares_count_questions_and_the_latest_try():
    found = made(
        tried("01-check-fewer", 0, 5 * HOUR),
        tried("01-check-fewer", 1, 3 * HOUR),
        tried("01-check-one-store", 0.5, 3 * HOUR),
        tried("01-apply-service", None, 2 * HOUR),
    )
    assert found.notebooks["01"] == Share(3, len(bank.items("01")), 2, 1)
    outcome = bank.find("01-check-fewer")["outcomes"][0]
    assert found.outcomes[outcome].answered >= 1


def test_the_first_prediction_stands_against_the_lab_and_only_that_lab_is_run():
    run = []

    def asks(item):
        run.append(item["lab"])
        return outcome_of(item)

    found = made(
        tried("05-predict-share", 0, 5 * HOUR, given=90.0),
        tried("05-predict-share", 1, 3 * HOUR, given=10.0),
        tried("05-predict-months", 1, 3 * HOUR, given=3.0),
        tried("05-predict-break-even", 0, 3 * HOUR, given={"not": "a number"}),
        asks=asks,
    )
    assert set(run) == {"rollout"}
    assert [(one.guess, one.outcome, one.near, one.above) for one in found.predictions] == [
        ("90%", "10,2%", False, True),
        ("3 tháng", "3,04 tháng", True, False),
    ]
    assert found.notebooks["05"].marked == 0, "a prediction is near or off, not right or wrong"


def test_the_latest_test_that_was_handed_in_is_in_the_report():
    widget = FinalTest(lambda: NOW)
    tell(widget, do="start")
    assert completed(record().answers(), NOW, never).test is None
    tell(widget, do="hand_in")
    found = completed(record().answers(), NOW, never)
    assert found.test is not None and found.test.handed_in
    html = report(found, "", NOW)
    assert say("completion.no_test") not in html and "0/2" in html
    assert found.gone == "", "the test's log is not an answer to a question that is gone"


# -- the page


class Structure(HTMLParser):
    """Tags in order, and everything that would be fetched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags, self.fetched, self.texts = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.fetched += [value for name, value in attrs if name in ("src", "href", "action")]

    def handle_data(self, data):
        self.texts.append(data)


TRIES = [
    tried("01-check-fewer", 0, 50 * HOUR, sure=3),
    tried("05-predict-share", 0, 60 * HOUR, given=90.0),
    tried("04-check-fall", 1, 900 * HOUR, sure=1),
]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_document_needs_nothing_but_itself_and_prints_on_a4(code, language):
    language(code)
    html = report(made(*TRIES, asks=outcome_of), "Nguyễn Thị Mai", NOW)
    page = Structure(html)
    assert html.startswith("<!doctype html>") and f'<html lang="{code}">' in html
    assert page.fetched == [] and "script" not in page.tags and "url(" not in html and "@import" not in html
    assert re.search(r"@page\s*{\s*size: A4", html)
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels == [1] + [2] * 6
    assert say("completion.is_not") in page.texts
    for share in ("notebooks", "outcomes", "predictions", "calibration", "forecast"):
        assert say(f"completion.part.{share}") in page.texts


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_prediction_is_named_by_its_topic(code, language):
    language(code)
    page = Structure(report(made(*TRIES, asks=outcome_of), "", NOW))
    topic, stem = (bank.find("05-predict-share")[field][code] for field in ("topic", "stem"))
    assert f"05 · {topic}" in page.texts
    assert stem.split(". ")[-1] not in " ".join(page.texts)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_name_is_printed_only_if_typed_and_is_safe(code, language):
    language(code)
    with_name = report(made(), "<b>Mai & Lan</b>", NOW)
    assert "&lt;b&gt;Mai &amp; Lan&lt;/b&gt;" in with_name and "<b>Mai" not in with_name
    without = report(made(), "  ", NOW)
    assert say("completion.of", name="").strip() not in without


def test_no_ranking_no_watching_no_certificate_words():
    for code in LANGUAGES:
        from digigov.language import catalogue

        words = " ".join(text for key, text in catalogue(code).items() if key.startswith(("completion.", "exam.")))
        assert not re.search(r"\brank|\bmonitor|\bsurveil|top \d|xếp hạng|xếp loại|giám sát|theo dõi", words, re.I)
    assert "không phải là chứng chỉ" in say("completion.is_not")


def test_the_report_is_the_same_whenever_it_is_made_from_the_same_record_at_the_same_time():
    assert report(made(*TRIES, asks=outcome_of), "", NOW) == report(made(*TRIES, asks=outcome_of), "", NOW)


def test_learners_words_are_not_printed():
    html = report(made(tried("01-check-own-words", 1, given="điều riêng tư")), "", NOW)
    assert "riêng tư" not in html


# -- the panel


def test_nothing_is_computed_before_it_is_asked_for_and_the_name_is_kept_nowhere(messages, monkeypatch):
    remembers(TRIES)
    monkeypatch.setattr("digigov.completion_panel.outcome_of", never)
    widget = panel()
    assert messages == []
    monkeypatch.setattr("digigov.completion_panel.outcome_of", outcome_of)
    tell(widget, do="download", name="  Nguyễn Thị   Mai ")
    (file,) = [message for message in messages if "file" in message]
    assert file["file"].endswith("-2026-11-24.html") and file["type"] == "text/html"
    assert "Nguyễn Thị Mai" in file["text"]
    assert "Nguyễn" not in sent(widget) + record().export()
    tell(widget, do="show")
    (shown,) = [message for message in messages if "html" in message]
    assert "Nguyễn" not in shown["html"] and "<h4>" in shown["html"]


@pytest.mark.parametrize("name", [None, "", 5, ["x"], "x" * 5000])
def test_any_name_that_comes_makes_a_report(name, messages):
    tell(panel(), do="download", name=name)
    assert len([message for message in messages if "file" in message]) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_answers_to_questions_that_are_gone_are_said_and_kept(code, language, messages):
    language(code)
    remembers([tried("01-gone", 1), tried("77-gone", 1), tried(LOG, None, given={"test": "x"})])
    tell(panel(), do="show")
    html = next(message["html"] for message in messages if "html" in message)
    assert say("review.gone", count=2) in html and one_sentence(say("review.gone", count=2))
    assert len(record().answers()) == 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_goes_wrong_is_one_sentence(code, language, monkeypatch, record_file, messages):
    def broken(*_):
        raise CourseError(say("data.not_a_list", file="05.yaml"))

    language(code)
    record_file.write_text("Biên bản họp\n" * 200, encoding="utf8")
    widget = panel()
    assert widget.notice == record().notice and one_sentence(widget.notice)
    monkeypatch.setattr("digigov.completion_panel.completed", broken)
    tell(widget, do="show")
    assert widget.notice == say("data.not_a_list", file="05.yaml") and one_sentence(widget.notice)


def test_the_page_without_a_kernel_is_the_same_for_everybody():
    before = completion_report().page()
    remembers(TRIES)
    assert panel().page() == before and "2026" not in before.text
