"""Files that the kit writes: its own again and again, somebody else's never."""

from pathlib import Path

import pytest

from digigov.errors import CourseError
from digigov.kit import __main__ as command
from digigov.kit import files
from digigov.language import LANGUAGES

both = pytest.mark.parametrize("code", LANGUAGES)


def test_what_is_ours_is_written_again_and_nothing_else(tmp_path):
    path = tmp_path / "new" / "a.html"
    files.write(path, "<p>1</p>")
    files.write(path, "<p>2</p>\n")
    assert "<p>2</p>" in path.read_text(encoding="utf8")
    path.write_text(path.read_text(encoding="utf8").replace("2", "my own"), encoding="utf8")
    with pytest.raises(CourseError, match=r"a\.html"):
        files.write(path, "<p>3</p>")
    assert "my own" in path.read_text(encoding="utf8")
    for content in (b"somebody's", b"\xff\xfe", b""):
        path.write_bytes(content)
        with pytest.raises(CourseError):
            files.write(path, "x")
        assert path.read_bytes() == content
    assert sorted(found.name for found in path.parent.iterdir()) == ["a.html"]


@pytest.mark.parametrize("text", ["<?xml version='1.0'?><quiz></quiz>", "::a::text {}", "a report"])
def test_the_mark_is_a_comment_of_the_format(tmp_path, text):
    path = files.write(tmp_path / "any.name", text)
    last = path.read_text(encoding="utf8").splitlines()[-1]
    assert last.startswith("<!--" if text.startswith("<") else "//")
    files.write(path, text)


@both
def test_a_place_that_cannot_be_written_is_one_sentence(language, code, tmp_path, capsys):
    language(code)
    blocked = tmp_path / "file"
    blocked.touch()
    for asked in (["questions", "moodle"], ["questions", "report"], ["kit", "05", "06"]):
        assert command.main([*asked, "--to", str(blocked / "new")]) == 1
        out, err = capsys.readouterr()
        assert out == "" and err.count("\n") == 1 and str(blocked / "new") in err and "--to" in err


def test_a_full_disk_costs_nothing(tmp_path, monkeypatch):
    path = files.write(tmp_path / "a.html", "<p>1</p>")
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CourseError):
        files.write(path, "<p>2</p>")
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]
