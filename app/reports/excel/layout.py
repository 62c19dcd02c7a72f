"""How wide columns must be for what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field

NARROWEST, WIDEST = 9.0, 60.0


@dataclass
class Widths:
    """Column from 1 → width [characters]."""

    columns: dict[int, float] = field(default_factory=dict)

    def note(self, column: int, text: str) -> None:
        wanted = min(WIDEST, max((len(line) for line in text.split("\n")), default=0) + 2.0)
        self.columns[column] = max(self.columns.get(column, NARROWEST), wanted)
