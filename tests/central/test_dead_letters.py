"""What nobody knows by name is kept whole, looked at, mapped, and read again exactly once."""

from __future__ import annotations

import json
import random
import re
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import alembic.command
import pytest
import sqlalchemy as sa

from app.core.clock import iso
from app.models.wells import ESP, Well, WellId
from central import outbox, relay, replay
from central.api.health import count_dead
from central.config import Config
from central.names.wells import WellBook
from central.stores import dead_letters, wells
from central.stores.engine import changing, open_engine, reading
from central.stores.migrating import alembic_config, migrate
from central.stores.tables import OUTBOX
from tests.central.a_site import AT, NORTH, NOW, Site, said


def test_everything_of_a_fresh_site_is_kept_and_freed_by_its_wells(site: Site) -> None:
    rows = [
        {"well": f"{n % 9}", "sensor": "frequency", "at": iso(AT + timedelta(seconds=n)), "value": 50}
        for n in range(2_070)
    ]
    site.brings(("x", rows))
    assert site.held() == {"well_unknown": 2_070}
    (group,) = site.command("dead", "list")
    assert (group["letters"], group["names"]["x/0/frequency"]) == (2_070, 230)
    assert site.command("well", "add", "1", "--field", NORTH)[0]["frees"] == 230
    for name in "02345678":
        site.well(name)
    (done,) = site.command("dead", "replay")
    assert (done["freed"], done["held"], done["wells"][f"{NORTH}/1"]) == (2_070, 0, 230)
    assert len(site.delivers()) == 2_070
    assert site.command("dead", "replay")[0]["freed"] == 0
    site.delivers()
    assert site.clickhouse.written == 2_070


def test_a_letter_is_mapped_and_what_matches_nothing_is_refused(site: Site) -> None:
    well = site.well("101")
    site.brings(("KTP5/A1", b"50.5"), ("x", b"no message"))
    site.command("dead", "map", "KTP5/B9", "--well", "101", "--sensor", "частота")
    assert site.command.complaint.startswith("tag_matches_nothing")
    saved, done = site.command(
        "dead", "map", "ktp5/a1", "--well", "101", "--sensor", "частота", "--unit", "Гц"
    )
    assert (saved["added"], saved["frees"], done["freed"], done["stay"]) == (1, 1, 1, {"not_json": 1})
    assert site.delivers() == {(well, "frequency", NOW): 50.5}
    (letter,) = site.command("dead", "show", "--reason", "not_json")
    assert (letter["body"], letter["topic"]) == ("no message", "x")


def test_a_message_that_is_none_is_kept_whole(site: Site) -> None:
    body = b"\x00" + bytes(range(256)) * 1_000
    site.brings(("x", body))
    with reading(site.engine) as connection:
        (block,) = dead_letters.blocks(connection)
        content = dead_letters.content(connection, block.id)
    assert content is not None
    assert content.to_pylist()[0]["body"] == body


def test_letters_are_chosen_by_source_reason_and_age(site: Site) -> None:
    site.now = NOW - timedelta(days=3)
    site.brings(("a", said("OLD", 1)))
    site.now = datetime.now(UTC)
    site.brings(("a", said("NEW", 1)), ("a", b"?"))

    def names(*options: str) -> list[str]:
        return [row.get("tag", "?") for row in site.command("dead", "show", *options)]

    assert sorted(names()) == ["?", "NEW", "OLD"]
    assert names("--reason", "tag_unknown", "--since", "1d") == ["NEW"]
    assert names("--until", "1d") == ["OLD"]
    assert names("--source", "kafka") == []
    site.well("101")
    for tag in ("OLD", "NEW"):
        site.tag(tag, well="101", sensor="frequency")
    assert site.command("dead", "replay", "--since", "1d", "--try")[0]["freed"] == 1
    assert site.command("dead", "replay", "--since", "1d")[0]["freed"] == 1
    assert names("--reason", "tag_unknown") == ["OLD"]
    site.command("dead", "list", "--since", "soon")
    assert site.command.complaint.startswith("value_wrong")


