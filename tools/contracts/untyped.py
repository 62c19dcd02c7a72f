"""Where a module's text says a mapping to anything: `dict[str, Any]` and its like, under whatever name they
are imported, in quotes too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

MAPPINGS = frozenset(
    {"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict", "ChainMap"}
)
ANYTHING = "Any"


def untyped_of(text: str) -> list[int]:
    return untyped_in(ast.parse(text))


def untyped_in(tree: ast.Module) -> list[int]:
    """The lines, in order."""
    called = {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    return sorted({line for line, node in _expressions(tree) if _is_untyped(node, called)})


def _expressions(tree: ast.Module) -> Iterator[tuple[int, ast.AST]]:
    """Every node with its line; of a text that may be an annotation what it says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            yield node.lineno, node
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "[" in node.value:
            try:
                said = ast.parse(node.value, mode="eval")
            except (SyntaxError, ValueError):
                continue
            yield from ((node.lineno, one) for one in ast.walk(said) if isinstance(one, ast.Subscript))


def _is_untyped(node: ast.AST, called: dict[str, str]) -> bool:
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Tuple):
        return False
    kept = node.slice.elts[-1]
    return _name(node.value, called) in MAPPINGS and _name(kept, called) == ANYTHING


def _name(node: ast.AST, called: dict[str, str]) -> str:
    """`Any` of `Any`, of `typing.Any` and of what was imported as something else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.rpartition(".")[2]
    return called.get(node.id, node.id) if isinstance(node, ast.Name) else ""
