"""What was found of each module, kept beside the report: a run of a few modules renews theirs alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tools.mutate.declared import ROOT, Target
from tools.mutate.operators import Mutant

KEPT = ROOT / "docs" / "mutation.json"


@dataclass(frozen=True)
class Survivor:
    line: int
    what: str
    source: str

    @property
    def key(self) -> str:
        return f"{self.source} → {self.what}"


@dataclass
class Result:
    """`each` is how many were to be drawn, with `seed`; `of` the text of the module as it was."""

    module: str
    of: str
    each: int
    seed: int
    tried: int = 0
    killed: int = 0
    left: list[Survivor] = field(default_factory=list)

    def note(self, mutant: Mutant, *, noticed: bool) -> None:
        self.tried += 1
        self.killed += noticed
        if not noticed:
            self.left.append(Survivor(mutant.line, mutant.what, mutant.source))

    def unexplained(self, target: Target) -> list[Survivor]:
        return [one for one in self.left if one.key not in target.explained]


def digest(module: Path) -> str:
    return hashlib.sha256((ROOT / module).read_bytes()).hexdigest()[:12]


def kept(path: Path = KEPT) -> dict[str, Result]:
    if not path.exists():
        return {}
    found = [
        Result(**{**one, "left": [Survivor(**each) for each in one["left"]]})
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]
    return {one.module: one for one in found}


def keep(results: dict[str, Result], path: Path = KEPT) -> None:
    text = json.dumps([asdict(results[name]) for name in sorted(results)], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
