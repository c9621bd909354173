"""One country and all its percentages: services, applications and people of the same year, counted in seven ways.

Services stand in the order of the applications they draw; each draws the same fraction of what the one before it
draws, so the busiest share x of them draws S(x) = (1 - exp(-k x)) / (1 - exp(-k)). Eligible services are spread
evenly over that order. E-government puts a share of them at level 4, in no order, the least or the most used first.
Digital government has the same work to spend: it redesigns the most used ones, each at the price of several.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

EVEN = 0.1  # of the applications go to the busiest tenth when all services draw alike
SHARES = ("eligible", "supply", "wholly", "sent", "filers", "own", "helped", "partial", "sent_redesigned")


@dataclass(frozen=True)
class Country:
    """Shares from 0 to 1; applications and adults in millions."""

    services: float = 6798
    eligible: float = 0.8  # of all services
    supply: float = 1.0  # of the eligible services at level 4
    wholly: float = 0.29  # of the services at level 4 that meet the newer yardstick: wholly online
    sent: float = 0.555  # of the applications to a service at level 4 that are sent online
    busiest: float = 0.82  # of the applications, drawn by the busiest tenth of the services
    easy_first: bool = False  # level 4 comes to the least used services first
    busy_first: bool = False  # level 4 comes to the most used services first
    files: float = 45  # a year
    adults: float = 75
    filers: float = 0.25  # of the adults, who have an application to make, for themselves and for others
    own: float = 0.297  # of the applications that people send by themselves, through the national portal
    helped: float = 0.3  # of the applications sent online, typed in by somebody at the counter
    minutes: float = 60  # saved by an application that is handled wholly online
    partial: float = 0.4  # of these minutes, saved where a visit is still needed
    redesign_cost: float = 10  # in the work of putting one service at level 4
    sent_redesigned: float = 0.8  # of the applications to a redesigned service that are sent online

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0 or (parameter.name in SHARES and value > 1):
                raise ValueError(parameter.name)
        if not EVEN <= self.busiest < 1:
            raise ValueError("busiest")
        for name in ("services", "eligible", "files", "adults", "filers"):
            if getattr(self, name) <= 0:
                raise ValueError(name)
        if self.easy_first and self.busy_first:
            raise ValueError("order")
        if self.services < 1 or self.redesign_cost < 1:
            raise ValueError("services" if self.services < 1 else "redesign_cost")


@dataclass(frozen=True)
class Counted:
    """What one government's year looks like; shares from 0 to 1, hours in millions."""

    eligible_level4: float  # eligible services at level 4 or better, of the eligible services
    all_level4: float  # the same services, of all services
    eligible_wholly: float  # eligible services that meet the newer yardstick, of the eligible services
    with_file: float  # services online with at least one application, of the services online
    files_online: float  # applications sent online, of all applications
    adults_portal: float  # adults who used the national portal, of all adults
    hours: float  # that people save in a year
    services: float  # online, a number


def steepness(busiest: float) -> float:
    """k, at which the busiest tenth of the services draws `busiest` of the applications (0.1 to below 1)."""
    if busiest <= EVEN:
        return 0.0
    # With y = exp(-k / 10) the share is 1 / (1 + y + … + y^9), which falls as y grows from 0 to 1.
    low, high = 0.0, 1.0
    powers = np.arange(10)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 / np.sum(middle**powers) > busiest else (low, middle)
    return float(-10 * np.log(high))


def drawn_by(share: ArrayLike, busiest: float) -> Array:
    """S: the share of the applications that the busiest `share` of the services draws."""
    k = steepness(busiest)
    x = np.asarray(share, dtype=float)
    return x if k < 1e-9 else np.expm1(-k * x) / np.expm1(-k)


def covered(country: Country) -> float:
    """Applications to eligible services at level 4, as a share of the applications to eligible services."""
    return float(drawn_at_level4(country, country.supply))


def drawn_at_level4(country: Country, supply: ArrayLike) -> Array:
    """The share of the applications that a share `supply` of the services draws, in the order of e-government."""
    shares = np.asarray(supply, dtype=float)
    if country.busy_first:
        return drawn_by(shares, country.busiest)
    return 1 - drawn_by(1 - shares, country.busiest) if country.easy_first else shares


def at_level4(country: Country) -> tuple[float, float]:
    """From where to where the services at level 4 stand, in the order of use; all along it when they have no order."""
    if country.busy_first:
        return 0.0, country.supply
    return (1 - country.supply if country.easy_first else 0.0), 1.0


