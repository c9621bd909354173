"""The course as a whole: its map, and what is said of a computer that is not ready."""

import re
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

import digigov
from digigov import course, workshops
from digigov.agency import scale
from digigov.labs import catalogue
from digigov.language import LANGUAGES, pick, say
from digigov.paths import NOTEBOOKS


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_map_links_every_notebook_that_is_there_and_names_those_that_come(code, language):
    language(code)
    html = course.map_page().html
    for entry in course.index():
        path, title = course.path_of(entry["id"], code), escape(pick(entry["title"]))
        if entry.get("for_authors"):
            assert title not in html
        elif path:
            assert f'<a href="{path.name}">' in html
        else:
            assert f"{title} ({say('course.coming')})" in html


def test_the_readme_lists_the_learners_notebooks_with_their_minutes():
    readme = (NOTEBOOKS.parent / "README.md").read_text("utf8")
    rows = re.findall(r"^\| (\d\d) \| (.+?) · (.+?) \|.*\| (\d+) \|$", readme, re.M)
    found = [entry for entry in course.index() if not entry.get("for_authors")]
    assert [(number, int(minutes)) for number, *_, minutes in rows] == [(e["id"], e["minutes"]) for e in found]
    for (_, vi, en, _), entry in zip(rows, found, strict=True):
        assert entry["title"]["vi"].startswith(vi) and entry["title"]["en"].startswith(en)


def test_a_computer_that_has_everything_is_ready():
    text = course.setup_page().text
    assert "✗" not in text and text.endswith(say("setup.ready"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_missing_package_is_named(code, language, monkeypatch):
    language(code)
    monkeypatch.setattr(course, "NEEDED", ("numpy", "no_such_package", "nor_this_one"))
    text = course.setup_page().text
    assert f"✗ {say('setup.packages.wrong', detail='no_such_package, nor_this_one')}" in text
    assert text.endswith(say("setup.not_ready"))


@pytest.mark.parametrize(("module", "name"), [(scale, "SCALE"), (scale, "CATALOGUE"), (workshops, "FILE")])
def test_a_file_that_only_some_notebooks_read_is_checked_too(module, name, monkeypatch):
    monkeypatch.setattr(module, name, "not-there.yaml")
    text = course.setup_page().text
    assert say("data.missing_file", file="not-there.yaml") in text and text.endswith(say("setup.not_ready"))


def test_importing_the_course_loads_no_library_that_only_some_notebooks_need():
    heavy = ("matplotlib", "scipy", "sklearn", "cryptography")
    code = f"import sys, digigov; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_lab_of_the_folder_is_in_the_catalogue_and_can_be_called():
    folder = Path(catalogue.__file__).parent
    defined = {
        path.stem for path in folder.glob("*.py") if re.search(r"^class \w+\(Lab\):", path.read_text("utf8"), re.M)
    }
    assert defined == set(catalogue.NAMES) == set(catalogue.labs())
    for name, lab in catalogue.labs().items():
        assert lab.name == name and callable(getattr(digigov, name))
