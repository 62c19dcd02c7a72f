"""A file taken the way an import takes it — opened, proposed, checked, refused where it must be — and what
would be stored, in SI and UTC. Nothing is written; the reader runs in this process, which is what makes it
cheap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pytest

from app.core.clock import from_us, iso
from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.importers import IMPORTERS
from app.importers import opening as importers_opening
from app.importers.base import Contents, Order
from app.models.sensors import BY_NUMBER
from app.models.store import records
from app.models.wells import ESP, Well, WellId
from app.services.imports.check import Checked, check
from app.services.imports.opening import ImportOptions, open_file
from app.services.imports.writing import refuse
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from tests.conftest import NOW

Series = dict[str, dict[str, list[tuple[str, float]]]]
"""well → sensor → (time, SI value)"""


@dataclass
class Imported:
    """`refused` is the code of what stops it, with everything that was found up to there."""

    refused: str = ""
    kind: str = ""
    readings: Series = field(default_factory=dict)
    marked: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    cards: int = 0
    wells: list[str] = field(default_factory=list)
    new_wells: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    details: dict[str, Any] = field(default_factory=dict)
    checked: Checked | None = None


class ReadHere:
    """Stands for child.Reading: the same reader, without a process of its own."""

    def __init__(
        self,
        path: Path,
        source: BinaryIO,
        importer: str,
        order: Order,
        words: Path | None = None,
        begun: object = None,
    ) -> None:
        read = IMPORTERS[importer].read
        assert read is not None
        # What comes in pieces is read ahead by a thread after the file that was given is closed.
        found = read(path, BytesIO(source.read()), replace(order, formats=IMPORTERS))
        self.contents: Contents = replace(found, sheets=tuple(map(_whole, found.sheets)))


def _whole(sheet: Any) -> Any:
    if sheet.more is None:
        return sheet
    return replace(sheet, table=pa.concat_tables([sheet.table, *sheet.more()]), more=None)


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A profile with the wells 101 and 102. Nothing is ever written to it here."""
    yield from two_wells(tmp_path_factory.mktemp("strangers"), ESP)


def two_wells(folder: Path, lift: str) -> Iterator[Workspace]:
    """101 is an ESP, 102 of `lift`."""
    opened = open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus(), lambda: NOW)
    with opened.store.writing() as cursor:
        records.put_wells(
            cursor,
            [
                Well(WellId(1), "101", "Северное", "1", ESP),
                Well(WellId(2), "102", "Северное", "1", lift),
            ],
        )
    yield opened
    opened.close()


@pytest.fixture
def readers_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importers_opening, "Reading", ReadHere)


def imported(workspace: Workspace, path: Path, options: ImportOptions | None = None) -> Imported:
    """Needs the fixture `readers_here`."""
    options = options or ImportOptions()
    found = Imported()
    try:
        opened = open_file(workspace, path, options)
        found.said = {code for code, _ in opened.contents.remarks}
        checked = check(workspace, path, opened.contents, opened.plan, opened.asked.words)
        fresh = tuple(name for name in checked.unknown_wells if name not in checked.alike)
        if options.new_wells and fresh:
            opened = replace(opened, plan=replace(opened.plan, new_wells=fresh))
            checked = check(workspace, path, opened.contents, opened.plan, opened.asked.words)
        found.checked = checked
        found.said |= {code for code, _ in checked.remarks} | {problem.code for problem in checked.problems}
        refuse(path, checked, opened.plan)
    except KnownError as error:
        found.refused, found.details = error.code, dict(error.details)
        return found
    found.kind, found.wells = checked.kind, list(checked.wells)
    found.new_wells = [well.name for well in checked.new_wells]
    for batch in checked.batches:
        _readings(batch.by_name, found)
        found.cards += len(batch.named_cards)
        found.new_wells += [well.name for well in batch.wells]
        if batch.named_records is not None and batch.kind is not None:
            found.records += _records(batch.named_records, batch.kind.at)
    return found


def _readings(by_name: dict[str, Any], found: Imported) -> None:
    for name, readings in by_name.items():
        for number in dict.fromkeys(readings.sensor.tolist()):
            mine = np.flatnonzero(readings.sensor == number)
            times = [iso(from_us(int(at))) for at in readings.time_us[mine]]
            sensor = BY_NUMBER[number].key
            found.readings.setdefault(name, {})[sensor] = list(
                zip(times, readings.value[mine].tolist(), strict=True)
            )
            bad = [at for at, mark in zip(times, readings.quality[mine].tolist(), strict=True) if mark]
            if bad:
                found.marked.setdefault(name, {})[sensor] = bad


def _records(table: pa.Table, at: str) -> list[dict[str, Any]]:
    times = [None if us is None else iso(from_us(us)) for us in table.column(at).cast(pa.int64()).to_pylist()]
    rows = table.drop_columns([at]).to_pylist()
    return [
        {"well": row.pop("well_name"), "at": time, **{k: v for k, v in row.items() if v is not None}}
        for row, time in zip(rows, times, strict=True)
    ]
