"""Tags, dead letters and the last readings are kept alike on every store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy.engine import Engine

from app.models.wells import ESP, Well, WellId
from central import replay
from central.names.wells import WellBook
from central.stores import dead_letters, recent, tags, wells
from central.stores.dead_letters import Chosen
from central.stores.engine import changing, reading
from central.stores.letters import INCOMING, filled
from central.stores.tables import OUTBOX
from central.stores.tags import Tag

AT = datetime(2026, 11, 20, 8, 0, 0, 123456, UTC)
FIELD = "Северное"


def letters(*named: str, received: datetime = AT, **more: Any) -> pa.Table:
    rows = [{"tag": name, "timestamp": AT, "value": 0.1, "received": received, **more} for name in named]
    return filled(pa.Table.from_pylist(rows))


def keep(engine: Engine, source: str, reason: str, table: pa.Table) -> None:
    with changing(engine) as connection:
        name = dead_letters.name_of(f"{source}{table.to_pylist()}", reason)
        dead_letters.add(connection, name, source, reason, table)
        dead_letters.join_small(connection, source, reason)


def test_a_table_of_tags_comes_back_as_it_was_put(engine: Engine) -> None:
    given = (
        Tag("site/{well}/{sensor}"),
        Tag("Скв 101/" + "ё" * 390, 7, "intake_pressure", "mqtt", FIELD, "кгс/см²", 0.1, -40.0, "МСК+2"),
    )
    with changing(engine) as connection:
        assert tags.put(connection, given, AT, "IT") == (2, 0)
        assert tags.put(connection, given, AT, "IT") == (0, 0)
        assert tags.put(connection, (Tag("SITE/{well}/{sensor}", unit="бар"),), AT, "IT") == (0, 1)
    with reading(engine) as connection:
        assert set(tags.all_tags(connection)) == {Tag("SITE/{well}/{sensor}", unit="бар"), given[1]}
    with changing(engine) as connection:
        assert tags.remove(connection, given[1].pattern.upper(), "mqtt") == 1
        assert tags.remove(connection, given[1].pattern, "") == 0


def test_letters_are_kept_whole_chosen_and_forgotten(engine: Engine) -> None:
    body = bytes(range(256)) * 2_000
    device = "rest/0198f3c2-0000-7000-8000-000000000000"
    keep(engine, "mqtt", "not_json", letters("", body=body, received=AT - timedelta(days=2)))
    keep(engine, device, "tag_unknown", letters("A", "B", unit="атм"))
    with reading(engine) as connection:
        assert dead_letters.held(connection).letters == 3
        (old,) = dead_letters.blocks(connection, Chosen(until=AT - timedelta(days=1)))
        content = dead_letters.content(connection, old.id)
        assert content is not None
        assert content.to_pylist()[0]["body"] == body
        (new,) = dead_letters.blocks(connection, Chosen("rest", "tag_unknown", since=AT))
        assert (new.source, new.letters, new.first_at) == (device, 2, AT)
        assert dead_letters.blocks(connection, Chosen("re%")) == []
    with changing(engine) as connection:
        assert dead_letters.forget_before(connection, AT) == 1
        assert dead_letters.held(connection).letters == 2


@pytest.mark.slow
def test_small_blocks_are_joined(engine: Engine) -> None:
    for number in range(dead_letters.MOST_SMALL):
        keep(engine, "mqtt", "tag_unknown", letters(str(number)))
    with reading(engine) as connection:
        (block,) = dead_letters.blocks(connection)
    assert block.letters == dead_letters.MOST_SMALL


def test_a_replay_takes_out_of_the_letters_what_it_puts_into_the_outbox(engine: Engine) -> None:
    keep(engine, "mqtt", "tag_unknown", letters("101.F", "X"))
    with changing(engine) as connection:
        WellBook(connection, AT, "IT").tell(Well(WellId(0), "101", FIELD, "5", ESP))
        tags.put(connection, (Tag("{well}.F", sensor="frequency"),), AT, "IT")
    assert replay.would_free(engine).freed == 1
    assert (replay.replay(engine).freed, replay.replay(engine).freed) == (1, 0)
    with reading(engine) as connection:
        assert dead_letters.held(connection).letters == 1
        assert len(connection.execute(OUTBOX.select()).all()) == 1
        assert [well.name for well in wells.all_wells(connection)] == ["101"]


def test_the_last_readings_of_a_source_are_its_last(engine: Engine) -> None:
    for number in range(3):
        rows = [{"tag": f"{number}/{n}", "timestamp": AT, "value": 1.0} for n in range(recent.MOST // 2)]
        with engine.begin() as connection:
            recent.put(connection, "mqtt", pa.Table.from_pylist(rows, INCOMING), AT)
    with reading(engine) as connection:
        ((source, table),) = recent.every(connection)
    assert (source, len(table)) == ("mqtt", recent.MOST)
    assert table.column("tag")[0].as_py().startswith("1/")
