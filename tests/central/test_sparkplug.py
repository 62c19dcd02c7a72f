"""Sparkplug B: what a birth says, what a number stands for after it, and what nobody knows any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from app.models.readings import Quality
from central.replay import replay
from central.streams import sparkplug_form as form
from central.streams.buffer import Message
from central.streams.sparkplug import Sparkplug, is_sparkplug, rows_alone, where_of
from tests.central.a_site import NOW, Site

CAME = datetime(2026, 11, 26, 12, tzinfo=UTC)
AT_MS = int((CAME - timedelta(minutes=1)).timestamp() * 1_000)
INT16, UINT16, INT64, DOUBLE, BOOLEAN, STRING = 2, 6, 4, 10, 11, 12
DEVICE = "spBv1.0/North/{}/pad5/101"
NODE = "spBv1.0/North/{}/pad5"


def payload(*metrics: dict[str, Any], seq: int | None = 0, at_ms: int = AT_MS) -> bytes:
    message = form._form()(timestamp=at_ms)
    if seq is not None:
        message.seq = seq
    for one in metrics:
        properties = one.pop("properties", {})
        made = message.metrics.add(**one)
        for key, value in properties.items():
            made.properties.keys.append(key)
            made.properties.values.add(**value)
    return bytes(message.SerializeToString())


def pressure(value: float, **more: Any) -> dict[str, Any]:
    return {"alias": 7, "double_value": value, **more}


def node_birth(seq: int = 0, bdseq: int = 1) -> bytes:
    return payload({"name": "bdSeq", "datatype": INT64, "long_value": bdseq}, seq=seq)


def device_birth(seq: int = 1, value: float = 5.0) -> bytes:
    unit = {"engUnit": {"type": STRING, "string_value": "MPa"}}
    return payload(
        pressure(value, name="PINT", datatype=DOUBLE, properties=unit),
        {"name": "TMOT", "alias": 8, "datatype": INT16, "int_value": 80},
        {"name": "maker", "alias": 9, "datatype": STRING, "string_value": "x"},
        seq=seq,
    )


def death(bdseq: int) -> bytes:
    return payload({"name": "bdSeq", "datatype": INT64, "long_value": bdseq}, seq=None, at_ms=1)


class Heard:
    """A node that was born with one device, and what was missed of it."""

    def __init__(self, *, born: bool = True) -> None:
        self.missed: list[tuple[str, str]] = []
        self.sparkplug = Sparkplug(lambda node, why: self.missed.append((node, why)))
        if born:
            self.hears(NODE.format("NBIRTH"), node_birth())
            self.first = self.hears(DEVICE.format("DBIRTH"), device_birth())

    def hears(self, topic: str, body: bytes) -> list[tuple[Any, ...]]:
        keys = ("topic", "tag", "value", "unit", "bad")
        return [tuple(row.get(key) for key in keys) for row in self.sparkplug.rows(topic, body, CAME)]


TOPIC = "spBv1.0/North/pad5/101"


def test_a_birth_names_values_and_units_and_a_number_stands_for_the_name_after_it() -> None:
    heard = Heard()
    assert heard.first == [(TOPIC, "PINT", 5.0, "MPa", None), (TOPIC, "TMOT", 80.0, None, None)]
    assert heard.hears(DEVICE.format("DDATA"), payload(pressure(6.0), seq=2)) == [
        (TOPIC, "PINT", 6.0, "MPa", None)
    ]
    assert heard.missed == []


def test_a_number_that_a_birth_gives_to_two_names_stands_for_neither() -> None:
    """The last name won: the pressure was kept as the motor's temperature without a word."""
    heard = Heard(born=False)
    heard.hears(NODE.format("NBIRTH"), node_birth())
    temperature = {"name": "TMOT", "alias": 7, "datatype": DOUBLE, "double_value": 80.0}
    first = heard.hears(
        DEVICE.format("DBIRTH"), payload(pressure(5.0, name="PINT", datatype=DOUBLE), temperature, seq=1)
    )
    assert [row[1:3] for row in first] == [("PINT", 5.0), ("TMOT", 80.0)]
    with pytest.raises(ValueError, match="birth_unknown"):
        heard.hears(DEVICE.format("DDATA"), payload(pressure(6.0), seq=2))


