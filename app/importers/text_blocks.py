"""A long text as Arrow tables, piece by piece: every cell a text, every row with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.core.errors import KnownError
from app.importers.encodings import CUT_OFF, UndecodableError, Utf8
from app.importers.layout import ROWS_LEAST
from app.importers.pairs import is_moment
from app.importers.sheets import LINE, column_name
from app.importers.text_columns import COMMENT, Columns

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK = 1 << 22
"""Arrow reads a dozen blocks ahead: this is what bounds the memory."""

PIECE_BYTES = 5 * BLOCK
"""What is handed on at once: a store takes few large pieces faster than many small ones."""

RAGGED_MOST = 10_000


def blocks_of(
    path: Path, source: Utf8, columns: Columns, skip: int, width: int, named: int = 0
) -> Iterator[pa.Table]:
    """Every cell as text: what a cell means is decided later, with its line known. `named`: so many cells a
    whole row has.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow

    separator, spaced = columns.separator, columns.spaces is not None
    ragged: list[tuple[int, str]] = []
    names = [column_name(i) for i in range(width)]

    wrong: list[KnownError] = []
    shortest, told = width, 0

    def on_ragged(row: arrow.InvalidRow) -> str:
        """Called from inside Arrow, which swallows an exception: what is wrong is kept and raised outside."""
        nonlocal shortest
        cells = next(csv.reader([row.text], delimiter=separator), [])
        while cells and not cells[-1].strip():
            cells.pop()
        if row.number is not None and not row.text.strip(f" \t\r{CUT_OFF}"):
            ragged.append((row.number, ""))
            return "skip"
        unended = source.unended
        if unended and 0 < len(cells) < shortest and row.text.strip() == columns.line_of(unended).strip():
            ragged.append((row.number or 0, CUT_OFF + row.text.replace(separator, " ")))
            return "skip"
        comment = COMMENT.match(row.text) is not None
        if not comment:
            shortest = min(shortest, max(len(cells), 1))
        # Where white space parts the columns, nobody knows which cell of a short row is the empty one.
        unfit = not comment and (len(cells) > width or (spaced and len(cells) > 1))
        if unfit or len(ragged) >= RAGGED_MOST or row.number is None:
            line = "?" if row.number is None else row.number
            wrong.append(
                KnownError(
                    "csv_row",
                    file=str(path),
                    line=line,
                    expected=width,
                    actual=row.actual_columns,
                    text=row.text.replace("\t", " ")[:80],
                )
            )
            return "error"
        ragged.append((row.number, row.text.replace(separator, " ") if comment else row.text))
        return "skip"

    try:
        reader = arrow.open_csv(
            pa.PythonFile(io.BufferedReader(columns.bytes_of(source), 1 << 20), "r"),
            arrow.ReadOptions(skip_rows=skip, use_threads=False, column_names=names, block_size=BLOCK),
            arrow.ParseOptions(
                delimiter=separator,
                quote_char=False if spaced else '"',
                invalid_row_handler=on_ragged,
                ignore_empty_lines=False,
                newlines_in_values=not spaced,
            ),
            arrow.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
        line = skip + 1
        while True:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                if told < len(ragged):
                    yield _only_ragged(ragged[told:], names, separator)
                return
            table = pa.Table.from_batches([batch])
            mine, told = ragged[told:], len(ragged)
            span = np.arange(line, line + table.num_rows + len(mine))
            lines = np.setdiff1d(span, [number for number, _ in mine], assume_unique=True)[: table.num_rows]
            line = int(span[-1]) + 1 if len(span) else line
            table = table.append_column(LINE, pa.array(lines))
            if mine:
                mine = torn_marked(mine, table.num_rows, separator, named)
                table = _with_ragged(table, mine, names, separator)
            yield _without_blank(table, names)
    except KnownError:
        raise
    except UndecodableError as error:
        raise KnownError("file_encoding", file=str(path), position=error.position) from error
    except (pa.ArrowException, OSError, ValueError) as error:
        if wrong:
            raise wrong[0] from error
        if "Empty CSV" in str(error):
            if ragged:
                yield _only_ragged(ragged, names, separator)
            return
        raise KnownError("csv_broken", file=str(path)) from error


def in_pieces(blocks: Iterator[pa.Table]) -> Iterator[pa.Table]:
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


def breaks_off(cells: list[str], named: int) -> bool:
    """Whether a row of a moment ends before the header does."""
    return 1 < len(cells) < named and any(map(is_moment, cells[:2]))


def are_torn(short: int, whole: int) -> bool:
    """Rows that break off among whole ones. A program that leaves blank ends away has more of them."""
    return 0 < short <= max(1, whole // 20) and whole >= ROWS_LEAST


def torn_marked(
    ragged: list[tuple[int, str]], whole: int, separator: str, named: int
) -> list[tuple[int, str]]:
    """With the mark of what is not whole: nobody knows what the last cell of a torn row went on with."""
    short = {
        number
        for number, text in ragged
        if not COMMENT.match(text)
        and breaks_off(next(csv.reader([text.strip()], delimiter=separator), []), named)
    }
    if not are_torn(len(short), whole):
        return ragged
    return [
        (number, CUT_OFF + text.replace(separator, " ") if number in short else text)
        for number, text in ragged
    ]


def _only_ragged(ragged: list[tuple[int, str]], names: list[str], separator: str) -> pa.Table:
    """Where a header has a name more than each of its rows has cells."""
    import pyarrow as pa

    none = pa.table({name: pa.array([], pa.string()) for name in names} | {LINE: pa.array([], pa.int64())})
    return _without_blank(_with_ragged(none, ragged, names, separator), names)


def _without_blank(table: pa.Table, names: list[str]) -> pa.Table:
    import pyarrow.compute as pc

    blank = None
    for name in names:
        column = table.column(name)
        if column.null_count == 0:
            return table
        blank = pc.is_null(column) if blank is None else pc.and_(blank, pc.is_null(column))
    return table if blank is None or not pc.any(blank).as_py() else table.filter(pc.invert(blank))
