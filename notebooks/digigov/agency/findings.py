"""What an assessment says, in words and tables: for the screen and for the printed report alike."""

from collections.abc import Mapping, Sequence
from datetime import date

from digigov.agency.blocks import grid, heading, joined, labelled, listing, paragraph
from digigov.agency.content import Assessment
from digigov.agency.scale import CourseMove, Indicator, by_have, catalogue, have_title, scale
from digigov.course import title_of
from digigov.language import date as shown
from digigov.language import number, say
from digigov.models.assessment import Mark, Score, blocked, changes, lifted, score, suggested, weakest
from digigov.page import Page


def name_of(agency: str) -> str:
    """The agency's name, or that it has none yet."""
    return agency.strip() or say("assessment.unnamed")


def day_of(one: Assessment) -> str:
    """The day of an assessment's last change, in the learner's words."""
    return shown(date.fromisoformat(one.day))


def mean(level: float | None) -> str:
    # Half a hundredth goes up, as it does by hand; the formatter would take it to the even side.
    return "–" if level is None else number(level + 1e-9, 2)


def level_words(level: int | None) -> str:
    return say("assessment.no_level") if level is None else say("assessment.level", level=number(level))


def sentence(one: Assessment) -> str:
    """How many are marked, what that gives, and how much of it nothing shows."""
    found = score(one.marks, list(scale()))
    if not found.marked:
        return say("assessment.sentence.none", of=number(found.of))
    words = say(
        "assessment.sentence.marked",
        marked=number(found.marked),
        of=number(found.of),
        claimed=mean(found.claimed),
        evidenced=mean(found.evidenced),
    )
    key = "assessment.sentence.bare" if found.bare else "assessment.sentence.backed"
    return f"{words} {say(key, bare=number(found.bare)) if found.bare else say(key)}"


def overview(one: Assessment) -> Page:
    """The scores by have, and of all."""
    indicators = scale()
    rows = [_row(have_title(have), score(one.marks, names)) for have, names in by_have(indicators).items()]
    rows.append(_row(say("assessment.all"), score(one.marks, list(indicators))))
    head = [say(f"assessment.column.{name}") for name in ("have", "marked", "claimed", "evidenced", "bare")]
    return grid(head, rows, say("assessment.table.haves"))


def _row(title: str, found: Score) -> list[str]:
    counted = say("assessment.of", count=number(found.marked), all=number(found.of))
    return [title, counted, mean(found.claimed), mean(found.evidenced), number(found.bare)]


def weakness(one: Assessment) -> Page:
    """The list from the weakest on, ties said to be ties; then what is claimed without evidence."""
    indicators, marks = scale(), one.marks
    lines = []
    for level, names in weakest(marks, list(indicators)):
        titles = "; ".join(indicators[name].title for name in names)
        key = "assessment.weakest.tied" if len(names) > 1 else "assessment.weakest.one"
        lines.append(say(key, level=level_words(level), names=titles))
    if not lines:
        return paragraph(say("assessment.weakest.none"))
    bare = [indicators[name].title for name in indicators if name in marks and marks[name].bare]
    words = say("assessment.bare.some", names="; ".join(bare)) if bare else say("assessment.bare.none")
    return joined([listing(lines, ordered=True), paragraph(words)])


def reasons(one: Assessment) -> dict[str, list[tuple[str, str]]]:
    """All moves by how they fit, each with the reason: suggested, fitting, waiting for another, not fitting now."""
    indicators, moves, marks = scale(), catalogue(), one.marks
    rules = [move.rule for move in moves.values()]
    found: dict[str, list[tuple[str, str]]] = {"suggested": [], "fitting": [], "waiting": [], "other": []}
    told = set()
    for suggestion in suggested(marks, rules):
        found["suggested"].append(
            (suggestion.move, _lifting(suggestion.lifts, suggestion.opens, marks, indicators, moves))
        )
        told.add(suggestion.move)
    for wait in blocked(marks, rules):
        found["waiting"].append((wait.move, _waiting(wait.missing, marks, indicators)))
        told.add(wait.move)
    for move in moves.values():
        if move.id in told:
            continue
        lifts = lifted(marks, move.rule)
        found["fitting" if lifts else "other"].append(
            (move.id, _lifting(lifts, (), marks, indicators, moves) if lifts else _other(move, indicators))
        )
    return found


def _lifting(
    lifts: Sequence[str],
    opens: Sequence[str],
    marks: Mapping[str, Mark],
    indicators: Mapping[str, Indicator],
    moves: Mapping[str, CourseMove],
) -> str:
    names = "; ".join(
        say("assessment.reason.from", name=indicators[name].title, level=number(marks[name].level)) for name in lifts
    )
    words = say("assessment.reason.lifts", names=names)
    if opens:
        words += " " + say("assessment.reason.opens", moves="; ".join(moves[name].name for name in opens))
    return words


