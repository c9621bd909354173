"""Every kind of question answered by keyboard alone; no key reaches the notebook behind."""

from playwright.sync_api import expect

from digigov.language import pick, say
from digigov.questions.bank import Item, items

from .page import Card, Notebook


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
        card.wait("kept" if item.kind == "opinion" else "right")
        expect(card.main).to_be_focused()
        assert notebook.cells() == before
    expect(notebook.page.locator(".dg-total")).to_have_text(say("card.total", answered=11, all=11, right=9))


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
    right = [pick(option["text"]) for option in item["options"] if option["right"]]
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
    for _ in range(10):
        notebook.page.keyboard.press("ArrowRight")
    low, _, step = item["range"]
    assert card.node.locator("input[type=text]").input_value() == str(low + 10 * step)
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
