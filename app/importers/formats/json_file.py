"""JSON: our cards and well tests, a list of them, or a table (a list of objects, one object a line, columns
by name).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import KnownError
from app.core.plain import Json, JsonObject
from app.importers.base import Contents, Importer, Order, Thing, whole
from app.importers.grid import typed
from app.importers.json_place import json_of
from app.importers.layout import is_value
from app.importers.sheets import LINE, Layout, Sheet, column_name, refuse_wide
from app.importers.vocabulary import Vocabulary
from app.models.values import list_of

DEEPEST = 6


def recognises(path: Path, head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    return path.suffix.lower() in IMPORTER.suffixes or start in (b"{", b"[")


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    content = whole(path, stream)
    things: list[Thing] = []
    rows: list[tuple[int, JsonObject]] = []
    found = [(line, _lifted(value)) for line, value in _objects(path, content, order.words)]
    lists = {_inner(value) for _, value in found if isinstance(value, dict) and not _own_kind(value)} - {""}
    found = [(line, value) for line, value in found if not _has_nothing(value, lists)]
    as_written = True
    for line, value in found:
        importer = _own_kind(value)
        if importer and isinstance(value, dict):
            things.append(Thing(importer, value, path.name))
        elif isinstance(value, dict):
            own = unnested(value)
            as_written = as_written and len(own) == 1 and own[0] is value
            rows += [(line, row) for row in own]
        else:
            raise KnownError(
                "json_value", file=str(path), key=f"[{line - 1}]", value=str(value)[:40], wanted="{...}"
            )
    if not as_written:
        rows = [(number, row) for number, (_, row) in enumerate(rows, 1)]
    sheets = (_table(path, rows, order.words),) if rows else ()
    if not sheets and not things:
        raise KnownError("file_no_rows", file=str(path))
    return Contents(sheets, tuple(things))


def _lifted(value: Json) -> Json:
    """As the other readers of lists know it: a list that lies deeper, `{"data": {"result": […]}}`, and a list
    for each tag, `{"pip": [{"ts": …, "value": …}], "hz": […]}`.
    """
    if not isinstance(value, dict) or _own_kind(value) or _inner(value):
        return value
    said = {name: one for name, one in value.items() if isinstance(one, list) and one}
    if len(said) > 1 and len(said) == len(value) and all(map(_are_points, said.values())):
        return {"series": [{"tag": name, "values": one} for name, one in said.items()]}
    deeper = [name for name, one in value.items() if isinstance(one, dict) and _inner(one)]
    if len(deeper) == 1:
        within = value[deeper[0]]
        assert isinstance(within, dict)
        key = _inner(within)
        about = {f"{deeper[0]}.{name}": one for name, one in within.items() if name != key}
        return {**{name: one for name, one in value.items() if name != deeper[0]}, **about, key: within[key]}
    return value


def _are_points(said: Json) -> bool:
    """A moment and its value, and perhaps a word more."""
    return isinstance(said, list) and all(
        isinstance(one, dict) and "value" in one and bool({"ts", "time", "timestamp"} & set(one))
        for one in said
    )


def _by_seconds(value: JsonObject) -> list[JsonObject]:
    """`{"metric": "pip", "dps": {"1790812800": 55}}`."""
    points = value.get("dps")
    if not isinstance(points, dict) or not points or not all(key.isdigit() for key in points):
        return []
    of_all = {name: one for name, one in value.items() if name != "dps"}
    return [{**of_all, "time": key, "value": one} for key, one in points.items()]


def unnested(value: JsonObject) -> list[JsonObject]:
    """`{"tag": "101.PIP", "values": [{"time": …, "value": …}, …]}`: a row for each value of the one list,
    with what is said of all of them.
    """
    if rows := _by_columns(value) or _by_seconds(value):
        return rows
    key = _inner(value)
    if not key or _own_kind(value):
        return [value]
    of_all = {name: said for name, said in value.items() if name != key}
    items = [_as_well(item) if key.lower() in _WELLS else item for item in _of_values(list_of(value, key))]
    inner = [row for item in items for row in unnested(item)]
    taken = {name for row in inner for name in row}
    of_all = {f"{key} of {name}" if name in taken else name: said for name, said in of_all.items()}
    return [{**of_all, **row} for row in inner]


_WELLS = frozenset(("wells", "well", "скважины"))


def _as_well(item: JsonObject) -> JsonObject:
    """`{"wells": [{"name": "101", …}]}`: the name of an item is that of a well."""
    named = next((key for key in ("name", "id", "number") if isinstance(item.get(key), (str, int))), "")
    if not named or "well" in item:
        return item
    return {("well" if key == named else key): one for key, one in item.items()}


def _of_values(items: list[Json]) -> list[JsonObject]:
    """Without the tags that have no value in their list."""
    objects = [item for item in items if isinstance(item, dict)]
    lists = {_inner(item) for item in objects} - {""}
    return [item for item in objects if not _has_nothing(item, lists)]


def _has_nothing(item: Json, lists: Collection[str]) -> bool:
    """An empty list beside words alone; beside a moment, a number or a list that is not empty it takes
    nothing away.
    """
    if not isinstance(item, dict) or not any(item.get(name) == [] for name in lists):
        return False
    if any(isinstance(value, list) and value for value in item.values()):
        return False
    return not any(is_value(value) for value in item.values() if not isinstance(value, (bool, list, dict)))


_OF_PAIRS = {"datapoints": ("value", "time")}
"""`{"target": …, "datapoints": [[55.1, 1790812800000], …]}` of a panel says nothing of its two columns."""


def _by_columns(value: JsonObject) -> list[JsonObject]:
    """`{"columns": ["time", "PIP"], "data": [[…], …]}`: a row for each list, with what is said of all."""
    for key, said in value.items():
        if not isinstance(said, list):
            continue
        lists = [row for row in said if isinstance(row, list)]
        names = _OF_PAIRS.get(key) or value.get("columns") or _of_metric(key, value)
        if not lists or len(lists) < len(said) or not isinstance(names, (list, tuple)):
            continue
        if all(isinstance(name, str) for name in names) and all(len(row) == len(names) for row in lists):
            of_all = {name: one for name, one in value.items() if not isinstance(one, list)}
            return [{**of_all, **dict(zip(map(str, names), row, strict=True))} for row in lists]
    return []


def _of_metric(key: str, value: JsonObject) -> Json:
    """`{"metric": {"__name__": "pip", "well": "101"}, "values": [[1790812800, "55"], …]}`."""
    return ["time", "value"] if key == "values" and isinstance(value.get("metric"), dict) else None


def _inner(value: JsonObject) -> str:
    """The name of the one list of objects; empty where there is none, or another beside it."""
    lists = [
        name
        for name, said in value.items()
        if isinstance(said, list) and said and all(isinstance(item, dict) for item in said)
    ]
    return lists[0] if len(lists) == 1 else ""


def _own_kind(value: Any) -> str:
    """A well test has its pressures, a card its surface; whatever else claims to be ours is judged by the
    parser.
    """
    if not isinstance(value, dict):
        return ""
    if "kind" in value and (
        "pressure_pa" in value or "time_s" in value or "points" in value or "level_m" in value
    ):
        return "welltest_json"
    if "surface" in value or {"strokes_per_minute", "taken_at"} <= set(value):
        return "card_json"
    return ""


def _objects(path: Path, content: bytes, words: Vocabulary) -> list[tuple[int, Any]]:
    """(line or number, value): of one document, of a list, or of one document a line."""
    try:
        data = json_of(path, content)
    except KnownError as error:
        if (
            error.code != "json_broken"
            or error.details.get("line") in (0, 1)
            and path.suffix.lower() != ".ndjson"
        ):
            raise
        lined = _by_lines(path, content)
        if lined is None:
            raise
        return lined
    if isinstance(data, list):
        return list(enumerate(data, 1))
    if isinstance(data, dict) and not _own_kind(data):
        of_all = _of_all(data, words)
        for key in ("rows", "data", "readings", "records"):
            listed = data.get(key)
            if isinstance(listed, list) and listed and isinstance(listed[0], dict):
                return [
                    (n, {**of_all, **row} if isinstance(row, dict) else row)
                    for n, row in enumerate(listed, 1)
                ]
        lists = {key: value for key, value in data.items() if isinstance(value, list)}
        if len({len(value) for value in lists.values()}) == 1 and not _inner(data) and not _by_columns(data):
            of_all = {key: one for key, one in of_all.items() if not is_value(one) or _is_place(key, words)}
            return [
                (n, {**of_all, **dict(zip(lists, values, strict=True))})
                for n, values in enumerate(zip(*lists.values(), strict=True), 1)
            ]
    return [(1, data)]


_PLACES = frozenset({"well", "pad", "field"})


def _is_well(name: str, words: Vocabulary) -> bool:
    return "well" in words.means(name)


def _is_place(name: str, words: Vocabulary) -> bool:
    return bool(words.means(name) & _PLACES)


def _of_all(data: JsonObject, words: Vocabulary) -> JsonObject:
    """What is said once beside a list: its texts, and whose it all is, however deep and be it a number:
    `{"meta": {"well": "102"}, "data": […]}`, `{"well": {"name": "102"}, …}`, `{"well_id": 102, …}`.
    """
    about: JsonObject = {key: one for key, one in data.items() if isinstance(one, str)}
    for key, one in _flat({key: one for key, one in data.items() if not isinstance(one, list)}).items():
        parent, _, last = key.rpartition(".")
        parent = parent.rpartition(".")[2]
        named = parent if last in ("name", "id", "number", "no", "code") and parent else last
        if one is not None and not isinstance(one, bool) and _is_place(named, words):
            about.setdefault(named, str(one))
    return about


def _by_lines(path: Path, content: bytes) -> list[tuple[int, Any]] | None:
    """None when the very first line is no document: then it is one broken document, not many."""
    found: list[tuple[int, Any]] = []
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append((number, json.loads(line)))
        except (json.JSONDecodeError, RecursionError) as error:
            if not found or not isinstance(found[0][1], dict):
                return None
            raise KnownError(
                "json_broken", file=str(path), line=number, column=getattr(error, "colno", 0)
            ) from error
    return found


_VALUES, _UNITS = ("value", "val", "v"), ("unit", "units", "uom", "u")
"""`{"intake_pressure": {"v": 800, "u": "psi"}}`: a value and what it is in, of one name."""


def _flat(value: JsonObject, before: str = "", depth: int = 0) -> JsonObject:
    flat: JsonObject = {}
    for key, inner in value.items():
        if isinstance(inner, dict) and depth < DEEPEST:
            own = _flat(inner, f"{before}{key}.", depth + 1)
            of_value, of_unit = (
                next((name for name in names if name in inner), "") for names in (_VALUES, _UNITS)
            )
            if of_value and of_unit and key not in _VALUES and f"{before}{key}.{of_value}" in own:
                told = {
                    f"{before}{key}.{of_value}": f"{before}{key}",
                    f"{before}{key}.{of_unit}": f"{before}{key}.unit",
                }
                own = {told.get(name, name): said for name, said in own.items()}
            flat |= own
        elif not isinstance(inner, (list, dict)):
            flat[before + key] = inner
    return flat


def _table(path: Path, rows: list[tuple[int, JsonObject]], words: Vocabulary) -> Sheet:
    import pyarrow as pa

    flat = [_flat(row) for _, row in rows]
    headers = list(dict.fromkeys(key for row in flat for key in row))
    if not headers:
        raise KnownError("file_no_rows", file=str(path))
    refuse_wide(path, path.name, len(headers))
    columns = {column_name(i): typed([_cell(row.get(key)) for row in flat]) for i, key in enumerate(headers)}
    columns[LINE] = pa.array([line for line, _ in rows])
    if not any(_is_well(header, words) for header in headers):  # `asset.wellName`
        deeper = [header for header in headers if _is_well(header.rpartition(".")[2], words)]
        headers = [header.rpartition(".")[2] if deeper == [header] else header for header in headers]
    return Sheet(path.stem, Layout(0, 1, None, 0), tuple(headers), ("",) * len(headers), pa.table(columns))


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)
    return value


IMPORTER = Importer("json_file", (".json", ".ndjson", ".jsonl"), recognises, read)
