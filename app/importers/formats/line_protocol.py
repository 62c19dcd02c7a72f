"""Points as InfluxDB's line protocol writes them: `esp,well=101 pip_psi=800,hz=50 1790841600000000000`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers.base import HEAD, Contents, Importer, Order, looks_binary, whole
from app.importers.cell_units import said_in_cells
from app.importers.grid import sheet_of
from app.importers.remarks import remark
from app.importers.sheets import Layout
from app.importers.unfolding import unfolded

LARGEST = 64 * 1024 * 1024
LOOKED_AT = 40
_ATOM = r'(?:\\.|[^\\\s,="])+'
_TEXT = r'"(?:\\.|[^"\\])*"'
_TAG = rf"{_ATOM}={_ATOM}"
_FIELD = rf"{_ATOM}=(?:{_TEXT}|{_ATOM})"
_POINT = re.compile(
    rf"(?P<measurement>[^\W\d]{_ATOM}|[^\W\d])(?P<tags>(?:,{_TAG})*) +(?P<fields>{_FIELD}(?:,{_FIELD})*)"
    r"(?: +(?P<time>\d{9,19}))?\s*"
)
_PAIR = re.compile(rf"({_ATOM})=({_TEXT}|{_ATOM})")
_WHOLE = re.compile(r"(-?\d+)[iu]")
_TRUTHS = {"t": "true", "f": "false"}
Point = tuple[str, dict[str, str], dict[str, str], str]


def recognises(path: Path, head: bytes) -> bool:
    if looks_binary(head) or b"=" not in head[:4096]:
        return False
    lines = [line for line in head.decode("utf-8", "replace").splitlines() if _is_said(line)]
    lines = (lines[:-1] if len(head) == HEAD else lines)[:LOOKED_AT]
    points = [point for line in lines if (point := _point(line)) is not None]
    return bool(lines) and len(points) == len(lines) and all(tags or time for _, tags, _, time in points)


def _is_said(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _point(line: str) -> Point | None:
    """(measurement, tags, fields, time); None for another line."""
    match = _POINT.fullmatch(line.strip())
    if match is None:
        return None
    tags = {_plain(key): _plain(value) for key, value in _PAIR.findall(match["tags"])}
    fields = {_plain(key): _value(value) for key, value in _PAIR.findall(match["fields"])}
    return _plain(match["measurement"]), tags, fields, match["time"] or ""


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _value(text: str) -> str:
    if text.startswith('"'):
        return _plain(text[1:-1])
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else _TRUTHS.get(text.lower(), text)


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    content = whole(path, stream, LARGEST)
    told = [
        (n, _point(line))
        for n, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1)
        if _is_said(line)
    ]
    points = [(n, point) for n, point in told if point is not None]
    other = [n for n, point in told if point is None]
    rows = _rows([point for _, point in points])
    sheet = sheet_of(path, path.stem, rows, order.words, Layout(0, 1, None, 1)) if points else None
    if sheet is None:
        raise KnownError("file_no_rows", file=str(path))
    sheet = said_in_cells(sheet.of_lines([n for n, _ in points]), order.words)
    remarks = (remark("lines_without_pairs", path.stem, lines=other),) if other else ()
    return Contents((unfolded(sheet, order.words),), remarks=remarks)


def _rows(points: list[Point]) -> list[list[str]]:
    """The header and a row a point. A field that is called `value` everywhere is named by its measurement;
    one of several measurements says of which.
    """
    if {key for _, _, fields, _ in points for key in fields} == {"value"}:
        tags = list(dict.fromkeys(key for _, found, _, _ in points for key in found))
        rows = [
            [time, *(found.get(key, "") for key in tags), measurement, fields["value"]]
            for measurement, found, fields, time in points
        ]
        return [["time", *tags, "tag", "value"], *rows]
    owners: dict[str, set[str]] = {}
    for measurement, _, fields, _ in points:
        for key in fields:
            owners.setdefault(key, set()).add(measurement)

    def named(measurement: str, key: str) -> str:
        return f"{key} ({measurement})" if len(owners[key]) > 1 else key

    told = [
        tags | {named(measurement, key): value for key, value in fields.items()}
        for measurement, tags, fields, _ in points
    ]
    names = list(dict.fromkeys(key for one in told for key in one))
    times = [time for _, _, _, time in points]
    rows = [[time, *(one.get(key, "") for key in names)] for time, one in zip(times, told, strict=True)]
    return [["time", *names], *rows]


IMPORTER = Importer("line_protocol", (".lp",), recognises, read)
