"""Small faults, one at a time, in the source of a module: what tests should notice."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
}


@dataclass(frozen=True)
class Mutant:
    """A module with one fault."""

    line: int
    fault: str
    source: str


def places_of(source: str) -> list[int]:
    """Return where a module can have a fault, for `mutant_at`."""
    tree = ast.parse(source)
    passed_over = {id(node) for node in _never_run(tree)}
    return [
        number for number, node in enumerate(ast.walk(tree)) if id(node) not in passed_over and _fault(node)
    ]


def mutant_at(source: str, place: int) -> Mutant:
    """Return a module with the fault that it can have at one of its places."""
    tree = ast.parse(source)
    node = next(islice(ast.walk(tree), place, None))
    line, make = getattr(node, "lineno", 0), _fault(node)
    fault = make() if make else ""
    return Mutant(line, fault, ast.unparse(ast.fix_missing_locations(tree)))


def _never_run(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what no test can notice: docstrings, annotations, imports for types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from ast.walk(node)
        for name in ("annotation", "returns"):
            if isinstance(found := getattr(node, name, None), ast.AST):
                yield from ast.walk(found)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield from ast.walk(node)
        if isinstance(node, ast.JoinedStr | ast.Raise):
            yield from ast.walk(node)  # words for people


def _fault(node: ast.AST) -> Callable[[], str] | None:
    """Return what can go wrong at a node: it makes the fault in the node, and names it."""
    fault: Callable[[], str] | None = None
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        fault = partial(_compare, node)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        fault = partial(_operate, node)
    elif isinstance(node, ast.BoolOp):
        fault = partial(_join, node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | str) and node.value != "":
        fault = partial(_constant, node)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        fault = partial(_turn, node)
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        fault = partial(_return_nothing, node)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        fault = partial(_leave_out, node)
    elif isinstance(node, ast.Continue | ast.Break):
        fault = partial(_go_on, node)
    return fault


def _compare(node: ast.Compare) -> str:
    before = type(node.ops[0])
    node.ops[0] = _COMPARISONS[before]()
    return f"{before.__name__} → {_COMPARISONS[before].__name__}"


def _operate(node: ast.BinOp) -> str:
    before = type(node.op)
    node.op = _OPERATORS[before]()
    return f"{before.__name__} → {_OPERATORS[before].__name__}"


def _join(node: ast.BoolOp) -> str:
    is_and = isinstance(node.op, ast.And)
    node.op = ast.Or() if is_and else ast.And()
    return "and → or" if is_and else "or → and"


def _constant(node: ast.Constant) -> str:
    before = node.value
    if isinstance(before, bool):
        node.value = not before
    elif isinstance(before, int):
        node.value = before + 1
    else:
        node.value = f"{before}XX"
    return f"{before!r:.40} → {node.value!r:.40}"


def _turn(node: ast.If | ast.IfExp | ast.While) -> str:
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return f"if {ast.unparse(node.test)[:60]}"


def _return_nothing(node: ast.Return) -> str:
    node.value = ast.Constant(None)
    return "return None"


def _leave_out(node: ast.Expr) -> str:
    before = ast.unparse(node)
    node.value = ast.Constant(None)
    return f"without {before[:60]}"


def _go_on(node: ast.Continue | ast.Break) -> str:
    node.__class__ = ast.Break if isinstance(node, ast.Continue) else ast.Continue
    return "continue ↔ break"
