"""Labelled libraries of surface cards: CSV, JSON and the TS format of time series.

    CSV    a row a point: card, class, position, load; beside them well, taken_at where they are known
    JSON   [{"card": …, "class": …, "position": […], "load": […], "well": …, "taken_at": …}, …]
    TS     @data; one card a line: place and load as two dimensions, then the class: 0,1,…:5,6,…:Gas

Units do not matter: a card is learnt by its outline in its own frame. What classes are called stands in the
label rules (`classes`); a class that is not there is an error, not a guess.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import analyse
from app.analysis.cards.outline import SURFACE_SIZE, outline_row
from app.core.clock import EPOCH, parse_time
from app.core.errors import KnownError
from app.core.plain import loads
from app.models.cards import Card
from app.models.values import Read, a_part, list_of, needed, text_of
from central.learning.label_rules import LabelRules
from central.learning.labels import LIBRARY, Label, numbers

MOST_BYTES, MOST_CARDS, FEWEST_POINTS = 512 << 20, 100_000, 20
FRAME_M, FRAME_N, PER_MINUTE = 3.0, 40_000.0, 6.0
"""What a card without units is laid into: its outline does not depend on them."""


@dataclass
class _Drawn:
    name: str
    cls: str
    line: int
    well: str = ""
    taken_at: str = ""
    position: list[float] = field(default_factory=list)
    load: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Library:
    """`refused`: cards that are no strokes, as (card, why)."""

    labels: tuple[Label, ...]
    refused: tuple[tuple[str, str], ...]
    left_out: int


def read_library(path: Path, rules: LabelRules) -> Library:
    """Raises KnownError (file_unreadable, library_wrong with the line, library_class)."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise KnownError("library_wrong", file=path.name, line=0, reason=f"> {MOST_BYTES >> 20} MB")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)[:200]) from error
    reader = {".csv": _of_csv, ".json": _of_json, ".ts": _of_ts}.get(path.suffix.lower())
    if reader is None:
        raise KnownError("library_wrong", file=path.name, line=0, reason=".csv, .json, .ts")
    labels: list[Label] = []
    refused: list[tuple[str, str]] = []
    left_out, line = 0, 0
    try:
        for drawn in reader(text):
            line = drawn.line
            code = rules.classes.get(drawn.cls)
            if code is None:
                known = ", ".join(sorted(rules.classes)) or "—"
                raise KnownError("library_class", file=path.name, line=line, cls=drawn.cls, known=known[:300])
            if code == "":
                left_out += 1
                continue
            try:
                labels.append(_label(drawn, code, path.stem))
            except KnownError as error:
                refused.append((drawn.name, error.code))
            if len(labels) > MOST_CARDS:
                raise ValueError(f"> {MOST_CARDS}")
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise KnownError("library_wrong", file=path.name, line=line, reason=str(error)[:200]) from error
    return Library(tuple(labels), tuple(refused), left_out)


def _label(drawn: _Drawn, code: str, library: str) -> Label:
    """A card of nobody's well is a well of its own: it may lie in one part only."""
    place, load = _framed(drawn.position, FRAME_M), _framed(drawn.load, FRAME_N)
    card = Card(drawn.name, EPOCH, PER_MINUTE, place, load)
    at: datetime | None = parse_time(drawn.taken_at) if drawn.taken_at else None
    well = f"{library}/{drawn.well or drawn.name}"
    row = tuple(float(f"{x:.6g}") for x in outline_row(analyse(card)))
    outline, curves = row[:SURFACE_SIZE], row[SURFACE_SIZE:]
    named = f"{library}/{drawn.name}"
    return Label(named, well, library, at, code, True, library, LIBRARY, outline, curves=curves)


def _framed(drawn: list[float], size: float) -> NDArray[np.float64]:
    """Raises KnownError (card_too_short, card_not_numbers)."""
    values = np.array(drawn)
    if len(values) < FEWEST_POINTS:
        raise KnownError("card_too_short", well="—", count=len(values), fewest=FEWEST_POINTS)
    span = float(np.ptp(values))
    if not np.isfinite(values).all() or span == 0:
        raise KnownError("card_not_numbers", well="—", index=0)
    return (values - values.min()) / span * size + 0.2 * size


def _of_csv(text: str) -> Iterator[_Drawn]:
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    missing = {"card", "class", "position", "load"} - set(rows.fieldnames or ())
    if missing:
        raise ValueError(f"no column {', '.join(sorted(missing))}")
    drawn: dict[str, _Drawn] = {}
    for row in rows:
        name = row["card"]
        cls, well, at = row["class"].strip(), row.get("well") or "", row.get("taken_at") or ""
        one = drawn.setdefault(name, _Drawn(name, cls, rows.line_num, well, at))
        if cls != one.cls:
            raise ValueError(f"line {rows.line_num}, card {name}: {one.cls}, {cls}")
        one.position.append(_number(row["position"]))
        one.load.append(_number(row["load"]))
    yield from drawn.values()


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _of_json(text: str) -> Iterator[_Drawn]:
    for place, told in enumerate(list_of({"cards": loads(text)}, "cards"), 1):
        one: Read = a_part(told, "cards")
        columns = [list(numbers(needed(one, key))) for key in ("position", "load")]
        if len(columns[0]) != len(columns[1]):
            raise ValueError(f"card {place}: {len(columns[0])}, {len(columns[1])}")
        name = text_of(one, "card") or str(place)
        cls, well, at = str(needed(one, "class")), text_of(one, "well"), text_of(one, "taken_at")
        yield _Drawn(name, cls, place, well, at, *columns)


def _of_ts(text: str) -> Iterator[_Drawn]:
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.lower() == "@data":
            inside = True
        elif inside and line and not line.startswith("#"):
            parts = line.split(":")
            if len(parts) != 3:
                raise ValueError(f"line {number}: place, load and class wanted, {len(parts)} parts found")
            columns = [[float(x) for x in part.split(",")] for part in parts[:2]]
            if len(columns[0]) != len(columns[1]):
                raise ValueError(f"line {number}: {len(columns[0])}, {len(columns[1])}")
            yield _Drawn(str(number), parts[2].strip(), number, "", "", *columns)
