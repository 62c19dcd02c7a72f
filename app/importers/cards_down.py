"""The table of cards that this program exports: a row a card, its points in two cells; each point becomes a
row of its own. Figures beside them are reckoned anew from the points.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from app.importers.numbers import texts_of
from app.importers.sheets import LINE, Sheet, column_name

CARDS = ("taken_at", "well", "strokes_per_minute", "position_m", "load_n")
_HEADERS = ("Card date", "Well", "SPM", "Position, m", "Load, N")


def points_down(sheet: Sheet) -> Sheet:
    """The same where it is no such table, or where a card has as many positions as loads in no row."""
    if not set(CARDS) <= set(sheet.headers) or sheet.more is not None:
        return sheet
    places = [sheet.headers.index(name) for name in CARDS]
    columns = [texts_of(sheet.table.column(column_name(i))).to_pylist() for i in places]
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    for line, taken_at, well, speed, position, load in zip(
        sheet.table.column(LINE).to_pylist(), *columns, strict=True
    ):
        points = list(zip(str(position).split(), str(load).split(), strict=False))
        if len(str(position).split()) != len(str(load).split()):
            return sheet
        rows += [(taken_at, well, speed, *point) for point in points]
        lines += [line] * len(points)
    if len(rows) <= sheet.table.num_rows:
        return sheet
    arrays = {column_name(i): pa.array(cells, pa.string()) for i, cells in enumerate(zip(*rows, strict=True))}
    return replace(
        sheet,
        headers=_HEADERS,
        units=("",) * len(_HEADERS),
        table=pa.table({**arrays, LINE: pa.array(lines, sheet.table.schema.field(LINE).type)}),
    )
