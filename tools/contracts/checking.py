"""The whole check: every module against the rules, no circles, nothing declared that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.contracts.circles import circles, graph_of
from tools.contracts.imports import Place
from tools.contracts.rules import Rules, faults_of, nearest, under
from tools.contracts.sources import ROOT, Module

UNREAD = (".pyi", ".pyw", ".pyx", ".pyc", ".pyd", ".so", ".pth", ".zip", ".whl")


def faults(modules: dict[str, Module], rules: Rules) -> list[str]:
    """All that is wrong, a line each."""
    bare = {module.name for module in modules.values() if module.bare}
    return [
        *(text for module in modules.values() for text in faults_of(module, rules, bare)),
        *(f"a circle of imports: {' ↔ '.join(group)}" for group in circles(graph_of(modules))),
        *(f"contracts.toml: {text}" for text in _idle(modules, rules)),
        *(f"{path}: code that no contract reads" for path in unread_code(rules.packages)),
    ]


def unread_code(packages: list[str], root: Path = ROOT) -> list[Path]:
    """Files of the packages that Python would run or a type checker believe, and nobody here looks into."""
    files = (path for package in packages for path in (root / package).rglob("*"))
    return sorted(
        path.relative_to(root) for path in files if path.suffix in UNREAD and "__pycache__" not in path.parts
    )


def _idle(modules: dict[str, Module], rules: Rules) -> Iterator[str]:
    """What the rules declare and nobody does: a name written wrong would otherwise check nothing."""
    there = [package for package in rules.packages if package in modules]
    for holder in rules.layer_of:
        if under(holder, there) and not any(under(name, [holder]) for name in modules):
            yield f"the layer's {holder} is not there"
    for library, rule in rules.libraries.items():
        for home in rule.homes:
            if under(home, there) and not _imported(library, home, modules, rules):
                yield f"{library} is not imported in its home {home}"
    for name, door in rules.doors.items():
        for opened in door.opens:
            if under(name, there) and not _opened(name, opened, modules):
                yield f"the door {name} does not open {opened}"
    for name in rules.edges:
        if under(name, there) and not (name in modules and modules[name].untyped):
            yield f"the edge {name} has no mapping to Any"


def _imported(library: str, home: str, modules: dict[str, Module], rules: Rules) -> bool:
    rule = rules.libraries[library]
    return any(
        nearest(item.target or "", rules.libraries) is rule
        for module in modules.values()
        if under(module.name, [home])
        for item in module.imports
    )


def _opened(name: str, opened: str, modules: dict[str, Module]) -> bool:
    return any(
        item.place is not Place.TOP and under(item.target or "", [opened])
        for module in modules.values()
        if under(module.name, [name])
        for item in module.imports
    )
