"""What the store refuses, and how it says so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import KnownError
from app.models.readings import Readings
from app.models.store import database as store
from app.models.store import readings, rollups
from app.models.store.database import Database, open_database
from tests.models import test_store
from tests.models.test_store import KEY, emptied
from tests.proofs import examples

db = test_store.db
shared_db = test_store.shared_db


# ---- the border --------------------------------------------------------------------------------------------


def test_the_file_is_encrypted_and_so_is_its_wal(tmp_path: Path) -> None:
    database = open_database(tmp_path / "cache.duckdb", KEY)
    with database.writing() as cursor:
        cursor.execute(
            "INSERT INTO wells VALUES (1, 'SENTINEL-FIELD', '1', 'SENTINEL-NAME', 'esp', 'running', '', "
            "NULL, NULL)"
        )
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    database.close()
    content += (tmp_path / "cache.duckdb").read_bytes()
    assert b"SENTINEL" not in content


def test_nothing_outside_the_store_can_be_read_through_it(db: Database) -> None:
    with db.reading() as cursor:
        for statement in (
            "SELECT * FROM read_text('/etc/hostname')",
            "SET enable_external_access = true",
            "ATTACH '/tmp/x.db' AS x",
        ):
            with pytest.raises(duckdb.Error):
                cursor.execute(statement)


def test_the_wrong_key_is_told_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cache.duckdb"
    open_database(path, KEY).close()
    before = path.read_bytes()
    with pytest.raises(KnownError, match="store_key_wrong"):
        open_database(path, "cd" * 32)
    assert path.read_bytes() == before


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cache.duckdb"
    database = open_database(path, KEY)
    with database.writing() as cursor:
        cursor.execute("INSERT INTO schema_version VALUES (9999)")
    database.close()
    with pytest.raises(KnownError, match="store_newer"):
        open_database(path, KEY)


@pytest.mark.slow
def test_a_second_process_is_told_who_holds_the_store(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    path = tmp_path / "cache.duckdb"
    database = open_database(path, KEY)
    code = (
        f"from pathlib import Path; from app.models.store.database import open_database; "
        f"open_database(Path({str(path)!r}), {KEY!r})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    database.close()
    assert ran.returncode == 1
    assert "store_locked" in ran.stderr
    assert str(os.getpid()) in ran.stderr


@pytest.mark.parametrize("content", [b"not a database at all" * 500, b"\0" * 20_000])
def test_a_file_that_is_no_store_is_called_damaged_and_can_be_set_aside(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "cache.duckdb"
    path.write_bytes(content)
    with pytest.raises(KnownError, match="store_corrupt|store_key_wrong"):
        open_database(path, KEY)
    aside = store.set_aside(path)
    assert aside.read_bytes() == content
    open_database(path, KEY).close()


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="store_is_folder"):
        open_database(tmp_path, KEY)


@pytest.mark.slow
@given(
    steps_s=st.lists(st.sampled_from([1, 7, 20, 40, 300, 4_000]), min_size=2, max_size=60),
    bad=st.lists(st.integers(0, 59), max_size=20),
    cuts=st.lists(st.integers(1, 59), max_size=4),
    backwards=st.booleans(),
)
@settings(max_examples=examples(25), deadline=None)
def test_roll_ups_of_appended_rows_are_those_that_the_store_itself_makes(
    shared_db: Database, steps_s: list[int], bad: list[int], cuts: list[int], backwards: bool
) -> None:
    """Two ways: pieces put one after, or one before, the other, and everything renewed by the SQL of
    rollups.py.
    """
    n = len(steps_s) * 4
    time_us = 1_760_000_123_000_000 + np.cumsum(np.tile(steps_s, 4)) * 1_000_000
    value = np.sin(np.arange(n)).astype(np.float32) * 1e6
    quality = np.zeros(n, np.uint8)
    quality[[i % n for i in bad]] = 2
    database = emptied(shared_db)
    edges = [0, *sorted({cut % n for cut in cuts} - {0}), n]
    pieces = list(zip(edges[:-1], edges[1:], strict=True))
    for start, end in reversed(pieces) if backwards else pieces:
        both = [
            Readings.of_one(1, sensor, time_us[start:end], value[start:end], quality[start:end])
            for sensor in (1, 2)
        ]
        readings.write(database, Readings.join(both))

    def kept(table: str) -> list[tuple[object, ...]]:
        with database.reading() as cursor:
            return cursor.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()

    made = {table: kept(table) for table in ("rollup_1m", "rollup_1h", "series")}
    with database.writing() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE touched AS SELECT well, sensor, first_ts AS from_ts, last_ts AS to_ts, "
            "dense FROM series"
        )
        rollups.renew(cursor)
        cursor.execute("DROP TABLE temp.touched")
    for table, rows in made.items():
        again = kept(table)
        assert len(rows) == len(again)
        for one, other in zip(rows, again, strict=True):
            assert one[:3] == other[:3]
            assert [
                float(x) for x in one[3:] if not isinstance(x, datetime) and x is not None
            ] == pytest.approx(
                [float(x) for x in other[3:] if not isinstance(x, datetime) and x is not None], rel=1e-6
            ), table


def test_an_open_store_takes_no_extension_without_a_signature(tmp_path: Path) -> None:
    for name in ("first", "second"):
        database = open_database(tmp_path / f"{name}.duckdb", KEY)
        with database.reading() as cursor:
            assert cursor.execute("SELECT current_setting('allow_unsigned_extensions')").fetchone() == (
                False,
            )
        database.close()


def test_an_extension_that_is_another_than_the_one_checked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = store._crypto_extension()
    copy = tmp_path / ours.name
    copy.write_bytes(ours.read_bytes())
    monkeypatch.setattr(store, "_crypto_extension", lambda: copy)
    for name in ("first", "second"):
        open_database(tmp_path / f"{name}.duckdb", KEY).close()
    planted = bytearray(ours.read_bytes())
    planted[len(planted) // 2] ^= 1
    other = tmp_path / "other"
    other.write_bytes(planted)
    other.replace(copy)
    with pytest.raises(duckdb.Error, match="signature"):
        open_database(tmp_path / "third.duckdb", KEY)


def test_a_migration_that_fails_leaves_the_cache_of_the_version_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = sorted(store.MIGRATIONS.glob("*.sql"))
    folder = tmp_path / "migrations"
    folder.mkdir()
    monkeypatch.setattr(store, "MIGRATIONS", folder)
    (folder / scripts[0].name).write_bytes(scripts[0].read_bytes())
    open_database(tmp_path / "cache.duckdb", KEY).close()
    for script in scripts[1:]:
        (folder / script.name).write_bytes(script.read_bytes())
    last = folder / "9999_broken.sql"
    last.write_text("CREATE TABLE half (id INTEGER); SELECT nothing FROM nowhere")
    with pytest.raises(duckdb.Error, match="nowhere"):
        open_database(tmp_path / "cache.duckdb", KEY)
    last.unlink()
    database = open_database(tmp_path / "cache.duckdb", KEY)
    with database.reading() as cursor:
        versions = cursor.execute("SELECT version FROM schema_version ORDER BY version").fetchall()
        tables = {name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    database.close()
    assert versions == [(number,) for number in range(1, len(scripts) + 1)]
    assert "half" not in tables
