"""What a learner's Ctrl+S writes: the page as it was, without answers, and whatever they wrote themselves."""

import copy
import json

import pytest

from digigov.paths import NOTEBOOKS
from saving import VIEW, keep_the_page, without_answers

(PATH,) = NOTEBOOKS.glob("vi/05-*.ipynb")
SECRET = "an answer of the learner's"


class Manager:
    """As much of Jupyter's contents manager as the hook uses."""

    def _get_os_path(self, path: str) -> str:
        return str(NOTEBOOKS / path)


@pytest.fixture
def stored() -> dict:
    return json.loads(PATH.read_text(encoding="utf8"))


@pytest.fixture
def run(stored) -> dict:
    """The notebook as JupyterLab holds it after a run: live widgets, their state, other counts."""
    notebook = copy.deepcopy(stored)
    notebook["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    notebook["metadata"]["widgets"] = {"state": {"marks": SECRET}}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] += 20
            for output in cell["outputs"]:
                output["data"][VIEW] = {"model_id": "1"}
                output["data"]["text/html"] = "live"
    return notebook


def test_a_notebook_that_was_only_run_is_written_as_it_was(run, stored):
    model = {"type": "notebook", "content": run}
    keep_the_page(model, PATH.relative_to(NOTEBOOKS).as_posix(), Manager())
    assert model["content"] == stored


def test_no_answer_and_no_live_widget_is_written_even_where_the_text_has_changed(run):
    for cell in run["cells"]:
        for output in cell.get("outputs", []):
            output["data"]["text/plain"] = "other words"
    without_answers(run, {})
    assert SECRET not in json.dumps(run) and VIEW not in json.dumps(run)


def test_what_the_learner_wrote_stays(run, stored):
    run["cells"].append({"id": "mine", "cell_type": "markdown", "metadata": {}, "source": "my note"})
    run["cells"][0]["source"] = "# My own title"
    without_answers(run, stored)
    assert run["cells"][-1]["source"] == "my note" and run["cells"][0]["source"] == "# My own title"


@pytest.mark.parametrize("model", [{"type": "file", "content": "x"}, {"type": "notebook", "content": None}])
def test_other_files_pass_untouched(model):
    before = copy.deepcopy(model)
    keep_the_page(model, "nowhere.ipynb", Manager())
    assert model == before
