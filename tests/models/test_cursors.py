"""A cursor is used again by the next query, as long as nothing went wrong with it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from app.core.jobs import Cancelled, Job
from app.models.store.database import Database

KEY = "ab" * 32


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "cache.duckdb", KEY)


def test_the_next_query_takes_the_cursor_of_the_one_before_and_two_at_once_take_two(
    database: Database,
) -> None:
    with database.reading() as first:
        first.execute("CREATE TABLE t AS SELECT 1 AS a")
        with database.reading() as second:
            assert second is not first
            assert second.execute("SELECT a FROM t").fetchone() == (1,)
    with database.reading() as third:
        assert third is first or third is second
        assert third.execute("SELECT a FROM t").fetchone() == (1,)
    database.close()


def test_a_cursor_that_something_went_wrong_with_is_not_used_again(database: Database) -> None:
    with pytest.raises(duckdb.Error), database.reading() as broken:
        broken.execute("SELECT * FROM no_such_table")
    with database.reading() as next_one:
        assert next_one is not broken
    with pytest.raises(ValueError, match="ours"), database.writing() as torn:
        raise ValueError("ours")
    with database.reading() as next_one:
        assert next_one is not torn
    database.close()


def test_a_cursor_that_a_job_may_interrupt_is_its_own(database: Database) -> None:
    job = Job()
    with database.reading(job) as interrupted:
        interrupted.execute("SELECT 1")
    with database.reading() as next_one:
        assert next_one is not interrupted
    job.cancel()
    with pytest.raises(Cancelled), database.reading(job):
        raise AssertionError("never begun")
    database.close()


def test_a_closed_cache_lets_go_of_its_file_whoever_still_reads(tmp_path: Path) -> None:
    file = tmp_path / "cache.duckdb"
    database = Database(file, KEY)
    with database.reading() as idle:
        idle.execute("CREATE TABLE t AS SELECT 1 AS a")
    with database.reading():
        database.close()
    again = Database(file, KEY)
    with again.reading() as cursor:
        assert cursor.execute("SELECT a FROM t").fetchone() == (1,)
    again.close()
