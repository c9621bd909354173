"""Every address on the web that the course names is that of a source, and the data repeat none."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import notebook_checks as checks
from digigov.claims import sources
from digigov.language import LANGUAGES
from digigov.paths import DATA, NOTEBOOKS

ADDRESS = re.compile(r"https?://[^\s\"'<>)\]}|\\]+")
# What is no evidence: schemas and licences that say in which form or on what terms a file is given.
NO_SOURCE = re.compile(
    r"https://(json-schema\.org|creativecommons\.org|specs\.frictionlessdata\.io|datapackage\.org|opensource\.org)/"
)


def known() -> set[str]:
    return {source["url"] for source in sources().values() if source.get("url")}


def addresses(text: str) -> Iterator[str]:
    """Addresses in a text, without the mark that ends its sentence."""
    for found in ADDRESS.findall(text):
        address = found.rstrip(".,;:")
        if not NO_SOURCE.match(address):
            yield address


def prose_of(path: Path) -> str:
    notebook = json.loads(path.read_text(encoding="utf8"))
    return "\n".join(checks.source(cell) for cell in notebook["cells"])


NOTEBOOK_PATHS = [path for code in LANGUAGES for path in sorted((NOTEBOOKS / code).glob("*.ipynb"))]
DATA_PATHS = [
    path
    for path in sorted(DATA.rglob("*"))
    if path.suffix in (".yaml", ".json", ".csv", ".md") and path.name not in ("sources.yaml", "datapackage.json")
]


@pytest.mark.parametrize("path", NOTEBOOK_PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_address_in_a_notebook_s_text_is_a_source_s(path):
    assert set(addresses(prose_of(path))) <= known()


@pytest.mark.parametrize("path", NOTEBOOK_PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_address_in_a_stored_output_is_a_source_s(path):
    """What a page without a kernel links to; outputs are made from the data, so a stale one shows here."""
    notebook = json.loads(path.read_text(encoding="utf8"))
    html = "".join(text for _, text in checks.html_of(notebook))
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(https?://[^"]+)"', html)}
    assert links <= known()


@pytest.mark.parametrize("path", DATA_PATHS, ids=lambda path: str(path.relative_to(DATA)))
def test_the_data_name_sources_by_id_and_no_address(path):
    assert set(addresses(path.read_text(encoding="utf8"))) <= known()


def test_addresses_of_the_data_package_are_sources():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf8"))
    named = {
        source["path"] for resource in package["resources"] for source in resource["sources"] if source.get("path")
    }
    assert {address for address in named if not NO_SOURCE.match(address)} <= known()


def test_an_address_belongs_to_one_source_unless_they_say_what_they_take_from_it():
    """Two rows for one page are two notes on it; two rows that say the same would be one source counted twice."""
    by_url: dict[str, list[tuple]] = {}
    for source in sources().values():
        if source.get("url"):
            by_url.setdefault(source["url"], []).append((str(source["title"]), str(source.get("note"))))
    assert all(len(rows) == len(set(rows)) for rows in by_url.values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [VNS](https://example.org/a?b=1).", ["https://example.org/a?b=1"]),
        ("https://example.org/a; https://json-schema.org/draft", ["https://example.org/a"]),
        ("no address, nor file:///tmp", []),
    ],
)
def test_addresses_are_found_in_a_text(text, found):
    assert list(addresses(text)) == found and set(found).isdisjoint(known())


def test_an_address_of_no_source_is_found_wherever_it_stands(tmp_path):
    text = {"cell_type": "markdown", "id": "a", "source": ["[a page](https://example.org/page)"]}
    html = {"output_type": "execute_result", "data": {"text/html": ['<a href="https://example.org/page">a</a>']}}
    shown = {"cell_type": "code", "id": "b", "source": [""], "outputs": [html]}
    for cell, test in (
        (text, test_an_address_in_a_notebook_s_text_is_a_source_s),
        (shown, test_an_address_in_a_stored_output_is_a_source_s),
    ):
        path = tmp_path / "notebook.ipynb"
        path.write_text(json.dumps({"cells": [cell]}), encoding="utf8")
        with pytest.raises(AssertionError):
            test(path)
    data = tmp_path / "data.yaml"
    data.write_text("a: https://example.org/page", encoding="utf8")
    with pytest.raises(AssertionError):
        test_the_data_name_sources_by_id_and_no_address(data)
