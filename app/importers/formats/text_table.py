"""Tables as text: CSV, TSV and what calls itself so. Encoding, separator and header found by the file itself;
streamed.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from app.core.errors import KnownError
from app.importers.base import HEAD, Contents, Importer, Order, looks_binary, whole
from app.importers.grid import sheet_of
from app.importers.layout import LOOK, find_layout, header_texts
from app.importers.sheets import LINE, MOST_COLUMNS, Layout, Sheet, column_name, text_of

if TYPE_CHECKING:
    import pyarrow as pa

SEPARATORS = (";", "\t", ",", "|")
BLOCK = 1 << 22
"""Arrow reads a dozen blocks ahead: this is what bounds the memory."""

PIECE_BYTES = 5 * BLOCK
"""What is handed on at once: a store takes few large pieces faster than many small ones."""

RAGGED_MOST = 10_000
LONGEST_LINE = 1 << 20


def recognises(path: Path, head: bytes) -> bool:
    return path.suffix.lower() in IMPORTER.suffixes or not looks_binary(head)


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
        # The 64 KiB may end inside a letter; anything earlier that is not UTF-8 means the old Windows
        # encoding.
        return "utf-8-sig" if error.start > len(head) - 4 and len(head) >= HEAD else "cp1251"


def separator_of(path: Path, lines: list[str]) -> str:
    """The one that cuts most lines into the same number of columns. A comma inside decimal numbers is
    none.
    """
    best, most = "", 0.0
    for separator in SEPARATORS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        wide = {width: n for width, n in counts.items() if width > 1}
        if not wide:
            continue
        width, n = max(wide.items(), key=lambda item: (item[1], item[0]))
        worth = n / max(sum(counts.values()), 1) + 0.01 * min(width, 20) - (0.3 if separator == "," else 0.0)
        if worth > most:
            best, most = separator, worth
    if not best:
        header = next((line for line in lines if line.strip()), "")
        raise KnownError("csv_no_columns", file=str(path), header=header.strip()[:80])
    return best


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    head = stream.read(HEAD)
    encoding = encoding_of(path, head)
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError as error:
        raise KnownError("file_encoding", file=str(path), position=error.start) from error
    lines = text.splitlines(keepends=True)
    if len(head) == HEAD and len(lines) > 1:
        lines = lines[:-1]
    if max(map(len, lines), default=0) >= HEAD // 2 and _columns_of(lines[0]) > MOST_COLUMNS:
        raise KnownError(
            "too_many_columns", file=str(path), sheet=path.name, count=f">{MOST_COLUMNS}", limit=MOST_COLUMNS
        )
    separator = separator_of(path, lines[: LOOK * 2])
    reader = csv.reader(lines, delimiter=separator)
    rows, ends = _first_rows(path, reader)
    layout = order.layouts.get(path.stem) or find_layout(rows, order.words)
    if layout is None:
        layout = Layout(0, 1, None, 1)
    if layout.transposed:
        return _whole_on_its_side(path, head + whole(path, stream), encoding, separator, order, layout)
    headers, units = header_texts(rows[: layout.data + 1], layout)
    usual = Counter(_filled_width(row) for row in rows[layout.data :] if any(row)).most_common(1)
    width = max(len(headers), usual[0][0] if usual and usual[0][1] > 1 else 0)
    if width > MOST_COLUMNS:
        raise KnownError("too_many_columns", file=str(path), sheet=path.name, count=width, limit=MOST_COLUMNS)
    if width == 0:
        raise KnownError("file_no_rows", file=str(path))
    headers, units = headers + ("",) * (width - len(headers)), units + ("",) * (width - len(units))
    skip = ends[layout.data - 1] if 0 < layout.data <= len(ends) else 0
    blocks = _in_pieces(_blocks(path, _Joined(head, stream, encoding), separator, skip, width))
    first = next(blocks, None)
    if first is None:
        raise KnownError("file_no_rows", file=str(path))
    second = next(blocks, None)
    more = None if second is None or order.preview else lambda: itertools.chain([second], blocks)
    above = tuple(tuple(text for cell in row if (text := text_of(cell))) for row in rows[: layout.header])
    sheet = Sheet(
        path.stem,
        layout,
        headers,
        units,
        first,
        tuple(row for row in above if row),
        more,
        cut=second is not None and order.preview,
    )
    return Contents((sheet,))


def _columns_of(line: str) -> int:
    return max(line.count(separator) for separator in SEPARATORS) + 1


def _filled_width(row: list[str]) -> int:
    return max((i + 1 for i, cell in enumerate(row) if cell), default=0)


def _first_rows(path: Path, reader: Any) -> tuple[list[list[str]], list[int]]:
    """The first rows as cells, and the number of physical lines up to the end of each."""
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            ends.append(reader.line_num)
            if len(rows) >= LOOK * 2:
                break
    except csv.Error as error:
        raise KnownError("csv_broken", file=str(path), reason=str(error)) from error
    return rows, ends


class _Joined(io.RawIOBase):
    """The head that was looked at, the rest of the stream, in UTF-8 without a mark; an undecodable byte is a
    KnownError.
    """

    def __init__(self, head: bytes, stream: BinaryIO, encoding: str) -> None:
        self._head, self._stream, self._encoding = head, stream, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._place, self._ready = 0, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            raw, self._head = (self._head, b"") if self._head else (self._stream.read(1 << 20), b"")
            try:
                self._ready = self._decoder.decode(raw, final=not raw).encode()
            except UnicodeDecodeError as error:
                raise _UndecodableError(self._place + error.start) from error
            self._place += len(raw)
            if not raw:
                break
        n = min(len(buffer), len(self._ready))
        buffer[:n] = self._ready[:n]
        self._ready = self._ready[n:]
        return n


class _UndecodableError(Exception):
    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def _blocks(path: Path, source: io.RawIOBase, separator: str, skip: int, width: int) -> Iterator[pa.Table]:
    """Every cell as text: what a cell means is decided later, with its line known."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    ragged: list[tuple[int, str]] = []
    names = [column_name(i) for i in range(width)]

    wrong: list[KnownError] = []

    def on_ragged(row: arrow.InvalidRow) -> str:
        """Called from inside Arrow, which swallows an exception: what is wrong is kept and raised outside."""
        cells = next(csv.reader([row.text], delimiter=separator), [])
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > width or len(ragged) >= RAGGED_MOST or row.number is None:
            line = "?" if row.number is None else row.number
            wrong.append(
                KnownError(
                    "csv_row",
                    file=str(path),
                    line=line,
                    expected=width,
                    actual=row.actual_columns,
                    text=row.text[:80],
                )
            )
            return "error"
        ragged.append((row.number, row.text))
        return "skip"

    try:
        reader = arrow.open_csv(
            pa.PythonFile(io.BufferedReader(source, 1 << 20), "r"),
            arrow.ReadOptions(skip_rows=skip, use_threads=False, column_names=names, block_size=BLOCK),
            arrow.ParseOptions(
                delimiter=separator,
                invalid_row_handler=on_ragged,
                ignore_empty_lines=False,
                newlines_in_values=True,
            ),
            arrow.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
        line, told = skip + 1, 0
        while True:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                return
            table = pa.Table.from_batches([batch])
            mine, told = ragged[told:], len(ragged)
            span = np.arange(line, line + table.num_rows + len(mine))
            lines = np.setdiff1d(span, [number for number, _ in mine], assume_unique=True)[: table.num_rows]
            line = int(span[-1]) + 1 if len(span) else line
            table = table.append_column(LINE, pa.array(lines))
            if mine:
                table = _with_ragged(table, mine, names, separator)
            yield _without_blank(table, names)
    except KnownError:
        raise
    except _UndecodableError as error:
        raise KnownError("file_encoding", file=str(path), position=error.position) from error
    except (pa.ArrowException, OSError, ValueError) as error:
        if wrong:
            raise wrong[0] from error
        if "Empty CSV" in str(error):
            return
        raise KnownError("csv_broken", file=str(path), reason=str(error).splitlines()[0][:160]) from error


def _in_pieces(blocks: Iterator[pa.Table]) -> Iterator[pa.Table]:
    import pyarrow as pa

    held: list[pa.Table] = []
    for block in blocks:
        held.append(block)
        if sum(part.nbytes for part in held) >= PIECE_BYTES:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _with_ragged(
    table: pa.Table, ragged: list[tuple[int, str]], names: list[str], separator: str
) -> pa.Table:
    """Rows with fewer cells than the header, such as totals, in their places."""
    import pyarrow as pa

    short = []
    for number, text in ragged:
        there: list[str | None] = [
            cell or None for cell in next(csv.reader([text], delimiter=separator), [])[: len(names)]
        ]
        cells = there + [None] * (len(names) - len(there))
        short.append({**dict(zip(names, cells, strict=True)), LINE: number})
    return pa.concat_tables([table, pa.Table.from_pylist(short, table.schema)]).sort_by(LINE)


def _without_blank(table: pa.Table, names: list[str]) -> pa.Table:
    import pyarrow.compute as pc

    blank = None
    for name in names:
        column = table.column(name)
        if column.null_count == 0:
            return table
        blank = pc.is_null(column) if blank is None else pc.and_(blank, pc.is_null(column))
    return table if blank is None or not pc.any(blank).as_py() else table.filter(pc.invert(blank))


def _whole_on_its_side(
    path: Path, content: bytes, encoding: str, separator: str, order: Order, layout: Layout
) -> Contents:
    rows: list[list[Any]] = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(content.decode(encoding)), delimiter=separator)
    ]
    found = sheet_of(path, path.stem, rows, order.words, layout)
    if found is None:
        raise KnownError("file_no_rows", file=str(path))
    return Contents((found,))


IMPORTER = Importer("text_table", (".csv", ".tsv", ".txt"), recognises, read)
