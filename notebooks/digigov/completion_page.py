"""The completion report as one HTML page that prints on A4 and needs nothing but itself."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from digigov import language
from digigov.completion import Completion, Share
from digigov.course import title_of
from digigov.kit.frame import page
from digigov.language import number, pick, say
from digigov.page import table
from digigov.questions.calibration import calibration_words
from digigov.questions.exam import OUTCOMES
from digigov.questions.final import day_of, scores


def report(found: Completion, name: str, now: datetime) -> str:
    """The whole document. `name` is printed as it was typed and kept nowhere."""
    title = say("completion.title")
    who = f"<p><strong>{escape(say('completion.of', name=name))}</strong></p>" if name.strip() else ""
    when = escape(say("completion.made", date=language.date(now.date())))
    body = f"<h1>{escape(title)}</h1>{who}<p>{when}</p>{sections(found, now, 2)}"
    return page(title, f"{body}<footer>{escape(say('completion.footer'))}</footer>")


def sections(found: Completion, now: datetime, level: int) -> str:
    """The parts of the report, each with its heading of `level`."""
    parts = [
        ("what", _paragraphs([say("completion.is"), say("completion.is_not")])),
        ("notebooks", _notebooks(found)),
        ("outcomes", _outcomes(found, now)),
        ("predictions", _predictions(found)),
        ("calibration", _paragraphs([calibration_words(found.calibration)])),
        ("forecast", _forecast(found)),
    ]
    html = [f"<h{level}>{escape(say(f'completion.part.{part}'))}</h{level}>{inner}" for part, inner in parts]
    return "".join(html) + (_paragraphs([found.gone]) if found.gone else "")


def _notebooks(found: Completion) -> str:
    rows = [[escape(title_of(name)), *_cells(share)] for name, share in found.notebooks.items()]
    return _table("notebooks", rows)


def _outcomes(found: Completion, now: datetime) -> str:
    in_test: dict[str, str] = {}
    words = say("completion.no_test")
    if found.test:
        given = scores(found.test, found.bank)
        words = say("completion.test", date=day_of(found.test.handed_in or "", now))
        for outcome in OUTCOMES:
            mine = [score for item, score in given.items() if outcome in found.bank[item].get("outcomes", ())]
            if mine:
                in_test[outcome] = f"{number(sum(score >= 1 for score in mine))}/{number(len(mine))}"
    rows = [
        [escape(say(f"outcome.{name}")), *_cells(share), in_test.get(name, "–")]
        for name, share in found.outcomes.items()
    ]
    return _table("outcomes", rows) + _paragraphs([say("completion.outcomes_note"), words])


def _predictions(found: Completion) -> str:
    if not found.predictions:
        return _paragraphs([say("completion.no_predictions")])
    rows = [
        [
            escape(f"{one.notebook} · {pick(one.question['topic'])}"),
            escape(one.guess),
            escape(one.outcome),
            escape(
                say("card.prediction.right" if one.near else "card.prediction.wrong").replace(" ", "\N{NO-BREAK SPACE}")
            ),
        ]
        for one in found.predictions
    ]
    off = [one for one in found.predictions if not one.near]
    words = say(
        "completion.predictions",
        count=number(len(found.predictions)),
        near=number(len(found.predictions) - len(off)),
        above=number(sum(one.above for one in off)),
        below=number(sum(not one.above for one in off)),
    )
    return _paragraphs([words]) + _table("predictions", rows)


def _forecast(found: Completion) -> str:
    counts = {span: number(count) for span, count in found.forecast.items()}
    words = say("completion.forecast", **counts) if any(found.forecast.values()) else say("completion.no_forecast")
    return _paragraphs([words])


def _cells(share: Share) -> list[str]:
    parts = ((share.answered, share.all), (share.right, share.marked))
    return [f"{number(some)}/{number(all_)}" if all_ else "–" for some, all_ in parts]


def _table(name: str, rows: Sequence[Sequence[str]]) -> str:
    heads = {
        "notebooks": ("notebook", "answered", "right"),
        "outcomes": ("outcome", "answered", "right", "test"),
        "predictions": ("prediction", "guess", "outcome_of_lab", "near"),
    }
    return table([escape(say(f"completion.column.{head}")) for head in heads[name]], rows).html


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
