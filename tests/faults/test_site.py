"""A site under load whose parts are killed, and one that is upgraded centre by centre: nothing lost, doubled
or refused. `make site` does so for five minutes at 20,000 values a second.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from central.stores import audit
from central.stores.engine import open_engine
from central.stores.tables import CHANGES, OPEN_TURNS, VERSIONS
from tests.faults.a_site import FIELD, WELLS, Follower, Laptop, Site, Telemetry, a_site, note


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch, a_site(tmp_path_factory.mktemp("site"), patch) as made:
        first = Laptop(made, made.centres[0].token(FIELD), 0, threading.Event())
        first.sends(tuple(note(well, "the first") for well in WELLS))  # the wells are there
        assert len(first.taken) == len(WELLS)
        yield made


class Load:
    def __init__(self, site: Site, rate: int, lag_s: float, laptops: int = 3) -> None:
        self.lag_s = lag_s
        self.site, self.stop, self.over = site, threading.Event(), threading.Event()
        token = site.centres[0].token(FIELD)
        until(lambda: site.counted() >= 0, lag_s, lambda: "the engine does not answer")
        self.before = site.counted()
        self.laptops = [
            Laptop(site, site.centres[0].token(FIELD), seed, self.stop) for seed in range(1, laptops + 1)
        ]
        self.follower, self.telemetry = Follower(site, token, self.over), Telemetry(site, rate, self.stop)

    def __enter__(self) -> Load:
        for thread in (*self.laptops, self.follower, self.telemetry):
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in (*self.laptops, self.telemetry):
            thread.join()
        self.over.set()
        self.follower.join()

    def caught_up(self) -> float:
        """How long it took until all that was sent by now is there."""
        wanted, begun = self.telemetry.sent + self.before, time.monotonic()
        until(lambda: self.site.counted() >= wanted, self.lag_s, lambda: f"{self.site.counted()} of {wanted}")
        return time.monotonic() - begun


def until(true: Callable[[], bool], within_s: float, said: Callable[[], str]) -> None:
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, said()
        time.sleep(0.2)


def all_is_there(load: Load) -> int:
    """Every entry that was said to be taken, once, and told once to who followed; every value, once."""
    site = load.site
    taken = {one for laptop in load.laptops for one in laptop.taken}
    assert [one for laptop in load.laptops for one in laptop.refused] == []
    engine = open_engine(site.centres[0].database)
    with engine.connect() as connection:
        made = list(connection.execute(sa.select(VERSIONS.c.entry_id)).scalars())
        every = set(connection.execute(sa.select(CHANGES.c.change_no)).scalars())
        assert audit.verify(connection)[1] == []
        assert connection.execute(sa.select(OPEN_TURNS.c.first_no)).first() is None
    engine.dispose()
    assert len(made) == len(set(made)), "an entry made two versions"
    assert taken <= set(made), "an entry that was said to be taken is not there"
    numbers = [number for number, _ in load.follower.seen]
    assert numbers == sorted(set(numbers)), "told twice, or out of order"
    assert set(numbers) == every, "a change was passed over"
    wanted = load.telemetry.sent + load.before
    until(lambda: site.counted() == wanted, load.lag_s, lambda: f"{site.counted()} of {wanted} values")
    good = "SELECT count() FROM wellside.sensor_readings FINAL WHERE quality = 0 AND deleted = 0"
    minutes = "SELECT sum(n) FROM wellside.minutes"
    (told,) = site.clickhouse.query(good)[0]
    assert told > 0
    until(
        lambda: int(site.clickhouse.query(minutes)[0][0]) == told,
        load.lag_s,
        lambda: f"{site.clickhouse.query(minutes)} of {told} in the minutes",
    )
    return len(taken)


@pytest.mark.slow
def test_whatever_is_killed_under_load_nothing_is_lost_or_doubled_and_it_catches_up(
    site: Site, request: pytest.FixtureRequest
) -> None:
    seconds, rate = (request.config.getoption(name) for name in ("--site-seconds", "--site-rate"))
    lag_s = float(request.config.getoption("--site-lag"))
    chance, lags, kills = random.Random(20261128), list[float](), 0
    with Load(site, int(rate), lag_s) as load:
        end = time.monotonic() + float(seconds)
        while time.monotonic() < end or kills < 2:
            time.sleep(chance.uniform(0.5, 2.0))
            if kills % 4 == 3:
                site.kills_the_engine()
            else:
                centre = site.centres[kills % 4]
                centre.kill()
                centre.start()
            kills += 1
            lags.append(load.caught_up())
    entries = all_is_there(load)
    assert kills >= 2
    assert entries > kills
    assert max(lags) <= lag_s
    request.config.get_terminal_writer().line(  # for `make site`
        f"{load.telemetry.sent} values, {entries} entries, {kills} kills, "
        f"caught up in {max(lags):.1f} s at most; the sender was {load.telemetry.behind_s:.1f} s behind"
    )


@pytest.mark.slow
def test_a_site_is_upgraded_centre_by_centre_and_no_entry_is_refused(
    site: Site, request: pytest.FixtureRequest
) -> None:
    with Load(site, 500, float(request.config.getoption("--site-lag"))) as load:
        for centre in site.centres:
            centre.stop()
            centre.start()
        time.sleep(1)
    assert all_is_there(load) > 10
