"""Tables in Arrow's own format, as Feather and programs of data leave them: a file, or a stream."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers.arrow_tables import sheet_of_arrow
from app.importers.base import Contents, Importer, Order, whole
from app.importers.sheets import refuse_wide

_FILE, _FIRST_FEATHER, _STREAM = b"ARROW1\0\0", b"FEA1", b"\xff\xff\xff\xff"


def recognises(path: Path, head: bytes) -> bool:
    return head.startswith((_FILE, _FIRST_FEATHER)) or path.suffix.lower() in IMPORTER.suffixes


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    import pyarrow as pa

    content = whole(path, stream)
    if content.startswith(_FIRST_FEATHER):
        raise KnownError("arrow_first_feather", file=str(path))
    try:
        source = pa.BufferReader(content)
        is_stream = content.startswith(_STREAM)
        reader = pa.ipc.open_stream(source) if is_stream else pa.ipc.open_file(source)
        refuse_wide(path, path.name, len(reader.schema.names))
        table = reader.read_all()
        table.validate(full=True)  # before anything looks at a text: an offset may lead out of its buffer
        return Contents((sheet_of_arrow(path, table),))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise KnownError("arrow_broken", file=str(path)) from error


IMPORTER = Importer("arrow", (".feather", ".arrow", ".arrows", ".ipc"), recognises, read)
