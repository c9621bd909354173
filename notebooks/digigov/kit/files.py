"""Writing a teacher's files: what somebody else made or changed is never written over."""

import hashlib
import re
import tempfile
from pathlib import Path

from digigov.errors import CourseError
from digigov.language import say

# The last line of every file made here: a file whose text no longer fits its number is somebody's own work.
IN_TAGS, IN_TEXT = "<!-- digigov {} -->", "// digigov {}"


def write(path: Path, text: str) -> Path:
    """Write `text` to `path` and return the path.

    Raises CourseError when the place cannot be written, or holds something that was not made by the course or was
    changed since.
    """
    try:
        if path.exists() and not _is_ours(path):
            raise CourseError(say("kit.not_ours", file=path))
        path.parent.mkdir(parents=True, exist_ok=True)
        # First beside it: a full disk must not cost the file that was there.
        fresh = path.with_name(f".{path.name}.new")
        try:
            fresh.write_text(_marked(text), encoding="utf8", newline="\n")
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError:
        raise CourseError(say("kit.cannot_write", file=path)) from None
    return path


def make_folder(folder: Path) -> None:
    """Make a folder that can be written. Raises CourseError when there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        raise CourseError(say("kit.cannot_write", file=folder)) from None


def _marked(text: str) -> str:
    body = text.rstrip("\n") + "\n"
    return body + (IN_TAGS if body.startswith("<") else IN_TEXT).format(_number(body)) + "\n"


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        body, _, mark = path.read_text(encoding="utf8").rstrip("\n").rpartition("\n")
    except UnicodeDecodeError:
        return False
    found = re.search(r"digigov ([0-9a-f]{16})\b", mark)
    return found is not None and found[1] == _number(body + "\n")


def _number(body: str) -> str:
    return hashlib.blake2s(body.encode(), digest_size=8).hexdigest()
