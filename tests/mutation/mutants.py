"""Small faults, one at a time, in the source of a module: what tests should notice."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    places = [number for number, node in enumerate(ast.walk(tree)) if _faults(node)]
    passed_over = {id(node) for node in _never_run(tree)}
    for number in places:
        node = _node(tree, number)
        if id(node) in passed_over:
            continue
        for choice in range(len(_faults(node))):
            changed = copy.deepcopy(tree)
            fault = _faults(_node(changed, number))[choice]()
            yield Mutant(node.lineno, fault, ast.unparse(ast.fix_missing_locations(changed)))


def _node(tree: ast.AST, number: int) -> ast.AST:
    return next(node for at, node in enumerate(ast.walk(tree)) if at == number)


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


def _faults(node: ast.AST) -> list[Callable[[], str]]:
    """Return what can go wrong at a node: each makes its fault in the node, and names it."""
    faults: list[Callable[[], str]] = []
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        faults.append(lambda: _compare(node))
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        faults.append(lambda: _operate(node))
    elif isinstance(node, ast.BoolOp):
        faults.append(lambda: _join(node))
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | str) and node.value != "":
        faults.append(lambda: _constant(node))
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        faults.append(lambda: _turn(node))
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        faults.append(lambda: _return_nothing(node))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        faults.append(lambda: _leave_out(node))
    elif isinstance(node, ast.Continue | ast.Break):
        faults.append(lambda: _go_on(node))
    return faults


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
    node.__class__ = ast.Break if isinstance(node, ast.Continue) else ast.Continue  # type: ignore[assignment]
    return "continue ↔ break"
