"""Where the figures of a notebook's text come from: the folded list at its end.

Nothing is computed here: values of expressions come from `data/figures/NN.json`, so that the list needs no lab.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from digigov import tables
from digigov.claims import credit
from digigov.figure_ties import Cell, Run, because, cell, parts_of, settings_of, shown, ties, values_of
from digigov.labs.controls import Control
from digigov.language import catalogue, current, number, say
from digigov.page import Page, table
from digigov.provenance import Used, row_cells

# Texts of a row that say what its number is of.
ABOUT = ("country", "place", "platform", "indicator", "name", "scope", "part", "fault")

Groups = dict[Any, dict[str, None]]  # an origin -> the figures that have it, in order, each once


def origins(notebook: str) -> Page:
    """The folded list of a notebook; an empty page for one whose text has no figures but counts."""
    values, settings = values_of(notebook), settings_of(notebook)
    rows: Groups = {}
    models: Groups = {}
    read: Groups = {}
    given: Groups = {}
    computed: Groups = {}  # figures worked out from a row, by the row

    def add(group: Groups, origin: Any, figure: str) -> None:
        group.setdefault(origin, {})[figure] = None

    for entry in (entry for entries in ties(notebook).values() for entry in entries):
        figure = shown(entry, values)
        if figure is None:
            continue
        if "cell" in entry:
            add(rows, entry["cell"], figure)
        elif "model" in entry:
            runs, cells, whole, modules = parts_of(entry["model"])
            for reference in [*cells, *whole]:
                add(computed, reference, figure)
                rows.setdefault(reference, {})
            if runs or modules:
                add(models, (tuple(runs), tuple(modules)), figure)
        if "source" in entry:
            add(read, entry["source"], figure)
        elif "because" in entry:
            add(given, because(entry), figure)
    from_rows = [_row(name, found, computed.get(name, {})) for name, found in rows.items()]
    from_models = [[_all(found), _model(*origin, settings)] for origin, found in models.items()]
    parts = [
        _part("rows", ("figure", "row", "value", "source"), from_rows),
        _part("models", ("figure", "settings"), from_models),
        _part("read", ("figure", "source"), [[_all(found), credit([name]).html] for name, found in read.items()]),
        _part("given", ("figure", "what"), [[_all(found), escape(what)] for what, found in given.items()]),
    ]
    parts = [part for part in parts if part.html]
    if not parts:
        return Page("", "")
    title, intro = say("origins.title"), say("origins.intro")
    html = "".join(part.html for part in parts)
    return Page(
        f'<details class="dg-origins"><summary>{escape(title)}</summary><p>{escape(intro)}</p>{html}</details>',
        "\n\n".join([title, intro, *(part.text for part in parts)]),
    )


def _part(name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Page:
    if not rows:
        return Page("", "")
    return table([say(f"origins.{column}") for column in columns], rows, say(f"origins.{name}"))


def _all(figures: Iterable[str]) -> str:
    return escape(" · ".join(figures))


def _row(reference: str, printed: Iterable[str], computed: Iterable[str]) -> list[str]:
    """A row of a table: what is printed as it stands there, then what is worked out from it."""
    figures = [*printed, *([say("origins.computed", figures=" · ".join(computed))] if computed else [])]
    if ":" not in reference:  # a whole table
        found = tables.load(reference)
        sources = [source["id"] for source in found.resource["sources"]]
        return [_all(figures), escape(say("origins.whole", file=found.resource["path"])), "", credit(sources).html]
    one = cell(reference)
    key = {name: one.row[name] for name in tables.primary_key(one.table.resource["schema"])}
    file, place, value, source = row_cells(Used(reference.partition(":")[0], key, (one.column,)))
    where = say("origins.place", file=file, row=place)
    return [_all(figures), escape("; ".join([*_about(one), where])), value, source]


def _about(one: Cell) -> list[str]:
    texts = [text for name in ABOUT if (text := one.row.get(f"{name}_{current()}"))]
    # In a table without an indicator the unit is the one that was measured, such as a province.
    return texts or [text for text in [one.row.get(f"unit_{current()}")] if text]


def _model(runs: Sequence[Run], modules: Sequence[str], settings: Mapping[str, Any]) -> str:
    lines = [_run(run, settings) for run in runs]
    lines += [escape(say("origins.function", file=f"models/{name}.py")) for name in modules]
    return "; <br>".join(lines)


def _run(run: Run, settings: Mapping[str, Any]) -> str:
    head = f"{say(f'{run.lab}.title')}, “{say(f'{run.lab}.preset.{run.preset}')}”"
    if not run.settings:
        return escape(head)
    named = [f"{run.lab}.control.{name}" for name, _ in run.settings]
    if all(key in catalogue(current()) for key in named):
        values = [_setting(run.lab, name, value, settings) for name, value in run.settings]
        words = [f"{say(key)}: {value}" for key, value in zip(named, values, strict=True)]
        return escape(f"{head}, {say('origins.changed', settings='; '.join(words))}")
    # Choices in a list are named by their data; what can be run in a cell says the same.
    code = ", ".join(f"{name}={value!r}" for name, value in run.settings)
    return f"{escape(head)}, <code>{escape(f'{run.lab}({code})')}</code>"


def _setting(lab: str, name: str, value: Any, settings: Mapping[str, Any]) -> str:
    """A setting the way its control shows it."""
    if isinstance(value, bool):
        return say("lab.on" if value else "lab.off")
    known = settings.get(f"{lab}.{name}", {})
    if "words" in known:
        return say(f"{known['words']}.{value}")
    if "unit" in known and isinstance(value, int | float):
        return Control(name, 0, 0, 0, 0, known["unit"], scale=known["scale"]).show(value)
    return number(value) if isinstance(value, int | float) else str(value)
