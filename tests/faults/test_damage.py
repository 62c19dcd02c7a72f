"""Flipped bytes, torn WALs, a missing key: the cache is recovered or set aside and rebuilt, the journal is
not touched.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import KnownError
from app.core.notices import Notice, NoticeBus, Severity
from app.core.paths import Paths, profile_paths
from app.models.readings import Readings
from app.models.store import readings, records
from app.models.wells import ESP, Well, WellId
from app.services import doctor
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace

AT = datetime(2026, 10, 1, tzinfo=UTC)
START = 1_760_000_400_000_000
ROWS = 30_000


@contextmanager
def opened(paths: Paths) -> Iterator[tuple[Workspace, list[Notice]]]:
    notices: list[Notice] = []
    bus = NoticeBus()
    bus.subscribe(notices.append)
    workspace = open_workspace(paths, bus)
    try:
        yield workspace, notices
    finally:
        workspace.close()


def some_readings(sensor: int) -> Readings:
    noise = np.random.default_rng(sensor).normal(size=ROWS)
    return Readings.of_one(1, sensor, START + np.arange(ROWS, dtype=np.int64) * 60_000_000, noise)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed profile with readings and a note, and beside it a copy taken while a WAL was there."""
    folder = tmp_path_factory.mktemp("profile")
    paths = profile_paths(folder / "closed" / "cache.duckdb")
    with opened(paths) as (workspace, _):
        with workspace.store.writing() as cursor:
            records.put_wells(cursor, [Well(WellId(1), "1", "", "", ESP)])
        readings.write(workspace.store, some_readings(1))
        entries.add_note(workspace, 1, AT, "what the engineer wrote")
        workspace.store.checkpoint()
        for sensor in (2, 3):
            readings.write(workspace.store, some_readings(sensor))
        shutil.copytree(paths.folder, folder / "with-wal")
    return folder


def counted(workspace: Workspace) -> dict[int, int]:
    with workspace.store.reading() as cursor:
        rows = cursor.execute("SELECT sensor, count(*), sum(value) FROM readings GROUP BY sensor").fetchall()
    return {sensor: count for sensor, count, _ in rows}


def note_is_there(workspace: Workspace) -> bool:
    in_journal = [
        entry.payload["values"]["text"] for entry in workspace.journal.entries() if entry.kind == "record"
    ]
    in_cache = [note.text for note in records.notes(workspace.store, 1, AT, AT)]
    return in_journal == in_cache == ["what the engineer wrote"]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("seed", range(8))
def test_a_torn_wal_is_cut_where_it_is_whole_and_nothing_before_is_lost(
    profile: Path, tmp_path: Path, seed: int
) -> None:
    shutil.copytree(profile / "with-wal", tmp_path / "p")
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    wal = paths.store.with_name("cache.duckdb.wal")
    content, rng = wal.read_bytes(), random.Random(seed)
    place = rng.randrange(100, len(content))
    damaged = bytearray(content)
    damaged[place] ^= 0xFF
    wal.write_bytes((content[:place], bytes(damaged), content[:place] + rng.randbytes(700))[seed % 3])
    with opened(paths) as (workspace, notices):
        found = counted(workspace)
        assert found[1] == ROWS, "what was checkpointed before is untouched"
        assert set(found.values()) == {ROWS}, "a transaction is there wholly or not at all"
        assert note_is_there(workspace)
        assert "notice.cache_rebuilt" not in [notice.code for notice in notices]
    with opened(paths) as (workspace, _):
        assert counted(workspace) == found


