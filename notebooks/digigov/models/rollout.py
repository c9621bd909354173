"""Putting public services online: one project at a time, or one platform first.

Both ways have the same services and the same teams. A project builds a system of its own for
every service; a team gets faster with each one (Wright's learning curve) and loses a part of
itself to the upkeep of what it has built. A platform is built once, then services are configured
on it; services that do not fit it are built as projects afterwards.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

WORKING_DAYS = 21  # a month, in Viet Nam's five-day office week
MONTHS = 12

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """What is to be put online, with what means. Money in billion VND, time in months unless named."""

    services: float = 1226
    teams: float = 20
    build_months: float = 1.0
    fit: float = 1.0  # share of services that the platform carries without a system of their own
    project_months: float = 22.0  # a team's first service, procurement and approval included
    learning_rate: float = 0.9  # duration after each doubling of what a team has built
    upkeep: float = 0.01  # share of a team that one live system takes
    configure_days: float = 0.7  # working days of a team for one service on the platform
    team_cost: float = 0.12  # a team, a month
    system_cost: float = 0.3  # hardware and licences of one system
    platform_cost: float = 60.0
    running_cost: float = 1.0  # the platform, a month
    years: float = 10.0  # of operation, when costs are compared
    spread: float = 0.25  # standard deviation of the logarithm of every duration

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0:
                raise ValueError(parameter.name)
        for name in ("services", "teams", "project_months", "learning_rate"):
            if getattr(self, name) <= 0:
                raise ValueError(name)
        for name in ("fit", "learning_rate", "upkeep"):
            if getattr(self, name) > 1:
                raise ValueError(name)

    @property
    def exponent(self) -> float:
        """b in Wright's law: the n-th service of a team takes n**-b of the first."""
        return -float(np.log2(self.learning_rate))

    @property
    def configure_months(self) -> float:
        """Months that all teams need to configure every service that fits the platform."""
        return self.fit * self.services * self.configure_days / (WORKING_DAYS * self.teams)


def team_calendar(plan: Plan, built: float) -> tuple[Array, Array]:
    """Services that one team has built, and the month in which it has: two arrays from (0, 0) up to `built`.

    The n-th service takes d·n**-b team-months (Wright 1936). With upkeep m, a team that keeps n systems
    works 1 - m·n of its time, so dt = d·n**-b dn / (1 - m·n), integrated service by service. The month is
    infinite once upkeep takes the whole team.
    """
    number = np.arange(1.0, np.ceil(max(built, 1.0)) + 1)
    effort = plan.project_months * number**-plan.exponent
    if plan.upkeep > 0:
        free_before = np.clip(1 - plan.upkeep * (number - 1), 0, None)
        free_after = np.clip(1 - plan.upkeep * number, 0, None)
        with np.errstate(divide="ignore", invalid="ignore"):
            effort = effort * np.log(free_before / free_after) / plan.upkeep
        effort = np.where(free_after > 0, effort, np.inf)
    return np.concatenate([[0.0], number]), np.concatenate([[0.0], np.cumsum(effort)])


def built_by_projects(plan: Plan, services: float, months: ArrayLike) -> Array:
    """Services live after `months` (any shape) when all teams build one system after another.

    A service under way counts for the part of it that is done: teams do not start on the same day.
    """
    if services <= 0:
        return np.zeros(np.shape(months))
    teams = _at_work(plan, services)
    built, calendar = team_calendar(plan, services / teams)
    reachable = np.isfinite(calendar)
    done = np.interp(months, calendar[reachable], built[reachable]) * teams
    return np.clip(done, 0, services)


def months_by_projects(plan: Plan, services: float) -> float:
    """Months until all teams together have built `services` systems; inf when upkeep stops them before."""
    if services <= 0:
        return 0.0
    each = services / _at_work(plan, services)
    return float(np.interp(each, *team_calendar(plan, each)))


def _at_work(plan: Plan, services: float) -> float:
    """Teams that have something to build: a project is one team's, so more teams than services do not help."""
    return min(plan.teams, services)


def projects_share(plan: Plan, months: ArrayLike, slower: ArrayLike = 1.0) -> Array:
    """Share of services online (0-1), project by project; `slower` multiplies every duration."""
    return built_by_projects(plan, plan.services, np.asarray(months) / slower) / plan.services


