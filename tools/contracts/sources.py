"""The modules of the packages that are under contract, with what each imports."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path

from tools.contracts.imports import Import, imports_in, uses_in
from tools.contracts.untyped import untyped_in

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Module:
    name: str
    path: Path
    imports: list[Import]
    bare: bool = False  # a package with nothing in its `__init__.py`
    uses: list[tuple[str, int]] = field(default_factory=list)  # (name of Python's own, line)
    untyped: list[int] = field(default_factory=list)  # lines that say a mapping to anything


def module_of(path: Path, root: Path) -> tuple[str, bool]:
    """The dotted name of a file, and whether it is a package."""
    parts = path.relative_to(root).with_suffix("").parts
    package = parts[-1] == "__init__"
    return ".".join(parts[:-1] if package else parts), package


def read_sources(packages: list[str], root: Path = ROOT) -> dict[str, Module]:
    """Every module of those of the packages that are there, by name."""
    read = {}
    for path in sorted(path for package in packages for path in (root / package).rglob("*.py")):
        name, package = module_of(path, root)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        bare = package and all(isinstance(node, ast.Expr) for node in tree.body)
        imports = imports_in(tree, name, package=package)
        read[name] = Module(name, path.relative_to(root), imports, bare, uses_in(tree), untyped_in(tree))
    return read