def with_file(country: Country, first: float, last: float, online: float) -> float:
    """Expected share with at least one application sent online, of the services from place `first` to `last` (0 to 1).

    `online` is the share of a service's applications sent online. Applications come independently, so that a
    service with the expected number n has none with the probability exp(-n). 0 when there is no service.
    """
    if last <= first:
        return 0.0
    edges = np.linspace(first, last, max(2, round(country.services * (last - first)) + 1))
    expected = country.files * 1e6 * online * np.diff(drawn_by(edges, country.busiest))
    each = expected / (country.services * (last - first) / (len(edges) - 1))
    return float(np.mean(-np.expm1(-each)))


def adults_on_portal(country: Country, files_online: float) -> float:
    """Expected share of the adults who send at least one application by themselves through the national portal."""
    sent = country.files * files_online * (1 - country.helped) * country.own
    return float(-country.filers * np.expm1(-sent / (country.filers * country.adults)))


def hours_saved(country: Country, files_online: ArrayLike, quality: float) -> Array:
    """Millions of hours: nothing for what is typed in at the counter, `quality` of the minutes for the rest."""
    return country.files * np.asarray(files_online) * (1 - country.helped) * country.minutes / 60 * quality


def quality_at_level4(country: Country) -> float:
    """Share of the minutes that an application to a service at level 4 saves on average."""
    return country.wholly + (1 - country.wholly) * country.partial


def by_egov(country: Country) -> Counted:
    """The year of a government that brings services to level 4 as they are."""
    online = country.eligible * covered(country) * country.sent
    return Counted(
        eligible_level4=country.supply,
        all_level4=country.supply * country.eligible,
        eligible_wholly=country.supply * country.wholly,
        with_file=with_file(country, *at_level4(country), country.sent) if country.supply else 0.0,
        files_online=online,
        adults_portal=adults_on_portal(country, online),
        hours=float(hours_saved(country, online, quality_at_level4(country))),
        services=country.supply * country.eligible * country.services,
    )


def by_digital(country: Country) -> Counted:
    """The year of a government that spends the same work on redesigning the most used services."""
    share = country.supply / country.redesign_cost
    online = country.eligible * float(drawn_by(share, country.busiest)) * country.sent_redesigned
    return Counted(
        eligible_level4=share,
        all_level4=share * country.eligible,
        eligible_wholly=share,
        with_file=with_file(country, 0.0, share, country.sent_redesigned),
        files_online=online,
        adults_portal=adults_on_portal(country, online),
        hours=float(hours_saved(country, online, 1.0)),
        services=share * country.eligible * country.services,
    )


def hours_by_supply(country: Country, supply: Array) -> tuple[Array, Array]:
    """Hours that people save (millions) at each share of eligible services at level 4, and by redesign at that work."""
    egov = country.eligible * drawn_at_level4(country, supply) * country.sent
    digital = country.eligible * drawn_by(supply / country.redesign_cost, country.busiest) * country.sent_redesigned
    return hours_saved(country, egov, quality_at_level4(country)), hours_saved(country, digital, 1.0)


def break_even_cost(country: Country) -> float:
    """How many times the work of level 4 a redesign may take before people gain no more by it; below 1 it never pays,
    infinite when level 4 brings people nothing.
    """
    if not country.supply or not country.sent_redesigned:
        return 0.0
    needed = covered(country) * country.sent * quality_at_level4(country) / country.sent_redesigned
    if needed <= 0:
        return np.inf
    if needed >= 1:
        return 0.0
    k = steepness(country.busiest)
    share = needed if k < 1e-9 else -np.log1p(needed * np.expm1(-k)) / k
    return country.supply / float(share)


# -- which country gives the published figures


def sent_for(country: Country, files_online: float) -> float:
    """The share sent online at which `files_online` of all applications are. At most 1."""
    reachable = country.eligible * covered(country)
    return min(1.0, files_online / reachable) if reachable else 1.0


def files_for(country: Country, wanted: float) -> float:
    """How many applications (millions) there must be for `wanted` of the services online to draw at least one."""

    def share(files: float) -> float:
        tried = Country(**{**_values(country), "files": files})
        return with_file(tried, *at_level4(country), country.sent)

    low, high = 1e-6, 1e4
    for _ in range(80):
        middle = np.sqrt(low * high)
        low, high = (middle, high) if share(middle) < wanted else (low, middle)
    return float(high)


def own_for(country: Country, adults_portal: float) -> float:
    """The share sent by people through the national portal at which `adults_portal` of adults used it. At most 1."""
    sent = country.files * by_egov(country).files_online * (1 - country.helped)
    if sent <= 0 or adults_portal >= country.filers:
        return 1.0
    needed = -country.filers * country.adults * np.log1p(-adults_portal / country.filers)
    return float(min(1.0, needed / sent))


def _values(country: Country) -> dict[str, float]:
    return {parameter.name: getattr(country, parameter.name) for parameter in fields(country)}
