"""Small faults, planted one at a time into a module's tree: what a slip of the hand could have made of it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
# What is said to the log or to the types changes no result.
NOT_MUTATED = ("_log.", "logging.", "cast(")


@dataclass(frozen=True)
class Mutant:
    """`tree` is the whole module with one fault, made when it is asked for: of hundreds few are planted.
    `key` stays the same while the line does.
    """

    line: int
    what: str
    source: str
    make: Callable[[], ast.Module]

    @property
    def tree(self) -> ast.Module:
        return self.make()

    @property
    def key(self) -> str:
        return f"{self.source} → {self.what}"


def mutants(text: str) -> Iterator[Mutant]:
    """Every fault that the operators know for this text, in the order of its lines."""
    tree = ast.parse(text)
    lines = text.splitlines()
    places = [(node, change, what) for node in _code(tree) for change, what in _changes(node)]
    places.sort(key=lambda place: (place[0].lineno, place[0].col_offset))  # type: ignore[attr-defined]
    for node, change, what in places:
        line = node.lineno  # type: ignore[attr-defined]
        yield Mutant(line, what, lines[line - 1].strip(), partial(_changed, tree, node, change))


def _changed(tree: ast.Module, node: ast.AST, change: Change) -> ast.Module:
    changed = copy.deepcopy(tree)
    change(_twin(tree, changed, node), changed)
    return ast.fix_missing_locations(changed)


def named_mutant(text: str, part: str, instead: str) -> Mutant:
    """A fault that was once found to be noticed by nobody."""
    if text.count(part) != 1:
        raise ValueError(f"{part!r} stands {text.count(part)} times in the module")
    line = text[: text.index(part)].count("\n") + 1
    tree = ast.parse(text.replace(part, instead))
    return Mutant(line, f"is {instead.strip() or 'left out'}", part.strip(), lambda: tree)


def _code(tree: ast.Module) -> Iterator[ast.AST]:
    """Everything that runs: no annotations, no docstrings, nothing that only the type checker sees."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Expr | ast.Call) and ast.unparse(node).startswith(NOT_MUTATED):
            continue
        yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_text(child):
                    waiting.append(child)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


Change = Callable[[ast.AST, ast.Module], None]


def _changes(node: ast.AST) -> Iterator[tuple[Change, str]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            other = COMPARED[type(op)]
            yield _set(lambda n: setattr(n, "ops", [other()])), f"{type(op).__name__} is {other.__name__}"
        case ast.BoolOp():
            swapped = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield _set(lambda n: setattr(n, "op", swapped())), f"joined by {swapped.__name__.lower()}"
        case ast.BinOp() | ast.AugAssign() if type(node.op) in RECKONED:
            sign = RECKONED[type(node.op)]
            name = type(node.op).__name__
            yield _set(lambda n: setattr(n, "op", sign())), f"{name} is {sign.__name__}"
        case ast.UnaryOp(op=ast.Not()):
            yield _put_in_place(lambda n: n.operand), "not is left out"
        case ast.Constant(value=bool()):
            flipped = not node.value
            yield _set(lambda n: setattr(n, "value", flipped)), f"{node.value} is {flipped}"
        case ast.Constant(value=int() | float()) if node.value + 1 != node.value:  # 1e30 + 1 is 1e30
            grown = node.value + 1
            yield _set(lambda n: setattr(n, "value", grown)), f"{node.value} is {grown}"
        case ast.If() | ast.While() | ast.IfExp() if ast.unparse(node.test) != "TYPE_CHECKING":
            yield (
                _set(lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))),
                "the condition is turned",
            )
        case ast.Return(value=ast.expr()) if not _is_none(node.value):
            yield _set(lambda n: setattr(n, "value", ast.Constant(None))), "nothing is returned"
        case ast.Expr(value=ast.Call()):
            yield _put_in_place(lambda n: ast.Pass()), "the call is left out"
        case ast.Raise():
            yield _put_in_place(lambda n: ast.Pass()), "nothing is raised"
        case ast.Break():
            yield _put_in_place(lambda n: ast.Continue()), "goes on"
        case ast.Continue():
            yield _put_in_place(lambda n: ast.Break()), "stops"


def _is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _set(change: Callable[[ast.AST], None]) -> Change:
    return lambda node, tree: change(node)


def _put_in_place(make: Callable[[ast.AST], ast.AST]) -> Change:
    """Another node where `node` stands in the tree."""

    def replace(node: ast.AST, tree: ast.Module) -> None:
        for parent in ast.walk(tree):
            for name, value in ast.iter_fields(parent):
                if value is node:
                    setattr(parent, name, ast.copy_location(make(node), node))
                elif isinstance(value, list) and any(item is node for item in value):
                    setattr(parent, name, [ast.copy_location(make(n), n) if n is node else n for n in value])

    return replace


def _twin(tree: ast.Module, copied: ast.Module, node: ast.AST) -> ast.AST:
    for ours, theirs in zip(ast.walk(tree), ast.walk(copied), strict=True):
        if ours is node:
            return theirs
    raise LookupError("the copy has another shape")