@pytest.mark.parametrize("place", ["outbox", "letters", "commit"])
def test_a_replay_that_is_killed_has_done_nothing_and_is_done_again_once(
    site: Site, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    site.well("101")
    site.brings(*(("opc", said("T", n, iso(AT + timedelta(seconds=n)))) for n in range(10)))
    site.tag("T", well="101", sensor="frequency")

    with monkeypatch.context() as patch:
        if place == "commit":
            sa.event.listen(site.engine, "commit", killed_there)
        else:
            there = (outbox, "readings") if place == "outbox" else (dead_letters, "replace")
            patch.setattr(*there, killed_there)
        with pytest.raises(Killed):
            replay.replay(site.engine)
        if place == "commit":
            sa.event.remove(site.engine, "commit", killed_there)
    assert site.held() == {"tag_unknown": 10}
    assert site.delivers() == {}
    assert replay.replay(site.engine).freed == 10
    site.delivers()
    assert site.clickhouse.written == 10


def test_a_relay_that_dies_after_the_store_has_taken_the_readings_writes_them_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.well("101")
    site.brings(("opc", said("T", 50)))
    site.tag("T", well="101", sensor="frequency")
    replay.replay(site.engine)
    with reading(site.engine) as connection:
        waiting = connection.execute(sa.select(OUTBOX)).mappings().all()
    relay._send(site.clickhouse, list(waiting), lambda: True)  # type: ignore[arg-type] - and died before it was noted
    site.delivers()
    assert site.clickhouse.written == 1


def test_a_batch_that_comes_again_after_a_lost_acknowledgement_makes_no_second_letters(site: Site) -> None:
    for _ in range(2):
        site.brings(("opc", said("T", 50)), ("opc", b"?"))
    assert site.held() == {"tag_unknown": 1, "not_json": 1}


def test_many_small_blocks_become_one(site: Site) -> None:
    for number in range(dead_letters.MOST_SMALL + 1):
        site.brings(("opc", said("T", number, iso(AT + timedelta(seconds=number)))))
    with reading(site.engine) as connection:
        blocks = dead_letters.blocks(connection)
    assert (len(blocks), sum(block.letters for block in blocks)) == (2, dead_letters.MOST_SMALL + 1)


def test_a_full_store_is_told_and_nothing_that_is_there_is_lost(site: Site) -> None:
    site.brings(("opc", said("T", 1)))
    site.centre.config = Config(site.centre.config.folder, dead_megabytes=0)
    site.brings(("opc", said("T", 2)))
    text = site.centre.metrics.text().decode()
    assert 'wellside_dead_letters_lost_total{reason="tag_unknown",source="mqtt"} 1.0' in text
    assert 'wellside_dead_letters_total{reason="tag_unknown",source="mqtt"} 2.0' in text
    assert site.held() == {"tag_unknown": 1}


def test_what_is_held_is_told_to_prometheus_and_what_is_replayed_no_more(site: Site) -> None:
    site.well("101")
    site.brings(("opc", said("T", 1)), ("opc", b"?"))
    site.now += timedelta(hours=2)

    def told() -> str:
        with reading(site.engine) as connection:
            count_dead(site.centre, dead_letters.blocks(connection))
        return str(site.centre.metrics.text().decode())

    assert 'wellside_dead_letters_held{reason="tag_unknown",source="mqtt"} 1.0' in told()
    assert "wellside_dead_letters_oldest_seconds 7200.0" in told()
    site.tag("T", well="101", sensor="frequency")
    replay.replay(site.engine)
    assert "tag_unknown" not in re.findall("_held{[^}]*}", told())[0]


def test_letters_go_when_their_time_is_over_and_not_before(site: Site) -> None:
    site.brings(("opc", said("T", 1)))
    site.now += timedelta(days=site.centre.config.dead_days - 1)
    site.brings(("opc", said("T", 2)))
    assert site.held() == {"tag_unknown": 2}
    site.now += timedelta(days=2)
    site.brings(("opc", said("T", 3)))
    assert site.held() == {"tag_unknown": 2}


class Killed(BaseException):
    """As a process ends that is killed there."""


def killed_there(*_: Any, **__: Any) -> None:
    raise Killed


@pytest.mark.parametrize("seed", range(4))
def test_each_reading_is_there_once_or_among_the_letters_whatever_happens(site: Site, seed: int) -> None:
    """Wells and tags are given while readings come, batches come twice, replays are killed."""
    luck, moments, freed = random.Random(seed), set(), 0
    for step in range(40):
        what = luck.choices(("come", "well", "tag", "replay", "killed", "deliver"), (9, 2, 2, 3, 3, 2))[0]
        if what == "come":
            rows = [(luck.choice("ABCD"), AT + timedelta(seconds=10 * step + n)) for n in range(3)]
            moments.update(at for _, at in rows)
            for _ in range(luck.choice((1, 2))):
                site.brings(*(("opc", said(f"{name}/F", 50, iso(at))) for name, at in rows))
        elif what == "well":
            with changing(site.engine) as connection:
                told = Well(WellId(0), luck.choice("ABCD"), NORTH, "5", ESP)
                WellBook(connection, NOW, "IT").tell(told)
        elif what == "tag":
            site.tag(luck.choice(("{well}/F", "opc/{well}/F")), sensor="частота")
        elif what == "deliver":
            site.delivers()
        else:
            with pytest.MonkeyPatch.context() as patch, suppress(Killed):
                if what == "killed":
                    patch.setattr(dead_letters, "replace", killed_there)
                freed += replay.replay(site.engine).freed
    there = {at for _, _, at in site.delivers()}
    with reading(site.engine) as connection:
        tables = [dead_letters.content(connection, one.id) for one in dead_letters.blocks(connection)]
    left = {row["timestamp"] for table in tables if table is not None for row in table.to_pylist()}
    assert there | left == moments
    assert not there & left
    assert freed


def test_two_replays_at_once_free_each_letter_once(site: Site) -> None:
    site.well("101")
    for number in range(8):
        site.brings(("opc", said("T", number, iso(AT + timedelta(seconds=number)))))
    site.tag("T", well="101", sensor="frequency")
    done: list[int] = []
    runs = [threading.Thread(target=lambda: done.append(replay.replay(site.engine).freed)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    site.delivers()
    assert (sum(done), site.clickhouse.written) == (8, 8)


READING = {"well": "101", "sensor": "frequency", "timestamp": iso(AT), "value": 50.0, "unit": None}
BEFORE = [
    ("well_unknown", READING),
    ("value", READING | {"timestamp": None, "value": "nan"}),
    ("not_json", {"topic": "x", "place": "1", "body": "?"}),
]


def test_letters_of_before_are_taken_over(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "0007")
        insert = sa.text("INSERT INTO dead_letters VALUES (:id, 'mqtt', :at, :reason, :content)")
        for number, (reason, content) in enumerate(BEFORE):
            row = {"id": str(number), "at": NOW.isoformat(), "reason": reason}
            connection.execute(insert, {**row, "content": json.dumps(content)})
    migrate(engine)
    with changing(engine) as connection:
        wells.put(connection, Well(WellId(0), "101", NORTH, "5", ESP))
        assert "dead_letters" not in sa.inspect(connection).get_table_names()
    done = replay.replay(engine)
    assert (done.freed, dict(done.reasons)) == (1, {"time": 1, "not_json": 1})
    engine.dispose()
