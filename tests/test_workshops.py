"""Plans of a workshop and the questions that split a room: their minutes, and that what they name is there."""

import json
import re

import pytest

from digigov import course, workshops
from digigov.errors import CourseError
from digigov.language import LANGUAGES, pick
from digigov.questions.bank import items
from test_notebooks import secrets

both = pytest.mark.parametrize("code", LANGUAGES)


@pytest.mark.parametrize("plan", workshops.content()["plans"], ids=lambda plan: plan["id"])
def test_the_steps_of_a_plan_add_up_to_its_minutes(plan):
    assert sum(step["minutes"] for step in plan["steps"]) == plan["minutes"]
    assert plan["minutes"] == {"half": 210, "full": 420}[plan["id"]]
    stretch = 0
    for step in plan["steps"]:  # nobody sits for more than two hours and a quarter
        stretch = 0 if "notebook" not in step and not step.get("roles") else stretch + step["minutes"]
        assert stretch <= 135


@both
@pytest.mark.parametrize("plan", workshops.content()["plans"], ids=lambda plan: plan["id"])
def test_the_minutes_within_a_step_add_up_too(language, code, plan):
    language(code)
    for step in plan["steps"]:
        rests = "notebook" not in step and not step.get("roles")
        assert rests or sum(map(int, re.findall(r"\d+", pick(step["clock"])))) == step["minutes"], step["what"]
        assert rests or re.findall(r"\d+", step["clock"]["vi"]) == re.findall(r"\d+", step["clock"]["en"])


@both
def test_a_plan_names_notebooks_cells_and_roles_that_are_there(language, code):
    language(code)
    content = workshops.content()
    for step in (step for plan in content["plans"] for step in plan["steps"]):
        assert set(step.get("roles", [])) <= set(content["roles"])
        for cell in step.get("cells", []):
            path = course.path_of(step["notebook"], code)
            ids = [one["id"] for one in json.loads(path.read_text(encoding="utf8"))["cells"]]
            assert cell in ids and workshops.section(step["notebook"], cell)


@both
def test_a_plan_opens_the_notebook_at_its_cell_and_names_roles_as_roles(language, code):
    language(code)
    shown = workshops.plan_page("half").html
    label = {"vi": "Vai:", "en": "Roles:"}[code]
    plan = next(one for one in workshops.content()["plans"] if one["id"] == "half")
    for step in plan["steps"]:
        if "notebook" in step:
            assert f'#cell-id={step["cells"][0]}"' in shown
    assert shown.count(f"<em>{label} ") == sum("roles" in step for step in plan["steps"])


def test_no_debate_begins_with_a_number_of_its_notebook():
    for debate in workshops.content()["debates"]:
        (item,) = [one for one in items(debate["item"][:2]) if one.id == debate["item"]]
        assert not [words for words in item["stem"].values() if re.match(r"[^.?]{0,25}\d\. ", words)]


def test_every_debate_is_an_opinion_and_gives_no_reasons_away():
    shown = workshops.debates_page().text
    for debate in workshops.content()["debates"]:
        (item,) = [one for one in items(debate["item"][:2]) if one.id == debate["item"]]
        assert item.kind == "opinion" and len(item["options"]) >= 3
        assert not [secret for secret in secrets(item.fields) if secret["vi"] in shown]


@both
def test_an_unknown_plan_is_one_sentence(language, code):
    language(code)
    with pytest.raises(CourseError, match="half, full"):
        workshops.plan_page("whole")
