"""Which files of the locked wheels do not travel: the rules are in trimming.toml, each with its reason."""

from __future__ import annotations

import re
import subprocess
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from installer import icu
from installer.layout import Platform

RULES = Path(__file__).with_name("trimming.toml")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==")


@dataclass(frozen=True)
class Weight:
    """What a path of the rules took away."""

    path: str
    why: str
    files: int
    size: int


def locked_without(requirements: str, whole: frozenset[str]) -> str:
    """The lock's text without these packages and their hashes."""
    kept, keeping = [], True
    for line in requirements.splitlines(keepends=True):
        pinned = PINNED.match(line)
        if pinned is not None:
            keeping = pinned[1].lower() not in whole
        if keeping:
            kept.append(line)
    return "".join(kept)


def locked_names(requirements: str) -> frozenset[str]:
    lines = (PINNED.match(line) for line in requirements.splitlines())
    return frozenset(pinned[1].lower() for pinned in lines if pinned is not None)


def left_out_whole(rules: Path = RULES) -> frozenset[str]:
    told = tomllib.loads(rules.read_text(encoding="utf-8"))
    return frozenset(name for rule in told["whole"] for name in rule["packages"])


def extras(rules: Path = RULES) -> dict[str, frozenset[str]]:
    """Name → packages of the lock that only who chose it has."""
    told = tomllib.loads(rules.read_text(encoding="utf-8"))
    return {one["name"]: frozenset(one["packages"]) for one in told["extra"]}


def sources_that_stay(platform: Platform, rules: Path = RULES) -> tuple[str, ...]:
    """Paths of the packages whose sources travel with their byte code."""
    told = tomllib.loads(rules.read_text(encoding="utf-8"))["sources"]
    return tuple(told["kept"]) if platform.key in told["systems"] else ("*",)


def trim(folder: Path, platform: Platform, of: str, rules: Path = RULES) -> list[Weight]:
    """Takes away the files of the rules `of` ("packages" or "standard") and folders that are empty then."""
    told = tomllib.loads(rules.read_text(encoding="utf-8"))
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    weights: list[Weight] = []
    stale: list[str] = []
    for rule in told[of]:
        if platform.key not in rule.get("systems", [platform.key]):
            continue
        for pattern in rule["paths"]:
            gone = [name for name in found if fnmatchcase(name, pattern)]
            if not gone:
                stale.append(pattern)
            size = 0
            for name in gone:
                path = found.pop(name)
                size += path.lstat().st_size
                path.unlink()
            weights.append(Weight(pattern, rule["why"], len(gone), size))
    if stale:
        raise SystemExit(f"{rules.name}: nothing on {platform.key} is called {', '.join(stale)}")
    for rule in told.get("strip", []) if of == "packages" else []:
        if platform.key in rule["systems"]:
            strip([found[name] for name in sorted(found) if any(fnmatchcase(name, p) for p in rule["paths"])])
    for rule in told.get("icu", []) if of == "packages" else []:
        if platform.key in rule["systems"]:
            icu.keep_only(found[rule["library"]], rule["kept"])
    for inner in sorted((one for one in folder.rglob("*") if one.is_dir()), reverse=True):
        if not any(inner.iterdir()):
            inner.rmdir()
    return weights


def strip(libraries: list[Path]) -> None:
    """Without names and lines for debuggers. Each comes out as a new file: the old one may be a link into a
    cache.
    """
    for path in libraries:
        lean = path.with_name(f"{path.name}.lean")
        subprocess.run(["strip", "--strip-unneeded", "-o", str(lean), str(path)], check=True)
        lean.replace(path)
