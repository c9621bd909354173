"""Questions answered by mouse: verdict, reasons, another try, hint."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from digigov.language import pick, say
from digigov.questions.bank import find

from .jupyter import Jupyter
from .page import Notebook, opened

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
