"""What was answered is there again: after a reload, and not in the notebook's file."""

import json

from playwright.sync_api import expect

from digigov.language import pick, say
from digigov.questions.bank import find

SINGLE, PAIRS, NUMBER = "99-classes-in-2023", "99-what-each-platform-is", "99-fall-in-procedures"


def answer_three(notebook):
    """A wrong choice, a right match and a right number."""
    wrong = next(pick(option["text"]) for option in find(SINGLE)["options"] if not option["right"])
    notebook.card(SINGLE).choice(wrong).click()
    for pair in find(PAIRS)["pairs"]:
        select = notebook.card(PAIRS).node.get_by_label(pick(pair["left"]), exact=True)
        select.select_option(label=pick(pair["right"]))
    notebook.card(NUMBER).node.locator("input").fill("6,47")
    for item, state in ((SINGLE, "wrong"), (PAIRS, "right"), (NUMBER, "right")):
        notebook.card(item).main.click()
        notebook.card(item).wait(state)
    return wrong


def assert_three(notebook, wrong):
    notebook.card(SINGLE).wait("wrong")
    notebook.card(PAIRS).wait("right")
    expect(notebook.card(SINGLE).choice(wrong)).to_be_checked()
    assert len(notebook.card(SINGLE).notes()) == 4
    for pair in find(PAIRS)["pairs"]:
        select = notebook.card(PAIRS).node.get_by_label(pick(pair["left"]), exact=True)
        assert select.evaluate("node => node.selectedOptions[0].text") == pick(pair["right"])
    expect(notebook.card(NUMBER).node.locator("input")).to_have_value("6,47")


def test_answers_are_restored_after_a_reload(open_notebook):
    notebook = open_notebook("vi/99")
    notebook.run_all()
    wrong = answer_three(notebook)
    notebook.leave()
    notebook.open("vi/99")
    notebook.run_all()
    assert_three(notebook, wrong)


def test_a_saved_page_is_readable_and_holds_no_answer(open_notebook, jupyter):
    (template,) = jupyter.notebooks.glob("vi/99-*.ipynb")
    before = template.read_text(encoding="utf8")
    saved = template.with_name("saved.ipynb")  # other tests open the template as it was
    saved.write_text(before, encoding="utf8")
    notebook = open_notebook("vi/saved")
    notebook.run_all()
    answer_three(notebook)
    notebook.page.keyboard.press("Control+s")
    notebook.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    assert json.loads(saved.read_text(encoding="utf8")) == json.loads(before)
    notebook.leave()
    notebook.open("vi/saved")
    outputs = " ".join(notebook.page.locator(".jp-OutputArea").all_text_contents())
    assert pick(find(SINGLE)["stem"]) in outputs
    assert "model not found" not in outputs
    assert "Error displaying widget" not in outputs


def test_a_widget_that_nobody_listens_to_says_so(open_notebook):
    notebook = open_notebook("vi/99")
    notebook.run_all()
    notebook.begin("import time; time.sleep(8)")
    notebook.card(SINGLE).main.click()
    notice = notebook.page.locator(".dg-notice").first
    expect(notice).to_have_text(say("face.silent"), timeout=10_000)
    expect(notice).to_be_hidden(timeout=10_000)  # it was only busy