@pytest.mark.parametrize(
    ("datatype", "value", "meant"),
    [
        (INT16, {"int_value": 0xFFFF}, -1.0),
        (INT16, {"int_value": 0xFFFFFFFF}, -1.0),
        (INT16, {"int_value": 0x7FFF}, 32767.0),
        (UINT16, {"int_value": 0xFFFF}, 65535.0),
        (INT64, {"long_value": 2**64 - 5}, -5.0),
        (DOUBLE, {"double_value": -2.5}, -2.5),
        (BOOLEAN, {"boolean_value": True}, 1.0),
    ],
)
def test_a_value_is_read_by_its_type(datatype: int, value: dict[str, Any], meant: float) -> None:
    heard = Heard(born=False)
    heard.hears(NODE.format("NBIRTH"), node_birth())
    rows = heard.hears(
        DEVICE.format("DBIRTH"), payload({"name": "x", "alias": 0, "datatype": datatype, **value}, seq=1)
    )
    again = heard.hears(DEVICE.format("DDATA"), payload({"alias": 0, **value}, seq=2))
    assert [row[2] for row in rows + again] == [meant, meant]


def test_a_death_marks_what_each_name_had_and_makes_nothing_zero() -> None:
    heard = Heard()
    heard.hears(DEVICE.format("DDATA"), payload(pressure(6.0), seq=2))
    stale = [(TOPIC, "PINT", 6.0, "MPa", True), (TOPIC, "TMOT", 80.0, None, True)]
    assert heard.hears(DEVICE.format("DDEATH"), payload(seq=3)) == stale
    with pytest.raises(ValueError, match="birth_unknown"):
        heard.hears(DEVICE.format("DDATA"), payload(pressure(7.0), seq=4))
    heard = Heard()
    assert heard.hears(NODE.format("NDEATH"), death(bdseq=0)) == [], "the will of an earlier connection"
    rows = heard.sparkplug.rows(NODE.format("NDEATH"), death(bdseq=1), CAME)
    assert [(row["value"], row["bad"]) for row in rows] == [(5.0, True), (80.0, True)]
    assert {row["timestamp"] for row in rows} == {int(CAME.timestamp() * 1e6)}, "its own moment is older"


def test_after_a_message_that_was_missed_a_number_stands_for_nothing_until_the_next_birth() -> None:
    heard = Heard()
    for _ in range(2):
        with pytest.raises(ValueError, match="birth_unknown"):
            heard.hears(DEVICE.format("DDATA"), payload(pressure(6.0), seq=3))
    assert heard.missed[0] == ("North/pad5", "1 → 3")
    named = payload(pressure(6.0, name="PINT"), seq=4)
    assert heard.hears(DEVICE.format("DDATA"), named) == [(TOPIC, "PINT", 6.0, None, None)], "a name is one"
    heard.hears(NODE.format("NBIRTH"), node_birth(seq=0, bdseq=2))
    heard.hears(DEVICE.format("DBIRTH"), device_birth(seq=1))
    assert heard.hears(DEVICE.format("DDATA"), payload(pressure(8.0), seq=2))[0][2] == 8.0


def test_the_sequence_begins_anew_after_255_and_a_line_that_broke_forgets_it() -> None:
    heard = Heard(born=False)
    heard.hears(NODE.format("NBIRTH"), node_birth(seq=254))
    heard.hears(DEVICE.format("DBIRTH"), device_birth(seq=255))
    assert heard.hears(DEVICE.format("DDATA"), payload(pressure(6.0), seq=0))
    heard.sparkplug.forget()
    with pytest.raises(ValueError, match="birth_unknown"):
        heard.hears(DEVICE.format("DDATA"), payload(pressure(6.0), seq=1))


def test_null_bad_quality_historical_and_transient_are_what_they_say() -> None:
    heard = Heard()
    stale = {"Quality": {"type": 3, "int_value": 500}}
    good = {"Quality": {"type": 3, "int_value": 192}}
    rows = heard.hears(
        DEVICE.format("DDATA"),
        payload(
            pressure(6.0, properties=stale),
            pressure(6.5, properties=good),
            pressure(1.0, is_historical=True, timestamp=AT_MS - 3_600_000),
            pressure(9.0, is_transient=True),
            {"alias": 7, "is_null": True},
            {"alias": 9, "string_value": "a text"},
            seq=2,
        ),
    )
    assert [(row[2], row[4]) for row in rows] == [(6.0, True), (6.5, None), (1.0, None), (6.5, True)]


@pytest.mark.parametrize(
    ("quality", "bad"),
    [
        ({"type": STRING, "string_value": "Bad_Stale"}, True),
        ({"type": STRING, "string_value": "Good"}, None),
        ({"type": STRING, "string_value": "0"}, True),
        ({"type": STRING, "string_value": "192"}, None),
        ({"type": DOUBLE, "double_value": 500.0}, True),
        ({"type": DOUBLE, "double_value": 192.0}, None),
        ({"type": BOOLEAN, "boolean_value": False}, True),
        ({"type": BOOLEAN, "boolean_value": True}, None),
        ({"type": 3, "is_null": True}, None),
    ],
)
def test_a_quality_of_any_type_is_read(quality: dict[str, Any], bad: bool | None) -> None:
    """One that was no integer passed for good."""
    one = pressure(6.0, properties={"Quality": quality})
    ((*_, marked),) = Heard().hears(DEVICE.format("DDATA"), payload(one, seq=2))
    assert marked is bad


