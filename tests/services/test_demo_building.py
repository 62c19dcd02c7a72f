"""The demo field is built well by well, goes on where it was stopped, and holds what it always held."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.entries import State
from app.models.store import records, trends
from app.models.wells import Well, WellId
from app.services.demo import building, marks, removing
from app.services.diagnosis.diagnose import findings_of
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace
from tests.demo_profile import DAYS as DEMO_DAYS
from tests.services.demo_content import content

HELD_BEFORE = json.loads((Path(__file__).parents[1] / "data" / "demo_field.json").read_text("utf-8"))
DAYS, RECENT, WELLS = 9, 7, 2
"""Days of the field and of its first pass: a fortnight of the first pass would prove no more."""
DAY_US = 86_400_000_000


@pytest.fixture(scope="module", autouse=True)
def a_short_first_pass() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "RECENT", timedelta(days=RECENT))
        yield


def opened(folder: Path) -> Workspace:
    return open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus())


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What two wells hold when nothing comes in between."""
    workspace = opened(tmp_path_factory.mktemp("straight"))
    building.build(workspace, Job(), wells=WELLS, days=DAYS)
    held = content(workspace.store)
    workspace.close()
    return held


@pytest.mark.slow
def test_the_field_holds_to_the_row_what_it_held_before_it_was_built_in_two_passes(
    demo_workspace: Workspace,
) -> None:
    assert HELD_BEFORE["days"] == DEMO_DAYS
    assert content(demo_workspace.store) == HELD_BEFORE["content"]


def cancelling_after(parts: int) -> tuple[Job, list[Well]]:
    got: list[Well] = []

    def receive(well: object) -> None:
        assert isinstance(well, Well)
        got.append(well)
        if len(got) == parts:
            job.cancel()

    job = Job(receiver=receive)
    return job, got


@pytest.mark.slow
def test_the_first_well_is_usable_with_its_last_days_when_the_build_is_stopped_and_the_rest_follows(
    tmp_path: Path, straight: dict[str, str]
) -> None:
    workspace = opened(tmp_path)
    job, got = cancelling_after(1)
    with pytest.raises(Cancelled):
        building.build(workspace, job, wells=WELLS, days=DAYS)
    assert [well.name for well in got] == ["101"]
    assert [well.name for well in records.wells(workspace.store)] == ["101"]
    span = trends.span(workspace.store, got[0].id)
    assert span is not None
    assert (span[1] - span[0]) / DAY_US == pytest.approx(RECENT, abs=0.01)
    assert marks.unfinished(workspace.store)
    assert marks.of_wells(workspace.store) == {"101": marks.RECENT}

    with pytest.raises(KnownError, match="demo_store_in_use"):
        building.build(workspace, Job(), wells=WELLS, days=30)
    handed: list[object] = []
    building.build(workspace, Job(receiver=handed.append), wells=WELLS, days=DAYS)
    assert [well.name for well in handed if isinstance(well, Well)] == ["102", "101", "102"]
    assert content(workspace.store) == straight
    assert not marks.lacking(workspace.store)
    with pytest.raises(KnownError, match="demo_store_in_use"):
        building.build(workspace, Job(), wells=WELLS, days=DAYS)
    workspace.close()


@pytest.mark.slow
def test_a_build_that_fails_amid_the_older_days_leaves_no_half_well_and_goes_on(
    tmp_path: Path, straight: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = opened(tmp_path)
    write, calls = building.reading_store.write_in, []

    def torn(*arguments: object) -> object:
        written = write(*arguments)  # type: ignore[arg-type]
        calls.append(written)
        if len(calls) == WELLS + 1:
            raise OSError("the power went")
        return written

    monkeypatch.setattr(building.reading_store, "write_in", torn)
    with pytest.raises(OSError, match="the power went"):
        building.build(workspace, Job(), wells=WELLS, days=DAYS)
    assert set(marks.of_wells(workspace.store).values()) == {marks.RECENT}
    building.build(workspace, Job(), wells=WELLS, days=DAYS)
    assert content(workspace.store) == straight
    workspace.close()


@pytest.mark.slow
@pytest.mark.parametrize("lines", [1, 2, 4])
def test_a_killed_build_goes_on_to_the_same_field(
    tmp_path: Path, straight: dict[str, str], lines: int
) -> None:
    store = tmp_path / "cache.duckdb"
    script = (
        "from datetime import timedelta\nfrom app.services.demo import building\n"
        "from app.core.jobs import Job\n"
        "from app.core.notices import NoticeBus\nfrom app.core.paths import profile_paths\n"
        "from app.services.opening import open_workspace\nfrom pathlib import Path\n"
        f"workspace = open_workspace(profile_paths(Path({str(store)!r})), NoticeBus())\n"
        f"building.RECENT = timedelta(days={RECENT})\n"
        "tell = lambda progress: print(progress.done, flush=True)\n"
        f"building.build(workspace, Job(tell, min_gap_s=0.0), wells={WELLS}, days={DAYS})\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        process.kill()
    workspace = opened(tmp_path)
    if marks.lacking(workspace.store):
        building.build(workspace, Job(), wells=WELLS, days=DAYS)
    assert content(workspace.store) == straight
    workspace.close()


@pytest.mark.slow
def test_what_a_person_did_comes_back_when_the_cache_of_the_field_was_lost(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    building.build(workspace, Job(), wells=1, days=7)
    well = records.wells(workspace.store)[0]
    at = workspace.clock()
    entries.add_note(workspace, well.id, at, "seen by hand")
    workspace.close()
    (tmp_path / "cache.duckdb").unlink()
    workspace = opened(tmp_path)
    building.build(workspace, Job(), wells=1, days=7)
    assert [note.text for note in records.notes(workspace.store, well.id, at, at)] == ["seen by hand"]
    assert not marks.to_replay(workspace.store)
    assert findings_of(workspace, well.id) == []
    workspace.close()


def test_a_field_in_which_wells_are_already_is_left_alone(workspace: Workspace) -> None:
    before = content(workspace.store)
    with pytest.raises(KnownError, match="demo_store_in_use"):
        building.build(workspace, Job())
    assert content(workspace.store) == before
    assert not marks.lacking(workspace.store)
    assert not marks.unfinished(workspace.store)


def test_the_demo_field_leaves_with_what_was_tried_out_on_it_and_other_wells_stay(
    demo_workspace: Workspace,
) -> None:
    demo = records.wells(demo_workspace.store)
    with demo_workspace.store.writing() as cursor:
        own = Well(WellId(900), "900", "Северное", "1", "esp")
        records.put_wells(cursor, [own])
    entries.add_note(demo_workspace, demo[0].id, demo_workspace.clock(), "tried out")
    entries.add_note(demo_workspace, own.id, demo_workspace.clock(), "of a real well")
    assert removing.look(demo_workspace) == removing.Leaving(tuple(well.name for well in demo), 1)
    removing.remove(demo_workspace)
    assert [well.name for well in records.wells(demo_workspace.store)] == ["900"]
    assert demo_workspace.journal.counts()[State.QUEUED] == 1
    with demo_workspace.store.reading() as cursor:
        for table in ("readings", "rollup_1h", "cards", "findings", "flow_tests", "record_versions"):
            rows = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert rows == (1 if table == "record_versions" else 0,), table
    assert removing.look(demo_workspace).wells == ()
