"""A public service as it is declared: blocks of a platform put together around one rule, checked before it runs.

A block supplies fields and needs fields. A service is refused when its rule or a block needs a field that no block of
it supplies, and when its rule would divide by zero for someone in the register.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from digigov.models.eligibility import Rule

# What the rule may ask about a household; everything else that a block supplies is for other blocks.
FACTS = ("damage", "poor", "income", "members")


@dataclass(frozen=True)
class Block:
    """Days to set it up where the platform has it and to build it where not; costs in million VND."""

    name: str
    supplies: frozenset[str]
    needs: tuple[str, ...]
    days: float
    build_days: float
    cost: float
    build_cost: float
    each: float = 0.0  # for one case that it handles

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in ("days", "build_days", "cost", "build_cost", "each"):
            if not 0 <= getattr(self, parameter) < float("inf"):
                raise ValueError(parameter)


@dataclass(frozen=True)
class Service:
    """What is put together. `rule_name` is what the rule is called in a fault."""

    blocks: tuple[Block, ...]
    rule: Rule
    rule_name: str = "rule"

    def has(self, name: str) -> bool:
        return any(block.name == name for block in self.blocks)

    @property
    def supplied(self) -> frozenset[str]:
        return frozenset().union(*(block.supplies for block in self.blocks))

    def launch_days(self, built: bool) -> float:
        """Days from the decision to the launch: blocks are set up one after another; those that must be built are built
        side by side before that."""
        building = max((block.build_days for block in self.blocks), default=0.0) if built else 0.0
        return building + sum(block.days for block in self.blocks)

    def set_up_cost(self, built: bool) -> float:
        """Million VND before the first case."""
        return sum(block.cost + (block.build_cost if built else 0) for block in self.blocks)


@dataclass(frozen=True)
class Fault:
    """Why a service is refused. `kind`: `rule` or `block` needs `field`, which the blocks `by` would supply; `unknown`
    field in the rule; `zero`: the rule divides by `field`, which is 0 for `count` records."""

    kind: str
    what: str
    field: str
    by: tuple[str, ...] = ()
    count: int = 0


def faults(service: Service, palette: Mapping[str, Block]) -> list[Fault]:
    """Everything that is wrong with how the service is put together, the rule first; without looking at any person."""

    def suppliers(field: str) -> tuple[str, ...]:
        return tuple(name for name, block in palette.items() if field in block.supplies)

    found = []
    for field in service.rule.needs:
        if field not in FACTS:
            found.append(Fault("unknown", service.rule_name, field))
        elif field not in service.supplied:
            found.append(Fault("rule", service.rule_name, field, suppliers(field)))
    for block in service.blocks:
        found += [
            Fault("block", block.name, field, suppliers(field))
            for field in block.needs
            if field not in service.supplied
        ]
    return found


def divisions_by_zero(
    service: Service, database: sqlite3.Connection, records: str, bound: Mapping[str, float | str]
) -> list[Fault]:
    """Where the rule divides by zero: `records` is SQL of the rows that the service reads, with a column a fact."""
    found = []
    for division in service.rule.divisions({}):
        wrong = f"SELECT COUNT(*) FROM ({records}) WHERE {division.reached} AND {division.by} = 0"
        count = database.execute(wrong, bound).fetchone()[0]
        if count:
            found.append(Fault("zero", service.rule_name, division.fields[0] if division.fields else "0", count=count))
    return found
