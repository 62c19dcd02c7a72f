"""Two centres on one database: one relays, the other takes over when it is gone, nothing goes twice."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa
import uvicorn

from app.core.errors import KnownError
from central import outbox, relay
from central.api import health
from central.config import Config
from central.serving import Server
from central.stores import epochs
from central.stores.clickhouse import ClickHouse
from central.stores.engine import changing, reading
from central.stores.leases import RENEWED_S, TAKEN_AFTER_S, Lease
from central.stores.tables import LEASES, OUTBOX
from central.watching import FolderFollower
from tests.central.a_site import NOW, Site
from tests.profiles import centre_tables


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = centre_tables(tmp_path / "centre.sqlite")
    yield made
    made.dispose()


def one_reading(well: int, value: float) -> pa.Table:
    return pa.table(
        {
            "well_id": pa.array([well], pa.uint32()),
            "sensor_type": pa.array([1], pa.uint8()),
            "timestamp": pa.array([NOW], pa.timestamp("us", tz="UTC")),
            "value": pa.array([value], pa.float32()),
            "quality": pa.array([0], pa.uint8()),
        }
    )


class Centre:
    """Its lease, its clock, and what it told ClickHouse."""

    def __init__(self, engine: sa.Engine, name: str, clock: list[float]) -> None:
        self.engine, self.sent = engine, list[str]()
        self.lease = Lease(engine, "relay", name, lambda: clock[0])

    def insert_rows(self, table: str, body: bytes, token: str, *_: Any) -> None:
        self.sent += [line.decode() for line in body.splitlines()]

    def delivers(self) -> int:
        return relay.deliver(self.engine, self, None, self.lease.held)  # type: ignore[arg-type]


def rows(engine: sa.Engine, *names: str) -> None:
    with changing(engine) as connection:
        for name in names:
            body = {"at": "2026-11-26T07:00:00Z", "values": {}, "action": "saved"}
            outbox.flow_rate(connection, name, 1, 1, body)


def waiting(engine: sa.Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(OUTBOX)).scalar_one())


def test_one_of_two_relays_and_the_other_takes_over_when_it_is_gone(engine: sa.Engine) -> None:
    clock = [0.0]
    one, two = Centre(engine, "one", clock), Centre(engine, "two", clock)
    rows(engine, "a", "b")
    assert (one.delivers(), two.delivers()) == (2, 0)
    for _ in range(20):  # as long as the first one counts on, however long that is
        clock[0] += RENEWED_S + 1
        rows(engine, "c")
        assert (two.delivers(), one.delivers()) == (0, 1)
    rows(engine, "d")
    clock[0] += RENEWED_S
    assert two.delivers() == 0, "it may be slow only"
    clock[0] += TAKEN_AFTER_S + 1
    assert two.delivers() == 1
    rows(engine, "e")
    assert one.delivers() == 0, "what comes back finds that another one has it"
    assert two.delivers() == 1
    assert waiting(engine) == 0
    sent = one.sent + two.sent
    assert len(sent) == len(set(sent)) == 24


def test_a_centre_that_was_started_again_has_its_own_lease_at_once(engine: sa.Engine) -> None:
    assert Lease(engine, "relay", "one", lambda: 0.0).held()
    assert Lease(engine, "relay", "one", lambda: 0.0).held()
    assert not Lease(engine, "relay", "two", lambda: 0.0).held()


def test_of_two_that_take_over_at_one_moment_one_has_it(engine: sa.Engine) -> None:
    clock = [0.0]
    assert Lease(engine, "relay", "gone", lambda: clock[0]).held()
    two, three = (Lease(engine, "relay", name, lambda: clock[0]) for name in ("two", "three"))
    assert [two.held(), three.held()] == [False, False]
    clock[0] += TAKEN_AFTER_S + 1
    assert [two.held(), three.held()] == [True, False]


def test_who_loses_the_lease_in_the_middle_leaves_the_rest(engine: sa.Engine) -> None:
    one = Centre(engine, "one", [0.0])
    rows(engine, "a")
    with changing(engine) as connection:
        outbox.add(connection, "undo", "1", "import", b"{}")
    asked = iter([True, True, False])  # before reading, and before each target
    assert relay.deliver(engine, one, None, lambda: next(asked)) == 1  # type: ignore[arg-type]
    assert waiting(engine) == 1


def test_a_lease_that_is_given_back_is_the_next_ones_at_once(engine: sa.Engine) -> None:
    one, two = (Lease(engine, "relay", name, lambda: 0.0) for name in ("one", "two"))
    two.give_back()
    assert (one.held(), two.held()) == (True, False)
    two.give_back()
    assert (two.held(), one.held()) == (False, True), "nobody gives back what another has"
    one.give_back()
    assert two.held()


def followers(site: Site, tmp_path: Path, *folders: str) -> list[FolderFollower]:
    """Of centres of their own, on the site's database."""
    made = []
    for number, folder in enumerate(folders):
        own = tmp_path / f"centre {number}"
        own.mkdir()
        centre = SimpleNamespace(**{**vars(site.centre), "config": Config(own)})
        made.append(FolderFollower(centre, tmp_path / folder))  # type: ignore[arg-type]
    return made


