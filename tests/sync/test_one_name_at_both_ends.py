"""A laptop's import and the centre's, side by side without a network: the same rows get the same ids."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.clock import from_us, iso, parse_time, utc_now
from app.core.ids import new_id
from app.importers import plan as plans
from app.importers.base import Contents
from app.importers.grid import sheet_of
from app.importers.opening import Asked, proposal
from app.importers.plan import Plan
from app.importers.trial import try_plan
from app.importers.vocabulary import vocabulary
from app.models.entries import Entry
from app.models.kinds import KINDS, joining
from app.models.kinds.naming import FILE_ORDER, JSON_ORDER, WELL_UID, FileNaming
from app.models.records import Record
from app.models.store import kinds, records
from app.services.imports import importing, writing
from app.services.imports.check import check
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync.wire import EntryIn, WellKey, payload_sha256
from central import file_imports
from central.accept import accept
from central.file_imports import Prepared
from central.stores import devices, wells
from central.stores import records as central_records
from central.stores.devices import Device
from central.stores.engine import changing, reading
from central.stores.tables import RECORDS
from tests.conftest import NOW
from tests.profiles import centre_tables
from tests.proofs import examples

HEADERS = {
    "flow_test": ("Скважина", "Дата", "Дебит жидкости, м3/сут", "Примечание"),
    "event": ("Скважина", "Дата", "Вид события", "Примечание"),
}
FILE = Path("twins.xlsx")
EXAMPLE = itertools.count()
Told = dict[str, tuple[str, str, dict[str, Any]]]


@dataclass
class Ends:
    """One laptop and the centre's store in this process; what the laptop did is handed over by `pass_on`."""

    laptop: Workspace
    engine: sa.Engine
    device: Device

    def bring(self, contents: Contents, kind: str, naming: int = WELL_UID, plan: Plan | None = None) -> str:
        """The same contents imported on the laptop and then at the centre, as its journal entry says."""
        plan = plan or proposal(FILE, contents, Asked(kind=kind))
        checked = check(self.laptop, FILE, contents, plan, None)
        payload = {
            "importer": "workbook",
            "file": FILE.name,
            "sha256": "0" * 64,
            "plan": plans.to_json(plan),
            "at": iso(utc_now()),
            "author": "",
            "well_keys": importing.well_keys(self.laptop, checked),
            "naming": naming,
            joining.PAYLOAD: True,
        }
        entry = self.laptop.journal.add("import", payload)
        writing.write(self.laptop, entry.id, payload, FILE, contents, plan, checked, None)
        named = {name: WellKey.model_validate(key) for name, key in payload["well_keys"].items()}
        file = Prepared(plan, (try_plan(FILE, contents, plan, None, NOW),), named)
        with changing(self.engine) as connection:
            file_imports.take(connection, self.device, envelope(entry), utc_now(), file)
        return entry.id

    def pass_on(self, count: int = 1) -> None:
        """The laptop's last entries, in one batch."""
        last = self.laptop.journal.entries()[-count:]
        entry = last[-1]
        if entry.kind == "import_undone":
            with changing(self.engine) as connection:
                file_imports.undo(connection, self.device, envelope(entry), utc_now())
            return
        receipts = accept(self.engine, self.device, tuple(map(envelope, last)), utc_now)
        assert [receipt.status for receipt in receipts] == ["accepted"] * count, receipts

    def here(self, kind: str, day: datetime) -> Told:
        found = [
            (well.name, record)
            for well in records.wells(self.laptop.store)
            for record in kinds.of_well(self.laptop.store, KINDS[kind], int(well.id))
        ]
        return {r.id: (name, iso(r.at), r.values) for name, r in found if day <= r.at < day + DAY}

    def there(self, kind: str, day: datetime) -> Told:
        table = RECORDS[kind]
        with reading(self.engine) as connection:
            ids = connection.execute(sa.select(table.c.id).where(table.c.deleted.is_(False))).scalars().all()
            names = {int(well.id): well.name for well in wells.all_wells(connection)}
            stored = {id_: central_records.current(connection, id_) for id_ in ids}
        return {
            id_: (names[one.well_id], one.body["at"], one.body["values"])
            for id_, one in stored.items()
            if one is not None and day <= parse_time(one.body["at"]) < day + DAY
        }


