"""What a module's text imports, wherever it does so: at its top, in a function, for types only, by a name in
quotes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

DYNAMIC = ("import_module", "__import__")
LEAVES = {ast.Name, ast.Constant, ast.Import, ast.ImportFrom, ast.alias}
"""Most of a module: of what stands below them nobody asks."""
NOTHING = {ast.Load, ast.Store}


class Place(Enum):
    TOP = "at the top"
    FUNCTION = "in a function"
    TYPING = "for types only"


@dataclass(frozen=True, slots=True)
class Import:
    """`from a.b import c` has the target `a.b.c`, whether `c` is a module or a name in one; `import a.b` is
    plain: everything below `a` can be reached by it. No target: the name is made at run time, so that nobody
    can say what it is.
    """

    target: str | None
    line: int
    place: Place = Place.TOP
    plain: bool = False


def imports_of(module: str, text: str, *, package: bool = False) -> list[Import]:
    """All imports of a module's text; `package` says that it is an `__init__.py`."""
    return imports_in(ast.parse(text), module, package=package)


def imports_in(tree: ast.Module, module: str, *, package: bool = False) -> list[Import]:
    found: list[Import] = []
    _gather(tree.body, Place.TOP, module if package else module.rpartition(".")[0], found)
    return found


def uses_of(text: str) -> list[tuple[str, int]]:
    """(`os.system`, line) of every name that is reached through a module imported whole, and of every
    built-in name, whatever it is called here.
    """
    return uses_in(ast.parse(text))


def uses_in(tree: ast.Module) -> list[tuple[str, int]]:
    nodes = _below(tree)
    for node in nodes:  # it grows while it is gone through
        nodes += _below(node)
    modules = {
        name.asname or name.name: name.name
        for node in nodes
        if isinstance(node, ast.Import)
        for name in node.names
    }
    found = []
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.append((f"{modules[node.value.id]}.{node.attr}", node.lineno))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.append((f"builtins.{node.id}", node.lineno))
    return found


def _gather(nodes: Sequence[ast.AST], place: Place, home: str, found: list[Import]) -> None:
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            found.extend(_said_by(node, place, home))
        if isinstance(node, ast.If) and _for_types(node.test):
            _gather(node.body, Place.TYPING if place is Place.TOP else place, home, found)
            _gather(node.orelse, place, home, found)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            _gather(_below(node), Place.FUNCTION, home, found)
        elif below := _below(node):
            _gather(below, place, home, found)


def _below(node: ast.AST) -> list[ast.AST]:
    """`ast.iter_child_nodes` in half the time: half a million are asked."""
    below: list[ast.AST] = []
    if node.__class__ not in LEAVES:
        for name in node._fields:
            value = getattr(node, name, None)
            if value.__class__ is list:
                below += [one for one in value if isinstance(one, ast.AST)]
            elif isinstance(value, ast.AST) and value.__class__ not in NOTHING:
                below.append(value)
    return below


def _said_by(node: ast.AST, place: Place, home: str) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for name in node.names:
            yield Import(name.name, node.lineno, place, plain=True)
    elif isinstance(node, ast.ImportFrom):
        source = _absolute("." * node.level + (node.module or ""), home)
        for name in node.names:
            yield Import(source if name.name == "*" else f"{source}.{name.name}", node.lineno, place)
    elif isinstance(node, ast.Call) and _name_of(node.func) in DYNAMIC:
        first = node.args[0] if node.args else None
        literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
        yield Import(_absolute(first.value, home) if literal else None, node.lineno, place)


def _absolute(name: str, home: str) -> str:
    """`..importing` in the package `a.b` is `a.importing`."""
    bare = name.lstrip(".")
    level = len(name) - len(bare)
    if not level:
        return bare
    above = home.split(".")[: len(home.split(".")) - (level - 1)]
    return ".".join([*above, bare] if bare else above)


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _for_types(test: ast.expr) -> bool:
    return _name_of(test) == "TYPE_CHECKING"
