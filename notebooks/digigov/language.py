"""The learner's language: the folder's. Interface words come from catalogues, numbers and dates from Babel."""

import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date as Date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LANGUAGES = ("vi", "en")
CATALOGUES = Path(__file__).parent / "locale"


def current() -> str:
    """Language code: of DIGIGOV_LANG, else of the notebook's folder, else Vietnamese."""
    asked = os.environ.get("DIGIGOV_LANG", "")
    if asked in LANGUAGES:
        return asked
    # JPY_SESSION_NAME is the notebook's path when a server started the kernel; it outlives os.chdir.
    for place in (Path(os.environ.get("JPY_SESSION_NAME", "")).parent, Path.cwd()):
        for part in reversed(place.parts):
            if part in LANGUAGES:
                return part
    return LANGUAGES[0]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in `language` meanwhile, whatever the folder's is. Raises ValueError for one the course lacks."""
    if language not in LANGUAGES:
        raise ValueError("language")
    before = os.environ.get("DIGIGOV_LANG")
    os.environ["DIGIGOV_LANG"] = language
    try:
        yield
    finally:
        os.environ.pop("DIGIGOV_LANG")
        if before is not None:
            os.environ["DIGIGOV_LANG"] = before


def folder_is_known() -> bool:
    """Whether the notebook stands where the course keeps its languages, so that `current` did not have to guess."""
    places = (Path(os.environ.get("JPY_SESSION_NAME", "")).parent, Path.cwd())
    return os.environ.get("DIGIGOV_LANG", "") in LANGUAGES or any(
        part in LANGUAGES for place in places for part in place.parts
    )


@cache
def catalogue(language: str) -> dict[str, str]:
    """All interface words of a language by key. Raises KeyError for a key that stands in two files."""
    words: dict[str, str] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if not message.id:
                    continue
                if message.id in words:
                    raise KeyError(f"{path.name}: {message.id}")
                words[str(message.id)] = str(message.string)
    return words


def say(key: str, **values: object) -> str:
    """The words of `key` with {named} values filled in; without values, as they are. KeyError for an unknown key."""
    words = catalogue(current())[key]
    return words.format(**values) if values else words


def words_of(prefix: str) -> dict[str, str]:
    """All words whose key starts with `prefix.`, by the rest of the key: what a front end is handed."""
    start = prefix + "."
    return {key[len(start) :]: words for key, words in catalogue(current()).items() if key.startswith(start)}


def folded(text: str) -> str:
    """Letters and digits alone, small and without diacritics: what two spellings of one name have in common."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters if not _is_mark(letter)).split())


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


def pick(text: Mapping[str, str] | str) -> str:
    """The learner's side of a bilingual text."""
    return text if isinstance(text, str) else text[current()]


def number(value: float, digits: int | None = None) -> str:
    """1226 -> 1.226 (vi), 1,226 (en); `digits` fixes the decimals, otherwise up to six are shown."""
    pattern = "#,##0.######" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=current())


def signed(value: float, digits: int) -> str:
    """A change: +0,123 or −0,123 (vi), with a point in English; one too small to show has no sign."""
    shown = number(abs(value), digits)
    return shown if round(value, digits) == 0 else f"{'+' if value > 0 else '−'}{shown}"


def percent(value: float, digits: int | None = None) -> str:
    """A share in per cent: 43.2 -> 43,2% (vi), 43.2% (en)."""
    if digits is None:
        digits = len(f"{value:.4f}".rstrip("0").partition(".")[2])
    return format_percent(value / 100, format="#,##0" + ("." + "0" * digits if digits else "") + "%", locale=current())


def date(value: Date) -> str:
    """15/6/2021 in Vietnamese, 15 June 2021 in English."""
    return format_date(value, "d/M/y" if current() == "vi" else "d MMMM y", locale=current())


def partial_date(text: str) -> str:
    """A date of a table, as exact as it is known: 2021, 2021-12 -> 12/2021, 2021-06-15 -> 15/6/2021."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(Date(*parts))
    if len(parts) == 2:
        return format_date(Date(*parts, 1), "M/y" if current() == "vi" else "MMMM y", locale=current())
    return text
