"""Tables in Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers.arrow_tables import sheet_of_arrow
from app.importers.base import Contents, Importer, Order, whole
from app.importers.sheets import refuse_wide


def recognises(path: Path, head: bytes) -> bool:
    return head.startswith(b"PAR1") or path.suffix.lower() == ".parquet"


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    import pyarrow as pa
    from pyarrow import parquet

    content = whole(path, stream)
    try:
        table = parquet.read_table(pa.BufferReader(content), use_threads=False)
        table.validate(full=True)  # texts that are no UTF-8 are found here, not where they are shown
        refuse_wide(path, path.name, len(table.column_names))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise KnownError("parquet_broken", file=str(path)) from error
    return Contents((sheet_of_arrow(path, table),))


IMPORTER = Importer("parquet", (".parquet",), recognises, read)
