"""Every notebook in both languages: fresh it can be read, run it shows no error, in the language of its folder."""

import re

import pytest
from playwright.sync_api import expect

from digigov.language import words_of

from .jupyter import NOTEBOOKS

BROKEN = re.compile("Error displaying widget|model not found|untrusted|Traceback", re.IGNORECASE)
BUTTONS = ("card.answer", "card.predict", "card.hint", "lab.reset", "lab.csv", "record.export")


def outputs(notebook):
    """The text of every output, the empty ones left out."""
    return list(filter(None, map(str.strip, notebook.page.locator(".jp-OutputArea-output").all_text_contents())))


def reads_fresh_and_runs(open_notebook, name):
    notebook = open_notebook(name)
    page = notebook.page

    # All cells but the first, which only imports, have something to read before anything is run.
    fresh = outputs(notebook)
    assert len(fresh) == notebook.code_cells - 1
    assert not [text for text in fresh if BROKEN.search(text) or len(text) < 20]
    pictures = page.locator(".jp-OutputArea-output img").evaluate_all(
        "images => images.map(image => image.naturalWidth)"
    )
    assert all(pictures), "a picture is missing"

    page.get_by_role("menuitem", name="Chạy").click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    notebook.wait_until_all_ran()
    run = outputs(notebook)
    assert len(run) == notebook.code_cells - 1
    assert not [text for text in run if BROKEN.search(text)]
    expect(
        page.locator(".jp-RenderedText[data-mime-type*='stderr'], .jp-RenderedText[data-mime-type*='error']")
    ).to_have_count(0)

    language = name[:2]
    widgets = page.locator(".dg-live")
    assert set(widgets.evaluate_all("nodes => nodes.map(node => node.lang)")) == {language}
    foreign = set(interface("en" if language == "vi" else "vi")) - set(interface(language))
    assert not foreign & set(page.locator(".dg-live button").all_text_contents())


def interface(language):
    """The words on the buttons in a language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIGIGOV_LANG", language)
        return [words for area in ("card", "lab", "record", "board") for words in words_of(area).values() if words]


def test_a_link_in_the_course_map_opens_the_notebook(open_notebook):
    notebook = open_notebook("vi/00")
    link = notebook.page.locator(".jp-OutputArea-output a", has_text="01 ·").first
    link.click()
    expect(notebook.page.locator(".jp-Notebook h1", has_text="01 ·").first).to_be_visible()


# Classes, since each can run in a process of its own.


class TestVietnamese:
    @pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name.startswith("vi/")])
    def test_a_notebook_reads_fresh_and_runs(self, open_notebook, name):
        reads_fresh_and_runs(open_notebook, name)


class TestEnglish:
    @pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name.startswith("en/")])
    def test_a_notebook_reads_fresh_and_runs(self, open_notebook, name):
        reads_fresh_and_runs(open_notebook, name)
