"""A night at the centre: every well made once by the program's own functions, whatever breaks it off."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app.analysis.model_places import put_in_force
from app.core.clock import iso
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.made import read_made
from app.models.upcasting import PAYLOAD_VERSION
from app.models.wells import Well, well_uid
from app.services.learnt.state import CARDS
from app.services.wells import made as made_words
from app.services.workspace import Workspace
from app.sync.wire import EntryIn, payload_sha256
from central import relay
from central.accept import accept
from central.metrics import Metrics
from central.nightly import night
from central.nightly.making import MadeOfWell, Maker
from central.stores import epochs, nights, observed
from central.stores.devices import LAPTOP_SCOPES, Device
from central.stores.engine import reading
from central.stores.leases import Lease
from central.stores.tables import FORECASTS, LEASES, OUTBOX
from tests.central.a_site import NORTH, NOW
from tests.profiles import centre_tables, empty_profile

WELLS = ("101", "102", "103")
TESTS = 12


class NoReadings:
    """A ClickHouse that nobody has written to: it answers, and has nothing."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {}

    @contextmanager
    def streamed(self, sql: str, bound: Mapping[str, object]) -> Iterator[Iterator[bytes]]:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, pa.schema([("n", pa.int64())])):
            """No rows."""
        yield iter([sink.getvalue().to_pybytes()])

    def insert_rows(self, table: str, rows: bytes, token: str, spans: list[Any], source: str) -> None:
        assert not (table.startswith("made_") and spans), "a night is not announced"
        self.rows.setdefault(table, []).extend(json.loads(line) for line in rows.splitlines())


def flow_tests(name: str, number: int) -> list[EntryIn]:
    """A year of flow tests that decline."""
    entries = []
    for month in range(TESTS):
        payload = {
            "record": f"{number:04d}{month:04d}-2222-4000-8000-000000000000",
            "kind": "flow_test",
            "well": 1,
            "at": iso(NOW - timedelta(days=30 * (TESTS - month))),
            "until": None,
            "values": {"duration_s": 14_400.0, "liquid_m3_per_s": 0.001 * 0.97**month, "valid": True},
            "action": "saved",
            "author": "A",
        }
        entries.append(
            EntryIn(
                id=f"{number:04d}{month:04d}-1111-4000-8000-000000000000",
                kind="record",
                schema_version=PAYLOAD_VERSION,
                payload=payload,
                payload_sha256=payload_sha256(payload),
                created_at=iso(NOW),
                well={"uid": well_uid(NORTH, "5", name), "field": NORTH, "pad": "5", "name": name},
            )
        )
    return entries


