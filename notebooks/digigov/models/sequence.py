"""E-government then digital government, or both at once: the same services, the same people, three orders of work.

A service has to be put online (`online_work`) and redesigned (`build_work` by developers, `design_work` by
specialists). The ladder puts everything online as it is, then redesigns. Two tracks do both at once, with the
developers shared: a service that is redesigned first is put online once, in its new form, whereas one that was online
before has part of that work thrown away and done again. Redesign at once puts each service online in its new form
only. No redesign may go live before the law allows it. People and services are a fluid: parts of a service count.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

SLICES = 200  # experience is counted anew after each of these parts of all services has gone online

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Programme:
    """What is to be done, with whom. Work in person-months a service, benefit in hours a service a month."""

    services: float = 200
    developers: float = 40  # people, for either track
    specialists: float = 30  # people who can redesign: process designers, lawyers
    online_work: float = 8.0  # developers
    build_work: float = 4.0  # developers, on top of online_work
    design_work: float = 4.0  # specialists
    rework: float = 0.6  # share of online_work thrown away, and done again, when a service already online is redesigned
    legacy: float = 0.0  # by how much redesigning is harder for a service already online
    learning: float = 0.2  # share of the work of redesigning that is saved once every service is online
    overhead: float = 0.15  # share of everybody's time lost while two tracks run
    split: float = 0.5  # share of the developers that belong to the redesign track
    sharing: float = 0.5  # share of these who, left waiting for specialists or the law, help to put services online
    law: float = 0.0  # months before any redesign may start
    paper: float = 0.0  # share of design_work that specialists with nothing else to do may do beforehand, on paper
    online_benefit: float = 100.0
    redesign_benefit: float = 300.0
    horizon: float = 96.0  # months over which benefit is added up

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0:
                raise ValueError(parameter.name)
        for name in ("services", "developers", "specialists", "online_work", "build_work", "split", "horizon"):
            if getattr(self, name) <= 0:
                raise ValueError(name)
        for name, most in (
            ("rework", 1),
            ("split", 1),
            ("sharing", 1),
            ("paper", 1),
            ("learning", 0.99),
            ("overhead", 0.99),
        ):
            if getattr(self, name) > most:
                raise ValueError(name)
        if self.redesign_benefit < self.online_benefit:  # nobody would redesign
            raise ValueError("redesign_benefit")


@dataclass(frozen=True)
class Opening:
    """The time until every service is online, in whatever form: rows of equal length, straight between their points."""

    months: Array
    online: Array  # services online as they were
    redesigned: Array
    work: float  # person-months of use
    switching: float  # person-months lost by running two tracks
    waiting: float  # person-months of people with nothing to do
    designed: float  # share of the design work of what is left to redesign that was done on paper


@dataclass(frozen=True)
class Order:
    """One order of work from start to end: rows as in `Opening`, then months and person-months."""

    months: Array
    online: Array
    redesigned: Array
    all_online: float
    all_redesigned: float
    work: float
    thrown_away: float
    switching: float
    waiting: float


def open_ladder(plan: Programme) -> Opening:
    """Every developer puts services online as they are, N·a/D months; the specialists wait, or design on paper."""
    return _digitise(plan, plan.developers, plan.services * plan.online_work / plan.developers)


def open_two_tracks(plan: Programme) -> Opening:
    """One track redesigns services that were never online, the other puts the rest online as they are.

    With the share w of services online, redesigning takes f = 1 - learning·w of its work. The redesign track goes at
    the pace of the scarcer, split·D/(a + b·f) or S/(c·f) services a month. Of its developers who then wait a share
    helps the other track, which has (1 - split)·D of its own. Until the law allows a redesign only that track runs.
    """
    digitising = (1 - plan.split + plan.sharing * plan.split) * plan.developers
    enough = plan.services * plan.online_work / digitising if digitising else np.inf
    before = _digitise(plan, digitising, min(plan.law, enough))
    if enough <= plan.law:
        return before
    online = float(before.online[-1])
    part = (plan.services - online) / SLICES
    effort = 1 - plan.learning * (online + part * (np.arange(SLICES) + 0.5)) / plan.services
    building = plan.online_work + plan.build_work * effort
    designing = plan.design_work * effort * (1 - before.designed)
    present = 1 - plan.overhead
    developers, specialists = present * plan.developers, present * plan.specialists
    pace = np.minimum(plan.split * developers / building, _pace(specialists, designing))
    idle = (1 - plan.sharing) * (plan.split * developers - building * pace)
    online_pace = np.maximum(developers - building * pace - idle, 0) / plan.online_work
    months = part / (pace + online_pace)
    spare = float(np.sum((specialists - designing * pace) * months))
    left = online + float(np.sum(online_pace * months))
    designed, drawing = _on_paper(plan, before.designed, spare, left)
    return Opening(
        months=np.concatenate([before.months[:-1], before.months[-1] + _summed(months)]),
        online=np.concatenate([before.online[:-1], online + _summed(online_pace * months)]),
        redesigned=np.concatenate([before.redesigned[:-1], _summed(pace * months)]),
        work=before.work + drawing + float(np.sum((developers - idle + designing * pace) * months)),
        switching=float(np.sum(months)) * plan.overhead * (plan.developers + plan.specialists),
        waiting=before.waiting + spare - drawing + float(np.sum(idle * months)),
        designed=designed,
    )


def open_at_once(plan: Programme) -> Opening:
    """One track: each service is redesigned as it first goes online, and none goes online before the law allows it.

    All developers and specialists go at the pace of the scarcer, D/(a + b·f) or S/(c·f); nothing is lost to a second
    track and nothing done again, but no service is online in its old form meanwhile.
    """
    return open_two_tracks(replace(plan, split=1.0, sharing=0.0, overhead=0.0))


def closing_pace(plan: Programme, rework: ArrayLike, designed: float = 0.0) -> Array:
    """Services a month that all people redesign once everything is online, a share already `designed` on paper."""
    effort = (1 - plan.learning) * (1 + plan.legacy)
    building = plan.build_work * effort + plan.online_work * np.asarray(rework, dtype=float)
    designing = np.asarray(plan.design_work * effort * (1 - designed))
    return np.minimum(plan.developers / building, _pace(plan.specialists, designing))


def close(plan: Programme, opening: Opening) -> Order:
    """What is online as it was gets redesigned, by everybody, with part of the earlier work thrown away."""
    end, left, (gap, designed, drawing) = float(opening.months[-1]), float(opening.online[-1]), _gap(plan, opening)
    months = left / float(closing_pace(plan, plan.rework, designed))
    effort = (1 - plan.learning) * (1 + plan.legacy)
    work = left * effort * (plan.build_work + plan.design_work * (1 - designed)) + drawing
    thrown_away, done = left * plan.rework * plan.online_work, end + gap + months
    paid = (gap + months) * (plan.developers + plan.specialists)
    return Order(
        months=np.append(opening.months, [end + gap, done]),
        online=np.append(opening.online, [left, 0.0]),
        redesigned=np.append(opening.redesigned, [opening.redesigned[-1], plan.services]),
        all_online=end,
        all_redesigned=done,
        work=opening.work + work,
        thrown_away=thrown_away,
        switching=opening.switching,
        waiting=opening.waiting + paid - work - thrown_away,
    )


def ladder(plan: Programme) -> Order:
    """First everything online, then everything redesigned."""
    return close(plan, open_ladder(plan))


def two_tracks(plan: Programme) -> Order:
    """Both from the first day, until all is online; then the rest is redesigned."""
    return close(plan, open_two_tracks(plan))


def at_once(plan: Programme) -> Order:
    """Each service redesigned as it first goes online."""
    return close(plan, open_at_once(plan))


def benefit(plan: Programme, order: Order | Opening, months: ArrayLike) -> Array:
    """Hours saved a month, after `months` (any shape); it stays where it is at the end of the order."""
    return np.interp(months, order.months, _hours(plan, order))


def total_benefit(plan: Programme, opening: Opening, rework: ArrayLike) -> Array:
    """Hours saved up to the horizon, an exact integral, for each rework rate (any shape).

    With p services a month redesigned, R left and τ months left when redesigning may go on, the closing adds
    B·τ + (v - u)·p·τ²/2 until all is done, and B·τ + (v - u)·(R·τ - R²/2p) afterwards.
    """
    end, left = float(opening.months[-1]), float(opening.online[-1])
    inside = np.append(opening.months[opening.months < plan.horizon], min(plan.horizon, end))
    before = float(np.trapezoid(benefit(plan, opening, inside), inside))
    gap, designed, _ = _gap(plan, opening)
    after, pace = max(plan.horizon - end - gap, 0.0), closing_pace(plan, rework, designed)
    gained = np.where(pace * after < left, pace * after**2 / 2, left * after - left**2 / (2 * pace))
    step = plan.redesign_benefit - plan.online_benefit
    return before + float(_hours(plan, opening)[-1]) * max(plan.horizon - end, 0.0) + step * gained


def advantage(plan: Programme, rework: ArrayLike) -> Array:
    """Hours that two tracks save more than the ladder up to the horizon, for each rework rate.

    It never falls, unless specialists who design on paper no longer hold up the ladder but still hold up two tracks.
    """
    return total_benefit(plan, open_two_tracks(plan), rework) - total_benefit(plan, open_ladder(plan), rework)


def break_even(plan: Programme) -> float:
    """Rework rate (0-1) at which both orders save the same; 0 if two tracks save no less without any, inf if never."""
    ladder_opening, tracks_opening = open_ladder(plan), open_two_tracks(plan)

    def ahead(rework: float) -> float:
        return float(total_benefit(plan, tracks_opening, rework) - total_benefit(plan, ladder_opening, rework))

    if ahead(0.0) >= 0:
        return 0.0
    from scipy.optimize import brentq  # half a second, that only this lab needs

    return float(brentq(ahead, 0.0, 1.0)) if ahead(1.0) >= 0 else float("inf")


def _digitise(plan: Programme, developers: float, months: float) -> Opening:
    """Services put online as they are by `developers` for so long; the specialists design on paper what they may."""
    online = min(developers * months / plan.online_work, plan.services)
    designed, drawing = _on_paper(plan, 0.0, plan.specialists * months, plan.services)
    used = online * plan.online_work + drawing
    return Opening(
        months=np.array([0.0, months]),
        online=np.array([0.0, online]),
        redesigned=np.zeros(2),
        work=used,
        switching=0.0,
        waiting=(plan.developers + plan.specialists) * months - used,
        designed=designed,
    )


def _gap(plan: Programme, opening: Opening) -> tuple[float, float, float]:
    """Months from the end of the opening until the law allows more, the share designed by then, person-months of it."""
    gap, left = max(plan.law - float(opening.months[-1]), 0.0), float(opening.online[-1])
    return gap, *_on_paper(plan, opening.designed, plan.specialists * gap, left)


def _on_paper(plan: Programme, designed: float, spare: float, services: float) -> tuple[float, float]:
    """Share of the design work of `services` done, and person-months used, after specialists had `spare` of them.

    On paper nobody is experienced yet and no old system in the way: a service takes c, whatever it took later. The
    drawing is spread evenly over the services; to finish some first would bring their benefit a little sooner.
    """
    whole = services * plan.design_work
    drawing = min(max(plan.paper - designed, 0.0) * whole, spare)
    return (designed + drawing / whole if whole else designed), drawing


def _pace(people: float, work: Array) -> Array:
    """Services a month of `people` at `work` person-months a service; without work there is no limit."""
    return np.divide(people, work, out=np.full(work.shape, np.inf), where=work > 0)


def _summed(steps: Array) -> Array:
    return np.concatenate([[0.0], np.cumsum(steps)])


def _hours(plan: Programme, order: Order | Opening) -> Array:
    return plan.online_benefit * order.online + plan.redesign_benefit * order.redesigned