DAY = timedelta(days=1)


def envelope(entry: Entry) -> EntryIn:
    key = entry.payload.get("well_key")
    return EntryIn(
        id=entry.id,
        kind=entry.kind,
        payload=entry.payload,
        payload_sha256=payload_sha256(entry.payload),
        created_at=iso(entry.created_at),
        supersedes=entry.supersedes,
        well=WellKey(**key) if key else None,
    )


@pytest.fixture
def ends(workspace: Workspace, tmp_path: Path) -> Iterator[Ends]:
    engine = centre_tables(tmp_path / "centre.sqlite")
    with engine.begin() as connection:
        device, _ = devices.add(connection, "laptop", ("Северное",), devices.SCOPES, utc_now())
    yield Ends(workspace, engine, device)
    engine.dispose()


row = st.tuples(
    st.sampled_from(("123Г", "77", "скв. 123Г")),
    st.integers(0, 1),
    st.sampled_from((80, 90, 90.5, 1e-4)),
    st.sampled_from(("", "checked", "«ё»")),
)
event = st.tuples(
    st.sampled_from(("123Г", "77")),
    st.integers(0, 1),
    st.sampled_from(("пуск", "остановка")),
    st.sampled_from(("", "ток", "вода")),
)
book = st.one_of(
    st.tuples(st.just("flow_test"), st.lists(st.lists(row, min_size=1, max_size=8), min_size=1, max_size=2)),
    st.tuples(st.just("event"), st.lists(st.lists(event, min_size=1, max_size=8), min_size=1, max_size=2)),
)


def contents_of(kind: str, sheets: list[list[tuple[Any, ...]]], day: datetime) -> Contents:
    made = []
    for number, rows in enumerate(sheets):
        cells = [
            [name, (day + timedelta(hours=hour)).replace(tzinfo=None), value, note]
            for name, hour, value, note in rows
        ]
        sheet = sheet_of(FILE, f"sheet {number}", [list(HEADERS[kind]), *cells], vocabulary(None))
        assert sheet is not None
        made.append(sheet)
    return Contents(tuple(made))


@pytest.mark.slow
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(book=book, pick=st.integers(0, 50), data=st.data())
def test_rows_of_a_workbook_have_the_same_ids_on_the_laptop_and_at_the_centre(
    ends: Ends, book: tuple[str, list[list[tuple[Any, ...]]]], pick: int, data: st.DataObject
) -> None:
    kind, sheets = book
    day = datetime(2020, 1, 1, tzinfo=UTC) + next(EXAMPLE) * DAY  # each example has days of its own
    contents = contents_of(kind, sheets, day)
    import_id = ends.bring(contents, kind)
    first = ends.here(kind, day)
    assert first == ends.there(kind, day)
    plain = {"скв. 123Г": "123Г"}
    assert len(first) == len({(plain.get(n, n), *rest) for rows in sheets for n, *rest in rows})
    if data.draw(st.booleans(), "edited"):
        record = edited(ends, kind, sorted(first)[pick % len(first)])
        ends.pass_on()
        assert ends.here(kind, day) == ends.there(kind, day)
        assert set(ends.here(kind, day)) == set(first)
        entries.undo_change(ends.laptop, record.id)
        ends.pass_on()
        assert ends.here(kind, day) == ends.there(kind, day) == first
    else:
        importing.undo(ends.laptop, import_id)
        ends.pass_on()
        assert ends.here(kind, day) == ends.there(kind, day) == {}
    ends.bring(contents, kind)
    assert ends.here(kind, day) == ends.there(kind, day) == first


def edited(ends: Ends, kind: str, record_id: str) -> Record:
    record = kinds.find(ends.laptop.store, KINDS[kind], record_id)
    assert record is not None
    return entries.save_record(
        ends.laptop, replace(record, values={**record.values, "note": f"seen {new_id()}"})
    )


