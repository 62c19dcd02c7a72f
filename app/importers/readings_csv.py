"""Readings in CSV and TSV: wide or long; encoding, separator and decimal mark found from the file itself."""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import KnownError
from app.importers.base import Importer, ImportOptions, ParseResult, looks_binary

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import csv

SEPARATORS = (";", "\t", ",", "|")


def recognises(path: Path, head: bytes) -> bool:
    return path.suffix.lower() in IMPORTER.suffixes


def encoding_of(path: Path, head: bytes) -> str:
    """UTF-8 (with or without BOM), UTF-16 with BOM, else CP1251. Raises KnownError for a binary file."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if looks_binary(head):
        raise KnownError("file_binary", file=str(path))
    try:
        head.decode("utf-8-sig")
        return "utf-8-sig"
    except UnicodeDecodeError as error:
        # The 64 KiB may end inside a letter; anything earlier that is not UTF-8 means the old Windows encoding.
        return "utf-8-sig" if error.start > len(head) - 4 else "cp1251"


def separator_of(path: Path, header: str) -> str:
    counts = {separator: header.count(separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: counts[separator])
    if counts[best] == 0:
        raise KnownError("csv_no_columns", file=str(path), header=header[:80])
    return best


def parse(path: Path, content: bytes, options: ImportOptions) -> ParseResult:
    encoding = encoding_of(path, content[:65_536])
    try:
        content = content.decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise KnownError("file_encoding", file=str(path), position=error.start) from error
    lines = content.split(b"\n", 21)
    skip = next((i for i, line in enumerate(lines) if line.strip()), 0)
    header = lines[skip].decode().strip("\r")
    separator = separator_of(path, header)
    from app.importers.tables import readings_from

    return readings_from(path, _table(path, content, separator, skip), options, first_line=skip + 2)


def _table(path: Path, content: bytes, separator: str, skip: int) -> pa.Table:
    """Every cell as text: what a cell means is decided later, with its place in the file known."""
    import pyarrow as pa
    from pyarrow import csv

    bad: list[csv.InvalidRow] = []

    def on_bad(row: csv.InvalidRow) -> str:
        bad.append(row)
        return "skip"

    read = csv.ReadOptions(skip_rows=skip, use_threads=False, encoding="utf8", block_size=1 << 24)
    parse_options = csv.ParseOptions(
        delimiter=separator, invalid_row_handler=on_bad, ignore_empty_lines=False
    )
    try:
        names = csv.read_csv(io.BytesIO(content), read, parse_options, csv.ConvertOptions(strings_can_be_null=False)).column_names  # fmt: skip
        bad.clear()
        convert = csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        )
        table = csv.read_csv(io.BytesIO(content), read, parse_options, convert)
    except pa.ArrowInvalid as error:
        raise KnownError("csv_broken", file=str(path), reason=str(error).splitlines()[0][:160]) from error
    if bad:
        row = bad[0]
        line = (row.number or 0) + skip if row.number else "?"
        raise KnownError("csv_row", file=str(path), line=line, expected=row.expected_columns, actual=row.actual_columns, text=row.text[:80])  # fmt: skip
    duplicates = {name for name in names if names.count(name) > 1}
    if duplicates:
        raise KnownError("column_twice", file=str(path), field=duplicates.pop(), first="", second="")
    return _without_blank_rows(table)


def _without_blank_rows(table: pa.Table) -> pa.Table:
    """Blank lines at the end of a file are no rows."""
    rows = table.num_rows
    while rows and all(not (column[rows - 1].as_py() or "").strip() for column in table.columns):
        rows -= 1
    return table.slice(0, rows)


IMPORTER = Importer("readings_csv", (".csv", ".tsv", ".txt"), recognises, parse)
