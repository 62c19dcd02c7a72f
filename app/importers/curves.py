"""Curves of a log, as LAS and WITSML have them: a mnemonic, a unit, perhaps a description, rows of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from app.importers.grid import typed
from app.importers.sheets import LINE, Layout, Sheet, column_name

_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
NOTHING = ("", "nan", "null", "-nan", "1.#qnan", "-1.#ind", "nul")


@dataclass(frozen=True)
class Curve:
    mnemonic: str
    unit: str = ""
    about: str = ""
    null: str = ""
    """What it alone writes for nothing."""

    @property
    def header(self) -> str:
        """The mnemonic; where somebody has described the curve in words, those."""
        words = re.sub(r"^\s*\d+\s+", "", self.about).strip()
        return words if len(words) > 3 and not words.replace(" ", "").isdigit() else self.mnemonic


def curves_sheet(
    name: str,
    curves: Sequence[Curve],
    rows: Sequence[tuple[int, Sequence[str]]],
    null: str,
    above: tuple[tuple[str, ...], ...],
) -> Sheet:
    """`rows` are (line, cells), `null` what the log writes for nothing."""
    nothing = number_in(null)
    columns = {
        column_name(i): typed([_cell(cells[i], nothing, number_in(curve.null)) for _, cells in rows])
        for i, curve in enumerate(curves)
    }
    columns[LINE] = pa.array([line for line, _ in rows], pa.int64())
    return Sheet(
        name,
        Layout(0, 1, None, 0),
        tuple(curve.header for curve in curves),
        tuple(curve.unit for curve in curves),
        pa.table(columns),
        above,
    )


def number_in(text: str) -> float | None:
    return float(text) if _NUMBER.match(text) else None


def _cell(text: str, *nulls: float | None) -> float | str | None:
    value = number_in(text)
    if value is None:
        return None if text.lower() in NOTHING else text
    is_null = any(null is not None and abs(value - null) <= 1e-9 * abs(null) for null in nulls)
    return None if is_null else value