def _waiting(missing: Mapping[str, int], marks: Mapping[str, Mark], indicators: Mapping[str, Indicator]) -> str:
    parts = [
        say(
            "assessment.reason.needs",
            name=indicators[name].title,
            level=number(level),
            now=level_words(marks[name].level if name in marks else None).lower(),
        )
        for name, level in missing.items()
    ]
    return " ".join(parts)


def _other(move: CourseMove, indicators: Mapping[str, Indicator]) -> str:
    return say("assessment.reason.other", names="; ".join(indicators[name].title for name in move.rule.raises))


def advice(one: Assessment) -> Page:
    """The moves that the marks suggest, each with its reason; then those that have to wait."""
    moves, found = catalogue(), reasons(one)
    if not found["suggested"]:
        return paragraph(say("assessment.advice.none"))
    pieces = [listing([f"{moves[name].name}. {why}" for name, why in found["suggested"]], ordered=True)]
    if found["waiting"]:
        waiting = listing([f"{moves[name].name}. {why}" for name, why in found["waiting"]])
        pieces += [paragraph(say("assessment.advice.waiting")), waiting]
    return joined(pieces)


def details(one: Assessment) -> Page:
    """Every indicator with the level, what that level says, and the evidence."""
    rows = []
    for name, indicator in scale().items():
        entry = one.entries.get(name)
        level = entry.level if entry else None
        said = f"{level_words(level)}. {indicator.levels[level - 1]}" if level else level_words(None)
        evidence = entry.evidence if entry else ""
        if not evidence.strip():
            evidence = say("assessment.no_evidence") if level and level > 1 else "–"
        rows.append([indicator.title, said, evidence])
    head = [say(f"assessment.column.{name}") for name in ("indicator", "level", "evidence")]
    return grid(head, rows, say("assessment.table.details"))


def card(move: CourseMove) -> Page:
    """A move in full: three times four weeks, who, how one sees that it worked, who might be left out, when not."""
    indicators = scale()
    raised = "; ".join(indicators[name].title for name in move.rule.raises)
    weeks = [[say(f"assessment.weeks.{place}"), week] for place, week in enumerate(move.weeks, start=1)]
    against = move.against
    if move.preset:
        against = say("assessment.against", preset=say(f"{move.lab}.preset.{move.preset}"), why=move.against)
    return joined(
        [
            grid([say("assessment.column.weeks"), say("assessment.column.deed")], weeks),
            labelled(say("assessment.card.raises"), raised),
            labelled(say("assessment.card.who"), move.who),
            labelled(say(f"assessment.card.measure.{move.kind}"), move.measure),
            labelled(say("assessment.card.left_out"), move.left_out),
            labelled(say("assessment.card.lab"), title_of(move.notebook)),
            labelled(say("assessment.card.against"), against),
        ]
    )


def plan(one: Assessment, level: int = 3) -> Page:
    """The picked moves in full; `level` is that of their headings."""
    moves = catalogue()
    picked = [moves[name] for name in one.moves if name in moves]
    if not picked:
        return paragraph(say("assessment.plan.none"))
    titles = [say("assessment.plan.move", place=number(n), name=move.name) for n, move in enumerate(picked, start=1)]
    return joined(joined([heading(title, level), card(move)]) for title, move in zip(titles, picked, strict=True))


def comparison(before: Assessment, after: Assessment) -> Page:
    """Two rounds of one agency: how many went up, down and stayed, then each."""
    indicators = scale()
    found = changes(before.marks, after.marks, list(indicators))
    steps = [one.step for one in found if one.before is not None and one.after is not None]
    words = say(
        "assessment.compared",
        first=day_of(before),
        last=day_of(after),
        up=number(sum(step > 0 for step in steps)),
        down=number(sum(step < 0 for step in steps)),
        same=number(sum(step == 0 for step in steps)),
        once=number(len(found) - len(steps)),
    )
    rows = [
        [
            indicators[one.indicator].title,
            level_words(one.before),
            level_words(one.after),
            _step(one.step) if one.before is not None and one.after is not None else "–",
        ]
        for one in found
    ]
    head = [say(f"assessment.column.{name}") for name in ("indicator", "before", "after", "change")]
    return joined([paragraph(words), grid(head, rows, say("assessment.table.comparison"))])


def _step(step: int) -> str:
    sign = "▲ +" if step > 0 else "▼ −" if step < 0 else "= "
    return f"{sign}{number(abs(step))}"
