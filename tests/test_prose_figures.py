"""Every figure in the notebooks' prose agrees with the table, the model or the part of the course it comes from."""

import json
import os
import re
import sys
from functools import cache

import pytest

from digigov.claims import sources
from digigov.documents import read
from digigov.errors import CourseError
from digigov.figure_ties import FIGURES, because, every_notebook, formatted, parts_of, settings_of, ties, values_of
from digigov.labs.catalogue import lab_class
from digigov.language import LANGUAGES
from digigov.paths import NOTEBOOKS
from digigov.questions.bank import find
from figure_values import TELLING, modelled, printed, prose, stands

NOTEBOOK_IDS = sorted(path.name[:2] for path in (NOTEBOOKS / "vi").glob("*.ipynb"))
WRITTEN = list(every_notebook())
TIED = [(notebook, cell, entry) for notebook in WRITTEN for cell, found in ties(notebook).items() for entry in found]
ALL = TIED + [
    (notebook, item, entry)
    for notebook in WRITTEN
    for item, found in ties(notebook, "questions").items()
    for entry in found
]
FORMS = ("number", "percent", "holds")


# -- both ways


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("notebook", "cell", "entry"), TIED, ids=[f"{n}-{c}-{e}" for n, c, e in TIED])
def test_a_figure_is_printed_as_its_source_gives_it(notebook, cell, entry, code, language):
    language(code)
    expected = printed(entry, code)
    assert any(stands(form, prose(code, notebook)[cell]) for form in expected), expected


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("notebook", NOTEBOOK_IDS)
def test_no_figure_stands_in_the_prose_without_a_source(notebook, code, language):
    language(code)
    known = ties(notebook)
    for cell, text in prose(code, notebook).items():
        forms = [form for entry in known.get(cell, []) for form in printed(entry, code)]
        told = set(TELLING[code].findall(text))
        assert told <= set(forms), f"{cell}: {sorted(told - set(forms))}"


# -- what the learner's list rests on


def computed_entries(notebook):
    return [
        entry
        for part in ("prose", "questions")
        for found in ties(notebook, part).values()
        for entry in found
        if "model" in entry
    ]


@cache
def controls(lab):
    return {control.name: control for control in lab_class(lab)().controls}


def shown_settings(expressions):
    """How the controls that these expressions name are shown."""
    found = {}
    for run in (run for expression in expressions for run in parts_of(expression)[0]):
        for name, _ in run.settings:
            control = controls(run.lab)[name]
            if control.kind == "range":
                found[f"{run.lab}.{name}"] = {"unit": control.unit, "scale": control.scale}
            elif control.kind == "choice":
                found[f"{run.lab}.{name}"] = {"words": control.words}
    return dict(sorted(found.items()))


@pytest.mark.parametrize("notebook", WRITTEN)
def test_the_computed_values_are_those_of_the_models(notebook):
    """With DIGIGOV_REWRITE=1 in the environment the file is written instead."""
    printed_ones = [entry for entry in computed_entries(notebook) if "holds" not in entry]
    values = {
        expression: float(f"{float(modelled(expression)):.10g}")
        for expression in sorted({entry["model"] for entry in printed_ones})
    }
    settings = shown_settings(entry["model"] for entry in computed_entries(notebook))
    if os.environ.get("DIGIGOV_REWRITE"):
        text = json.dumps({"values": values, "settings": settings}, ensure_ascii=False, indent=1)
        (FIGURES / f"{notebook}.json").write_text(text + "\n", encoding="utf8")
    stored = values_of(notebook)
    assert values.keys() == stored.keys()
    assert values == pytest.approx(stored, rel=1e-6, abs=1e-9)
    assert settings == settings_of(notebook)
    for entry in printed_ones:
        value = float(modelled(entry["model"]))
        assert formatted(entry, stored[entry["model"]]) == formatted(entry, value), entry


