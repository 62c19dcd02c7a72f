"""The rules of `contracts.toml`, and what a module does against them."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from tools.contracts.imports import Import, Place
from tools.contracts.sources import ROOT, Module

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Library:
    """Where a library may be imported; `late`: it is heavy, a function may import it when it needs it."""

    homes: list[str]
    late: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """What modules of ours a module may import late, and why it does not do so at its top."""

    opens: list[str]
    why: str


@dataclass(frozen=True, slots=True)
class Rules:
    packages: list[str]
    layer_of: dict[str, str]  # module or package → its layer
    may: dict[str, set[str]]  # layer → what it may import
    libraries: dict[str, Library]
    doors: dict[str, Door] = field(default_factory=dict)
    free: frozenset[str] = frozenset()  # modules of Python's own that everybody may import
    never: frozenset[str] = frozenset()  # names that nobody uses
    edges: dict[str, str] = field(default_factory=dict)  # module that may say a mapping to anything → why


def read_rules(path: Path = ROOT / "contracts.toml") -> Rules:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    layers = said["layers"]
    holders = [holder for layer in layers.values() for holder in layer["holds"]]
    twice = {holder for holder in holders if holders.count(holder) > 1}
    unknown = {name for layer in layers.values() for name in layer["may"]} - set(layers)
    if twice or unknown:
        raise ValueError(f"{path.name}: in two layers {sorted(twice)}, no such layer {sorted(unknown)}")
    return Rules(
        said["packages"],
        {holder: name for name, layer in layers.items() for holder in layer["holds"]},
        {name: {name, *layer["may"]} for name, layer in layers.items()},
        {name: Library(**library) for name, library in said["libraries"].items()},
        {name: Door(**door) for name, door in said.get("doors", {}).items()},
        frozenset(said["python"]["free"]),
        frozenset(said["python"]["never"]),
        said.get("edges", {}),
    )


def nearest(name: str, table: dict[str, T]) -> T | None:
    """What a table says of a dotted name, or of the nearest package above it."""
    while name:
        if name in table:
            return table[name]
        name = name.rpartition(".")[0]
    return None


def under(name: str, packages: Collection[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def faults_of(module: Module, rules: Rules, bare: Collection[str] = ()) -> list[str]:
    """What a module does against the rules, a line each; `bare` are the packages with nothing in them."""
    layer = nearest(module.name, rules.layer_of)
    found = []
    if layer is None and module.name not in rules.packages:
        found.append(f"{module.path}: in no layer of contracts.toml")
    for item in module.imports:
        if item.target is None:
            said = ["imports by a name that is made at run time"]
        elif under(item.target, rules.packages):
            said = list(_own(module.name, layer, item, rules, bare))
        else:
            said = list(_foreign(module.name, item, rules))
        found += [f"{module.path}:{item.line}: {text}" for text in said]
    found += [
        f"{module.path}:{line}: uses {name}: nobody runs what a name or a text says"
        for name, line in module.uses
        if name in rules.never
    ]
    if module.name not in rules.edges:
        found += [
            f"{module.path}:{line}: a mapping to Any: say what it holds (app/core/plain, app/models/values)"
            for line in module.untyped
        ]
    return found


def _own(name: str, layer: str | None, item: Import, rules: Rules, bare: Collection[str]) -> Iterator[str]:
    target = item.target or ""
    there = nearest(target, rules.layer_of)
    if there is None:
        yield f"imports {target}, which is in no layer"
    elif layer is None or there not in rules.may[layer]:
        yield f"imports {target}: {layer or 'no layer'} may not import {there}"
    elif item.plain or target in bare:
        yield f"imports {target} as a whole: through it everything below could be reached"
    if item.place is not Place.TOP and not _has_door(name, target, rules):
        yield f"imports {target} {item.place.value}: no door in contracts.toml says why"


def _foreign(name: str, item: Import, rules: Rules) -> Iterator[str]:
    target = item.target or ""
    own = target.partition(".")[0] in sys.stdlib_module_names
    library = nearest(target, rules.libraries)
    if own and target in rules.never:
        yield f"imports {target}: nobody runs what a name or a text says"
    elif own and _module_of(target) not in rules.libraries:
        library = None
        if _module_of(target) not in rules.free:
            yield f"imports {target}: not among the free modules of Python's own in contracts.toml"
    elif library is None:
        yield f"imports {target}: contracts.toml gives it no home"
    elif not under(name, library.homes):
        yield f"imports {target}: its homes are {', '.join(library.homes) or 'none'}"
    late = library is not None and library.late
    if item.place is not Place.TOP and not late and not _has_door(name, target, rules):
        yield f"imports {target} {item.place.value}: only heavy libraries (late = true) come late"


@lru_cache
def _module_of(target: str) -> str:
    """`logging.handlers` of `logging.handlers.SocketHandler`, `os` of `os.environ`: the longest part of a
    name of Python's own library that is a module.
    """
    above, _, last = target.rpartition(".")
    if not above:
        return last
    try:
        known = find_spec(target) is not None
    except (ImportError, ValueError):
        known = False
    return target if known else _module_of(above)


def _has_door(name: str, target: str, rules: Rules) -> bool:
    door = nearest(name, rules.doors)
    return door is not None and under(target, door.opens)
