"""What `python3 notebooks kit` and `python3 notebooks questions` run once everything is set up."""

import argparse
import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path

from digigov import workshops
from digigov.course import entry, index, path_of
from digigov.errors import CourseError
from digigov.kit import exchange, files, prose
from digigov.kit.frame import page
from digigov.kit.gift import gift
from digigov.kit.moodle import moodle
from digigov.kit.report import report
from digigov.language import current, number, say
from digigov.paths import PROJECT
from digigov.questions.bank import notebooks

FOLDER = PROJECT / "kit"  # ignored by git, beside the README, wherever the command is run from
GUIDE, TROUBLES = "90", "troubles"  # the guide's cell that the plan in one's hand repeats


def main(arguments: list[str]) -> int:
    """Run one command; returns 1 when a part of what was asked for could not be made."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("command")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--to", type=Path)
    asked = parser.parse_args(arguments)
    try:
        faults = kit(asked.names, asked.to) if asked.command == "kit" else questions(asked.names[0], asked.to)
    except CourseError as error:
        faults = [str(error)]
    for fault in faults:
        print(fault, file=sys.stderr, flush=True)
    return 1 if faults else 0


def kit(wanted: list[str], folder: Path | None = None) -> list[str]:
    """Make handouts, slides and the key of these notebooks, of all when none is named; returns what went wrong.

    Raises CourseError when the folder cannot be written.
    """
    # Here, since a report needs none of what they bring.
    from digigov.kit.handout import handout
    from digigov.kit.key import key
    from digigov.kit.slides import slides

    folder = (folder or FOLDER / current()).absolute()
    files.make_folder(folder)  # before the work, so that what cannot be written is told once
    known = with_questions()
    faults: list[str] = []
    made: list[str] = []

    def make(name: str, text: Callable[[], str]) -> None:
        try:
            files.write(folder / name, text())
        except CourseError as error:
            faults.append(str(error))
        else:
            made.append(name)

    there: list[str] = []
    for notebook in dict.fromkeys(wanted or known):
        if notebook not in known:
            faults.append(say("kit.no_notebook", notebook=notebook, known=", ".join(known)))
            continue
        there.append(notebook)
        make(file_name(notebook, "handout"), lambda notebook=notebook: handout(notebook))
        make(file_name(notebook, "slides"), lambda notebook=notebook: slides(notebook))
        print(say("kit.done", notebook=notebook), flush=True)
    if there:
        # A key of some notebooks does not take the place of the whole one.
        make(file_name("-".join(there) if wanted else "", "key"), lambda: key(there))
        make(file_name("", "plan"), plans)
        make(file_name("", "contents"), lambda: contents(folder))
    if made:
        print(say("kit.made", count=number(len(made)), file=folder / file_name("", "contents")), flush=True)
    return faults


def with_questions() -> list[str]:
    """Ids of the notebooks that a kit can be made of, in the language in use."""
    mine = [one["id"] for one in index() if not one.get("for_authors")]
    return [name for name in mine if name in notebooks() and path_of(name, current())]


def file_name(notebook: str, kind: str) -> str:
    """How a file of the kit is called in the language in use."""
    return "-".join(filter(None, [notebook, say(f"kit.file.{kind}")])) + ".html"


def plans() -> str:
    """The plans of a workshop and the questions that split a room, to print and to hold in one's hand."""
    parts = [workshops.plan_page(plan["id"]).html for plan in workshops.content()["plans"]]
    debates = f'<section class="debates"><h2>{say("kit.debates")}</h2>{workshops.debates_page().html}</section>'
    body = "".join(f'<section class="plan">{part}</section>' for part in parts)
    # What goes wrong is needed when the notebook that tells it may be out of reach.
    troubles = f'<section class="troubles">{prose.html(prose.text_of(prose.notebook(GUIDE), TROUBLES))}</section>'
    return page(say("kit.plan"), f"<h1>{say('kit.plan')}</h1>{prose.standing_alone(body + debates)}{troubles}")


def contents(folder: Path) -> str:
    """A page that leads to everything of the kit that lies in the folder."""
    rows, sheets = [], {"handout": say("kit.handout"), "slides": say("kit.slides")}
    for notebook in with_questions():
        links = [
            f'<a href="{name}">{escape(words)}</a>'
            for kind, words in sheets.items()
            if (folder / (name := file_name(notebook, kind))).exists()
        ]
        if links:
            title = escape(f"{notebook} · {entry(notebook)['title'][current()]}")
            rows.append(f"<tr><td>{title}</td><td>{' · '.join(links)}</td></tr>")
    keys = "".join(
        f'<li><a href="{path.name}">{escape(_key_words(path))}</a></li>'
        for path in sorted(folder.glob(f"*{say('kit.file.key')}.html"))
    )
    body = (
        f"<h1>{say('kit.contents_title')}</h1><p>{say('kit.contents_how')} {say('kit.contents_half')}</p>"
        f'<p><a href="{file_name("", "plan")}">{say("kit.plan")}</a></p>'
        f"<table><tbody>{''.join(rows)}</tbody></table><h2>{say('kit.key')}</h2><ul>{keys}</ul>"
    )
    return page(say("kit.contents_title"), body)


def _key_words(path: Path) -> str:
    """Which notebooks a key is of."""
    of = re.findall(r"\d\d(?=-)", path.name)
    return say("kit.keys_of", notebooks=", ".join(of)) if of else say("kit.key_of_all")


def questions(form: str, target: Path | None = None) -> list[str]:
    """Report on the bank, or write it for another program and say what became another kind."""
    items = exchange.bank()
    if form == "report":
        text = report(items)
        if target is None:
            print(text)
        else:
            print(say("kit.written", file=files.write(target.absolute(), text)))
        return []
    exported = exchange.exported(items)
    name = f"{say('kit.file.questions')}.{'xml' if form == 'moodle' else 'gift.txt'}"
    path = (target or FOLDER / current() / name).absolute()
    files.write(path, moodle(exported) if form == "moodle" else gift(exported))
    print(say("kit.exported", items=number(len(items)), questions=number(len(exported)), file=path))
    split = [item for item in items if len(item.get("axes", [])) > 1]
    if split:
        print(f"  {say('kit.split', items=number(len(split)), questions=number(sum(len(i['axes']) for i in split)))}")
    for (origin, kind), count in sorted(exchange.changed(exported).items()):
        change = say("kit.changed", origin=say(f"kit.kind.{origin}"), kind=say(f"kit.as.{kind}"), count=number(count))
        print(f"  {change}")
    if form == "gift":
        print(f"  {say('kit.no_hints')}")
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
