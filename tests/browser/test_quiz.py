"""Questions answered by mouse, by keyboard alone, and found again later."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from digigov.language import pick, say
from digigov.questions.bank import Item, find, items

from .jupyter import Jupyter
from .page import Card, Notebook, opened

SINGLE = "99-classes-in-2023"


@pytest.fixture(scope="module")
def template(browser: BrowserContext, jupyter: Jupyter) -> Iterator[Notebook]:
    """The authors' template, run: it has a question of every kind."""
    jupyter.forget()
    with opened(browser, jupyter, "vi/99") as notebook:
        notebook.run_all()
        yield notebook


def options(item: str, right: bool) -> list[str]:
    return [pick(option["text"]) for option in find(item)["options"] if option["right"] is right]


def test_a_wrong_then_a_right_answer_by_mouse(template):
    card = template.card(SINGLE)
    wrong, right = options(SINGLE, right=False)[0], options(SINGLE, right=True)[0]
    card.choice(wrong).click()
    card.main.click()
    card.wait("wrong")
    assert card.verdict() == say("card.verdict.wrong")
    assert card.notes()[0].startswith(f"{say('card.sign.wrong')} {wrong}")
    assert len(card.notes()) == 4
    expect(card.choice(wrong)).to_be_disabled()

    card.main.click()
    card.wait("open")
    assert card.notes() == []
    card.node.get_by_role("button", name=say("card.hint")).click()
    expect(card.hint).to_have_text(pick(find(SINGLE)["hint"]))

    card.choice(right).click()
    card.main.click()
    card.wait("right")
    assert card.verdict() == say("card.verdict.right")
    assert card.notes()[0].startswith(f"{say('card.sign.right')} {right}")
    total = say("card.total", answered=1, all=11, right=1)
    expect(template.page.locator(".dg-total")).to_have_text(total)


def test_an_incomplete_answer_is_asked_for(template):
    card = template.card("99-two-axes")
    card.main.click()
    expect(card.node.locator(".dg-ask")).to_have_text(say("card.ask.sort"))
    expect(card.node).to_have_attribute("data-state", "open")


def test_steps_are_ordered_by_their_buttons(template):
    card = template.card("99-in-time")
    steps = card.node.locator("li span")
    first, second, *rest = steps.all_text_contents()
    card.node.get_by_role("button", name=f"{say('card.down')}: {first}").click()
    expect(steps).to_have_text([second, first, *rest])
    card.node.get_by_role("button", name=f"{say('card.up')}: {first}").click()
    card.node.get_by_role("button", name=f"{say('card.up')}: {first}").click()  # there is no higher place
    expect(steps).to_have_text([first, second, *rest])


def test_every_kind_is_answered_by_keyboard_alone(open_notebook):
    notebook = open_notebook("vi/99")
    notebook.run_all()
    asked = items("99", "check")
    notebook.start_at(notebook.card(asked[0].id).node.locator("input").first)
    before = notebook.cells()
    for item in asked:
        card = notebook.card(item.id)
        KEYS[item.kind](notebook, card, item)
        if item.kind != "number":  # there Enter in the field has answered
            notebook.tab_to(card.main)
            notebook.page.keyboard.press("Enter")
        card.wait("kept" if item.kind in ("predict", "opinion") else "right")
        expect(card.main).to_be_focused()
        assert notebook.cells() == before
    expect(notebook.page.locator(".dg-total")).to_have_text(say("card.total", answered=11, all=11, right=8))


def press_radio(notebook: Notebook, card: Card, item: Item) -> None:
    if item.kind == "true_false":
        wanted = say(f"card.{str(item['right']).lower()}")
    elif "options" in item.fields:
        wanted = pick(next(option for option in item["options"] if option.get("right", True))["text"])
    else:
        return press_text(notebook, card, item)
    notebook.tab_to(card.node.locator("input").first)
    notebook.page.keyboard.press("Space")
    for _ in range(card.node.locator("input").count()):
        if not card.choice(wanted).is_checked():
            notebook.page.keyboard.press("ArrowDown")
    return None


def press_boxes(notebook: Notebook, card: Card, item: Item) -> None:
    right = options(item.id, right=True)
    for text in card.node.locator(".dg-choice span").all_text_contents():
        if text in right:
            notebook.tab_to(card.choice(text))
            notebook.page.keyboard.press("Space")


def press_number(notebook: Notebook, card: Card, item: Item) -> None:
    notebook.tab_to(card.node.locator("input"))
    notebook.page.keyboard.type(f"{item['answer']}".replace(".", ","))
    notebook.page.keyboard.press("Enter")


def press_selects(notebook: Notebook, card: Card, item: Item) -> None:
    for select in card.node.locator("select").all():
        notebook.tab_to(select)
        label = select.get_attribute("aria-label") or ""
        texts = select.locator("option").all_text_contents()
        for _ in range(texts.index(answers(item)[label])):
            notebook.page.keyboard.press("ArrowDown")


def answers(item: Item) -> dict[str, str]:
    """Of a sort or match item: the right choice by the label of its select."""
    if item.kind == "match":
        return {pick(pair["left"]): pick(pair["right"]) for pair in item["pairs"]}
    texts = {(axis["id"], one["id"]): pick(one["text"]) for axis in item["axes"] for one in axis["categories"]}
    return {
        f"{pick(axis['title'])}: {pick(row['text'])}": texts[axis["id"], row["answer"][axis["id"]]]
        for row in item["rows"]
        for axis in item["axes"]
    }


def press_steps(notebook: Notebook, card: Card, item: Item) -> None:
    steps = card.node.locator("li span")
    for place, step in enumerate(item["steps"]):
        text = pick(step["text"])
        up = card.node.get_by_role("button", name=f"{say('card.up')}: {text}")
        away = steps.all_text_contents().index(text) - place
        notebook.tab_to(up)
        for _ in range(away):
            notebook.page.keyboard.press("Space")
            expect(up).to_be_focused()
        notebook.tab_to(card.node.locator("button").first, key="Shift+Tab")


def press_text(notebook: Notebook, card: Card, item: Item) -> None:
    notebook.tab_to(card.node.locator("textarea"))
    # In JupyterLab's command mode these letters delete, cut and add cells.
    notebook.page.keyboard.type("d d x a b mẫu số, định nghĩa")
    notebook.page.keyboard.press("Enter")
    assert card.node.locator("textarea").input_value() == "d d x a b mẫu số, định nghĩa\n"


def press_slider(notebook: Notebook, card: Card, item: Item) -> None:
    slider = card.node.locator("input[type=range]")
    notebook.tab_to(slider)
    notebook.page.keyboard.press("Home")
    for _ in range(3):
        notebook.page.keyboard.press("ArrowRight")
    low, _, step = item["range"]
    assert card.node.locator("input[type=text]").input_value() == str(low + 3 * step)
    notebook.page.keyboard.press("Shift+Tab")


KEYS = {
    "single": press_radio,
    "several": press_boxes,
    "true_false": press_radio,
    "number": press_number,
    "sort": press_selects,
    "order": press_steps,
    "match": press_selects,
    "text": press_text,
    "predict": press_slider,
    "opinion": press_radio,
}