def test_of_two_centres_that_watch_one_folder_one_takes_its_files(site: Site, tmp_path: Path) -> None:
    one, two = followers(site, tmp_path, "drop", "drop")
    (tmp_path / "drop" / "x.csv").write_text("a;b\n1;2\n")
    assert [follower.look() for follower in (one, two, one, two)] == [0, 0, 1, 0]
    one.close()
    (tmp_path / "drop" / "y.csv").write_text("a;b\n1;2\n")
    assert [two.look(), two.look()] == [0, 1], "at once when the first one ended"


def test_centres_with_folders_of_their_own_each_take_theirs(site: Site, tmp_path: Path) -> None:
    both = followers(site, tmp_path, "mine", "yours")
    for name in ("mine", "yours"):
        (tmp_path / name / "x.csv").write_text("a;b\n1;2\n")
    assert [follower.look() + follower.look() for follower in both] == [1, 1]


def test_a_centre_that_is_told_to_stop_says_so_and_answers_until_nobody_asks(tmp_path: Path) -> None:
    centre: Any = SimpleNamespace(config=Config(tmp_path, drain_s=0.2), stopping=False)
    server = Server(uvicorn.Config("none"), centre)
    server.handle_exit(signal.SIGTERM, None)
    assert centre.stopping
    assert health._lacking(centre) == "stopping"
    assert not server.should_exit, "it answers still"
    end = time.monotonic() + 5
    while not server.should_exit and time.monotonic() < end:
        time.sleep(0.02)
    assert server.should_exit


def test_told_a_second_time_it_stops_at_once(tmp_path: Path) -> None:
    centre: Any = SimpleNamespace(config=Config(tmp_path, drain_s=60.0), stopping=True)
    server = Server(uvicorn.Config("none"), centre)
    server.handle_exit(signal.SIGTERM, None)
    assert server.should_exit


def test_a_centre_that_was_told_to_stop_closes_its_stores_before_it_is_gone(tmp_path: Path) -> None:
    centre: Any = SimpleNamespace(config=Config(tmp_path), stopping=False)
    server = Server(uvicorn.Config("none"), centre)
    server.handle_exit(signal.SIGTERM, None)
    assert server.should_exit
    assert server._captured_signals == [], "uvicorn raises those again, and the process ends by the signal"


def test_who_stood_still_and_was_taken_for_gone_takes_nothing_out_of_the_outbox(engine: sa.Engine) -> None:
    """Stopped in the middle of sending and woken after another one took over: what ClickHouse refused became
    two dead letters.
    """
    clock = [0.0]
    one, two = (Lease(engine, "relay", name, lambda: clock[0]) for name in ("one", "two"))
    assert (one.held(), two.held()) == (True, False)
    with engine.begin() as connection:
        assert one.still(connection)
        assert not two.still(connection)
    clock[0] += TAKEN_AFTER_S + 1
    assert two.held()
    with engine.begin() as connection:
        assert not one.still(connection)
        assert two.still(connection)
    rows(engine, "a")
    sent = Centre(engine, "one", clock)
    assert relay.deliver(engine, sent, still=one.still) == 0  # type: ignore[arg-type]
    assert waiting(engine) == 1
    assert relay.deliver(engine, sent, still=two.still) == 1  # type: ignore[arg-type]


class Store:
    """As ClickHouse: of one key the newest batch holds, and so many tokens are remembered."""

    def __init__(self, window: int) -> None:
        self.window, self.tokens, self.rows = window, list[str](), dict[int, tuple[int, float]]()

    def insert_arrow(self, _: str, content: pa.Table, settings: dict[str, str]) -> None:
        token = settings["insert_deduplication_token"]
        if token in self.tokens[-self.window :]:
            return
        self.tokens.append(token)
        for row in content.to_pylist():
            kept = self.rows.get(row["well_id"], (0, 0.0))
            self.rows[row["well_id"]] = max(kept, (row["batch"], row["value"]))

    def raw_insert(self, *_: Any, **__: Any) -> None:
        """What is announced."""

    def command(self, *_: Any, **__: Any) -> None:
        """What undoing remembers."""


