"""A site whose database is set back by its own means while two laptops write: PostgreSQL stands in for
Oracle, ClickHouse keeps what it has.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.ids import new_id
from app.models.records import Record
from app.models.wells import well_uid
from app.services.records import entries
from app.services.workspace import Workspace
from central.stores.engine import open_engine, reading
from central.stores.tables import RECEIPTS, WELLS
from tests.centre_process import AT, CentreProcess, laptop, new_field, open_laptop
from tests.faults.campaign import (
    LaptopProcess,
    at_the_centre,
    check_all_there,
    everything,
    settle,
    two_profiles,
)
from tests.faults.laptop import sync_once
from tests.servers import dumped, new_database, postgres, put_back


@pytest.mark.slow
@pytest.mark.parametrize("how", ["the centre killed", "under a running centre"])
def test_a_database_that_is_set_back_by_its_own_means_under_load_loses_nothing_that_was_confirmed(
    tmp_path: Path, how: str
) -> None:
    # Not below pytest's own folder: another run of root's closes that to the server's user, which then ends.
    with tempfile.TemporaryDirectory() as apart, postgres(Path(apart)) as port:
        new_database(port, "centre")
        address = f"postgresql+psycopg://postgres@127.0.0.1:{port}/centre"
        centre = CentreProcess(tmp_path / "centre", database=address)
        centre.start()
        try:
            _set_back_under_load(tmp_path, centre, port, killed=how == "the centre killed")
        finally:
            centre.stop()


def _set_back_under_load(tmp_path: Path, centre: CentreProcess, port: int, *, killed: bool) -> None:
    field = new_field()
    folders = two_profiles(tmp_path, centre, field)
    running = [LaptopProcess(folder, seed) for seed, folder in enumerate(folders)]
    with laptop(tmp_path / "c", centre, field) as third, laptop(tmp_path / "d", centre, field) as fourth:
        _wait_for_more(centre, 20)
        copy = dumped(port, "centre")
        assert "backup_by_the_database" in _command(centre, "backup", str(tmp_path / "none"), good=False)
        _at_a_new_well(third, field, "after the copy")
        assert sync_once(third, random.Random(1))
        _wait_for_more(centre, 20)
        before = _receipts(centre)
        if killed:
            centre.kill()
        put_back(port, "centre", copy)
        told = _command(centre, "restore", "--by-other-means")
        assert "above those of ClickHouse" in told
        if killed:
            centre.start()
        else:
            centre.wait_ready()
        assert len(before - _receipts(centre)) > 10, "something confirmed was lost at the centre"
        _at_a_new_well(fourth, field, "after the restore")
        _wait_for_more(centre, 10)
        said = dict[str, str]()
        for one in running:
            saved, syncs = one.kill()
            said |= saved
            assert syncs > 0
        others = [open_laptop(folder) for folder in folders]
        try:
            workspaces = [*others, third, fourth]
            settle(workspaces, 900.0)
            assert check_all_there(said, workspaces, centre, field) >= len(before)
            shown = [everything(workspace) for workspace in workspaces]
            assert all(one == at_the_centre(centre, field) for one in shown)
            _rows_are_of_their_wells(centre, field, shown[0])
        finally:
            for workspace in others:
                workspace.close()


def _at_a_new_well(workspace: Workspace, field: str, name: str) -> None:
    key = {"uid": well_uid(field, "5", name), "field": field, "pad": "5", "name": name}
    values = {"liquid_m3_per_s": 0.001, "duration_s": 3600.0, "valid": True}
    entries.save_record(workspace, Record(new_id(), "flow_test", 1, AT, None, dict(values)), (), key)


def _command(centre: CentreProcess, *told: str, good: bool = True) -> str:
    done = centre.command(*told, "--clickhouse-port", str(centre.clickhouse_port))
    assert (done.returncode == 0) is good, done.stdout + done.stderr
    return done.stdout + done.stderr


def _receipts(centre: CentreProcess) -> set[str]:
    engine = open_engine(centre.database)
    try:
        with reading(engine) as connection:
            return set(connection.execute(sa.select(RECEIPTS.c.entry_id)).scalars())
    finally:
        engine.dispose()


def _wait_for_more(centre: CentreProcess, more: int) -> None:
    wanted, deadline = len(_receipts(centre)) + more, time.monotonic() + 600
    while len(_receipts(centre)) < wanted:
        assert time.monotonic() < deadline, centre.log.read_text()[-3000:]
        time.sleep(0.2)


def _rows_are_of_their_wells(
    centre: CentreProcess, field: str, shown: dict[str, tuple[str, object, str]]
) -> None:
    """What ClickHouse says of each well is what was measured there, and nothing of another one's."""
    engine = open_engine(centre.database)
    with reading(engine) as connection:
        asked = sa.select(WELLS.c.id, WELLS.c.name).where(WELLS.c.field_name == field)
        names = {int(number): str(name) for number, name in connection.execute(asked)}
    engine.dispose()
    asked_rows = "SELECT record_id, well_id FROM wellside.flow_rates FINAL WHERE NOT deleted"
    deadline = time.monotonic() + 300
    while True:
        rows = centre.operator().query(asked_rows).result_rows
        there = {(str(record), names[well]) for record, well in rows if well in names}
        tests = {(record, well) for record, (well, _, values) in shown.items() if "liquid_m3" in values}
        if there == tests:
            return
        assert time.monotonic() < deadline, (there - tests, tests - there)
        time.sleep(0.5)
