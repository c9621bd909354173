"""The files of a class: each read or refused in one sentence, so that one bad file among thirty stops nobody."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digigov.agency.content import VERSION
from digigov.agency.scale import catalogue, scale
from digigov.errors import CourseError
from digigov.language import number, say
from digigov.models.assessment import LEVELS

LARGEST = 100_000  # bytes; a file of ours has about a thousand


@dataclass(frozen=True)
class ClassFile:
    """What one file of a class says. `id` is the same for two files of one round; `at` tells which is newer."""

    id: str
    at: str
    levels: Mapping[str, int]
    moves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Folder:
    """The files of a folder that can be used, one a round, and a sentence for each that cannot or is left out."""

    files: tuple[ClassFile, ...]
    faults: tuple[str, ...]


def read_folder(folder: str | Path) -> Folder:
    """All files `*.json` of the folder itself.

    Raises CourseError when it is not there, is no folder, cannot be read, or has no such file.
    """
    path = Path(folder).expanduser()
    try:
        if not path.exists():
            raise CourseError(say("class.no_folder", folder=folder))
        if not path.is_dir():
            raise CourseError(say("class.not_a_folder", folder=folder))
        # Some systems put a hidden companion, ._name.json, beside each file.
        found = sorted(one for one in path.iterdir() if one.suffix.lower() == ".json" and not one.name.startswith("."))
    except CourseError:
        raise
    except (OSError, ValueError):  # a name that no system takes is a ValueError
        raise CourseError(say("class.unreadable_folder", folder=folder)) from None
    if not found:
        raise CourseError(say("class.empty_folder", folder=folder))
    newest: dict[str, tuple[str, ClassFile]] = {}
    faults = []
    for one in found:
        try:
            content = read_file(one)
        except CourseError as error:
            faults.append(str(error))
            continue
        name, held = one.name, newest.get(content.id)
        if held is not None:
            older = name if content.at < held[1].at else held[0]
            kept = held[0] if older == name else name
            faults.append(say("class.twice", file=older, other=kept))
            if older == name:
                continue
        newest[content.id] = (name, content)
    return Folder(tuple(content for _, content in newest.values()), tuple(faults))


def read_file(path: Path) -> ClassFile:
    """One file. Raises CourseError that names it and says what is wrong."""
    try:
        if path.stat().st_size > LARGEST:
            raise CourseError(say("class.not_ours", file=path.name))
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise CourseError(say("class.unreadable", file=path.name)) from None
    except UnicodeDecodeError:
        raise CourseError(say("class.half", file=path.name)) from None
    return parsed(text, path.name)


def parsed(text: str, file: str) -> ClassFile:
    """The content of a file by its text. Raises CourseError as `read_file`."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise CourseError(say("class.half", file=file)) from None
    if not isinstance(content, dict) or content.get("course") != "digigov" or content.get("kind") != "assessment":
        raise CourseError(say("class.not_ours", file=file))
    version = content.get("version")
    if version != VERSION or isinstance(version, bool):
        shown = number(version) if type(version) is int else "?"
        raise CourseError(say("class.version", file=file, version=shown, ours=number(VERSION)))
    if not _is_text(content.get("id"), r"[0-9a-f]{16}") or not _is_text(content.get("at"), r"[0-9T:.Z-]{10,30}"):
        raise CourseError(say("class.not_ours", file=file))
    levels = content.get("levels")
    if not isinstance(levels, dict):
        raise CourseError(say("class.not_ours", file=file))
    indicators = scale()
    for name, level in levels.items():
        if name not in indicators:
            raise CourseError(say("class.unknown_indicator", file=file, name=_short(name)))
        if type(level) is not int or level not in LEVELS:
            raise CourseError(
                say("class.wrong_level", file=file, name=indicators[name].title, level=_short(json.dumps(level)))
            )
    if not levels:
        raise CourseError(say("class.nothing", file=file))
    picked = content.get("moves")
    moves = {move for move in picked if isinstance(move, str)} if isinstance(picked, list) else set()
    return ClassFile(content["id"], content["at"], levels, tuple(sorted(moves & catalogue().keys())))


def _is_text(value: Any, form: str) -> bool:
    return isinstance(value, str) and re.fullmatch(form, value) is not None


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:40] + "…"