def test_a_value_whose_sign_nobody_told_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="birth_unknown"):
        rows_alone(DEVICE.format("DDATA"), payload({"name": "TMOT", "int_value": 0xFFFF}), CAME)
    (row,) = rows_alone(DEVICE.format("DDATA"), payload({"name": "P", "double_value": 5.0}), CAME)
    assert row["tag"] == "P"


@pytest.mark.parametrize(
    ("topic", "body", "reason"),
    [
        (DEVICE.format("DDATA"), b"\xff\xff\xff", "not_sparkplug"),
        ("spBv1.0/North/DTALK/pad5/101", b"\x08\x01", "not_sparkplug"),
        ("spBv1.0/North", b"\x08\x01", "not_sparkplug"),
        (DEVICE.format("DDATA"), b"\x12\x00" * 10_001, "rows_in_message"),
        (DEVICE.format("DDATA"), b"\x2a" + b"\x00" * (1 << 20), "message_too_large"),
        (
            DEVICE.format("DBIRTH"),
            payload({"name": "x" * 601, "datatype": 10, "double_value": 1}),
            "well_or_sensor",
        ),
    ],
)
def test_what_is_no_payload_is_told_before_any_work(topic: str, body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Heard().hears(topic, body)


def test_commands_and_the_state_of_hosts_are_no_readings() -> None:
    heard = Heard()
    assert heard.hears(NODE.format("NCMD"), form.rebirth(1)) == []
    assert heard.hears("spBv1.0/STATE/host", b'{"online": true}') == []
    assert is_sparkplug("spBv1.0/STATE/host", b"{}")
    assert not is_sparkplug(DEVICE.format("DDATA"), b'{"metrics": []}')
    assert where_of(DEVICE.format("DDATA")).topic == where_of(DEVICE.format("DBIRTH")).topic


def test_a_request_for_a_birth_says_that_and_nothing_else() -> None:
    (metric,) = form.read(form.rebirth(AT_MS)).metrics
    assert (metric.name, metric.datatype, metric.raw) == ("Node Control/Rebirth", BOOLEAN, True)


def test_rows_are_meant_by_the_table_of_tags_and_what_waits_for_a_birth_stays_that(site: Site) -> None:
    well = site.well("101")
    site.tag("spBv1.0/North/+/{well}/PINT", sensor="Рпр", source="mqtt")
    heard = Heard(born=False)
    site.now = NOW
    for topic, body in (
        (NODE.format("NBIRTH"), node_birth()),
        (DEVICE.format("DBIRTH"), device_birth()),
        (DEVICE.format("DDEATH"), payload(seq=2)),
    ):
        came = Message(body, topic, topic, NOW)
        site.batch.add(came, partial(heard.sparkplug.rows, topic, body))
    lost = payload(pressure(6.0), seq=3)
    site.batch.set_aside(Message(lost, DEVICE.format("DDATA"), "x", NOW), "birth_unknown")
    site.brings()
    assert list(site.clickhouse.rows.values()) == [5e6, 5e6]
    assert site.clickhouse.marks == [0, Quality.MISSING], "the good value stays good"
    assert {key[:2] for key in site.clickhouse.rows} == {(well, "intake_pressure")}
    assert site.held()["birth_unknown"] == 1
    replay(site.engine)
    assert site.held()["birth_unknown"] == 1


def test_a_message_that_no_table_holds_keeps_no_other_from_being_replayed(site: Site) -> None:
    """One moment out of all time, or a name of no letters, ended every replay."""
    site.well("101")
    site.tag("spBv1.0/North/+/{well}/PINT", sensor="Рпр", source="mqtt")
    site.now = NOW
    far = payload({"name": "P", "datatype": DOUBLE, "double_value": 1.0}, at_ms=1 << 60)
    no_name = payload({"name": "PP", "datatype": DOUBLE, "double_value": 1.0}).replace(b"PP", b"\xff\xfe")
    for body in (far, no_name, device_birth()):
        site.batch.set_aside(Message(body, DEVICE.format("DBIRTH"), str(len(body)), NOW), "not_sparkplug")
    site.brings()
    replay(site.engine)
    assert site.held()["not_taken"] == 2
    assert "not_sparkplug" not in site.held()
