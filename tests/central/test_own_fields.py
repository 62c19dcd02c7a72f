"""What a device may write to is decided by what the well is, not by what the message claims."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from app.core.clock import iso, utc_now
from app.models.wells import well_uid
from app.sync.wire import EntryIn, Receipt, WellKey, payload_sha256
from central.accept import accept
from central.stores import changes, devices, wells
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


def test_a_well_of_ones_own_is_found_under_every_name_that_it_had(engine: sa.Engine) -> None:
    """Renamed and moved on a laptop: the uid stays."""
    mine, uid = device(engine, MINE, THEIRS), well_uid(MINE, "5", "123")
    sent(engine, mine, entry(MINE))
    for field, name, pad in ((MINE, "123Г", "5"), (MINE, "123", "6"), (THEIRS, "123", "5")):
        renamed = of("record", field, entry(MINE).payload, uid=uid, name=name, pad=pad)
        assert sent(engine, mine, renamed).status == "accepted"
    with reading(engine) as connection:
        assert len(wells.all_wells(connection)) == 1
