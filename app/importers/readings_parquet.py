"""Readings in Parquet, wide or long."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import KnownError
from app.importers.base import Importer, ImportOptions, ParseResult


def recognises(path: Path, head: bytes) -> bool:
    return head.startswith(b"PAR1") or path.suffix.lower() == ".parquet"


def parse(path: Path, content: bytes, options: ImportOptions) -> ParseResult:
    import pyarrow as pa
    from pyarrow import parquet

    from app.importers.tables import readings_from

    try:
        table = parquet.read_table(pa.BufferReader(content), use_threads=False)
    except (pa.ArrowInvalid, OSError) as error:
        raise KnownError("parquet_broken", file=str(path), reason=str(error).splitlines()[0][:160]) from error
    return readings_from(path, table, options, first_line=1)


IMPORTER = Importer("readings_parquet", (".parquet",), recognises, parse)
