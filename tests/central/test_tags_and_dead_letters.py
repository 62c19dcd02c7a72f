"""What nobody knows by name is kept whole, looked at, mapped, and read again exactly once."""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import alembic.command
import pyarrow as pa
import pytest
import sqlalchemy as sa

from app.core.clock import EPOCH, iso
from app.core.errors import KnownError
from app.importers.base import Contents
from app.importers.grid import sheet_of
from app.importers.vocabulary import vocabulary
from app.models.readings import Quality
from app.models.sensors import SENSORS
from app.models.wells import ESP, Well, WellId
from central import ingest, outbox, relay, replay
from central.api.health import count_dead
from central.config import Config
from central.metrics import Metrics
from central.names.finding import WellFinder
from central.names.tag_files import tags_in
from central.names.tags import checked
from central.names.wells import WellBook
from central.stores import dead_letters, devices, tags, wells
from central.stores.engine import changing, open_engine, reading
from central.stores.migrating import alembic_config, migrate
from central.stores.tables import OUTBOX
from central.streams.buffer import Batcher, Message
from central.streams.clean import incoming
from tests.central.at_the_command_line import Line, line  # noqa: F401 - a fixture

NORTH, SOUTH = "Северное", "Южное"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Stored:
    """ClickHouse as it is promised: a token that was seen writes nothing, the newest row of a key counts."""

    def __init__(self) -> None:
        self.tokens: set[str] = set()
        self.rows: dict[tuple[int, str, datetime], float] = {}
        self.marks: list[int] = []
        self.written = 0

    def insert_readings(self, table: pa.Table, token: str, source: str) -> None:
        if token in self.tokens:
            return
        self.tokens.add(token)
        self.written += len(table)
        for row in table.to_pylist():
            key = (row["well_id"], NAMES[row["sensor_type"]], row["timestamp"])
            self.rows[key] = pytest.approx(row["value"], rel=1e-6)
            self.marks.append(row["quality"])

    def command(self, *_: Any) -> None:
        """What undoing remembers."""


NAMES = {sensor.number: sensor.key for sensor in SENSORS}


class Site:
    """A centre without its processes, and the commands of IT on its database."""

    def __init__(self, folder: Path, command: Line) -> None:
        self.command, self.now = command, NOW
        self.engine = open_engine(f"sqlite:///{folder / 'centre.sqlite'}")
        self.clickhouse = Stored()
        self.centre: Any = SimpleNamespace(
            engine=self.engine,
            clickhouse=self.clickhouse,
            metrics=Metrics(),
            clock=lambda: self.now,
            config=Config(folder),
            forgot_at=EPOCH,
        )
        self.batch = Batcher(self.centre, "mqtt")

    def well(self, name: str, field: str = NORTH) -> int:
        with changing(self.engine) as connection:
            return int(wells.put(connection, Well(WellId(0), name, field, "5", ESP)).id)

    def tag(self, pattern: str, **given: Any) -> None:
        with changing(self.engine) as connection:
            known = WellFinder(wells.all_wells(connection))
            tags.put(connection, (checked({"pattern": pattern, **given}, known),), NOW, "IT")

    def brings(self, *messages: tuple[str, Any]) -> None:
        for number, (topic, body) in enumerate(messages):
            content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            self.batch.add(Message(content, topic, f"{topic}{number}{body}"[:90]))
        assert self.batch.flush(threading.Event(), lambda _: None)

    def held(self) -> dict[str, int]:
        found: dict[str, int] = {}
        with reading(self.engine) as connection:
            for block in dead_letters.blocks(connection):
                found[block.reason] = found.get(block.reason, 0) + block.letters
        return found

    def delivers(self) -> dict[tuple[int, str, datetime], float]:
        relay.deliver(self.engine, self.clickhouse)  # type: ignore[arg-type]
        return self.clickhouse.rows


@pytest.fixture
def site(line: Line) -> Iterator[Site]:  # noqa: F811
    made = Site(line.folder, line)
    yield made
    made.engine.dispose()


AT = datetime(2026, 11, 26, 7, tzinfo=UTC)


def said(tag: str, value: float, at: str = "2026-11-26T07:00:00Z", **more: Any) -> dict[str, Any]:
    return {"tag": tag, "v": value, "ts": at, **more}


# ---- what a tag says ---------------------------------------------------------------------------------------


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
        ({"scale": "0"}, "value_wrong"),
        ({"shift": "inf"}, "value_wrong"),
        ({"field": SOUTH}, "tag_well_unknown"),
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
    assert f"{file}:4: “WELL_9.PINT”: well “9” is not known" in complaint
    assert f"{file}:5: “WELL_101.pint”: this tag of this source stands in the table twice" in complaint
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


def test_tags_are_tried_on_the_last_readings_and_on_the_dead_letters_before_they_are_saved(
    site: Site,
) -> None:
    well = site.well("101")
    site.brings(*(("opc", said("WELL_101.PINT", 53 + n, f"2026-11-26T07:00:0{n}Z")) for n in range(5)))
    (tried,) = site.command("tag", "try", "WELL_{well}.PINT", "--sensor", "Рпр", "--unit", "кгс/см2")
    assert (tried["recent"], tried["dead"], tried["set_aside"]) == (5, 5, {})
    assert len(tried["values"]) == 3
    first = tried["values"][0]
    assert (first["name"], first["came"], first["well"]) == ("opc/WELL_101.PINT", 57.0, well)
    assert first["at"] == "2026-11-26T07:00:04Z"
    assert first["si"] == pytest.approx(57 * 98_066.5)
    (other,) = site.command("tag", "try", "WELL_{well}.PINX", "--sensor", "Рпр")
    assert (other["recent"], other["dead"]) == (0, 0)
    assert site.command("tag", "list") == []
    assert site.held() == {"tag_unknown": 5}


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


# ---- dead letters ------------------------------------------------------------------------------------------


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
    relay._send(site.clickhouse, list(waiting))  # type: ignore[arg-type] - and died before it was noted
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


# ---- whose it is -------------------------------------------------------------------------------------------


def rest(site: Site, device: devices.Device, *rows: dict[str, Any]) -> ingest.Cleaned:
    columns = {key: [row[key] for row in rows] for key in rows[0]}
    moments = pa.array([AT] * len(rows), pa.timestamp("us", tz="UTC"))
    source = ingest.source_of(device)
    names = ingest.Names(site.engine, source, device.fields)
    table = incoming(pa.table(columns | {"timestamp": moments}))
    return ingest.ingest(site.centre, table, names, "token", source)


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
