"""YAML files of the course: read once, or one sentence that names the file and the line."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from digigov.errors import CourseError
from digigov.language import say
from digigov.paths import DATA

try:  # the C reader is ten times faster where PyYAML was built with it
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader


def read(path: Path) -> Any:
    """The file's content. Raises CourseError when it is not there or is not YAML."""
    return _parsed(path, stamp(path))


def stamp(path: Path) -> int:
    """A number that changes when the file does. Raises CourseError when it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        raise CourseError(say("data.missing_file", file=path.name)) from None


@cache
def _parsed(path: Path, stamp: int) -> Any:  # the stamp makes an edited file be read again
    try:
        return yaml.load(path.read_text(encoding="utf8"), Loader=Loader)
    except OSError:
        raise CourseError(say("data.missing_file", file=path.name)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise CourseError(say("data.not_yaml", file=path.name, line=mark.line + 1 if mark else 1)) from None


def notebook(path: Path) -> dict[str, Any]:
    """A notebook's content. Raises CourseError when it is not there or is none."""
    return _notebook(path, stamp(path))


@cache
def _notebook(path: Path, stamp: int) -> dict[str, Any]:  # as JSON, which for a file with pictures is far faster
    try:
        content = json.loads(path.read_text(encoding="utf8"))
        if "cells" in content:
            return content
    except (OSError, ValueError, TypeError):
        pass
    raise CourseError(say("data.not_a_notebook", file=path.name))


def entries(name: str, *required: str) -> list[dict[str, Any]]:
    """The list in `data/name`, each entry with the `required` fields. CourseError names file, entry and field."""
    content = read(DATA / name)
    if not isinstance(content, list):
        raise CourseError(say("data.not_a_list", file=name))
    for place, entry in enumerate(content, start=1):
        label = entry.get("id", place) if isinstance(entry, dict) else place
        for field in required:
            if not isinstance(entry, dict) or field not in entry:
                raise CourseError(say("data.missing_field", file=name, item=label, field=field))
    return content
