"""Rows taken out of a sheet, and the cells that did not fit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from app.core.errors import Details, Remark
from app.core.units import Unit

Said = str | dict[str, str]
"""A text that is one in every language, or language → text."""


@dataclass(frozen=True)
class Problem:
    """One cell. `severity` is error (the row cannot stay as it is), warning (it can, but look) or question
    (two readings, and nothing tells which: importers/remarks). `column` is -1 for a row.
    """

    sheet: str
    line: int
    column: int
    header: str
    value: str
    code: str
    severity: str = "error"
    details: Details = field(default_factory=dict)

    @property
    def options(self) -> dict[str, Said]:
        """Of a question: the answer → what the cell would be then."""
        told = self.details.get("options")
        return told if isinstance(told, dict) else {}


@dataclass
class Rows:
    """`well` names as the file has them; `time_us`; `values` by target: arrays (n,) in SI (numbers), or
    texts; NaN and "" are nothing. `units` are those that numbers came in. Rows that cannot be used are out
    already and in `problems`.
    """

    kind: str
    line: np.ndarray
    well: np.ndarray
    time_us: np.ndarray
    until_us: np.ndarray | None
    values: dict[str, np.ndarray]
    qualifiers: dict[str, np.ndarray] = field(default_factory=dict)
    units: dict[str, Unit | None] = field(default_factory=dict)
    shown: dict[str, np.ndarray] = field(default_factory=dict)
    """Numbers as the file has them, for the marks of a gauge that repeats itself or sends a sentinel."""
    quality: dict[str, np.ndarray] = field(default_factory=dict)
    """What the source says of each row's values: of one sensor by its name, of the whole row under
    quality_columns.QUALITY.
    """
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    assumed: dict[str, Unit] = field(default_factory=dict)
    blank_lines: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    """Rows without a single value: not written."""
    beside: set[int] = field(default_factory=set)
    """Columns that are no field and made the values of one: a density."""
    remarks: list[Remark] = field(default_factory=list)
    strict: bool = True
    """A cell outside its limits is an error, and empty."""
    asks: bool = True
    """What a file leaves open is asked, and a unit that is not known refused."""

    def where(self, keep: np.ndarray) -> Rows:
        """Those of `keep`, a mask or their places; what was said of the others stays said."""

        def cut(part: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
            return {key: value[keep] for key, value in part.items()}

        return replace(
            self,
            line=self.line[keep],
            well=self.well[keep],
            time_us=self.time_us[keep],
            until_us=None if self.until_us is None else self.until_us[keep],
            values=cut(self.values),
            qualifiers=cut(self.qualifiers),
            shown=cut(self.shown),
            quality=cut(self.quality),
        )
