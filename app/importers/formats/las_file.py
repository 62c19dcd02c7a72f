"""Logs and recorded series in LAS 2.0, read by lasio: the curves are a table, the well's name is in the
header.
"""

from __future__ import annotations

import io
import math
import re
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers.base import Contents, Importer, Order, whole
from app.importers.encodings import encoding_of
from app.importers.grid import typed
from app.importers.sheets import LINE, Layout, Sheet, column_name


def recognises(path: Path, head: bytes) -> bool:
    return (
        path.suffix.lower() == ".las" or re.match(rb"\s*(#[^\n]*\n\s*)*~V", head, re.IGNORECASE) is not None
    )


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    import lasio
    import pyarrow as pa

    content = whole(path, stream)
    text = content.decode(encoding_of(path, content[:65_536]), "replace")
    if (
        re.search(r"^\s*~[Vv]", text, re.MULTILINE) is None
        or re.search(r"^\s*~[Aa]", text, re.MULTILINE) is None
    ):
        raise KnownError("las_broken", file=str(path), reason="~V, ~A")
    try:
        las = lasio.read(io.StringIO(text), engine="normal", ignore_header_errors=False)
    except Exception as error:
        raise KnownError(
            "las_broken", file=str(path), reason=f"{type(error).__name__} {error}"[:160]
        ) from error
    curves = [curve for curve in las.curves if len(curve.data)]
    if not curves:
        raise KnownError("las_broken", file=str(path), reason="~Curve")
    rows = len(curves[0].data)
    columns = {}
    for index, curve in enumerate(curves):
        cells = [
            None if isinstance(cell, float) and math.isnan(cell) else cell for cell in curve.data.tolist()
        ]
        columns[column_name(index)] = typed(cells)
    first = text[: re.search(r"^\s*~[Aa][^\n]*", text, re.MULTILINE).end()].count("\n") + 2  # type: ignore[union-attr]
    columns[LINE] = pa.array(range(first, first + rows))
    about = tuple(
        (f"{item.mnemonic}: {item.value}", str(item.descr)) for item in las.well if str(item.value).strip()
    )
    well = next((str(item.value) for item in las.well if item.mnemonic.upper() == "WELL"), "")
    date = next((str(item.value) for item in las.well if item.mnemonic.upper() == "DATE"), "")
    above = ((f"Well: {well}",) if well else (), (f"Date: {date}",) if date else (), *about)
    headers = tuple(_header(curve.mnemonic, curve.descr) for curve in curves)
    units = tuple(str(curve.unit or "") for curve in curves)
    sheet = Sheet(
        path.stem,
        Layout(0, 1, None, 0),
        headers,
        units,
        pa.table(columns),
        tuple(row for row in above if row),
    )
    return Contents((sheet,))


def _header(mnemonic: str, described: str) -> str:
    """The mnemonic; where somebody has described the curve in words, those."""
    words = re.sub(r"^\s*\d+\s+", "", str(described or "")).strip()
    return words if len(words) > 3 and not words.replace(" ", "").isdigit() else str(mnemonic)


IMPORTER = Importer("las", (".las",), recognises, read)
