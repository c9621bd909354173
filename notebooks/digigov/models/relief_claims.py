"""Who is entitled to relief and whom the register lists: one table a setting, whose rows a service deals with."""

import sqlite3
from collections import OrderedDict
from collections.abc import Mapping

from digigov.models.eligibility import Rule
from digigov.models.service import FACTS

Bound = Mapping[str, float | str]

KEPT = 24  # settings; each is a table of some thousand rows
TRUE = {fact: f"true_{fact}" for fact in FACTS}
OF_CLAIMS = ("storm", "any", "collapsed", "register_error", "photo_miss", "satellite_miss", "satellite_false")
OF_CLAIMS += ("false_report", "source", "population")

HIT = "CASE WHEN {0} < :collapsed THEN 3 WHEN {0} < :storm THEN 2 WHEN {0} < :any THEN 1 ELSE 0 END"
# Every household there is and every record of one that has gone: facts as they are (`true_`) and as records have them.
# A record that is out of date looks at another dwelling.
HOUSEHOLDS = f"""
SELECT *, CASE :source
    WHEN 'photo' THEN CASE WHEN looked >= 2 AND photo < :photo_miss THEN 1 ELSE looked END
    WHEN 'satellite' THEN CASE
        WHEN looked >= 2 AND satellite < :satellite_miss THEN 1
        WHEN looked < 2 AND false_alarm < :satellite_false THEN 2
        ELSE looked END
    END AS damage
FROM (
    SELECT *, CASE WHEN old THEN old_hit ELSE true_damage END AS looked FROM (
        SELECT living, migrant, group_bits, access, account, phone, report, appeal, false_report, overlooked,
            favoured, photo, satellite, false_alarm, stale < :register_error AS old,
            {HIT.format("household.damage")} AS true_damage, {HIT.format("old_damage")} AS old_hit,
            poor AS true_poor, income AS true_income, members AS true_members,
            CASE WHEN stale < :register_error THEN old_poor ELSE poor END AS poor,
            CASE WHEN stale < :register_error THEN old_income ELSE income END AS income,
            CASE WHEN stale < :register_error THEN old_members ELSE members END AS members
        FROM household WHERE {{only}} AND (living OR stale < :register_error)
    )
)
"""
# The only rows that can count where a rule asks for a dwelling damaged heavily: much faster than all.
HEAVY = """(
    damage < :storm OR (stale < :register_error AND old_damage < :storm)
    OR false_alarm < :satellite_false OR false_report < :false_report
)"""
CLAIMS = """
CREATE TEMP TABLE {name} AS
SELECT living, migrant, group_bits, old, access, account, phone, report, appeal, false_report, entitled, listed
FROM (
    SELECT *, COALESCE(living AND ({true_rule}), 0) AS entitled,
        COALESCE(:population AND NOT migrant AND ({rule}), 0) AS listed
    FROM ({households})
) WHERE entitled OR listed OR (living AND false_report < :false_report)
"""

_tables: dict[sqlite3.Connection, OrderedDict[tuple[object, ...], str]] = {}


def claims(database: sqlite3.Connection, rule: Rule, bound: Bound) -> str:
    """Name of the table of claims, made if it is not there: who is `entitled`, who is `listed`, who might apply."""
    made = _tables.setdefault(database, OrderedDict())
    key = (rule.text, *(bound[name] for name in OF_CLAIMS))
    if key not in made:
        name = f"claims_{len(made)}"
        if len(made) >= KEPT:
            _, name = made.popitem(last=False)
            database.execute(f"DROP TABLE {name}")
        rules = {"rule": rule.sql({}), "true_rule": rule.sql(TRUE)}
        database.execute(CLAIMS.format(name=name, households=households(rule), **rules), bound)
        made[key] = name
    made.move_to_end(key)
    return made[key]


def households(rule: Rule, heavy: str = HEAVY) -> str:
    """SQL of the rows that can count under the rule: those of `heavy` if it asks for a dwelling damaged heavily."""
    return HOUSEHOLDS.format(only=heavy if rule.least("damage") >= 2 else "1")
