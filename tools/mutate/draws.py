"""Fresh draws: what the tests noticed of faults that nobody had seen when they were written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tools.mutate.declared import ROOT
from tools.mutate.results import Result

DRAWN = ROOT / "docs" / "mutation_draws.json"
FEW = 2


@dataclass(frozen=True)
class Draw:
    """`modules`: path → (planted, survived), as they were when the draw was made; never counted again.
    `on`: the day, ISO.
    """

    seed: int
    each: int
    modules: dict[str, tuple[int, int]]
    on: str = ""

    @classmethod
    def of(cls, seed: int, each: int, results: Sequence[Result]) -> Draw:
        told = {r.module: (r.tried, len(r.left)) for r in results}
        return cls(seed, each, told, datetime.now(UTC).date().isoformat())

    @property
    def planted(self) -> int:
        return sum(planted for planted, _ in self.modules.values())

    @property
    def survived(self) -> int:
        return sum(survived for _, survived in self.modules.values())

    @property
    def places(self) -> list[str]:
        """Its modules where they are few, else their folders."""
        if len(self.modules) <= FEW:
            return sorted(self.modules)
        return sorted({name.rpartition("/")[0] for name in self.modules})


def draws(path: Path = DRAWN) -> list[Draw]:
    if not path.exists():
        return []
    return [
        Draw(
            one["seed"],
            one["each"],
            {name: (n, left) for name, (n, left) in one["modules"].items()},
            one["on"],
        )
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]


def keep_draw(draw: Draw, path: Path = DRAWN) -> list[Draw]:
    every = [*draws(path), draw]
    path.write_text(json.dumps([asdict(one) for one in every], indent=1) + "\n", encoding="utf-8")
    return every


def drawn_before(earlier: Sequence[Draw], module: str, seed: int) -> bool:
    return any(draw.seed == seed and module in draw.modules for draw in earlier)
