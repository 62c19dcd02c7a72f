"""What a tag says of a reading, what it may not say, and how it is tried before it is saved."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa

from app.core.clock import iso
from app.core.errors import KnownError
from app.importers.base import Contents
from app.importers.grid import sheet_of
from app.importers.vocabulary import vocabulary
from app.models.readings import Quality
from app.models.wells import ESP, Well, WellId
from central import ingest, replay
from central.api.readings import readings_table
from central.names.finding import WellFinder
from central.names.tag_files import tags_in
from central.names.tags import checked
from central.stores import devices, tags
from central.stores.engine import changing
from central.streams import kafka
from central.streams.buffer import Batcher
from central.streams.clean import incoming
from tests.central.a_site import AT, NORTH, NOW, SOUTH, Site, said


def test_a_number_on_a_topic_and_a_gateways_tag_are_a_wells_readings(site: Site) -> None:
    well = site.well("101")
    site.tag("site/{well}/PINT", sensor="Рпр", unit="МПа")
    site.tag("WELL_{well}.{sensor}", unit="")
    site.brings(("site/101/PINT", b"5.3"), ("opc", said("WELL_101.frequency", 50)))
    assert site.clickhouse.rows == {
        (well, "intake_pressure", NOW): 5.3e6,
        (well, "frequency", AT): 50.0,
    }
    assert site.held() == {}


def test_what_controllers_write_around_names_does_not_matter(site: Site) -> None:
    well = site.well("101")
    site.tag("{well}/{sensor}", source="mqtt", unit="МПа")
    site.brings(("WELL_101/PINT.PV", b"5"), ("Скв101/Рпр_знач", b"6"), ("скв. 101/PIP", b"7"))
    assert site.held() == {}
    assert site.clickhouse.written == 3
    assert {key[:2] for key in site.clickhouse.rows} == {(well, "intake_pressure")}


def test_scale_shift_unit_and_zone_of_a_tag_make_the_value_and_its_moment(site: Site) -> None:
    well = site.well("101")
    raw = {"well": "101", "sensor": "температура двигателя", "scale": "0,1", "shift": -40, "unit": "°C"}
    site.tag("PLC.40001", zone="МСК+2", **raw)
    site.brings(("x", said("plc.40001", 1200, "26.11.2026 12:00:00")))
    assert site.clickhouse.rows == {(well, "motor_temperature", AT): 80 + 273.15}
    # A clock that names its zone is believed.
    site.brings(("x", said("PLC.40001", 1210)))
    assert site.clickhouse.rows == {(well, "motor_temperature", AT): 81 + 273.15}


def test_the_weightiest_row_speaks_and_one_of_this_source_before_one_of_all(site: Site) -> None:
    first, second = site.well("1"), site.well("2")
    site.tag("a/#", well="1", sensor="frequency")
    site.tag("a/+/F", well="2", sensor="frequency")
    site.tag("a/x/F", well="1", sensor="frequency", source="kafka")
    site.brings(("a/x/F", b"50"), ("a/y", b"49"))
    assert {key[0]: value for key, value in site.clickhouse.rows.items()} == {second: 50.0, first: 49.0}
    site.tag("a/#", well="1", sensor="frequency", source="mqtt", scale=2)
    site.now += timedelta(seconds=ingest.REFRESH_S)
    site.batch = Batcher(site.centre, "mqtt")
    site.brings(("a/x/F", b"50"))
    assert site.clickhouse.rows[first, "frequency", site.now] == 100.0


def test_names_of_wells_and_sensors_in_either_language_need_no_tag(site: Site) -> None:
    well = site.well("101")
    row = {"скважина": "101", "параметр": "Рпр", "значение": "53,1", "ед": "кгс/см2", "время": iso(AT)}
    site.brings(
        ("x", row), ("x", {"well": "скв. 101", "name": "PIP", "v": 6e6, "ts": iso(AT + timedelta(1))})
    )
    assert site.clickhouse.rows == {
        (well, "intake_pressure", AT): 53.1 * 98_066.5,
        (well, "intake_pressure", AT + timedelta(1)): 6e6,
    }


def test_what_the_source_calls_bad_is_marked_and_kept(site: Site) -> None:
    site.well("101")
    site.tag("T", well="101", sensor="frequency")
    site.brings(("x", said("T", 50, quality="Bad")))
    assert site.clickhouse.marks == [int(Quality.MISSING)]


def test_an_equal_number_that_comes_later_is_another_reading(site: Site) -> None:
    site.well("101")
    site.tag("t", well="101", sensor="frequency")
    site.brings(("t", b"50"))
    site.now += timedelta(minutes=1)
    site.brings(("t", b"50"))
    assert len(site.clickhouse.rows) == 2


KNOWN = WellFinder([Well(WellId(1), "101", NORTH, "5", ESP)])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"well": "999"}, "tag_well_unknown"),
        ({"well": ""}, "tag_without_well"),
        ({"sensor": "цвет"}, "tag_sensor_unknown"),
        ({"sensor": ""}, "tag_without_sensor"),
        ({"unit": "кВт"}, "tag_unit_unknown"),
        ({"zone": "Луна"}, "tag_zone_unknown"),
        ({"source": "pigeon"}, "tag_source_unknown"),
        ({"scale": "0"}, "tag_number_wrong"),
        ({"shift": "inf"}, "tag_number_wrong"),
        ({"field": SOUTH}, "tag_field_unknown"),
    ],
)
def test_a_row_with_something_unknown_is_refused(given: dict[str, str], code: str) -> None:
    with pytest.raises(KnownError, match=code):
        checked({"pattern": "T", "well": "101", "sensor": "Рпр", "unit": "МПа"} | given, KNOWN)


HEADER = "Тег;Скважина;Параметр;Единица;Множитель"
GOOD = (HEADER, "WELL_101.PINT;101;Рпр;МПа;", "WELL_{well}.F;;частота;Гц;0,01")


def test_a_file_of_tags_names_each_wrong_row_and_is_not_taken_with_one(site: Site, tmp_path: Path) -> None:
    site.well("101")
    file = tmp_path / "tags.csv"
    wrong = ("WELL_9.PINT;9;Рпр;МПа;", "WELL_101.pint;101;ток;А;")
    file.write_text("\n".join([*GOOD, *wrong]), encoding="utf-8")
    site.command("tag", "import", str(file))
    complaint = site.command.complaint
    assert f"{file}:4:Скважина: “9”: well “9” is not known" in complaint
    assert f"{file}:5:Тег: “WELL_101.pint”: this tag of this source stands in the table twice" in complaint
    assert "tags_refused" in complaint
    assert site.command("tag", "list") == []


def test_a_table_of_tags_is_kept_changed_and_removed(site: Site) -> None:
    site.well("101")
    path = Path("tags.xlsx")
    sheet = sheet_of(path, "tags", [row.split(";") for row in GOOD], vocabulary())
    assert sheet is not None
    found = tags_in(path, Contents((sheet,)), KNOWN)
    assert found.problems == ()
    for outcome in ((2, 0), (0, 0)):
        with changing(site.engine) as connection:
            assert tags.put(connection, found.tags, NOW, "IT") == outcome
    site.command("tag", "add", "well_101.pint", "--well", "101", "--sensor", "Рпр", "--unit", "атм")
    assert [(row["tag"], row["well"], row["unit"], row["scale"]) for row in site.command("tag", "list")] == [
        ("WELL_{well}.F", "{well}", "Гц", 0.01),
        ("well_101.pint", f"{NORTH}/5/101", "атм", 1.0),
    ]
    assert site.command("tag", "remove", "Well_101.PINT") == [{"removed": 1}]


def test_what_came_last_before_a_stream_fell_silent_is_tried_too(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.brings(("opc", said("A", 1)))
    site.brings(("opc", said("B", 1)))
    site.well("101")
    of = ("--well", "101", "--sensor", "частота")
    assert site.command("tag", "try", "B", *of)[0]["recent"] == 0  # seconds later
    monkeypatch.setattr(ingest, "REMEMBER_S", 0.0)
    site.batch.idle()
    assert [site.command("tag", "try", tag, *of)[0]["recent"] for tag in "AB"] == [1, 1]


# ---- whose it is -------------------------------------------------------------------------------------------


def rest(site: Site, device: devices.Device, *rows: dict[str, Any]) -> ingest.Cleaned:
    columns = {key: [row[key] for row in rows] for key in rows[0]}
    moments = pa.array([AT] * len(rows), pa.timestamp("us", tz="UTC"))
    source = ingest.source_of(device)
    names = ingest.Names(site.engine, source, device.fields)
    table = incoming(pa.table(columns | {"timestamp": moments}))
    return ingest.ingest(site.centre, table, names, "token", source)


def test_readings_of_rest_may_be_called_by_a_tag_and_their_clock_by_its_zone(site: Site) -> None:
    well = site.well("101")
    site.tag("T", well="101", sensor="frequency", zone="UTC+5", source="rest")
    with site.engine.begin() as connection:
        device, _ = devices.add(connection, "gateway", (NORTH,), ("readings",), NOW)
    told = [
        {"tag": "T", "timestamp": "2026-11-26T12:00:00", "value": 50},
        {"tag": "T", "timestamp": "2026-11-26T07:01:00Z", "value": 51},
        {"well": "101", "sensor": "Рпр", "timestamp": "2026-11-26T07:02:00", "value": 5, "unit": "МПа"},
        {"timestamp": "2026-11-26T07:03:00Z", "value": 5},
    ]
    table = readings_table("application/json", json.dumps({"readings": told}).encode())
    names = ingest.Names(site.engine, ingest.source_of(device), device.fields)
    done = ingest.ingest(site.centre, table, names, "token", ingest.source_of(device))
    assert site.clickhouse.rows == {
        (well, "frequency", AT): 50.0,
        (well, "frequency", AT + timedelta(minutes=1)): 51.0,
        (well, "intake_pressure", AT + timedelta(minutes=2)): 5e6,
    }
    assert [(reason, len(rows)) for reason, rows in done.dead] == [("tag_unknown", 1)]


@pytest.mark.parametrize(
    ("kind", "at_ms", "came"), [(1, 1_795_600_000_123, 123_000), (0, 5, None), (1, -1, None)]
)
def test_a_number_of_kafka_has_the_moment_of_its_broker(kind: int, at_ms: int, came: int | None) -> None:
    found = kafka.came_at(SimpleNamespace(timestamp=lambda: (kind, at_ms)))
    assert (found.microsecond if found is not None else None) == came


def test_a_tag_leads_no_device_to_a_well_of_another_field(site: Site) -> None:
    mine, theirs = site.well("101", NORTH), site.well("202", SOUTH)
    site.tag("A", well=f"{SOUTH}/5/202", sensor="frequency")
    site.tag("B_{well}", sensor="frequency")
    site.tag("C", well=f"{NORTH}/5/101", sensor="frequency", source="rest")
    with site.engine.begin() as connection:
        device, _ = devices.add(connection, "gateway", (NORTH,), ("readings",), NOW)
    done = rest(site, device, *({"tag": tag, "value": 50.0} for tag in ("A", "B_202", "C")))
    assert [(reason, len(rows)) for reason, rows in done.dead] == [("well_unknown", 2)]
    assert list(site.clickhouse.rows) == [(mine, "frequency", AT)]
    assert replay.replay(site.engine).freed == 0
    with site.engine.begin() as connection:
        fields = json.dumps([NORTH, SOUTH])
        connection.execute(sa.text("UPDATE devices SET fields = :fields"), {"fields": fields})
    assert dict(replay.replay(site.engine).wells) == {theirs: 2}
