"""Countries by ISO code, each with its names in either language."""

from functools import cache

from digigov import tables
from digigov.language import current, folded


def country_names() -> dict[str, tuple[str, ...]]:
    """By ISO 3166 alpha-3 code: the name in the learner's language, then every other name, in alphabetical order."""
    return _names(current())


@cache
def _names(language: str) -> dict[str, tuple[str, ...]]:
    own, other = ("name_vi", "name_en") if language == "vi" else ("name_en", "name_vi")
    found = {
        row["iso3"]: tuple(dict.fromkeys([row[own], row[other], *filter(None, (row["other_names"] or "").split(";"))]))
        for row in tables.load("countries").rows
    }
    return dict(sorted(found.items(), key=lambda entry: folded(entry[1][0])))