def platform_share(plan: Plan, months: ArrayLike, slower_build: ArrayLike = 1.0, slower_work: ArrayLike = 1.0) -> Array:
    """Share of services online (0-1), platform first: build, configure what fits, build the rest as projects."""
    since_built = np.asarray(months) - plan.build_months * np.asarray(slower_build)
    configuring = plan.configure_months * np.asarray(slower_work)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        progress = np.where(configuring > 0, since_built / configuring, np.where(since_built >= 0, 1.0, 0.0))
    rest = (1 - plan.fit) * plan.services
    bespoke = built_by_projects(plan, rest, np.clip((since_built - configuring) / slower_work, 0, None))
    return np.minimum(plan.fit * np.clip(progress, 0, 1) + bespoke / plan.services, 1.0)


def platform_months(plan: Plan) -> float:
    """Months until every service is online, platform first."""
    return plan.build_months + plan.configure_months + months_by_projects(plan, (1 - plan.fit) * plan.services)


def simulate(plan: Plan, months: ArrayLike, runs: int = 200, seed: int = 2021) -> tuple[Array, Array]:
    """Shares online in `runs` possible worlds: two arrays (runs, months), projects and platform.

    Durations are multiplied by lognormal factors with median 1: one for the projects, one for the building
    of the platform, one for the configuring. With spread 0 every run equals the deterministic one.
    """
    factors = np.exp(plan.spread * np.random.default_rng(seed).standard_normal((3, runs, 1)))
    months = np.asarray(months, dtype=float)[np.newaxis, :]
    return projects_share(plan, months, factors[0]), platform_share(plan, months, factors[1], factors[2])


def projects_spending(plan: Plan, months: ArrayLike) -> Array:
    """Money spent up to each month, project by project: teams until all is built, then upkeep only."""
    return _project_spending(plan, plan.services, np.asarray(months, dtype=float))


def platform_spending(plan: Plan, months: ArrayLike) -> Array:
    """Money spent up to each month, platform first: building, running, configuring, and the projects for the rest."""
    since_built = np.asarray(months, dtype=float) - plan.build_months
    since_configured = np.clip(since_built - plan.configure_months, 0, None)
    building = np.clip(1 + since_built / plan.build_months, 0, 1) if plan.build_months else np.ones_like(since_built)
    configuring = plan.team_cost * plan.teams * np.clip(since_built, 0, plan.configure_months)
    rest = _project_spending(plan, (1 - plan.fit) * plan.services, since_configured)
    return plan.platform_cost * building + plan.running_cost * np.clip(since_built, 0, None) + configuring + rest


def _project_spending(plan: Plan, services: float, months: Array) -> Array:
    if services <= 0:
        return np.zeros_like(months)
    done = months_by_projects(plan, services)
    working = plan.team_cost * _at_work(plan, services) * np.minimum(months, done)
    keeping = plan.team_cost * plan.upkeep * services * np.clip(months - done, 0, None)
    return working + keeping + plan.system_cost * built_by_projects(plan, services, months)


def lifetime_costs(plan: Plan, services: ArrayLike) -> tuple[Array, Array]:
    """Cost of putting `services` online and running each for `plan.years`: projects and platform.

    Projects: c·T·Σ d·n**-b + (h + 12·Y·c·m)·N. Platform: B + 12·Y·r + c·s·N for what fits, projects for the rest.
    """
    services = np.asarray(services, dtype=float)
    fixed = plan.platform_cost + MONTHS * plan.years * plan.running_cost
    configuring = plan.team_cost * plan.configure_days / WORKING_DAYS * plan.fit * services
    return _project_lifetime(plan, services), fixed + configuring + _project_lifetime(plan, (1 - plan.fit) * services)


def _project_lifetime(plan: Plan, services: Array) -> Array:
    building = replace(plan, upkeep=0.0)  # upkeep is counted once, over the years of operation
    most = float(np.max(services, initial=0.0)) / plan.teams
    built, effort = team_calendar(building, most)
    labour = plan.team_cost * plan.teams * np.interp(services / plan.teams, built, effort)
    return labour + (plan.system_cost + MONTHS * plan.years * plan.team_cost * plan.upkeep) * services


def break_even(plan: Plan, most: float = 100_000) -> float:
    """Number of services from which the platform is cheaper over its life; inf if it is not up to `most`.

    With learning_rate 1 this is (B + 12·Y·r) / (fit·(c·d + h + 12·Y·c·m - c·s)), s in months.
    """
    number = np.geomspace(1, most, 400)
    projects, platform = lifetime_costs(plan, number)
    cheaper = np.flatnonzero(projects >= platform)
    if cheaper.size == 0:
        return float("inf")
    if cheaper[0] == 0:
        return 1.0
    low, high = number[cheaper[0] - 1], number[cheaper[0]]
    while high - low > 1e-6 * high:
        middle = (low + high) / 2
        projects, platform = lifetime_costs(plan, middle)
        low, high = (low, middle) if projects >= platform else (middle, high)
    return float(high)