def test_an_import_journalled_before_ids_were_of_the_files_order_keeps_its_own(ends: Ends) -> None:
    day = datetime(2019, 1, 1, tzinfo=UTC)
    contents = contents_of("flow_test", [[("123Г", 0, 90, ""), ("123Г", 0, 80, "")]], day)
    ends.bring(contents, "flow_test", JSON_ORDER)
    old = ends.here("flow_test", day)
    assert old == ends.there("flow_test", day)
    first, second = sorted(old, key=lambda id_: old[id_][2]["liquid_m3_per_s"])
    one = KINDS["flow_test"]
    table = pa.table(
        {"well_name": ["123Г"] * 2, "taken_at": pa.array([day, day], pa.timestamp("us")), "note": ["a", "b"]}
    )
    assert [first, second] == FileNaming(FILE_ORDER).named(one, table).column("id").to_pylist()


def test_a_second_paper_of_one_day_adds_to_the_first_at_both_ends_and_is_taken_back_at_both(
    ends: Ends,
) -> None:
    """The first has the pump and the tubing on two sheets, the second says something of both."""
    day = datetime(2018, 1, 1, tzinfo=UTC)
    depth, tubing, stages = "Глубина спуска насоса, м", "Глубина спуска НКТ, м", "Число ступеней"
    told: list[Told] = []
    for sheets in (((depth, 2100),), ((tubing, 2110),)), (((stages, 180), (tubing, 2120)),):
        made = []
        for cells in sheets:
            head, row = [name for name, _ in cells], [value for _, value in cells]
            rows = [["Скважина", "Дата спуска", *head], ["123Г", day.replace(tzinfo=None), *row]]
            made.append(sheet_of(FILE, head[0], rows, vocabulary(None)))
        last = ends.bring(Contents(tuple(filter(None, made))), "installation")
        told.append(ends.here("installation", day))
        assert told[-1] == ends.there("installation", day)
    values = sorted((values for _, _, values in told[-1].values()), key=len)
    assert values == [{"tubing_depth_m": 2120}, {"depth_m": 2100, "stages": 180, "tubing_depth_m": 2120}]
    importing.undo(ends.laptop, last)
    ends.pass_on()
    assert ends.here("installation", day) == ends.there("installation", day) == told[0]


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.one_of(st.none(), st.floats(1e-9, 1e6), st.sampled_from((1e-7, 1.5e-5, 1e20))),
            st.sampled_from((None, True, False)),
            st.sampled_from((None, "a", 'я"\n', "b")),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_old_order_is_that_of_the_caches_sql(rows: list[tuple[Any, ...]]) -> None:
    kind = KINDS["flow_test"]
    at = from_us(1_600_000_000_000_000).replace(tzinfo=None)
    incoming = pa.table(
        {
            "well_name": pa.array(["77"] * len(rows)),
            "taken_at": pa.array([at] * len(rows), pa.timestamp("us")),
            "liquid_m3_per_s": pa.array([r[0] for r in rows], pa.float64()),
            "valid": pa.array([r[1] for r in rows], pa.bool_()),
            "note": pa.array([r[2] for r in rows], pa.string()),
        }
    )
    named = FileNaming(JSON_ORDER).named(kind, incoming).select(["id", "liquid_m3_per_s", "valid", "note"])
    # As app/models/store/kinds.py had it until ids were made in one place.
    staged = kinds._staged(kind, set(incoming.column_names))
    connection = duckdb.connect()
    connection.register("incoming", incoming.append_column("well", pa.array([2] * len(rows), pa.uint16())))
    old = connection.execute(
        f"""SELECT md5('flow_test|' || lower(well_name) || '|' || epoch_us(taken_at)
                || CASE WHEN n = 1 THEN '' ELSE '|' || n END) AS id, liquid_m3_per_s, valid, note
            FROM (SELECT *, row_number() OVER (ORDER BY CAST(to_json(i) AS VARCHAR)) AS n
                  FROM (SELECT DISTINCT {staged}, well_name FROM incoming) i)"""
    ).fetchall()
    connection.close()
    expected = {(id_, liquid, valid, note) for id_, liquid, valid, note in old}
    assert {
        (r["id"], r["liquid_m3_per_s"], r["valid"] is not False, r["note"] or "") for r in named.to_pylist()
    } == expected