def test_a_search_for_the_torn_place_that_was_killed_begins_with_the_whole_again(
    profile: Path, tmp_path: Path
) -> None:
    """A try of it, half of what is whole, was taken for all there is."""
    shutil.copytree(profile / "with-wal", tmp_path / "p")
    wal = tmp_path / "p" / "cache.duckdb.wal"
    content = wal.read_bytes()
    wal.rename(wal.with_name(wal.name + ".mending"))
    wal.write_bytes(content[: len(content) // 2])
    with opened(profile_paths(tmp_path / "p" / "cache.duckdb")) as (workspace, _):
        assert counted(workspace) == {1: ROWS, 2: ROWS, 3: ROWS}
    assert not list((tmp_path / "p").glob("*.mending"))


def test_an_untouched_wal_is_replayed_whole(profile: Path, tmp_path: Path) -> None:
    shutil.copytree(profile / "with-wal", tmp_path / "p")
    with opened(profile_paths(tmp_path / "p" / "cache.duckdb")) as (workspace, _):
        assert counted(workspace) == {1: ROWS, 2: ROWS, 3: ROWS}


@pytest.mark.parametrize("seed", range(10))
def test_flipped_bytes_end_in_whole_readings_or_in_a_new_cache_with_the_engineers_work(
    profile: Path, tmp_path: Path, seed: int
) -> None:
    shutil.copytree(profile / "closed", tmp_path / "p")
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    content = bytearray(paths.store.read_bytes())
    rng = random.Random(seed)
    # The header, its copies and the first blocks for half of the seeds, anywhere for the others.
    place = (4, 90, 4100, 8200, 12_300)[seed] if seed < 5 else rng.randrange(len(content))
    content[place] ^= 0xFF
    paths.store.write_bytes(content)
    journal = digest(paths.journal)
    try:
        with opened(paths) as (workspace, notices):
            rebuilt = "notice.cache_rebuilt" in [notice.code for notice in notices]
            found = counted(workspace)
            assert found == ({} if rebuilt else {1: ROWS, 2: ROWS, 3: ROWS})
            assert note_is_there(workspace)
            assert bool(list(paths.folder.glob("cache.duckdb.corrupt-*"))) == rebuilt
    except KnownError as error:
        # The damaged block was met by a query: said, remembered, and healed by the next start.
        assert error.code == "store_damaged_block"
        with opened(paths) as (workspace, notices):
            assert "notice.cache_rebuilt" in [notice.code for notice in notices]
            assert counted(workspace) == {}
            assert note_is_there(workspace)
        with opened(paths) as (workspace, notices):
            assert "notice.cache_rebuilt" not in [notice.code for notice in notices]
    assert digest(paths.journal) == journal, "the journal is not touched"


def test_a_damaged_header_is_not_mistaken_for_a_wrong_key(profile: Path, tmp_path: Path) -> None:
    shutil.copytree(profile / "closed", tmp_path / "p")
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    content = paths.store.read_bytes()
    paths.store.write_bytes(os.urandom(len(content)))
    with opened(paths) as (workspace, notices):
        assert "notice.cache_rebuilt" in [notice.code for notice in notices]
        assert note_is_there(workspace)


def test_a_missing_key_is_told_and_nothing_is_set_aside(profile: Path, tmp_path: Path) -> None:
    shutil.copytree(profile / "closed", tmp_path / "p")
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    paths.key_file.unlink()
    before = sorted((path.name, digest(path)) for path in paths.folder.glob("*.*") if path.is_file())
    with pytest.raises(KnownError, match="key_missing"):
        open_workspace(paths, NoticeBus())
    assert sorted((path.name, digest(path)) for path in paths.folder.glob("*.*") if path.is_file()) == before


def test_the_key_of_another_profile_is_told_and_nothing_is_set_aside(profile: Path, tmp_path: Path) -> None:
    shutil.copytree(profile / "closed", tmp_path / "p")
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    paths.key_file.write_text(os.urandom(32).hex())
    with pytest.raises(KnownError, match="journal_key_or_damage"):
        open_workspace(paths, NoticeBus())
    assert not list(paths.folder.glob("*.corrupt-*"))


def test_what_a_damaged_log_of_the_journal_took_is_told_at_the_next_start_and_once(
    profile: Path, tmp_path: Path
) -> None:
    shutil.copytree(profile / "closed", tmp_path / "worked")
    shutil.copytree(profile / "closed", tmp_path / "p")
    with opened(profile_paths(tmp_path / "worked" / "cache.duckdb")) as (workspace, _):
        with workspace.journal.held_still():
            pass  # the log is empty from here on
        for text in ("a", "b", "c"):
            entries.add_note(workspace, 1, AT, text)
        for file in (tmp_path / "worked").glob("cache.journal*"):
            shutil.copy(file, tmp_path / "p")
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    log = paths.journal.with_name(paths.journal.name + "-wal")
    content = bytearray(log.read_bytes())
    content[-1] ^= 0xFF
    log.write_bytes(content)
    with pytest.raises(KnownError, match="journal_lost"):
        doctor._open_journal(paths)
    with opened(paths) as (workspace, notices):
        (told,) = [notice for notice in notices if notice.code == "error.journal_lost"]
        assert (told.severity, told.details["saved"]) == (Severity.ERROR, 1)
        assert (paths.folder / str(told.details["file"])).read_bytes() == content
        assert len(workspace.journal.entries()) == 3
    with opened(paths) as (workspace, notices):
        assert "error.journal_lost" not in [notice.code for notice in notices]


def test_a_damaged_journal_is_told_and_left_for_support(profile: Path, tmp_path: Path) -> None:
    shutil.copytree(profile / "closed", tmp_path / "p")
    paths = profile_paths(tmp_path / "p" / "cache.duckdb")
    content = bytearray(paths.journal.read_bytes())
    content[30:60] = bytes(30)
    paths.journal.write_bytes(content)
    before = digest(paths.journal)
    with pytest.raises(KnownError, match="journal_(key_or_)?damage"):
        open_workspace(paths, NoticeBus())
    assert digest(paths.journal) == before
