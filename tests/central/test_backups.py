"""A backup is whole or none, a centre comes out of it while others write, and laptops notice."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa

from app.core.clock import iso, utc_now
from app.core.errors import KnownError
from app.models.wells import well_uid
from app.sync.wire import EntryIn
from central import backing_up, backups, filling, relay, restoring
from central.accept import accept
from central.api.app import make_app
from central.api.limits import SeenLately
from central.centre import open_centre
from central.commands.common import database_of
from central.config import NAME_FILE, STORE_FILE, Config
from central.embedded.embedding import embed
from central.stores import devices, epochs, receipts, wells
from central.stores.clickhouse import ClickHouse
from central.stores.engine import changing, is_away, open_engine, reading
from tests.central.asked_here import answers
from tests.central.at_the_command_line import Line
from tests.central.test_api import entry
from tests.central.test_own_fields import as_sent, card, of
from tests.central.test_roles import device, here
from tests.centre_process import AT
from tests.profiles import centre_tables

FIELD = "Поле копий"


class NoRows:
    """ClickHouse that nothing has come to."""

    def query(self, sql: str, parameters: object = None) -> list[Any]:
        return []


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[Path, sa.Engine]]:
    folder = tmp_path / "home"
    folder.mkdir()
    engine = centre_tables(folder / STORE_FILE)
    epochs.begin(engine, utc_now())
    yield folder, engine
    engine.dispose()


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClickHouse]:
    process, store, _ = embed(tmp_path_factory.mktemp("rows"), "127.0.0.1", 0)
    store.prepare()
    yield store
    process.close()


def a_device(engine: sa.Engine) -> devices.Device:
    with engine.begin() as connection:
        return devices.add(connection, uuid.uuid4().hex, (FIELD,), devices.SCOPES, utc_now())[0]


def copied(home: tuple[Path, sa.Engine], to: Path, store: Any = None) -> backups.Backup:
    return backups.back_up(home[1], store or NoRows(), home[0], to, utc_now())


def epoch_of(engine: sa.Engine) -> str:
    with reading(engine) as connection:
        return epochs.epoch(connection)


def has(engine: sa.Engine, entries: list[EntryIn]) -> set[str]:
    with reading(engine) as connection:
        return set(receipts.known(connection, [one.id for one in entries]))


def test_clickhouse_waits_for_the_disk_before_it_says_that_rows_are_there(rows: ClickHouse) -> None:
    """By then they leave the outbox: a power cut would take the only copy."""
    asked = "SELECT name, create_table_query FROM system.tables WHERE database = 'wellside' AND engine LIKE "
    tables = dict(rows.query(asked + "'%MergeTree'"))
    assert set(backups.TABLES) <= set(tables)
    for made in tables.values():
        assert "fsync_after_insert = 1" in made
        assert "fsync_part_directory = 1" in made


@pytest.mark.slow
def test_a_centre_that_is_destroyed_under_load_comes_back_with_all_that_was_confirmed(
    home: tuple[Path, sa.Engine], rows: ClickHouse, tmp_path: Path
) -> None:
    folder, engine = home
    device, taken, stop = a_device(engine), list[EntryIn](), threading.Event()

    def laptop() -> None:
        while not stop.is_set():
            one = as_sent(entry(FIELD), record=str(uuid.uuid4()))
            assert accept(engine, device, (one,), utc_now)[0].status == "accepted"
            taken.append(one)

    writer = threading.Thread(target=laptop)
    writer.start()
    before = list(taken)
    copied(home, tmp_path / "copy", rows)
    while len(taken) < 20 + len(before):
        stop.wait(0.01)
    stop.set()
    writer.join()
    backups.verify(tmp_path / "copy")
    old = epoch_of(engine)
    engine.dispose()
    for file in folder.glob("centre.sqlite*"):
        file.unlink()
    restoring.restore(tmp_path / "copy", folder, utc_now())
    restored = open_engine(f"sqlite:///{folder / STORE_FILE}")
    assert epoch_of(restored) not in ("", old)
    there = has(restored, taken)
    assert {one.id for one in before} <= there
    assert len(there) < len(taken), "what came after the copy is not in it"
    again = [one for one in taken if one.id not in there]
    said = accept(restored, device, tuple(again), utc_now)
    assert {receipt.status for receipt in said} == {"accepted"}
    assert has(restored, taken) == {one.id for one in taken}
    restored.dispose()


@pytest.mark.slow
def test_rows_of_clickhouse_come_back_to_the_last_one(
    home: tuple[Path, sa.Engine], rows: ClickHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "MOST_ROWS", 700)
    now = utc_now()
    table = pa.table(
        {
            "well_id": pa.array([1 + i % 3 for i in range(3_000)], pa.uint32()),
            "sensor_type": pa.array([1] * 3_000, pa.uint8()),
            "timestamp": pa.array([now - timedelta(hours=i) for i in range(3_000)]),
            "value": pa.array([float(i) for i in range(3_000)], pa.float32()),
            "quality": pa.array([0] * 3_000, pa.uint8()),
        }
    )
    rows.insert_readings(table, "t", "s")
    filling.everything(rows)
    backup = copied(home, tmp_path / "copy", rows)
    assert sum(file.rows for file in backup.files if file.table == "sensor_readings") == 3_000
    restoring.restore(tmp_path / "copy", tmp_path / "new", now)
    process, store, _ = embed(tmp_path / "new", "127.0.0.1", 0)
    try:
        asked = "SELECT count(), sum(value), min(timestamp) FROM wellside.sensor_readings FINAL"
        assert store.query(asked) == rows.query(asked)
        hours = "SELECT count(), sum(n) FROM wellside.hours"
        assert store.query(hours) == rows.query(hours)
        assert store.query("SELECT count() FROM wellside.ingest_log")[0][0] > 0
    finally:
        process.close()


@pytest.mark.slow
def test_a_well_that_is_new_after_a_restore_has_nothing_of_one_that_came_while_the_copy_was_made(
    home: tuple[Path, sa.Engine], tmp_path: Path
) -> None:
    """Rows of ClickHouse are copied after the store: the second well's card was in the copy and the well was
    not; after the restore the third well had its number, and its card.
    """
    folder, engine = home
    device = a_device(engine)
    process, store, _ = embed(folder, "127.0.0.1", 0)
    try:
        store.prepare()
        names = ("101", "102", "103")
        said = [
            of(
                "card",
                FIELD,
                card() | {"strokes_per_minute": 5.0, "at": iso(AT + timedelta(hours=hour))},
                name=name,
                uid=well_uid(FIELD, "5", name),
            )
            for hour, name in enumerate(names)
        ]
        accept(engine, device, (said[0],), utc_now)
        relay.deliver(engine, store)

        class Busy:
            """What comes between the copy of the store and that of the rows."""

            come = False

            def query(self, *asked: Any) -> list[Any]:
                if not self.come:
                    Busy.come = True
                    accept(engine, device, (said[1],), utc_now)
                    relay.deliver(engine, store)
                return store.query(*asked)

            exported = staticmethod(store.exported)

        copied(home, tmp_path / "copy", Busy())
    finally:
        process.close()
    restoring.restore(tmp_path / "copy", tmp_path / "new", utc_now())
    restored = open_engine(f"sqlite:///{tmp_path / 'new' / STORE_FILE}")
    process, store, _ = embed(tmp_path / "new", "127.0.0.1", 0)
    try:
        newest = "SELECT max(batch) FROM wellside.dynamograms"
        before = int(store.query(newest)[0][0])
        for one in (said[2], said[1]):
            assert accept(restored, device, (one,), utc_now)[0].status == "accepted"
            relay.deliver(restored, store)
        with reading(restored) as connection:
            numbers = {well.name: int(well.id) for well in wells.all_wells(connection)}
        asked = "SELECT well_id, card_id FROM wellside.dynamograms FINAL WHERE NOT deleted"
        of_wells = {number: set[str]() for number in numbers.values()}
        for well, card_id in store.query(asked):
            of_wells.setdefault(int(well), set()).add(str(card_id))
        for one, name in zip(said, names, strict=True):
            assert of_wells[numbers[name]] == {one.id}
        assert int(store.query(f"{newest} WHERE card_id = '{said[2].id}'")[0][0]) > before, "it is newer"
    finally:
        process.close()
        restored.dispose()


def test_what_waited_for_clickhouse_waits_in_the_copy_too(
    home: tuple[Path, sa.Engine], tmp_path: Path
) -> None:
    device = a_device(home[1])
    accept(home[1], device, (of("card", FIELD, card()),), utc_now)
    copied(home, tmp_path / "copy")
    copy = open_engine(f"sqlite:///{tmp_path / 'copy' / STORE_FILE}")
    sent = SimpleNamespace(insert_rows=lambda *_: None)
    assert relay.deliver(copy, sent) == 1  # type: ignore[arg-type]
    copy.dispose()


def test_a_copy_that_was_broken_off_or_damaged_is_none(home: tuple[Path, sa.Engine], tmp_path: Path) -> None:
    copied(home, tmp_path / "copy")
    with pytest.raises(KnownError, match="backup_there"):
        copied(home, tmp_path / "copy")
    whole = (tmp_path / "copy" / STORE_FILE).read_bytes()
    for damaged in (
        whole[:-1],
        whole[:5_000] + bytes([whole[5_000] ^ 1]) + whole[5_001:],
        whole + b"\0",
        b"",
    ):
        (tmp_path / "copy" / STORE_FILE).write_bytes(damaged)
        with pytest.raises(KnownError, match="backup_damaged"):
            restoring.restore(tmp_path / "copy", tmp_path / "new", utc_now())
    (tmp_path / "copy" / STORE_FILE).write_bytes(whole)
    backups.verify(tmp_path / "copy")
    (tmp_path / "copy" / backups.MANIFEST).unlink()
    with pytest.raises(KnownError, match="backup_none"):
        backups.verify(tmp_path / "copy")
    assert not (tmp_path / "new").exists()


def test_nothing_is_restored_over_a_centre(home: tuple[Path, sa.Engine], tmp_path: Path) -> None:
    copied(home, tmp_path / "copy")
    with pytest.raises(KnownError, match="centre_there"):
        restoring.restore(tmp_path / "copy", home[0], utc_now())


def test_backups_are_made_by_the_clock_and_the_oldest_go(
    home: tuple[Path, sa.Engine], tmp_path: Path
) -> None:
    now = [utc_now()]
    centre: Any = SimpleNamespace(
        engine=home[1], clickhouse=NoRows(), config=Config(home[0]), clock=lambda: now[0]
    )
    follower = backing_up.BackupFollower(centre, tmp_path / "copies", 24.0)
    (tmp_path / "copies" / "broken off").mkdir(parents=True)
    assert [follower.once(), follower.once()] == [True, False]
    for _ in range(9):
        now[0] += timedelta(hours=24)
        assert follower.once()
    whole = [path.name for path in (tmp_path / "copies").iterdir() if (path / backups.MANIFEST).exists()]
    assert len(whole) == backing_up.KEPT
    assert backing_up.newest(tmp_path / "copies") == now[0].replace(microsecond=now[0].microsecond)


def test_what_a_killed_copy_and_a_killed_forgetting_left_goes_at_the_next_start(
    home: tuple[Path, sa.Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to, now = tmp_path / "copies", utc_now()
    centre: Any = SimpleNamespace(
        engine=home[1], clickhouse=NoRows(), config=Config(home[0]), clock=lambda: now
    )
    follower = backing_up.BackupFollower(centre, to, 24.0)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(backups, "_said_by", killed)
        with pytest.raises(KeyboardInterrupt):
            follower.once()
    (half,) = to.iterdir()
    assert (half / STORE_FILE).exists()
    copied(home, to / "by hand")
    copied(home, to / "2026-11-01T000000Z")
    with monkeypatch.context() as patch:
        patch.setattr(backups.shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            backups.forget_old(to, 1)
    (to / "somebody's own").mkdir()
    follower.worker.stop.set()
    follower._run()
    assert sorted(path.name for path in to.iterdir()) == ["by hand", "somebody's own"]
    backups.verify(to / "by hand")


def test_a_copy_that_was_broken_off_is_made_again_under_its_name(
    home: tuple[Path, sa.Engine], tmp_path: Path
) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / backups.MAKING).touch()
    (tmp_path / "copy" / STORE_FILE).write_bytes(b"half")
    copied(home, tmp_path / "copy")
    backups.verify(tmp_path / "copy")
    assert not (tmp_path / "copy" / backups.MAKING).exists()
    with pytest.raises(KnownError, match="backup_there"):  # nor does a wrong name remove a centre
        copied(home, home[0])
    assert (home[0] / STORE_FILE).exists()


def test_no_centre_is_begun_where_half_of_one_was_restored(
    home: tuple[Path, sa.Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be an empty one in the place of the one that was to come back, and laptops would believe."""
    copied(home, tmp_path / "copy")
    new = tmp_path / "new"
    monkeypatch.setattr(restoring, "embed", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        restoring.restore(tmp_path / "copy", new, utc_now())
    with pytest.raises(KnownError, match="centre_half_restored"):
        open_centre(Config(new))
    with pytest.raises(KnownError, match="centre_half_restored"), database_of(new, "", made=True):
        pass
    assert [path.name for path in new.iterdir()] == [restoring.ASIDE]
    (home[0] / restoring.ASIDE).mkdir()
    restoring.settle(home[0])
    assert not (home[0] / restoring.ASIDE).exists()


def test_a_centre_whose_store_is_gone_is_not_begun_anew_in_silence(tmp_path: Path) -> None:
    """It began as an empty one, and each laptop was told that its token is nobody's."""
    (tmp_path / NAME_FILE).write_text("one")
    with pytest.raises(KnownError, match="centre_store_gone"):
        open_centre(Config(tmp_path))
    with pytest.raises(KnownError, match="centre_store_gone"), database_of(tmp_path, "", made=True):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [NAME_FILE]


def test_the_commands_say_what_was_copied_and_begin_a_new_epoch(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    epochs.begin(open_engine(f"sqlite:///{line.folder / STORE_FILE}"), utc_now())
    monkeypatch.setattr("central.embedded.embedding.embed", lambda *_: (Closed(), NoRowsEver(), None))
    (done,) = line("backup", str(tmp_path / "copy"))
    assert (done["files"], done["rows"]) == (1, 0)
    before = epoch_of(open_engine(f"sqlite:///{line.folder / STORE_FILE}"))
    (told,) = line("restore", "--by-other-means")
    assert told["epoch"] not in ("", before)


class NoRowsEver(NoRows):
    def prepare(self) -> None:
        """Nothing to make."""


class Closed:
    def close(self) -> None:
        """Nothing is open."""


def test_while_the_store_is_away_the_centre_says_so_and_is_not_ready(
    tmp_path: Path,
) -> None:
    """It said that something was wrong with itself (500), to laptops and to the balancer."""
    centre = here(centre_tables(tmp_path / "centre.sqlite"))
    centre.readiness, centre.stopping = SeenLately(), False
    head = {"headers": {"Authorization": f"Bearer {device(centre.engine, ('engineer', '*'))[1]}"}}
    (tmp_path / "centre.sqlite").rename(tmp_path / "moved.sqlite")
    for answer in answers(make_app(centre), [("GET", "/ready", {}), ("GET", "/v1/changes", head)]):
        assert (answer.status_code, answer.json()) == (503, {"code": "database_down"})
        assert answer.headers["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("wrong", "away"),
    [
        (sa.exc.OperationalError("", {}, OSError("moved")), True),
        (sa.exc.OperationalError("", {}, Exception("connection refused")), True),
        (sa.exc.DatabaseError("", {}, Exception("ORA-03113: end-of-file")), True),
        (sa.exc.DatabaseError("", {}, Exception("ORA-00942: no such table")), False),
        (sa.exc.IntegrityError("", {}, Exception("unique")), False),
        (sa.exc.ProgrammingError("", {}, Exception("syntax")), False),
    ],
)
def test_a_store_that_is_away_is_told_from_a_statement_that_is_wrong(
    wrong: sa.exc.DBAPIError, away: bool
) -> None:
    assert is_away(wrong) is away


def test_a_wrong_statement_of_sqlite_is_no_store_that_is_away(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with engine.begin() as connection, pytest.raises(sa.exc.OperationalError) as said:
        connection.exec_driver_sql("SELECT x FROM nowhere")
    assert not is_away(said.value)
    engine.dispose()


def test_a_store_that_is_exchanged_under_a_running_centre_is_neither_read_nor_written(
    tmp_path: Path,
) -> None:
    """Moved away, and a restored one put in its place: open connections had the old one, new ones the new."""
    home, other = tmp_path / "centre.sqlite", tmp_path / "restored.sqlite"
    for path in (home, other):
        centre_tables(path).dispose()
    engine = open_engine(f"sqlite:///{home}")
    with engine.connect() as held, reading(engine) as connection:
        begun = epochs.epoch(connection)
        home.rename(tmp_path / "moved.sqlite")
        with pytest.raises(sa.exc.OperationalError, match="under a running centre"), reading(engine):
            """Nothing is there."""
        other.rename(home)
        for _ in range(2):
            with pytest.raises(sa.exc.OperationalError, match="under a running centre"), changing(engine):
                """Another one is there."""
        held.close()
    with pytest.raises(sa.exc.OperationalError), reading(engine):
        """A connection that was open has the one that was moved."""
    engine.dispose()
    with reading(open_engine(f"sqlite:///{home}")) as connection:
        assert epochs.epoch(connection) == begun, "nobody wrote to it"
