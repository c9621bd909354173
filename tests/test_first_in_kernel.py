"""A cell run before the notebook's import: one sentence in the learner's language, and other errors stay themselves."""

import os

import pytest
from jupyter_client.manager import start_new_kernel

from digigov.language import say
from digigov.paths import NOTEBOOKS


@pytest.fixture(scope="module")
def run():
    """Runs code in a kernel started as the course starts it; returns the texts and the errors it shows."""
    start = str(NOTEBOOKS / "digigov" / "first_in_kernel.py")
    manager, client = start_new_kernel(
        kernel_name="python3", env={**os.environ, "PYTHONSTARTUP": start, "DIGIGOV_LANG": "vi"}
    )

    def ran(code: str) -> tuple[list[str], list[str]]:
        texts, errors = [], []

        def hear(message: dict) -> None:
            content = message["content"]
            texts.extend([content["data"]["text/plain"]] if "data" in content else [])
            errors.extend([content["ename"]] if "ename" in content else [])

        client.execute_interactive(code, output_hook=hear, timeout=60)
        return texts, errors

    yield ran
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_call_before_the_import_gets_a_sentence(run):
    assert run('quiz("01")') == ([say("course.import_first", name="quiz")], [])


def test_another_unknown_name_is_pythons_own_matter(run):
    assert run("no_such_name") == ([], ["NameError"])


def test_after_the_import_the_cell_runs(run):
    texts, errors = run("from digigov import claims\nclaims('C1')")
    assert errors == [] and texts[0].startswith("C1 ")
