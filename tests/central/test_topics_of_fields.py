"""A publisher writes to the fields that its topic speaks for, whatever its messages claim."""

from __future__ import annotations

import pytest

from central.opcua.servers import server_of
from central.stores import bindings, engine
from central.stores.bindings import Binding
from central.streams.bound import Bound
from tests.central.a_site import AT, NORTH, SOUTH, Site, said

PRESSURE = "intake_pressure"


def reading(well: str, value: float = 5.0) -> dict[str, object]:
    return {"well": well, "sensor": PRESSURE, "value": value, "timestamp": "2026-11-26T07:00:00Z"}


def bind(site: Site, topic: str, *fields: str) -> None:
    options = [word for field in fields for word in ("--field", field)]
    site.command("stream", "bind", topic, *options)


def test_a_topic_writes_to_no_other_field_whatever_its_messages_claim(site: Site) -> None:
    mine, theirs = site.well("101"), site.well("202", SOUTH)
    bind(site, "north/#", NORTH)
    bind(site, "south/#", SOUTH)
    site.brings(
        ("north/a", reading("101")),
        ("north/a", reading("202")),
        ("north/a", reading(f"{SOUTH}/5/202")),
        ("south/a", reading("202", 7.0)),
    )
    assert site.clickhouse.rows == {(mine, PRESSURE, AT): 5.0, (theirs, PRESSURE, AT): 7.0}
    assert site.held() == {"well_unknown": 2}


def test_one_number_in_two_fields_is_the_topics_own(site: Site) -> None:
    """Another field's well of that name takes nobody's readings away."""
    mine, theirs = site.well("101"), site.well("101", SOUTH)
    site.tag("+/{well}/PINT", sensor=PRESSURE)
    site.brings(("north/101/PINT", {"v": 5.0, "ts": "2026-11-26T07:00:00Z"}))
    assert site.held() == {"well_unknown": 1}, "without a binding nobody knows which"
    bind(site, "north/#", NORTH)
    site.brings(("north/101/PINT", {"v": 6.0, "ts": "2026-11-26T08:00:00Z"}))
    assert [well for well, _, _ in site.clickhouse.rows] == [mine]
    site.command("dead", "replay")
    assert {well for well, _, _ in site.delivers()} == {mine}
    assert theirs not in {well for well, _, _ in site.clickhouse.rows}


def test_where_topics_are_bound_one_that_is_not_is_nobodys_until_it_is(site: Site) -> None:
    well = site.well("101")
    bind(site, "north/#", NORTH)
    site.brings(("stray/a", reading("101")))
    assert site.held() == {"topic_unbound": 1}
    assert site.clickhouse.rows == {}
    bind(site, "stray/+", NORTH)
    site.command("dead", "replay")
    assert list(site.delivers()) == [(well, PRESSURE, AT)]


def test_a_tag_of_another_fields_well_leads_no_bound_topic_there(site: Site) -> None:
    site.well("202", SOUTH)
    site.tag("north/T1", well="202", sensor=PRESSURE)
    bind(site, "north/#", NORTH)
    site.brings(("north/T1", said("T1", 5.0)))
    assert site.clickhouse.rows == {}


def test_bindings_are_listed_and_taken_back(site: Site) -> None:
    bind(site, "north/#", NORTH, SOUTH)
    assert site.command("stream", "list") == [
        {"topic": "north/#", "source": "mqtt", "fields": [NORTH, SOUTH]}
    ]
    assert site.command("stream", "unbind", "north/#") == [{"unbound": 1}]
    site.command("stream", "bind", "x", "--field", NORTH, "--source", "rest")
    assert site.command.complaint.startswith("tag_source_unknown")


def test_a_server_is_bound_however_its_name_is_typed_and_a_source_that_no_stream_has_is_refused(
    site: Site,
) -> None:
    """A binding that speaks of nothing leaves its topics to every field, without a word."""
    server = server_of("opc.tcp://PLC1:4840")
    site.command("stream", "bind", "x/#", "--field", NORTH, "--source", "opcua/PLC1:4840")
    with engine.reading(site.engine) as connection:
        kept = bindings.every(connection)
    assert Bound(kept, server.source).fields_of("other") == ()
    assert Bound(kept, server.source).fields_of("x/a") == (NORTH,)
    assert site.command("stream", "unbind", "x/#", "--source", "OPCUA/plc1:4840") == [{"unbound": 1}]
    site.command("stream", "bind", "x", "--field", NORTH, "--source", "mqtt/north")
    assert site.command.complaint.startswith("tag_source_unknown")


@pytest.mark.parametrize(
    ("topic", "fields"),
    [
        ("north/a", ("A",)),
        ("north/special/x", ("B",)),
        ("NORTH/a", ("A",)),
        ("other", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_the_binding_that_says_most_of_a_topic_speaks(topic: str | None, fields: tuple[str, ...]) -> None:
    rows = (Binding("mqtt", "north/#", ("A",)), Binding("mqtt", "north/special/#", ("B",)))
    assert Bound((*rows, Binding("kafka", "#", ("C",))), "mqtt").fields_of(topic) == fields
    assert Bound(rows, "kafka").fields_of(topic) is None
