"""Production in long form: a row a fluid, `101, OIL, 2025-01-01, 900, BBL`. Where the units are said the
fluids become columns.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from app.importers.long_form import NAMED_BY, VOLUMES
from app.importers.numbers import texts_of
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.vocabulary import Vocabulary, split_unit
from app.models.values import Values

_AMOUNTS = VOLUMES | {"on_stream"}
MOST_FLUIDS = 12


def side_by_side(sheet: Sheet, words: Vocabulary) -> Sheet:
    """The same where it is no such table, where a fluid stands in two units, or where one is said twice."""
    place = _places(sheet, words) if sheet.more is None else None
    if place is None:
        return sheet
    name_at, value_at, unit_at = place
    names = _texts(sheet, name_at)
    said = split_unit(sheet.headers[value_at])[2]
    units = [said] * len(names) if unit_at is None else _texts(sheet, unit_at)
    headers = {
        name: f"{name}, {unit}" if unit else name for name, unit in zip(names, units, strict=True) if name
    }
    if len(set(zip(names, units, strict=True))) != len(headers) or not 1 < len(headers) <= MOST_FLUIDS:
        return sheet
    shared = [i for i in range(len(sheet.headers)) if i not in place]
    keys = list(zip(*(_texts(sheet, i) for i in shared), strict=True)) if shared else [()] * len(names)
    values = sheet.table.column(column_name(value_at)).to_pylist()
    rows: dict[tuple[str, ...], Values] = {}
    first: dict[tuple[str, ...], int] = {}
    for i, (key, name) in enumerate(zip(keys, names, strict=True)):
        of_key = rows.setdefault(key, {})
        if name in of_key or not name:
            return sheet
        of_key[name] = values[i]
        first.setdefault(key, i)
    taken = sheet.table.take(pa.array(list(first.values()), pa.int64()))
    kind = sheet.table.column(column_name(value_at)).type
    columns = [taken.column(column_name(i)) for i in shared]
    columns += [
        pa.chunked_array([pa.array([row.get(name) for row in rows.values()], kind)]) for name in headers
    ]
    table = pa.table({column_name(i): column for i, column in enumerate(columns)})
    return replace(
        sheet,
        headers=(*(sheet.headers[i] for i in shared), *headers.values()),
        units=(*(sheet.units[i] for i in shared), *("" for _ in headers)),
        table=table.append_column(LINE, taken.column(LINE)),
    )


def _places(sheet: Sheet, words: Vocabulary) -> tuple[int, int, int | None] | None:
    """Which columns are the fluid, its amount and its unit, which may stand in the amount's header."""
    means = [words.means(header) if header else frozenset() for header in sheet.headers]
    names = [i for i, meant in enumerate(means) if meant & NAMED_BY or sheet.headers[i].lower() in _OF_FLUIDS]
    units = [i for i, meant in enumerate(means) if "unit" in meant]
    values = [
        i
        for i, meant in enumerate(means)
        if "value" in meant or split_unit(sheet.headers[i])[0].lower() in _OF_AMOUNTS
    ]
    if len(names) != 1 or len(values) != 1 or len(units) > 1:
        return None
    if not units and split_unit(sheet.headers[values[0]])[1] is None:
        return None
    said = set(texts_of(sheet.table.column(column_name(names[0]))).unique().to_pylist()) - {"", None}
    fluids = bool(said) and all(words.means(name) & _AMOUNTS for name in said)
    return (names[0], values[0], units[0] if units else None) if fluids else None


_OF_FLUIDS = frozenset(["product", "fluid", "stream", "phase", "флюид", "продукт", "фаза", "показатель"])
_OF_AMOUNTS = frozenset(["volume", "amount", "quantity", "qty", "объем", "объём", "количество", "значение"])


def _texts(sheet: Sheet, index: int) -> list[str]:
    return [str(cell) for cell in texts_of(sheet.table.column(column_name(index))).to_pylist()]