def test_every_file_of_figures_is_a_notebook_s():
    assert set(WRITTEN) <= set(NOTEBOOK_IDS)
    names = {path.name for path in FIGURES.iterdir()}
    assert names == {"README.md", "reasons.yaml"} | {f"{name}.{kind}" for name in WRITTEN for kind in ("yaml", "json")}
    for notebook in WRITTEN:
        assert read(FIGURES / f"{notebook}.yaml").keys() <= {"prose", "questions"}
        assert ties(notebook).keys() <= prose("vi", notebook).keys()
        assert all(find(item).notebook == notebook for item in ties(notebook, "questions"))


@pytest.mark.parametrize(("notebook", "place", "entry"), ALL, ids=[f"{n}-{p}-{e}" for n, p, e in ALL])
def test_an_entry_says_one_thing_and_why(notebook, place, entry):
    (kind,) = entry.keys() & {"cell", "model", "value", "plain", "count"}
    allowed = {"count": {"vi", "en"}, "plain": {"because", "source"}}.get(kind, {*FORMS, "because", "source"})
    assert entry.keys() - {kind} <= allowed
    if kind in ("model", "value"):
        assert len(entry.keys() & {*FORMS}) == 1
    rests_on_nothing = kind in ("value", "plain") or (kind == "model" and not any(parts_of(entry["model"])))
    assert not rests_on_nothing or entry.keys() & {"because", "source"}, "neither a source nor a word on what it is"
    assert entry.get("source") is None or entry["source"] in sources()
    if "because" in entry:
        assert len(because(entry)) >= 8
        if not isinstance(entry["because"], str):
            assert entry["because"].keys() == {*LANGUAGES} and entry["because"]["vi"] != entry["because"]["en"]


def test_every_reason_is_used():
    given = {entry["because"] for *_, entry in ALL if isinstance(entry.get("because"), str)}
    assert given == set(read(FIGURES / "reasons.yaml"))


# -- the finders themselves


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("vi", "tăng 43,2%, còn 1.226 dịch vụ (15/6/2021) và 4 lần; 2.565,5 tỷ. C10", ["43,2%", "1.226", "2.565,5"]),
        ("en", "43.2%, of 1,226 services by 15 June 2021; 100%.", ["43.2%", "1,226", "100%"]),
        ("en", "In 2018, 2019 and 2020 the answer is 4.", []),
    ],
)
def test_figures_are_found_in_a_text(code, text, found):
    assert TELLING[code].findall(text) == found


def test_a_figure_is_found_only_as_a_whole():
    assert stands("96%", "là 96%.")
    assert not stands("6%", "là 96%") and not stands("97", "97,3%") and not stands("4", "4,85%")


def test_a_figure_that_is_not_its_source_s_is_not_printed(language):
    language("en")
    (share,) = printed({"cell": "online_services:eligible-level4-2021-12:value_pct"}, "en")
    assert share == "96%" and re.search(r"(?<!\d)96%", prose("en", "00")["title"])
    assert printed({"cell": "online_services:eligible-level4-2021-12:value_pct", "number": 1}, "en") == ["96.0"]
    with pytest.raises(AssertionError):
        printed({"model": "1 > 2", "holds": "1"}, "en")
    for missing in ("eligible-level4-1999:value_pct", "eligible-level4-2021-12:share", "eligible-level4-2021-12"):
        with pytest.raises(CourseError, match=missing):
            printed({"cell": f"online_services:{missing}"}, "en")


def test_a_stored_value_that_the_model_no_longer_gives_is_found(monkeypatch):
    old = values_of("05")
    name = next(iter(old))
    monkeypatch.setattr(sys.modules[__name__], "values_of", lambda _: {**old, name: old[name] * 1.01})
    monkeypatch.delenv("DIGIGOV_REWRITE", raising=False)
    with pytest.raises(AssertionError):
        test_the_computed_values_are_those_of_the_models("05")


def test_a_figure_without_a_tie_is_found(monkeypatch, language):
    known = ties("05")
    kept = {cell: entries[1:] for cell, entries in known.items()}
    monkeypatch.setattr(sys.modules[__name__], "ties", lambda _: kept)
    with pytest.raises(AssertionError, match=r"title: \['1\.226'\]"):
        test_no_figure_stands_in_the_prose_without_a_source("05", "vi", language)
