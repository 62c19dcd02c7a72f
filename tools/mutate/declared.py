"""mutation.toml: which modules get faults, which tests must notice, and why a survivor may live."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DECLARED = ROOT / "mutation.toml"


@dataclass(frozen=True)
class Target:
    """`module` from the root; `explained`: key of a mutant → why no test can or need notice it; `named`: (as
    it is, as it must not be), always planted.
    """

    module: Path
    tests: tuple[str, ...]
    explained: dict[str, str]
    named: tuple[tuple[str, str], ...] = ()


def read_targets(path: Path = DECLARED) -> list[Target]:
    """A group names modules by a pattern; a module that two groups name belongs to the first."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    found: dict[Path, Target] = {}
    for group in said["groups"]:
        for pattern in group["modules"]:
            modules = sorted(path.relative_to(ROOT) for path in ROOT.glob(pattern))
            if not modules:
                raise ValueError(f"mutation.toml: no module is called {pattern}")
            for module in modules:
                if module.name != "__init__.py" and module not in found:
                    reasons = said.get("survivors", {}).get(str(module), {})
                    named = tuple((is_, not_) for is_, not_ in said.get("named", {}).get(str(module), ()))
                    found[module] = Target(module, tuple(group["tests"]), reasons, named)
    return list(found.values())
