"""What a device may write to is decided by what the well is, not by what the message claims."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from app.core.clock import iso, utc_now
from app.models.wells import well_uid
from app.sync.wire import EntryIn, Receipt, WellKey, payload_sha256
from central.accept import accept
from central.stores import changes, devices, heads, items, wells
from central.stores.devices import Device
from central.stores.engine import changing, reading
from tests.central.test_api import entry
from tests.centre_process import AT
from tests.profiles import centre_tables

MINE, THEIRS = "Поле мое", "Поле чужое"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = centre_tables(tmp_path / "centre.sqlite")
    yield made
    made.dispose()


def device(engine: sa.Engine, *fields: str) -> Device:
    with engine.begin() as connection:
        return devices.add(connection, uuid.uuid4().hex, fields, devices.SCOPES, utc_now())[0]


def sent(engine: sa.Engine, by: Device, one: EntryIn) -> Receipt:
    return accept(engine, by, (one,), utc_now)[0]


def of(kind: str, field: str, payload: dict[str, Any], **key: Any) -> EntryIn:
    usual = {"uid": well_uid(field, "5", "123"), "field": field, "pad": "5", "name": "123"}
    return EntryIn(
        id=str(uuid.uuid4()),
        kind=kind,
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at=iso(AT),
        well=WellKey(**{**usual, **key}),
    )


def card() -> dict[str, Any]:
    angle = np.linspace(0, 2 * np.pi, 60)
    return {
        "at": iso(AT),
        "strokes_per_minute": 6.0,
        "position_m": np.round(1.5 - 1.5 * np.cos(angle), 4).tolist(),
        "load_n": np.round(40_000 + 10_000 * np.sin(angle), 1).tolist(),
    }


def told(engine: sa.Engine, *fields: str) -> list[Any]:
    with reading(engine) as connection:
        return list(changes.since(connection, 0, fields, 1_000).changes)


@pytest.mark.parametrize("kind", ["record", "card"])
def test_the_uid_of_another_fields_well_opens_nothing(engine: sa.Engine, kind: str) -> None:
    """A uid is made of names that anybody knows: by it a device of one field wrote into another."""
    other = device(engine, THEIRS)
    assert sent(engine, device(engine, MINE), entry(MINE)).status == "accepted"
    before = told(engine, MINE)
    payload = entry(THEIRS).payload if kind == "record" else card()
    said = sent(engine, other, of(kind, THEIRS, payload, uid=well_uid(MINE, "5", "123")))
    again = sent(
        engine, other, of(kind, THEIRS, payload | {"record": str(uuid.uuid4())}, uid=str(uuid.uuid4()))
    )
    assert (said.status, again.status) == ("accepted", "accepted"), "as if nobody had such a well"
    assert told(engine, MINE) == before
    with reading(engine) as connection:
        assert [len(wells.numbers(connection, (field,))) for field in (MINE, THEIRS)] == [1, 1]


@pytest.mark.parametrize("kind", ["record", "card"])
def test_a_field_that_is_claimed_and_not_ones_own_is_refused(engine: sa.Engine, kind: str) -> None:
    payload = entry(MINE).payload if kind == "record" else card()
    said = sent(engine, device(engine, THEIRS), of(kind, MINE, payload))
    assert (said.status, said.code) == ("rejected", "field_not_yours")
    with reading(engine) as connection:
        assert wells.all_wells(connection) == []


def test_a_well_that_went_to_another_field_is_not_made_again_nor_written_to(engine: sa.Engine) -> None:
    mine = device(engine, MINE)
    sent(engine, mine, entry(MINE))
    with changing(engine) as connection:
        (well,) = wells.all_wells(connection)
        connection.execute(sa.text("UPDATE wells SET field_name = :f"), {"f": THEIRS})
    said = sent(engine, mine, entry(MINE))
    assert (said.status, said.code) == ("rejected", "field_not_yours")
    with reading(engine) as connection:
        assert [one.id for one in wells.all_wells(connection)] == [well.id]


def as_sent(one: EntryIn, **changes: Any) -> EntryIn:
    payload = one.payload | changes
    return one.model_copy(update={"payload": payload, "payload_sha256": payload_sha256(payload)})


def test_an_id_that_another_field_has_is_answered_as_one_that_nobody_has(engine: sa.Engine) -> None:
    """By the answer nobody learns what others have, and by coming first nobody takes a name away."""
    mine, other = device(engine, MINE), device(engine, THEIRS)
    first = entry(MINE)
    assert sent(engine, mine, first).status == "accepted"
    before = told(engine, MINE)
    same_record = of("record", THEIRS, first.payload | {"author": "B"})
    same_id = as_sent(entry(THEIRS), record=str(uuid.uuid4())).model_copy(update={"id": first.id})
    for asked in (entry(THEIRS), same_record, same_id):
        said = sent(engine, other, asked)
        assert (said.id, said.status, said.version, said.code) == (asked.id, "accepted", 1, "")
        assert sent(engine, other, asked).status == "duplicate"
    assert told(engine, MINE) == before
    names = {change.key for change in told(engine, THEIRS) if change.topic == "record"}
    assert first.payload["record"] in names, "they see it under the name that they gave it"


def test_what_another_field_imported_is_undone_as_what_nobody_imported(engine: sa.Engine) -> None:
    mine, other = device(engine, MINE), device(engine, THEIRS)
    sent(engine, mine, entry(MINE))
    with changing(engine) as connection:
        (well,) = wells.all_wells(connection)
        items.add(connection, "import", "i" * 36, well, "e", AT, {})
    answers = [
        sent(engine, other, of("import_undone", THEIRS, {"import": name})) for name in ("i" * 36, "x" * 36)
    ]
    assert [(said.status, said.code, said.change_no) for said in answers] == [("accepted", "", None)] * 2


def test_a_record_that_went_to_another_field_is_found_there_by_an_edit(engine: sa.Engine) -> None:
    both, mine = device(engine, MINE, THEIRS), device(engine, MINE)
    first = entry(MINE)
    version = sent(engine, mine, first).version
    moved = of("record", THEIRS, first.payload).model_copy(update={"base_version": version})
    assert sent(engine, both, moved).status == "accepted"
    edit = of("record", MINE, first.payload | {"author": "B"}).model_copy(update={"base_version": version})
    said = sent(engine, mine, edit)
    assert (said.status, said.code, said.current) == ("rejected", "record_moved", None)


def test_two_records_of_one_name_are_two_to_those_who_see_both_fields(engine: sa.Engine) -> None:
    """Each field knows its own by the name that it gave it."""
    mine, theirs = device(engine, MINE), device(engine, THEIRS)
    first = entry(MINE)
    sent(engine, mine, first)
    sent(engine, theirs, of("record", THEIRS, first.payload))
    name = first.payload["record"]

    def names(*fields: str) -> list[str]:
        return [change.key for change in told(engine, *fields) if change.topic == "record"]

    assert (names(MINE), names(THEIRS)) == ([name], [name])
    assert names(MINE, THEIRS)[0] == name
    assert len(set(names(MINE, THEIRS))) == 2


def test_a_record_that_a_device_sent_itself_is_no_second_one_when_its_field_was_taken_away(
    engine: sa.Engine,
) -> None:
    """Kept as another, those who see both fields had two of one name."""
    mine = device(engine, MINE)
    first = entry(MINE)
    sent(engine, mine, first)
    now = replace(mine, fields=(THEIRS,))
    edit = of("record", THEIRS, first.payload | {"author": "B"}).model_copy(update={"supersedes": first.id})
    said = sent(engine, now, edit)
    assert (said.status, said.code, said.current) == ("rejected", "record_moved", None)


def test_an_edit_of_what_was_seen_before_a_field_was_taken_away_is_no_second_record(
    engine: sa.Engine,
) -> None:
    """It was somebody else's: kept as another it would be told under one name with the first as soon as that
    comes into view. A name that a file's content makes can be guessed, and is answered as nobody's.
    """
    theirs, other = device(engine, THEIRS), device(engine, MINE)
    for name, answer in ((str(uuid.uuid4()), "rejected"), (uuid.uuid4().hex, "accepted")):
        first = as_sent(entry(MINE), record=name)
        assert sent(engine, other, first).status == "accepted"
        edit = of("record", THEIRS, first.payload | {"author": "B"})
        said = sent(engine, theirs, edit.model_copy(update={"base_version": 1}))
        assert (said.status, said.current) == (answer, None)
        nobodys = of("record", THEIRS, first.payload | {"record": f"{name[:-1]}-"})
        assert sent(engine, theirs, nobodys.model_copy(update={"base_version": 1})).status == "accepted"


def test_a_record_that_went_to_another_field_leaves_the_first(engine: sa.Engine) -> None:
    both, mine = device(engine, MINE, THEIRS), device(engine, MINE)
    first = entry(MINE)
    version = sent(engine, mine, first).version
    sent(engine, both, of("record", THEIRS, first.payload).model_copy(update={"base_version": version}))
    name = first.payload["record"]

    def heard(*fields: str) -> list[tuple[str, int]]:
        return [(c.topic, c.version) for c in told(engine, *fields) if c.key == name]

    assert heard(MINE) == [("record", 1), ("record_left", 2)]
    assert heard(THEIRS) == [("record", 2)]
    assert heard(MINE, THEIRS) == [("record", 1), ("record", 2)]
    gone = next(c for c in told(engine, MINE) if c.topic == "record_left")
    assert (gone.well, gone.body, gone.deleted) == (None, {}, True), "nor where it went"
    with reading(engine) as connection:
        assert [part.count for part in heads.sums(connection, (MINE,))] == []


def test_a_well_that_went_to_another_field_is_told_there_with_all_that_it_has(engine: sa.Engine) -> None:
    mine = device(engine, MINE)
    for _ in range(2):
        sent(engine, mine, as_sent(entry(MINE), record=str(uuid.uuid4())))
    with changing(engine) as connection:
        (well,) = wells.all_wells(connection)
        wells.put(connection, replace(well, field_name=THEIRS))
    assert [c.topic for c in told(engine, MINE)][-1] == "well_left"
    assert [c.topic for c in told(engine, THEIRS)] == ["well", "record", "record"]
    assert "well_left" not in [c.topic for c in told(engine, MINE, THEIRS)]
    with reading(engine) as connection:
        part = heads.told_of(connection, int(well.id), entry(MINE).payload["kind"], (THEIRS,))
        assert len(changes.of_numbers(connection, part, (THEIRS,))) == 2
        assert changes.since(connection, 0, (MINE, THEIRS), only=THEIRS).changes[0].topic == "well"
        assert changes.since(connection, 0, (MINE,), only=THEIRS).changes == ()


@pytest.mark.parametrize("broken_off", range(5))
def test_wherever_reading_is_broken_off_a_well_that_went_leaves_those_who_lose_its_new_field(
    engine: sa.Engine, broken_off: int
) -> None:
    """Read by ones: that it left was passed over, for they saw where it went, and that was not told yet."""
    sent(engine, device(engine, MINE), entry(MINE))
    with changing(engine) as connection:
        (well,) = wells.all_wells(connection)
        after, known = changes.newest(connection), {MINE}
        wells.put(connection, replace(well, field_name=THEIRS))
    for step in range(9):
        with reading(engine) as connection:
            fields = (MINE, THEIRS) if step < broken_off else (MINE,)
            page = changes.since(connection, after, fields, 1)
        if step == broken_off:  # as app/sync/rights does with what is known to be there
            known.discard(THEIRS)
        after = page.next
        for change in page.changes:
            known = {change.well.field} if change.well else set()
    assert known == set()


def test_a_well_that_went_is_told_with_nothing_of_where_it_is_to_those_who_begin_to_read(
    engine: sa.Engine,
) -> None:
    sent(engine, device(engine, MINE), entry(MINE))
    with changing(engine) as connection:
        (well,) = wells.all_wells(connection)
        wells.put(connection, replace(well, field_name=THEIRS, pad="секретный", aliases=("тайна",)))
    said = "".join(change.model_dump_json() for change in told(engine, MINE))
    assert [word for word in (THEIRS, "секретный", "тайна") if word in said] == []
    assert [change.topic for change in told(engine, MINE)] == ["record_left", "well_left"]


def test_a_record_that_left_with_the_well_it_had_gone_to_leaves_the_one_where_it_was(
    engine: sa.Engine,
) -> None:
    """To those who begin to read later: where it went is not told, but that it is there no more."""
    mine = device(engine, MINE)
    first = entry(MINE)
    sent(engine, mine, first)
    moved = of("record", MINE, first.payload, name="124", uid=well_uid(MINE, "5", "124")).model_copy(
        update={"base_version": 1}
    )
    assert sent(engine, mine, moved).status == "accepted"
    with changing(engine) as connection:
        (well,) = (one for one in wells.all_wells(connection) if one.name == "124")
        wells.put(connection, replace(well, field_name=THEIRS))
    name = first.payload["record"]
    assert [(one.topic, one.well and one.well.name) for one in told(engine, MINE) if one.key == name] == [
        ("record", "123"),
        ("record_left", None),
    ]
    both = [one for one in told(engine, MINE, THEIRS) if one.key == name]
    assert (both[-1].topic, both[-1].well.field) == ("record", THEIRS)


def test_what_others_do_moves_no_position(engine: sa.Engine) -> None:
    mine, other = device(engine, MINE), device(engine, THEIRS)
    sent(engine, mine, entry(MINE))
    with reading(engine) as connection:
        before = changes.newest_of(connection, mine.fields), changes.since(connection, 0, mine.fields).next
    for _ in range(3):
        sent(engine, other, entry(THEIRS))
    with reading(engine) as connection:
        assert changes.newest_of(connection, mine.fields) == before[0] == before[1]
        assert changes.since(connection, before[1], mine.fields).next == before[1]
        assert changes.newest_of(connection, ("Поле без дел",)) == 0


def test_a_well_of_ones_own_is_found_under_every_name_that_it_had(engine: sa.Engine) -> None:
    """Renamed and moved on a laptop: the uid stays."""
    mine, uid = device(engine, MINE, THEIRS), well_uid(MINE, "5", "123")
    sent(engine, mine, entry(MINE))
    for field, name, pad in ((MINE, "123Г", "5"), (MINE, "123", "6"), (THEIRS, "123", "5")):
        renamed = of("record", field, entry(MINE).payload, uid=uid, name=name, pad=pad)
        assert sent(engine, mine, renamed).status == "accepted"
    with reading(engine) as connection:
        assert len(wells.all_wells(connection)) == 1
