"""Numbers that a report marks for a footnote: `12.5*`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.errors import Remark
from app.importers.remarks import remark
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name


def starred(reading: SheetReading, index: int, there: np.ndarray) -> list[Remark]:
    """What is taken as it stands though a mark says something of it. `there`: the rows that are numbers."""
    cells = reading.table.column(column_name(index))
    if not pa.types.is_string(cells.type) or not pc.any(pc.match_substring(cells, "*")).as_py():
        return []
    marked = (
        np.asarray(pc.fill_null(pc.match_substring_regex(cells, r"\*\s*$"), False)) & there & reading.keep
    )
    if not marked.any():
        return []
    header, lines = reading.sheet.headers[index], reading.line[marked].tolist()
    return [remark("starred", reading.sheet.name, column=header, lines=lines)]