@pytest.mark.parametrize("stands_still", ["before its number", "before it writes"])
def test_a_relay_that_wakes_when_its_token_is_forgotten_writes_nothing_over_a_correction(
    stands_still: str, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had read and not brought yet came as the newest of all, ten thousand inserts later."""
    clock, numbers, store = [0.0], iter(range(1, 1_000)), Store(window=5)
    leases = [Lease(engine, "relay", name, lambda: clock[0]) for name in ("one", "two")]
    stores = [ClickHouse("http://127.0.0.1:9", "x", "y") for _ in leases]
    for one in stores:
        one._client, one.given_batch = store, lambda: next(numbers)

    def puts(well: int, value: float, token: str) -> None:
        with changing(engine) as connection:
            outbox.readings(connection, one_reading(well, value), token, "import")

    def delivers(number: int) -> int:
        held, still = leases[number].held, leases[number].still
        return relay.deliver(engine, stores[number], None, held, still=still)

    def others_go_on() -> None:
        clock[0] += TAKEN_AFTER_S + 1
        assert delivers(1) == 1
        puts(7, 4.0, "correction")
        for number in range(store.window):
            puts(8, 1.0, f"other {number}")
        assert delivers(1) == store.window + 1

    puts(7, 3.0, "first")
    assert (leases[0].held(), leases[1].held()) == (True, False)
    if stands_still == "before its number":
        monkeypatch.setattr(stores[0], "given_batch", lambda: (others_go_on(), next(numbers))[1])
    else:
        monkeypatch.setattr(
            stores[0],
            "_client",
            SimpleNamespace(
                command=store.command,
                raw_insert=store.raw_insert,
                insert_arrow=lambda *asked, **more: (others_go_on(), store.insert_arrow(*asked, **more)),
            ),
        )
    assert delivers(0) == 0
    assert store.rows[7][1] == 4.0
    assert waiting(engine) == 0


def test_of_two_centres_of_one_name_one_works(engine: sa.Engine) -> None:
    """One was made of a copy of the other's folder: both took the lease as their own."""
    clock = [0.0]
    one, copy = (Lease(engine, "relay", "one", lambda: clock[0]) for _ in range(2))
    assert (one.held(), copy.held()) == (True, True), "as one that was started again"
    for _ in range(12):
        clock[0] += RENEWED_S
        assert (one.held(), copy.held()) == (False, True)
    assert not one.held()
    clock[0] += TAKEN_AFTER_S + 1
    assert one.held(), "and goes on when the other has stopped"


def test_a_commit_whose_answer_was_lost_costs_nobody_his_lease(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    one = Lease(engine, "relay", "one", lambda: clock[0])
    assert one.held()
    for done in (True, False):
        clock[0] += RENEWED_S

        def lost(*asked: Any, done: bool = done) -> int:
            if done:
                with engine.begin() as connection:
                    connection.execute(sa.update(LEASES).values(beat=LEASES.c.beat + 1))
            raise sa.exc.OperationalError("", {}, Exception("gone"))

        with monkeypatch.context() as away:
            away.setattr(one, "_renew", lost)
            away.setattr(one, "_engine", SimpleNamespace(begin=nullcontext))
            with pytest.raises(sa.exc.OperationalError):
                one.held()
        assert one.held()


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("arrives", [True, False])
def test_a_file_that_came_under_the_name_of_one_that_is_read_is_not_put_away_unread(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arrives: bool, taken: bool
) -> None:
    """A controller writes its day anew under one name: the second was put into `imported` and not read, or
    into `rejected` for what was wrong with the first.
    """
    (follower,) = followers(site, tmp_path, "watched")
    folder = tmp_path / "watched" / "Северное"
    folder.mkdir()
    (folder / "day.csv").write_text("first", encoding="utf-8")

    def read(field: str, path: Path) -> str:
        if arrives:
            path.with_name("next.tmp").write_text("second", encoding="utf-8")
            path.with_name("next.tmp").replace(path)
        if not taken:
            raise KnownError("folder_without_field", file=path.name)
        return ""

    monkeypatch.setattr(follower, "_read", read)
    follower.look()
    assert follower.look() == int(not arrives)
    assert (folder / "day.csv").exists() == arrives


def test_a_file_beside_which_another_one_is_missing_is_rejected_with_a_word(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was taken for one that somebody had taken away: tried again at every look, and nothing said."""
    (follower,) = followers(site, tmp_path, "watched")
    folder = tmp_path / "watched" / "Северное"
    folder.mkdir()
    (folder / "day.csv").write_text("first", encoding="utf-8")

    def read(field: str, path: Path) -> str:
        raise FileNotFoundError(2, "No such file or directory", "words.json")

    monkeypatch.setattr(follower, "_read", read)
    follower.look()
    assert follower.look() == 1
    reason = tmp_path / "watched" / "rejected" / "day.csv.reason.txt"
    assert reason.read_text(encoding="utf-8") == "centre_failed: FileNotFoundError\n"


def test_a_restored_centre_waits_for_none_that_held_a_lease_before_it(engine: sa.Engine) -> None:
    """Of a copy made under two centres: its backups by the clock began six hours later."""
    assert Lease(engine, "backup", "gone", lambda: 0.0).held()
    assert not Lease(engine, "backup", "restored", lambda: 0.0).held()
    with engine.begin() as connection:
        epochs.renew(connection, NOW)
    assert Lease(engine, "backup", "restored", lambda: 0.0).held()
