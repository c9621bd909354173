"""A rule of eligibility: read from one line of text, checked for the fields it needs, and turned into SQL.

The line holds names of fields, numbers, + - * /, comparisons, `and`, `or`, `not` and brackets: nothing else is run.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Eq: "=",
    ast.NotEq: "<>",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.And: " AND ",
    ast.Or: " OR ",
    ast.Not: "NOT ",
    ast.USub: "-",
    ast.UAdd: "+",
}


@dataclass(frozen=True)
class Division:
    """Where a rule divides: SQL of what it divides by, of what must hold to come there, and the fields in it."""

    by: str
    reached: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """One line such as `damage >= 2 and income / members < 2`. Each use raises ValueError("text") if it is no rule."""

    text: str

    @cached_property
    def _tree(self) -> ast.expr:
        try:
            return ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
            raise ValueError("text") from None

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Fields in the order in which the rule names them."""
        self.sql({})
        return _fields(self._tree)

    def sql(self, columns: Mapping[str, str]) -> str:
        """The rule as an expression of SQL; `columns` says what stands for a field, by default its own name."""
        return _sql(self._tree, columns)

    def least(self, field: str) -> float:
        """The least value of a field with which the rule can hold, as far as it says so: `a >= 2 and ...` gives 2."""
        parts = self._tree.values if _is_all_of(self._tree) else [self._tree]
        found = [float("-inf")]
        for part in parts:
            match part:
                case ast.Compare(left=ast.Name(id=name), ops=[ast.GtE()], comparators=[ast.Constant(value=value)]):
                    found += [value] if name == field else []
        return max(found)

    def divisions(self, columns: Mapping[str, str]) -> list[Division]:
        """Every division in it, with the condition under which it is carried out: `a and b / c` divides where a."""
        return _divisions(self._tree, columns, ())


def _is_all_of(tree: ast.expr) -> bool:
    return isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And)


def _fields(tree: ast.AST) -> tuple[str, ...]:
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return tuple(dict.fromkeys(node.id for node in sorted(names, key=lambda node: (node.lineno, node.col_offset))))


def _sql(node: ast.expr, columns: Mapping[str, str]) -> str:
    def part(inner: ast.expr) -> str:
        return _sql(inner, columns)

    match node:
        case ast.Name(id=name) if re.fullmatch("[a-z][a-z_]*", name):
            return columns.get(name, name)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool) and abs(value) < 1e12:
            return repr(value)
        case ast.BoolOp(op=sign, values=values):
            return "(" + SIGNS[type(sign)].join(map(part, values)) + ")"
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.UAdd() as sign, operand=inner):
            return f"({SIGNS[type(sign)]}{part(inner)})"
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return f"({part(left)} * 1.0 / {part(right)})"
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() as sign, right=right):
            return f"({part(left)} {SIGNS[type(sign)]} {part(right)})"
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in SIGNS:
            return f"({part(left)} {SIGNS[type(sign)]} {part(right)})"
    raise ValueError("text")


def _divisions(node: ast.AST, columns: Mapping[str, str], holding: tuple[str, ...]) -> list[Division]:
    found = []
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        found.append(Division(_sql(node.right, columns), " AND ".join(holding) or "1", _fields(node.right)))
    if isinstance(node, ast.BoolOp):
        for place, value in enumerate(node.values):
            before = [_sql(one, columns) for one in node.values[:place]]
            if isinstance(node.op, ast.Or):
                before = [f"(NOT {one})" for one in before]
            found += _divisions(value, columns, (*holding, *before))
        return found
    for child in ast.iter_child_nodes(node):
        found += _divisions(child, columns, holding)
    return found
