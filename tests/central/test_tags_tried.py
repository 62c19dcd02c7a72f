"""A stranger's table of tags, tried on what comes: what each row would make of it, and what is wrong."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from app.core.clock import to_us
from central import ingest, trying
from central.names.nearest import Nearest
from central.stores import devices
from central.stores.tags import Tag
from central.streams import bound
from central.streams.clean import incoming
from central.trying import try_tags
from tests.central.a_site import AT, NORTH, NOW, SOUTH, Site, said


def written(folder: Path, *lines: str) -> str:
    file = folder / "теги.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def test_tags_are_tried_on_the_last_readings_and_on_the_dead_letters_before_they_are_saved(
    site: Site,
) -> None:
    site.well("101")
    site.brings(*(("opc", said("WELL_101.PINT", 53 + n, f"2026-11-26T07:00:0{n}Z")) for n in range(5)))
    tried, left = site.command("tag", "try", "WELL_{well}.PINT", "--sensor", "Рпр", "--unit", "кгс/см2")
    assert (tried["recent"], tried["dead"]) == (5, 5)
    assert [(value["name"], value["came"]) for value in tried["values"]] == [
        ("opc/WELL_101.PINT", came) for came in (57.0, 56.0, 55.0)
    ]
    first = tried["values"][0]
    assert (first["well"], first["as"], first["si_unit"]) == (f"{NORTH}/5/101", "кгс/см2", "Pa")
    assert (first["at"], first["clock"]) == ("2026-11-26T07:00:04Z", "its own zone")
    assert first["si"] == pytest.approx(57 * 98_066.5)
    assert left == {"unknown_still": {}, "readings": 0}
    other, left = site.command("tag", "try", "opc/WELL_{well}.PINX", "--sensor", "Рпр")
    assert (other["recent"], other["fits_nothing"], other["near"]) == (0, True, ["opc/WELL_101.PINT"])
    assert left == {"unknown_still": {"opc/WELL_101.PINT": 5}, "readings": 5}
    assert site.command("tag", "list") == []
    assert site.held() == {"tag_unknown": 5}


def test_a_wrong_unit_or_scale_is_seen_by_the_marks_of_its_values_when_it_is_tried_and_saved(
    site: Site,
) -> None:
    site.well("101")
    site.brings(("plc/F", said("F", 502)))
    row = ("plc/F/F", "--well", "101", "--sensor", "частота", "--unit", "Гц")
    tried, _ = site.command("tag", "try", *row)
    assert (tried["marked"], tried["values"][0]["marks"]) == ({"range": 1}, ["range"])
    (saved,) = site.command("tag", "add", *row)
    assert saved["suspect"] == {"plc/F/F": {"marked": {"range": 1}}}
    (saved,) = site.command("tag", "add", *row, "--scale", "0,1")
    assert (saved["changed"], "suspect" in saved) == (1, False)


def test_a_unit_that_messages_name_and_the_row_does_not_follow_is_told(site: Site) -> None:
    site.well("101")
    site.brings(("x", said("T", 53, unit="атм")), ("x", said("T", 53, "2026-11-26T07:01:00Z", unit="МПа")))
    tried, _ = site.command("tag", "try", "T", "--well", "101", "--sensor", "Рпр", "--unit", "MPa")
    assert tried["messages_say_unit"] == {"атм": 1}


def test_two_tags_of_one_sensor_of_one_well_are_told_of_each_other(site: Site) -> None:
    site.well("101")
    site.tag("a/P", well="101", sensor="Рпр", unit="атм")
    site.brings(("a/P", b"50"), ("b/P", b"51"), ("c/P", b"52"))
    tried, _ = site.command("tag", "try", "b/P", "--well", "101", "--sensor", "Рпр", "--unit", "атм")
    assert sorted(tried["one_series_of"]) == ["mqtt: a/P", "mqtt: b/P"]
    tried, _ = site.command("tag", "try", "c/P", "--well", "101", "--sensor", "Рвык", "--unit", "атм")
    assert "one_series_of" not in tried


def test_a_strangers_headers_are_heard_and_what_is_left_out_is_told(site: Site, tmp_path: Path) -> None:
    site.well("101")
    file = written(
        tmp_path,
        "№;Имя тега;№ скв.;Наименование параметра;Ед. изм.;Коэф.;Смещение;Часовой пояс;Примечание",
        "1;T;101;Рпр;атм;0,1;-1;МСК+2;проверен",
    )
    told, saved = site.command("tag", "import", file)
    assert told["left_out"] == ["№", "Примечание"]
    assert list(told["columns"].values()) == ["tag", "well", "sensor", "unit", "scale", "shift", "zone"]
    assert saved["added"] == 1
    (row,) = site.command("tag", "list")
    assert (row["unit"], row["scale"], row["shift"], row["zone"]) == ("атм", 0.1, -1.0, "МСК+2")


def test_the_first_tag_of_a_short_table_is_no_second_line_of_its_header(site: Site, tmp_path: Path) -> None:
    site.well("101"), site.well("102")
    head = "Тег;Скважина;Параметр;Ед. изм.;Коэф.;Источник;Пояс"
    file = written(tmp_path, head, "A;101;Рпр;атм;;kafka;МСК+2", "B;102;Частота;Гц;0,1;kafka;")
    told, saved = site.command("tag", "import", file)
    assert (told["columns"]["Коэф."], told["left_out"], saved["added"]) == ("scale", [], 2)
    assert [(row["tag"], row["scale"]) for row in site.command("tag", "list")] == [("A", 1.0), ("B", 0.1)]


def test_numbers_under_a_header_that_nobody_knows_may_be_the_factor_and_are_asked_about(
    site: Site, tmp_path: Path
) -> None:
    site.well("101")
    file = written(tmp_path, "Тег;Скважина;Параметр;Пересчёт в СИ", "T;101;Рпр;98066,5")
    assert site.command("tag", "import", file) == []
    assert site.command.complaint.startswith(f"tags_columns: {file}: ")
    assert "Пересчёт в СИ" in site.command.complaint
    told, saved = site.command("tag", "import", file, "--leave-out", "пересчёт в СИ")
    assert (told["left_out"], saved["added"]) == (["Пересчёт в СИ"], 1)


def test_every_wrong_cell_of_a_row_is_named_with_its_column_and_value(site: Site, tmp_path: Path) -> None:
    site.well("101", NORTH), site.well("101", SOUTH), site.well("102", NORTH)
    file = written(
        tmp_path,
        "Тег;Скважина;Месторождение;Параметр;Ед. изм.;Коэф.;Пояс",
        "A;101;;Рпр;МПа;;",
        "B;101;Севреное;Частотта;Гцц;1,0х;Мск+33",
        ";102;;Рпр;;;",
        f"D;101;{SOUTH};Рпр;;;",
    )
    site.command("tag", "import", file)
    said_of = [line.removeprefix(file) for line in site.command.complaint.splitlines()[:-1]]
    assert [line.split(": ")[:2] for line in said_of] == [
        [":2:Скважина", "“101”"],
        [":3:Месторождение", "“Севреное”"],
        [":3:Скважина", "“101”"],
        [":3:Параметр", "“Частотта”"],
        [":3:Ед. изм.", "“Гцц”"],
        [":3:Коэф.", "“1,0х”"],
        [":3:Пояс", "“Мск+33”"],
        [":4:Тег", "no tag in this row"],
    ]
    assert f"{NORTH}/5/101, {SOUTH}/5/101" in said_of[0]
    assert "frequency" in said_of[3]
    assert "3 rows" in site.command.complaint.splitlines()[-1]


def test_a_file_without_a_column_of_tags_says_what_its_columns_are(site: Site, tmp_path: Path) -> None:
    site.well("101")
    site.command("tag", "try", written(tmp_path, "Объект;Скважина;Параметр", "T;101;Рпр"))
    assert "Its columns are: Объект, Скважина, Параметр" in site.command.complaint


def test_two_patterns_that_say_as_much_and_not_the_same_give_nothing_until_one_says_more(
    site: Site,
) -> None:
    first, second = site.well("1"), site.well("2")
    site.tag("ktp/+/P", well="1", sensor="Рпр", unit="атм")
    other = ("+/ktp/P", "--well", "2", "--sensor", "Рпр", "--unit", "атм")
    site.brings(("ktp/ktp/P", b"50"))
    assert site.delivers() == {(first, "intake_pressure", NOW): 50 * 101_325}
    tried, _ = site.command("tag", "try", *other)
    assert (tried["set_aside"], tried["others_speak"]) == ({"tag_twofold": 1}, {"ktp/+/P": 1})
    site.tag("+/ktp/P", well="2", sensor="Рпр", unit="атм")
    site.batch = type(site.batch)(site.centre, "mqtt")
    site.brings(("ktp/ktp/P", b"51"))
    assert site.held() == {"tag_twofold": 1}
    mapped = site.command("dead", "map", "ktp/ktp/P", "--well", "2", "--sensor", "Рпр", "--unit", "атм")
    assert mapped[-1]["wells"] == {f"{NORTH}/2": 1}
    assert (second, "intake_pressure", NOW) in site.delivers()


def test_two_patterns_that_say_the_same_are_one(site: Site) -> None:
    well = site.well("1")
    for pattern in ("ktp/+/P", "+/ktp/P"):
        site.tag(pattern, well="1", sensor="Рпр", unit="атм")
    site.brings(("ktp/ktp/P", b"50"))
    assert list(site.clickhouse.rows) == [(well, "intake_pressure", NOW)]


def test_a_pattern_that_a_fuller_row_speaks_before_says_so_when_it_is_tried(site: Site) -> None:
    site.well("1")
    site.tag("a/b/P", well="1", sensor="Рпр", unit="атм")
    site.brings(("a/b/P", b"50"))
    tried, _ = site.command("tag", "try", "a/+/P", "--well", "1", "--sensor", "Рпр", "--unit", "МПа")
    assert (tried["recent"], tried["others_speak"]) == (0, {"a/b/P": 1})


def test_a_clock_without_a_zone_that_is_ahead_of_its_coming_waits_for_its_zone(site: Site) -> None:
    well = site.well("101")
    site.tag("T", well="101", sensor="частота")
    site.brings(("x", said("T", 50, "26.11.2026 16:59:00")))  # 11:59 UTC where it was written
    assert (site.held(), site.delivers()) == ({"clock_zone": 1}, {})
    (shown,) = site.command("dead", "show")
    assert (shown["timestamp"], shown["local"]) == ("2026-11-26T16:59:00", True)
    row = ("T", "--well", "101", "--sensor", "частота")
    tried, _ = site.command("tag", "try", *row)
    assert (tried["taken_as_utc"], tried["set_aside"]) == (1, {"clock_zone": 1})
    tried, _ = site.command("tag", "try", *row, "--zone", "МСК+2")
    assert tried["values"][0]["clock"] == "МСК+2"
    site.command("dead", "map", *row, "--zone", "МСК+2")
    assert list(site.delivers()) == [(well, "frequency", NOW.replace(hour=11, minute=59))]


def test_a_clock_without_a_zone_that_is_not_ahead_is_taken_for_utc_and_said_to_be(site: Site) -> None:
    site.well("101")
    site.brings(("x", said("T", 50, "2026-11-26 07:00:00")))
    tried, _ = site.command("tag", "try", "T", "--well", "101", "--sensor", "частота")
    assert (tried["taken_as_utc"], tried["values"][0]["clock"]) == (1, "no zone: UTC")
    assert tried["values"][0]["at"] == f"{AT:%Y-%m-%dT%H:%M:%S}Z"


def test_a_moment_that_nothing_has_breaks_no_trial_of_a_tag(site: Site) -> None:
    site.well("101")
    with site.engine.begin() as connection:
        device, _ = devices.add(connection, "gateway", (NORTH,), ("readings",), NOW)
    moments = pa.array([2**63 - 1, -(2**63) + 1, to_us(AT)], pa.timestamp("us", tz="UTC"))
    told = pa.table({"tag": ["T101"] * 3, "timestamp": moments, "value": [1.0, 2.0, 50.0]})
    names = ingest.Names(site.engine, ingest.source_of(device), device.fields)
    ingest.ingest(site.centre, incoming(told), names, "token", ingest.source_of(device))
    tried, _ = site.command("tag", "try", "T{well}", "--sensor", "frequency")
    assert [value["came"] for value in tried["values"]] == [50.0]


def test_a_reading_of_no_name_breaks_no_trial_of_a_tag_and_is_counted(site: Site) -> None:
    site.well("101")
    with site.engine.begin() as connection:
        device, _ = devices.add(connection, "gateway", (NORTH,), ("readings",), NOW)
    moments = pa.array([to_us(AT)] * 3, pa.timestamp("us", tz="UTC"))
    told = pa.table({"tag": pa.array([None, "T101", "X"]), "timestamp": moments, "value": [1.0, 50.0, 2.0]})
    names = ingest.Names(site.engine, ingest.source_of(device), device.fields)
    ingest.ingest(site.centre, incoming(told), names, "token", ingest.source_of(device))
    tried, left = site.command("tag", "try", "T{well}", "--sensor", "frequency")
    assert [value["came"] for value in tried["values"]] == [50.0]
    assert left["readings"] == 2


def test_what_came_is_read_once_however_many_tags_are_tried(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand tags took 107 s: each read all of it for itself."""
    wells = [site.well(str(number)) for number in range(3)]
    site.brings(*(("opc", said(f"WELL_{n % 100}.PINT", 50 + n // 100)) for n in range(300)))
    read: list[int] = []
    clean = bound.clean

    def counted(table: pa.Table, *given: Any) -> Any:
        read.append(len(table))
        return clean(table, *given)

    monkeypatch.setattr(bound, "clean", counted)
    names = [f"opc/WELL_{n}.PINT" for n in range(60)] + [f"opc/W-{n}.PINT" for n in range(40)]
    trial = try_tags(
        site.engine,
        tuple(
            Tag(name, wells[n % 3], "intake_pressure", "", "", "MPa", 1.0, 0.0, "")
            for n, name in enumerate(names)
        ),
    )
    assert read == [300]
    assert [(one.recent, one.dead, len(one.shown)) for one in trial.tags] == [(3, 3, 3)] * 60 + [
        (0, 0, 0)
    ] * 40
    assert all(bool(one.near) == (number >= 60) for number, one in enumerate(trial.tags))
    assert trial.unknown.total() == 3 * 40


def test_a_tag_of_the_letters_is_tried_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.well("101")
    site.brings(("opc", said("T", 53)))
    asked: list[object] = []
    tried = trying.try_tags
    monkeypatch.setattr(trying, "try_tags", lambda *given: asked.append(given) or tried(*given))
    told = site.command("dead", "map", "T", "--well", "101", "--sensor", "частота", "--unit", "Гц")
    assert len(asked) == 1
    assert told[-1]["wells"] == {f"{NORTH}/101": 1}


@pytest.mark.parametrize("word", ["WELL_101.PINT", "well-7.pint", "Скв 12 Рпр", "x", "opc/WELL_50.FREQ"])
def test_the_nearest_names_are_those_that_comparing_with_each_finds(word: str) -> None:
    kinds = ("PINT", "PDIS", "FREQ", "AMP")
    names = [f"opc/WELL_{n}.{kind}" for n in range(100) for kind in kinds] + [
        "Скв 12, Рпр",
        "Скв 13, Рпр",
        "",
    ]
    found = Nearest(names).to(word)
    best = difflib.get_close_matches(word, list(filter(None, names)), 3, 0.6)

    def ratios(told: list[str]) -> list[float]:
        return [difflib.SequenceMatcher(None, word, name).ratio() for name in told]

    assert ratios(found) == pytest.approx(ratios(best))
