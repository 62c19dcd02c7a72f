"""Tables in DBF (dBase, FoxPro): old field systems still export them. Codepage from the header, CP866 where
it has none.
"""

from __future__ import annotations

import struct
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from app.core.errors import KnownError
from app.importers.base import Contents, Importer, Order, whole
from app.importers.grid import sheet_of

_VERSIONS = (0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB)


def recognises(path: Path, head: bytes) -> bool:
    return path.suffix.lower() == ".dbf" and len(head) > 32 and head[0] in _VERSIONS


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    from dbfread import DBF

    content = whole(path, stream)
    try:
        records, header_length, record_length = struct.unpack_from("<IHH", content, 4)
        if header_length < 33 or record_length < 2 or header_length > len(content):
            raise ValueError(f"{header_length}, {record_length}")
        room = (len(content) - header_length) // record_length
        if records > room:
            raise KnownError("file_truncated", file=str(path), rows=records, there=max(room, 0))
        encoding = None if content[29] else "cp866"
        with TemporaryDirectory() as folder:  # dbfread opens files by name only
            copy = Path(folder) / "table.dbf"
            copy.write_bytes(content)
            table = DBF(
                copy,
                encoding=encoding,
                ignorecase=False,
                ignore_missing_memofile=True,
                char_decode_errors="replace",
            )
            rows: list[list[Any]] = [list(table.field_names)]
            rows += [list(record.values()) for record in table]
    except KnownError:
        raise
    except Exception as error:
        raise KnownError("dbf_broken", file=str(path)) from error
    found = sheet_of(path, path.stem, rows, order.words, order.layouts.get(path.stem))
    if found is None or len(rows) < 2:
        raise KnownError("file_no_rows", file=str(path))
    return Contents((found,))


IMPORTER = Importer("dbf", (".dbf",), recognises, read)
