"""Relief after a storm, run by SQL on the synthetic province: lists on paper, and a service put together of blocks.

Who is entitled is the rule applied to how things are; what a list holds is the rule applied to what its maker knows. A
record that is out of date shows another dwelling, income and poverty, or a household that has gone. Every number here
is assumed.
"""

import sqlite3
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from digigov.models.eligibility import Rule
from digigov.models.population import GROUPS
from digigov.models.relief_claims import HOUSEHOLDS, TRUE, Bound, claims, households
from digigov.models.service import FACTS, Fault, Service, divisions_by_zero

LAST_DAY = 365  # of the count; later is never
COLLAPSED, ANY = 0.3, 2.5  # dwellings that collapsed, or were damaged at all, for one damaged heavily or worse
SIGN_DAYS, BANK_DAYS, FIRST_SURVEY = 1, 1, 1
SLOWEST_CASH = 4  # days more in the hamlet that is hardest to reach
UNTOLD = 4  # days until someone who was sent no word comes for the cash
SLOWEST_CLAIM = 20  # days from the launch until the last household thinks of applying or appealing
ON_FOOT = 3  # days until somebody fetches cash for those who cannot walk to the commune office

REASONS = ("not_registered", "out_of_date", "not_seen", "not_reached", "not_asked")
WAYS = ("listed", "reported", "appealed")

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """The storm, the registers and the two ways of working. Shares from 0 to 1, times in days."""

    storm: float = 0.12  # dwellings that are damaged heavily or collapsed
    register_error: float = 0.1  # records that are out of date
    accounts: float = 0.8  # households with a bank account
    phones: float = 0.85  # households that a message reaches
    photo_miss: float = 0.03  # damaged dwellings that a survey by photo misses
    photo_days: float = 7  # until the survey is in the last hamlet
    satellite_miss: float = 0.2
    satellite_false: float = 0.01  # sound dwellings that look damaged from above
    satellite_days: float = 3  # until the picture is there
    report_share: float = 0.7  # who was left out and applies, once they know
    appeal_share: float = 0.7
    unheard: float = 0.4  # of these, who come to know without a message
    false_report: float = 0.003  # households that apply without a right, and are paid
    cash_days: float = 3
    check_days: float = 3  # an application
    appeal_days: float = 7  # an appeal
    paper_miss: float = 0.08  # households that the hamlet's list overlooks
    paper_false: float = 0.01  # households on it without a right
    paper_days: float = 17  # list, checks, approval, cash, in a hamlet near the commune office
    paper_spread: float = 7  # days more in the farthest hamlet
    paper_cost: float = 0.25  # million VND of work for a household on the list

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        shares = {name for name in vars(self) if not name.endswith(("days", "spread", "cost"))}
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0 or (parameter.name in shares and value > 1):
                raise ValueError(parameter.name)


@dataclass(frozen=True, eq=False)
class Outcome:
    """Households. By group: all, then GROUPS. `paid` are entitled ones paid by the end of each day from 0."""

    launch: float
    entitled: Array
    left_out: Array
    wrongly_paid: int
    paid: Array
    by_way: Array
    by_reason: Array  # REASONS of those left out
    cost: float  # million VND

    @property
    def left_share(self) -> Array:
        """Share of the entitled who were left out, by group; nan for a group without any."""
        with np.errstate(invalid="ignore"):
            return self.left_out / self.entitled

    def day(self, share: float) -> float:
        """Day by whose end this share of all the entitled has been paid; inf if it never is."""
        enough = np.flatnonzero(self.paid >= share * self.entitled[0])
        return float(enough[0]) if enough.size else float("inf")


SERVICE = """
SELECT entitled, way, day, group_bits, banked, reason, COUNT(*) FROM (
    SELECT entitled, way, group_bits, banked AND way BETWEEN 1 AND 2 AS banked,
        CAST(CASE way
            WHEN 1 THEN ready + :sign + CASE WHEN banked THEN :bank_days ELSE cash END
            WHEN 2 THEN :launch + report * :slowest + :check_days + CASE WHEN banked THEN :bank_days ELSE cash END
            WHEN 3 THEN ready + :sign + appeal * :slowest + :appeal_days + :cash_days
            ELSE 0 END AS INTEGER) AS day,
        CASE WHEN way > 0 OR NOT entitled THEN 0
            WHEN NOT :population THEN 5
            WHEN migrant THEN 1
            WHEN old THEN 2
            WHEN NOT listed THEN 3
            ELSE 4 END AS reason
    FROM (
        SELECT *, CASE
            WHEN listed AND (banked OR (:post AND NOT old)) THEN 1
            WHEN :self_report AND living AND (banked OR :post)
                AND CASE WHEN entitled THEN report < :report_share * aware ELSE false_report < :false_report END THEN 2
            WHEN :appeals AND entitled AND appeal < :appeal_share * aware THEN 3
            ELSE 0 END AS way
        FROM (
            SELECT *, :bank AND account < :accounts AS banked,
                CASE WHEN :notice AND phone < :phones THEN 1 ELSE :unheard END AS aware,
                MAX(:launch, CASE :source WHEN 'photo' THEN :first + access * :photo_days ELSE :satellite_days END)
                    AS ready,
                :cash_days + access * :slowest_cash + CASE WHEN :notice AND phone < :phones THEN 0 ELSE :untold END
                    AS cash
            FROM {claims}
        )
    )
) WHERE entitled OR way > 0 GROUP BY 1, 2, 3, 4, 5, 6
"""
PAPER = """
SELECT entitled, way, CAST(:paper_days + access * :paper_spread + :on_foot * (group_bits & 3 > 0) AS INTEGER) AS day,
    group_bits, 0, 0, COUNT(*) FROM (
    SELECT *, CASE WHEN entitled THEN overlooked >= :paper_miss ELSE favoured < :paper_false END AS way
    FROM (SELECT *, COALESCE({true_rule}, 0) AS entitled FROM ({households}) WHERE living)
    WHERE entitled OR favoured < :paper_false
) WHERE entitled OR way > 0 GROUP BY 1, 2, 3, 4
"""


