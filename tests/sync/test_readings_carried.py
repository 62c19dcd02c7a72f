"""What a laptop carries: its share of wells and of history, coarse when the connection is dear, compared with
the centre, evicted with care.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from app.core.clock import to_us, utc_now
from app.core.jobs import Job
from app.models.readings import Readings
from app.models.store import readings as reading_store
from app.models.store import records
from app.services.centre import sync
from app.services.workspace import Workspace
from tests.central.test_api import entry, send
from tests.centre_process import CentreProcess, laptop, new_field
from tests.sync.test_between_two_laptops import synced

HOURS = 24 * 150


@pytest.fixture
def filled(centre: CentreProcess, tmp_path: Path) -> Iterator[tuple[Workspace, CentreProcess, str, str]]:
    """Two wells with 150 days of readings every ten minutes at the centre, and a laptop that knows nothing of
    them.
    """
    field = new_field()
    token = centre.token(field)
    with centre.client(token) as client:
        send(client, entry(field, "1"), entry(field, "2"))
        for well in ("1", "2"):
            put(client, f"{field}/5/{well}", int(well))
    with laptop(tmp_path / "a", centre, field, token=token, wells=False) as workspace:
        yield workspace, centre, field, token


def put(client: object, well: str, seed: int, n: int = HOURS * 6) -> None:
    first = to_us(utc_now().replace(minute=0, second=0, microsecond=0)) - n * 600_000_000
    table = pa.table(
        {
            "well": [well] * n,
            "sensor": ["intake_pressure"] * n,
            "value": 5e6 + np.random.default_rng(seed).normal(0, 1e5, n),
            "timestamp": pa.array(first + np.arange(n) * 600_000_000, pa.timestamp("us", tz="UTC")),
        }
    )
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    answer = client.post(
        "/v1/readings",
        content=sink.getvalue(),
        headers={"Content-Type": "application/vnd.apache.arrow.stream"},
    )  # type: ignore[attr-defined]
    assert answer.json()["taken"] == n


def count(workspace: Workspace, name: str = "") -> int:
    numbers = [int(well.id) for well in records.wells(workspace.store) if not name or well.name == name]
    with workspace.store.reading() as cursor:
        row = cursor.execute(
            "SELECT count(*) FROM readings WHERE well IN (SELECT unnest(?))", [numbers]
        ).fetchone()
    return int(row[0]) if row else 0


Filled = tuple[Workspace, CentreProcess, str, str]


def test_the_history_that_is_carried_is_the_one_that_was_asked_for(filled: Filled) -> None:
    workspace = filled[0]
    workspace.settings.set("sync_days", 30)
    outcome = synced(workspace)
    days = outcome.readings / 2 / 144
    assert 29 < days < 32
    assert outcome.differences == ()
    found = sync.estimate(Job(), workspace)
    assert found.wells == 2
    assert found.readings >= outcome.readings
    workspace.settings.set("sync_days", 60)
    synced(workspace)
    assert 59 < count(workspace) / 2 / 144 < 62


def test_only_the_wells_that_were_chosen_are_carried(filled: Filled) -> None:
    workspace = filled[0]
    workspace.settings.set("sync_days", 1)
    synced(workspace)  # the wells themselves
    with workspace.store.writing() as cursor:
        cursor.execute("DELETE FROM readings")
    workspace.settings.set("sync_days", 60)
    workspace.settings.set("sync_wells", "2")
    synced(workspace)
    assert count(workspace, "1") == 0
    assert count(workspace, "2") > 0


def test_a_dear_connection_brings_the_lowest_and_highest_of_each_hour_and_the_rest_later(
    filled: Filled,
) -> None:
    workspace = filled[0]
    workspace.settings.set("sync_days", 20)
    workspace.settings.set("metered", True)
    coarse = synced(workspace).readings
    workspace.settings.set("metered", False)
    rest = synced(workspace).readings
    assert coarse == pytest.approx((coarse + rest) / 3, rel=0.02), "two of six readings an hour"
    assert 20 * 144 * 2 <= count(workspace) < 22 * 144 * 2


def test_a_reading_that_was_lost_here_comes_back_by_the_comparison_and_it_is_said(filled: Filled) -> None:
    workspace = filled[0]
    workspace.settings.set("sync_days", 40)
    synced(workspace)
    whole = count(workspace)
    with workspace.store.writing() as cursor:
        cursor.execute(
            "DELETE FROM readings WHERE well = 1 AND ts IN (SELECT ts FROM readings WHERE well = 1 ORDER "
            "BY ts DESC LIMIT 100)"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.sync.pull.OVERLAP", timedelta(0))  # what came last would be read again anyway
        outcome = sync.run(Job(), workspace)
    assert outcome.differences
    assert all(mended for _, _, mended, _ in outcome.differences)
    assert count(workspace) == whole


def test_what_only_this_laptop_has_is_said_once_and_never_taken(filled: Filled) -> None:
    workspace = filled[0]
    workspace.settings.set("sync_days", 40)
    synced(workspace)
    at = to_us(utc_now() - timedelta(days=3)) // 60_000_000 * 60_000_000 + 17_000_000
    reading_store.write(workspace.store, Readings.of_one(1, 1, np.array([at]), np.array([7e6])))
    whole = count(workspace)
    first = sync.run(Job(), workspace)
    assert [mended for _, _, mended, _ in first.differences] == [False]
    assert sync.run(Job(), workspace).differences == ()
    assert count(workspace) == whole


def test_old_months_go_when_the_centre_has_them_and_stay_when_it_has_not(filled: Filled) -> None:
    workspace = filled[0]
    workspace.settings.set("sync_days", 145)
    synced(workspace)
    well = next(int(well.id) for well in records.wells(workspace.store) if well.name == "1")
    own = to_us(utc_now() - timedelta(days=100)) // 60_000_000 * 60_000_000 + 17_000_000
    reading_store.write(workspace.store, Readings.of_one(well, 1, np.array([own]), np.array([7e6])))
    before = count(workspace, "1"), count(workspace, "2")
    workspace.settings.set("sync_days", 20)
    outcome = synced(workspace)
    after = count(workspace, "1"), count(workspace, "2")
    assert outcome.evicted == sum(before) - sum(after) > 0
    assert 20 * 144 <= after[1] < 52 * 144, "whole months"
    assert after[0] > after[1] + 20 * 144, "the month with a reading of its own is whole"
    with workspace.store.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM readings WHERE value = 7e6").fetchone() == (1,)
        series = cursor.execute("SELECT sum(n) FROM series").fetchone()
    assert series == (sum(after),)


def test_a_pull_that_was_broken_off_goes_on_where_it_was(filled: Filled) -> None:
    """The connection dies after two parts; the next run asks for the others only."""
    from app.sync.transports.rest_reader import RestReader

    workspace = filled[0]
    workspace.settings.set("sync_days", 145)
    asked: list[tuple[int, int]] = []
    original = RestReader.readings

    def dying(self: RestReader, part: object, *, coarse: bool = False) -> object:
        asked.append((part.well, part.first.month))  # type: ignore[attr-defined]
        if len(asked) == 5:
            from app.core.errors import KnownError

            raise KnownError("centre_unreachable", retry=True, reason="cut")
        return original(self, part, coarse=coarse)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RestReader, "readings", dying)
        patch.setattr("app.sync.fetching.ROWS_AT_ONCE", 1)
        patch.setattr("app.sync.pull.ROWS_A_REQUEST", 1)  # a month of a well each
        broken = sync.run(Job(), workspace)
        assert list(broken.problems) == ["readings"]
        done = set(asked[:3])
        asked.clear()
        asked += [(0, 0)] * 5
        assert sync.run(Job(), workspace).problems == {}
    assert done.isdisjoint(asked[5:])
    assert count(workspace) == pytest.approx(145 * 144 * 2, rel=0.02)


def test_an_import_that_the_centre_has_not_shown_yet_is_not_compared(filled: Filled, tmp_path: Path) -> None:
    from app.services.imports.importing import import_file
    from app.services.imports.opening import ImportOptions

    workspace = filled[0]
    workspace.settings.set("sync_days", 40)
    synced(workspace)
    file = tmp_path / "r.csv"
    at = utc_now() - timedelta(days=2)
    file.write_text(
        "time,intake_pressure (MPa)\n"
        + "\n".join(f"{(at + timedelta(seconds=i)).isoformat()},{6 + i / 100}" for i in range(50))
        + "\n"
    )
    import_file(workspace, file, ImportOptions("1"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.sync.engine._push", lambda *_: None)
        outcome = sync.run(Job(), workspace)
    assert outcome.differences == ()
