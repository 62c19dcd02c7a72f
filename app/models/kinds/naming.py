"""What an imported record is called: by what it is, so that one row of two files is one record on every
laptop and at the centre. Nobody else makes such ids.

A name is made of kind, well (its uid: two pads and two fields have wells of one name), moment and the kind's
`same` fields. A second, different row of that name in one
file is counted on in the order in which the file has them, so that nothing measured is lost; the same row
again is the same record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.models.kinds.spec import Kind
from app.models.values import Read

if TYPE_CHECKING:
    import pyarrow as pa

WELL_UID, FILE_ORDER, JSON_ORDER = 3, 2, 1
"""An import's payload says which rule its ids were made by. FILE_ORDER called wells by their names alone; the
caches of before it ordered the twins of one sheet by their JSON text, and are told apart by saying nothing.
"""

Stored = Callable[[Kind, list[tuple[str, int]]], set[tuple[str, int]]]
"""Of (id, number of the well): those that are stored, a record of that well."""


def rule_of(payload: Read) -> int:
    """The rule that an import was journalled under: its ids stay what they were, wherever it is read."""
    said = payload.get("naming")
    return said if isinstance(said, int) and said in (WELL_UID, FILE_ORDER) else JSON_ORDER


class FileNaming:
    """One file's records, sheet after sheet and piece after piece: one of these for the whole of it. `stored`
    tells which records an earlier rule named: they are met again by the names that they have.
    """

    def __init__(self, rule: int = WELL_UID, stored: Stored = lambda kind, asked: set()) -> None:
        self._rule, self._stored = rule, stored
        self._met: dict[str, tuple[int, ...]] = {}

    def named(self, kind: Kind, rows: pa.Table) -> pa.Table:
        """`rows` as importers/made makes them, `well_name` being what the well is called, `well_uid` its name
        outside any store and `well` its number in this one. The same rows with their `id`, without those that
        have no moment or repeat an earlier one.
        """
        import pyarrow as pa

        names, bodies = (
            _names(kind, rows, "well_uid" if self._rule == WELL_UID else "well_name"),
            _bodies(kind, rows),
        )
        counted = _by_json if self._rule == JSON_ORDER else self._in_order
        kept = {row: (names[row] or "", number) for row, number in counted(names, bodies)}
        ids = [_digest(*name) for name in kept.values()]
        taken = rows.take(pa.array(list(kept), pa.int64()))
        if self._rule == WELL_UID:
            ids = self._as_stored(kind, taken, ids, [number for _, number in kept.values()])
        if "well_uid" in taken.column_names:
            taken = taken.drop_columns(["well_uid"])
        return taken.append_column("id", pa.array(ids, pa.string()))

    def _as_stored(self, kind: Kind, rows: pa.Table, ids: list[str], numbers: list[int]) -> list[str]:
        names = _names(kind, rows, "well_name")
        before = [_digest(name or "", number) for name, number in zip(names, numbers, strict=True)]
        asked = list(zip(before, rows.column("well").to_pylist(), strict=True))
        there = self._stored(kind, asked)
        return [old[0] if old in there else new for old, new in zip(asked, ids, strict=True)]

    def _in_order(
        self, names: list[str | None], bodies: list[tuple[tuple[str, Any], ...]]
    ) -> list[tuple[int, int]]:
        """(row, the how-manieth of its name) of every row that is new."""
        found = []
        for row, (name, body) in enumerate(zip(names, bodies, strict=True)):
            if name is None:
                continue
            first, content = _digest(name, 1), hash(body)
            twins = self._met.get(first, ())
            if content not in twins:
                self._met[first] = (*twins, content)
                found.append((row, len(twins) + 1))
        return found


def _digest(name: str, occurrence: int) -> str:
    """MD5 as a name, no secret."""
    text = name if occurrence == 1 else f"{name}|{occurrence}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _names(kind: Kind, rows: pa.Table, called: str) -> list[str | None]:
    """`called`: the column that says which well it is."""
    wells = {name: str(name).lower() for name in set(rows.column(called).to_pylist())}
    same = [[str(value or "") for value in _column(kind, rows, key)] for key in kind.same]
    return [
        None if at is None else "|".join((kind.key, wells[well], str(at), *parts))
        for well, at, *parts in zip(
            rows.column(called).to_pylist(), _column(kind, rows, kind.at), *same, strict=True
        )
    ]


def _bodies(kind: Kind, rows: pa.Table) -> list[tuple[tuple[str, Any], ...]]:
    """What makes two rows of one name different: everything that a record keeps, as it is kept."""
    keys = [kind.at, kind.until, kind.packed, *(field.key for field in kind.columns)]
    columns = {key: _column(kind, rows, key) for key in keys if key}
    return [tuple(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _column(kind: Kind, rows: pa.Table, key: str) -> list[Any]:
    """With the field's default where the file has nothing; times as microseconds."""
    import pyarrow as pa

    default = kind.blanks.get(key)
    if key not in rows.column_names:
        return [default] * rows.num_rows
    column = rows.column(key)
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    return [default if value is None or value == "" else value for value in column.to_pylist()]


# ---- the order of caches that knew no other ----------------------------------------------------------------


def _by_json(names: list[str | None], bodies: list[tuple[tuple[str, Any], ...]]) -> list[tuple[int, int]]:
    """Twins by the text of their rows as DuckDB's to_json() writes them."""
    first: dict[tuple[str, tuple[tuple[str, Any], ...]], int] = {}
    for row, (name, body) in enumerate(zip(names, bodies, strict=True)):
        if name is not None:
            first.setdefault((name, body), row)
    twins: dict[str, list[tuple[str, int]]] = {}
    for (name, body), row in first.items():
        text = ",".join(f'"{key}":{_json(value)}' for key, value in body)
        twins.setdefault(name, []).append((text, row))
    numbered = {row: n for several in twins.values() for n, (_, row) in enumerate(sorted(several), 1)}
    return sorted(numbered.items())


def _json(value: Any) -> str:
    if not isinstance(value, float):
        return json.dumps(value, ensure_ascii=False)
    text = repr(value)
    if "e" in text and 1e-6 <= abs(value) < 1e21:
        text = format(Decimal(text), "f")
        return text if "." in text else f"{text}.0"
    return text.replace("e-0", "e-").replace("e+", "e")