class Nightly:
    """A centre whose wells have flow tests, and its nights."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store, self.now = folder, NoReadings(), NOW
        self.engine: Engine = centre_tables(folder / "centre.sqlite")
        device = Device("d" * 8, "laptop", LAPTOP_SCOPES, (NORTH,), "ab" * 32)
        entries = tuple(one for number, name in enumerate(WELLS) for one in flow_tests(name, number))
        assert {one.status for one in accept(self.engine, device, entries, lambda: NOW)} == {"accepted"}
        empty_profile(folder / "nightly" / "first")

    def runs(self, maker: Maker | None = None) -> night.Outcome:
        given = {} if maker is None else {"making": lambda _: maker}
        return night.run(
            self.folder, self.engine, self.store, lambda: self.now, 800, pause=lambda _: None, **given
        )  # type: ignore[arg-type]

    def kept(self) -> list[tuple[int, str]]:
        with reading(self.engine) as connection:
            found = connection.execute(sa.select(FORECASTS.c.well_id, FORECASTS.c.kind)).all()
        return sorted((int(well), str(kind)) for well, kind in found)

    def waiting(self) -> int:
        with reading(self.engine) as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(OUTBOX)).scalar_one())


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Nightly]:
    made = Nightly(tmp_path)
    yield made
    made.engine.dispose()
    put_in_force(CARDS, None)


def plain(job: Job, workspace: Workspace, well: Well, number: int, made_at: datetime) -> MadeOfWell:
    """Of no physics: for what the night itself does."""
    body = made_words.told(
        made_at=made_at,
        model="m",
        program="p",
        until=None,
        health=None,
        sight=None,
        not_assessed=None,
        findings=[],
        forecast=None,
        refused=KnownError("decline_few_points", count=0, least=6),
    )
    return MadeOfWell(body, "m", [])


WHOLE = [(well, kind) for well in (1, 2, 3) for kind in sorted(nights.KINDS)]


def test_every_well_is_foretold_by_the_programs_own_functions_and_stands_in_both_stores(
    centre: Nightly,
) -> None:
    told = centre.runs()
    assert (told.wells, told.made, told.before, told.set_aside) == (3, 3, 0, {})
    assert centre.kept() == WHOLE
    relay.deliver(centre.engine, centre.store)  # type: ignore[arg-type]
    newest = centre.store.rows["made_wells"]
    assert {row["well_id"] for row in newest} == {1, 2, 3}
    made = read_made(json.loads(newest[-1]["body"]))
    assert made.at == NOW
    assert made.health is None
    assert made.not_assessed is not None
    body = json.loads(newest[-1]["body"])["forecast"]["decline"]
    assert len(body["rate"]) == TESTS
    ahead = [row for row in centre.store.rows["made_series"] if row["quantity"] == "liquid_rate"]
    assert ahead, "what declines is told by weeks"
    assert all(row["low"] <= row["value"] <= row["high"] for row in ahead)
    assert min(datetime.fromisoformat(row["timestamp"]) for row in ahead) > NOW - timedelta(days=30)


def test_the_same_night_by_the_same_models_is_made_once_and_by_others_anew(
    centre: Nightly, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.runs(plain)
    waiting = centre.waiting()
    again = centre.runs(plain)
    assert (again.made, again.before) == (0, 3)
    assert (centre.kept(), centre.waiting()) == (WHOLE, waiting)
    monkeypatch.setattr(night, "models_in_force", lambda: "another")
    assert centre.runs(plain).made == 3
    centre.now += timedelta(days=1)
    assert centre.runs(plain).made == 3


def test_what_was_broken_off_goes_on_where_it_stood(centre: Nightly) -> None:
    def killed(job: Job, workspace: Workspace, well: Well, number: int, at: datetime) -> MadeOfWell:
        if number == 2:
            raise SystemExit
        return plain(job, workspace, well, number, at)

    with pytest.raises(SystemExit):
        centre.runs(killed)
    assert centre.kept() == WHOLE[:3]
    told = centre.runs(plain)
    assert (told.before, told.made) == (1, 2)
    assert centre.kept() == WHOLE


@pytest.mark.parametrize("trouble", [ValueError("a bug"), KnownError("card_short", count=3)])
def test_a_well_that_cannot_be_made_is_set_aside_with_why_and_tried_again(
    centre: Nightly, trouble: Exception
) -> None:
    def one_is_bad(job: Job, workspace: Workspace, well: Well, number: int, at: datetime) -> MadeOfWell:
        if number == 2:
            raise trouble
        return plain(job, workspace, well, number, at)

    told = centre.runs(one_is_bad)
    why = trouble.code if isinstance(trouble, KnownError) else "ValueError"
    assert (told.made, told.set_aside) == (2, {f"{NORTH}/102": why})
    assert (2, nights.SET_ASIDE) in centre.kept()
    again = centre.runs(plain)
    assert (again.before, again.made) == (2, 1)
    assert centre.kept() == WHOLE


@pytest.mark.parametrize("code", ["clickhouse_down", "disk_full"])
def test_trouble_of_the_stores_or_the_machine_ends_the_night_and_blames_no_well(
    centre: Nightly, code: str
) -> None:
    def down(*_: object) -> MadeOfWell:
        raise KnownError(code, retry=code == "clickhouse_down", reason="")

    with pytest.raises(KnownError, match=code):
        centre.runs(down)
    assert centre.kept() == []


def test_two_nights_do_not_run_at_once(centre: Nightly) -> None:
    other = Lease(centre.engine, "nightly", "another")
    assert other.held()
    with pytest.raises(KnownError, match="nightly_busy"):
        centre.runs(plain)
    other.give_back()
    assert centre.runs(plain).made == 3


def test_a_night_that_stood_still_until_another_one_had_begun_writes_nothing_over_it(centre: Nightly) -> None:
    """Stopped while it made a well, and woken a day later: what it made then stood over the newer night's."""

    def stopped(job: Job, workspace: Workspace, well: Well, number: int, at: datetime) -> MadeOfWell:
        with centre.engine.begin() as connection:
            connection.execute(sa.update(LEASES).values(holder="another", beat=LEASES.c.beat + 1))
        return plain(job, workspace, well, number, at)

    with pytest.raises(KnownError, match="nightly_busy"):
        centre.runs(stopped)
    assert centre.kept() == []


def test_a_night_that_stood_still_after_its_last_well_tells_nothing_in_place_of_a_newer_one(
    centre: Nightly, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Prometheus hears of nights was that of the older one, until the next."""
    every_well = night._every_well

    def stopped(*asked: Any) -> None:
        every_well(*asked)
        with centre.engine.begin() as connection:
            connection.execute(sa.update(LEASES).values(holder="another", beat=LEASES.c.beat + 1))

    monkeypatch.setattr(night, "_every_well", stopped)
    with pytest.raises(KnownError, match="nightly_busy"):
        centre.runs(plain)
    assert centre.kept() == WHOLE
    with reading(centre.engine) as connection:
        assert observed.NIGHTLY not in observed.every(connection)


def test_a_centre_that_was_set_back_is_read_from_its_beginning(centre: Nightly) -> None:

    centre.runs(plain)
    with centre.engine.begin() as connection:
        epochs.renew(connection, NOW)
        named = epochs.epoch(connection)
    empty_profile(centre.folder / "nightly" / named)
    centre.runs(plain)
    assert [one.name for one in (centre.folder / "nightly").iterdir()] == [named]


def test_nights_that_are_too_old_go(centre: Nightly) -> None:
    centre.runs(plain)
    centre.now += night.KEPT + timedelta(days=1)
    assert centre.runs(plain).forgotten == len(WHOLE)
    assert centre.kept() == WHOLE


def test_prometheus_is_told_of_the_last_night_and_of_nothing_that_never_was(centre: Nightly) -> None:
    metrics = Metrics()
    with reading(centre.engine) as connection:
        metrics.observed(observed.every(connection), centre.now)
    assert b"wellside_observed_age_seconds{" not in metrics.text()
    centre.runs(plain)
    with reading(centre.engine) as connection:
        metrics.observed(observed.every(connection), centre.now + timedelta(hours=3))
    told = metrics.text().decode()
    assert 'wellside_observed_age_seconds{what="nightly"} 10800.0' in told
    assert 'wellside_night_wells{outcome="made"} 3.0' in told