def run(service: Service, case: Case, database: sqlite3.Connection, built: bool = False) -> Outcome:
    """The service on the province. `built`: its blocks must be built first.

    Raises ValueError("entitled") when nobody is entitled.
    """
    launch = service.launch_days(built)
    switches = {
        "population": service.has("population"),
        "self_report": service.has("self_report"),
        "appeals": service.has("appeal"),
        "notice": service.has("notice"),
        "bank": service.has("bank"),
        "post": service.has("post"),
    }
    bound = _bound(case, launch=launch, source=source_of(service), **switches)
    rows = _rows(database, SERVICE.format(claims=claims(database, service.rule, bound)), bound)
    way, banked, count = rows[:, 1], rows[:, 4], rows[:, 6]
    each = {block.name: block.each for block in service.blocks}
    cases = {
        "photo": _dwellings_hit(database, case.storm),
        "bank": count[banked == 1].sum(),
        "post": count[(way > 0) & (banked == 0)].sum(),
        "self_report": count[way == 2].sum(),
        "appeal": count[way == 3].sum(),
    }
    cost = service.set_up_cost(built) + sum(each.get(name, 0) * number for name, number in cases.items())
    return _outcome(rows, launch, float(cost))


def on_paper(rule: Rule, case: Case, database: sqlite3.Connection) -> Outcome:
    """The lists that hamlets make, under the same rule. Raises ValueError("entitled") when nobody is entitled."""
    relevant = {name: value for name, value in vars(case).items() if name == "storm" or name.startswith("paper")}
    return _on_paper(rule, Case(**relevant), database)


@lru_cache(maxsize=64)
def _on_paper(rule: Rule, case: Case, database: sqlite3.Connection) -> Outcome:
    rows_that_count = households(rule, "(damage < :storm OR favoured < :paper_false)")
    query = PAPER.format(true_rule=rule.sql(TRUE), households=rows_that_count)
    rows = _rows(database, query, _bound(case, source=""))
    return _outcome(rows, 0.0, float(case.paper_cost * rows[rows[:, 1] == 1, 6].sum()))


def zero_divisions(service: Service, case: Case, database: sqlite3.Connection) -> list[Fault]:
    """Where the rule divides by zero, for a record of the register or, without a register, for who applies."""
    if not service.rule.divisions({}):
        return []
    register = service.has("population")
    facts = ", ".join(FACTS if register else (f"true_{fact} AS {fact}" for fact in FACTS))
    who = "NOT migrant" if register else "living"
    records = f"SELECT {facts} FROM ({HOUSEHOLDS.format(only='1')}) WHERE {who}"
    return divisions_by_zero(service, database, records, _bound(case, source=source_of(service)))


def source_of(service: Service) -> str:
    """The block that sees damage, or nothing."""
    return next((name for name in ("photo", "satellite") if service.has(name)), "")


def _rows(database: sqlite3.Connection, query: str, bound: Bound) -> NDArray[np.int64]:
    """(rows, 7): entitled, way, day, groups, by bank, reason, households."""
    return np.array(database.execute(query, bound).fetchall(), dtype=np.int64).reshape(-1, 7)


def _bound(case: Case, **more: float | str) -> Bound:
    return {
        **vars(case),
        "collapsed": COLLAPSED * case.storm,
        "any": ANY * case.storm,
        "sign": SIGN_DAYS,
        "bank_days": BANK_DAYS,
        "first": FIRST_SURVEY,
        "slowest": SLOWEST_CLAIM,
        "slowest_cash": SLOWEST_CASH,
        "untold": UNTOLD,
        "on_foot": ON_FOOT,
        **more,
    }


def _outcome(rows: NDArray[np.int64], launch: float, cost: float) -> Outcome:
    entitled, way, day, bits, _, reason, count = rows.T
    member = np.stack([np.ones_like(bits), *(bits >> place & 1 for place in range(len(GROUPS)))])
    everyone = member @ (count * entitled)
    if not everyone[0]:
        raise ValueError("entitled")
    paid = np.where(entitled * way > 0, count, 0)
    by_day = np.bincount(np.minimum(day, LAST_DAY + 1), weights=paid, minlength=LAST_DAY + 2)[: LAST_DAY + 1]
    return Outcome(
        launch=launch,
        entitled=everyone.astype(float),
        left_out=(member @ np.where(way == 0, count * entitled, 0)).astype(float),
        wrongly_paid=int(count[(entitled == 0) & (way > 0)].sum()),
        paid=np.cumsum(by_day),
        by_way=np.bincount(way, weights=paid, minlength=len(WAYS) + 1)[1:],
        by_reason=np.bincount(reason, weights=count * entitled, minlength=len(REASONS) + 1)[1:],
        cost=cost,
    )


@lru_cache(maxsize=64)
def _dwellings_hit(database: sqlite3.Connection, storm: float) -> int:
    """Dwellings with any damage, all of which a survey by photo must look at."""
    return database.execute("SELECT COUNT(*) FROM household WHERE living AND damage < ?", [ANY * storm]).fetchone()[0]
