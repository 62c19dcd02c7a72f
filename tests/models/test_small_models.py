"""Small things that much stands on: hashes of entries, what can be read, what was changed, who is worst off,
which well two became, a key as people write it, readings in columns.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from app.core.errors import KnownError
from app.models.canonical import digest, payload_hash
from app.models.cards import Card, RodSection, WellBore, as_kept, card_hash
from app.models.entries import NEXT, UNSENT, Entry, State, Written
from app.models.findings import ONSET_WINDOW, Finding, finding_id, recognised
from app.models.merged_wells import key_of, said_of
from app.models.overview import LastValue, WellRow
from app.models.readable import TOPICS, has_more, not_ours, not_readable
from app.models.readings import Readings
from app.models.records import FlowTest
from app.models.relations import contradictions
from app.models.sensors import BY_NUMBER, SENSORS
from app.models.upcasting import PAYLOAD_VERSION
from app.models.wells import ESP, Well, WellId, WellStatus, merge_id, passport_id, well_uid
from app.models.written_key import read, written

AT = datetime(2026, 5, 20, 21, 30, tzinfo=UTC)


# One text for one content


def test_the_order_of_keys_and_the_kind_of_number_change_no_hash() -> None:
    text, sha = payload_hash({"b": np.float64(1.5), "a": "ё", "c": [np.int64(2), None, True]})
    assert text == '{"a":"ё","b":1.5,"c":[2,null,true]}'
    assert sha == payload_hash({"c": [2, None, True], "b": 1.5, "a": "ё"})[1]
    assert len(sha) == 64


@pytest.mark.parametrize("value", [float("nan"), float("inf"), np.zeros(2), b"x", "\ud800", {1, 2}])
def test_what_no_other_program_could_read_is_no_entry(value: Any) -> None:
    with pytest.raises(KnownError) as told:
        payload_hash({"a": value})
    assert told.value.code == "entry_not_plain"
    assert told.value.details["reason"]


def test_a_digest_is_the_first_32_bits_of_the_hash() -> None:
    body = {"a": 1}
    assert digest(body) == int(payload_hash(body)[1][:8], 16)
    assert 0 <= digest(body) < 2**32
    assert digest(body) != digest({"a": 2})


# Entries


def test_quarantine_and_conflict_end_by_a_person_only_and_nothing_comes_back_from_given_up() -> None:
    for state in (State.QUARANTINED, State.CONFLICT):
        assert NEXT[state] == {State.QUEUED, State.DISCARDED}
    assert NEXT[State.DISCARDED] == frozenset()
    assert State.DISCARDED not in NEXT[State.SENDING], "what may have arrived is not given up"
    assert State.SENDING not in NEXT[State.DRAFT]
    assert NEXT.keys() == set(State)


def test_what_is_unsent_is_neither_a_draft_nor_settled() -> None:
    assert set(State) - set(UNSENT) == {State.DRAFT, State.ACKED, State.CONFIRMED, State.DISCARDED}


def test_an_entry_is_sent_as_it_was_written_and_one_of_a_newer_version_is_not_read() -> None:
    def entry(**told: Any) -> Entry:
        return Entry("e", "note", {"text": "a"}, "00", AT, State.QUEUED, **told)

    assert entry().as_written == Written("note", {"text": "a"})
    old = Written("remark", {"words": "a"})
    assert entry(written=old).as_written is old
    assert entry(schema_version=PAYLOAD_VERSION).readable
    assert not entry(schema_version=PAYLOAD_VERSION + 1).readable


# What this version can read


def test_a_change_of_an_unknown_topic_version_or_kind_says_which() -> None:
    assert not_readable("weather", {}) == "topic"
    assert not_readable("record", {"schema_version": PAYLOAD_VERSION + 1, "kind": "note"}) == "version"
    assert not_readable("record", {"schema_version": "7", "kind": "note"}) == "version"
    assert not_readable("record", {"kind": "horoscope"}) == "kind"
    assert not_readable("record", {"kind": "note"}) == ""
    assert not_readable("well", {"schema_version": PAYLOAD_VERSION}) == ""
    assert all(not_readable(topic, {"kind": "note"}) == "" for topic in TOPICS)


def test_fields_that_are_not_ours_are_kept_and_noticed() -> None:
    assert not_ours("note", {"text": "a", "mood": "good"}) == {"mood": "good"}
    assert has_more("record", {"kind": "note", "values": {"mood": "good"}})
    assert not has_more("record", {"kind": "note", "values": {"text": "a"}})
    assert not has_more("record", {"kind": "note", "values": None})
    assert has_more("well", {"lift": "esp", "owner": "x"})
    assert not has_more("well", {"lift": "esp", "schema_version": 1})
    assert not has_more("card", {"owner": "x"})


# Findings


def test_two_laptops_that_find_the_same_in_one_day_mean_one_finding() -> None:
    day = datetime(2026, 5, 20, tzinfo=UTC)
    one = finding_id("u", "gas_lock", day)
    assert finding_id("u", "gas_lock", day + ONSET_WINDOW - timedelta(seconds=1)) == one
    others = {
        finding_id("u", "gas_lock", day + ONSET_WINDOW),
        finding_id("u", "gas_lock", day - timedelta(seconds=1)),
        finding_id("u", "gas_lock", day, 2),
        finding_id("v", "gas_lock", day),
        finding_id("u", "leak", day),
    }
    assert len(others | {one}) == 6


def test_the_worst_and_surest_finding_comes_first() -> None:
    found = [
        Finding(1, code, severity, sure, AT, AT)
        for code, severity, sure in (
            ("a", "watch", 0.9),
            ("b", "stop", 0.6),
            ("c", "stop", 0.7),
            ("d", "info", 1.0),
        )
    ]
    assert [one.code for one in sorted(found, key=lambda one: one.rank)] == ["c", "b", "a", "d"]
    assert recognised(found)
    assert not recognised([*found, Finding(1, "not_recognised", "watch", 0.5, AT, AT)])


# How a well is doing


@pytest.mark.parametrize(
    ("value", "unusual"),
    [(9.0, False), (8.99, True), (9.01, False), (21.0, False), (21.01, True)],
)
def test_a_value_is_unusual_beyond_a_tenth_of_its_range(value: float, unusual: bool) -> None:
    assert LastValue(SENSORS["frequency"], AT, value, 10.0, 20.0).unusual is unusual


def test_a_steady_gauge_is_not_unusual_for_half_a_percent_and_without_a_range_nothing_is() -> None:
    def last(value: float, low: float | None, high: float | None) -> bool:
        return LastValue(SENSORS["frequency"], AT, value, low, high).unusual

    assert not last(50.24, 50.0, 50.0)
    assert last(50.26, 50.0, 50.0)
    assert not last(1e9, None, 50.0)
    assert not last(1e9, 50.0, None)


def test_a_well_that_nobody_looked_at_stands_before_the_healthy_and_after_the_ill() -> None:
    def row(name: str, health: float | None) -> WellRow:
        status = WellStatus(Well(WellId(1), name, "", "", ESP), "ok", 0, None)
        return WellRow(status, health, "", "", None, None, "")

    rows = [row("c", 0.9), row("b", None), row("a", 0.5), row("a2", 0.5)]
    assert [one.status.well.name for one in sorted(rows, key=lambda one: one.urgency)] == [
        "a",
        "a2",
        "b",
        "c",
    ]


def test_a_test_whose_duration_nobody_said_is_looked_at_for_four_hours() -> None:
    def test(duration_s: float | None) -> FlowTest:
        return FlowTest("t", 1, AT, duration_s, 1e-3, None, None, None, None)

    assert test(None).window_s == 4 * 3_600
    assert test(7_200.0).window_s == 7_200.0


# Wells


def test_a_well_has_one_uid_however_its_names_are_spelled_apart() -> None:
    one = well_uid("Северное", "5", "123Г")
    assert well_uid(" северное ", "5", "123г") == one
    assert well_uid("Северное", "5", "123\nГ") != one
    assert well_uid("Северное", "", "5123Г") != well_uid("Северное", "5", "123Г"), "parts do not run together"
    assert len({one, passport_id(one), merge_id(one)}) == 3


def test_a_passport_renames_a_well_and_keeps_its_uid() -> None:
    well = Well(WellId(1), "12", "North", "5", ESP)
    told = well.as_told(
        {"well_name": " 12\nA ", "aliases": "12, P-12,,P-12, 12 A", "pad": "6", "lift": "srp"}
    )
    assert (told.name, told.pad, told.lift) == ("12 A", "6", "srp")
    assert told.aliases == ("12", "P-12")
    assert told.key["uid"] == well.key["uid"]
    assert well.as_told({"well_name": "  ", "lift": "esp"}).name == "12", "no well without a name"
    many = ",".join(f"n{n}" for n in range(80))
    assert len(well.as_told({"well_name": "12", "aliases": many, "lift": "esp"}).aliases) == 50
    assert told.names == ("12 A", "12", "P-12")


def test_a_merge_names_the_well_it_goes_into_and_is_read_back() -> None:
    key = Well(WellId(1), "12", "North", "", ESP).key
    said = said_of(key)
    assert "into_pad" not in said, "what is empty is not said"
    assert key_of(said) == key
    assert key_of({"into_uid": "no uid"}) is None
    assert key_of({}) is None


# Equipment


def test_a_rod_has_the_area_and_the_stiffness_of_its_diameter() -> None:
    rod = RodSection(500.0, 0.022, 3.1, 2.1e11, 5_000.0)
    assert rod.area_m2 == pytest.approx(3.801e-4, rel=1e-3)
    assert rod.stiffness_n == pytest.approx(3.801e-4 * 2.1e11, rel=1e-3)


def test_what_a_card_is_computed_with_has_a_name_that_a_flow_test_does_not_change() -> None:
    bore = WellBore(pump_depth_m=1_200.0)
    assert bore.fingerprint == WellBore(pump_depth_m=1_200.0, well_test={"q": 1}).fingerprint
    assert bore.fingerprint != WellBore(pump_depth_m=1_201.0).fingerprint
    assert len(bore.fingerprint) == 16


def test_the_same_card_has_one_name_and_another_moment_another() -> None:
    x, f = np.array([0.0, 1.0]), np.array([1e4, 2e4])
    one = card_hash(x, f, AT)
    assert card_hash(x.astype(np.float32), f + 1e-5, AT) == one, "as it is kept"
    assert card_hash(x, f, AT + timedelta(microseconds=1)) != one
    assert card_hash(x, f + 1, AT) != one
    kept = as_kept(np.array([0.1]))
    assert kept.dtype == np.float64
    assert kept[0] == np.float32(0.1)
    assert Card("1", AT, 5.0, x, f).bore.tubing_anchored


@pytest.mark.parametrize(
    ("values", "pairs"),
    [
        (
            {"perforation_top_m": 1_460.0, "perforation_bottom_m": 1_450.0},
            [("perforation_top_m", "perforation_bottom_m")],
        ),
        ({"perforation_top_m": 1_450.0, "perforation_bottom_m": 1_450.0}, []),
        ({"perforation_top_m": 1_460.0, "perforation_bottom_m": None}, []),
        (
            {"tubing_outer_diameter_m": 0.146, "casing_diameter_m": 0.14},
            [("tubing_outer_diameter_m", "casing_diameter_m")],
        ),
        ({"pump_name": "НН2Б-44-30-12", "plunger_diameter_m": 0.057}, [("pump_name", "plunger_diameter_m")]),
        ({"pump_name": "НН2Б-57", "plunger_diameter_m": 0.05715}, []),
        ({"pump_name": "НН2Б-57", "plunger_diameter_m": 0.0595}, [("pump_name", "plunger_diameter_m")]),
        ({"pump_name": "ВНН5-80", "plunger_diameter_m": 0.044}, []),
        ({"pump_name": "25-150-RHAM", "plunger_diameter_m": 0.044}, []),
    ],
)
def test_two_fields_contradict_each_other_only_where_both_are_told(
    values: dict[str, Any], pairs: Any
) -> None:
    assert [(one.first, one.second) for one in contradictions("installation", values)] == pairs


def test_other_kinds_have_nothing_to_contradict() -> None:
    assert contradictions("note", {"perforation_top_m": 2.0, "perforation_bottom_m": 1.0}) == []


# A key as people write it


def test_a_key_is_read_as_it_was_meant() -> None:
    key = bytes(range(100, 132))
    text = written(key)
    assert len(text.split()) == 8
    assert read(text, (32,)) == key
    typed = text.lower().replace("0", "o").replace("1", "l").replace("-", "–")
    assert read(typed, (16, 32)) == key
    assert read(text.replace("B", "В").replace("C", "С"), (32,)) == key, "Cyrillic twins"
    assert read(written(bytes(16)), (16, 32)) == bytes(16)


def test_a_wrong_letter_and_an_exchanged_group_are_found_with_their_number() -> None:
    groups = written(bytes(range(100, 116))).split()
    other = "Z" if groups[2][0] != "Z" else "Y"
    for wrong in (
        [*groups[:2], other + groups[2][1:], groups[3]],
        [groups[0], groups[1], groups[3], groups[2]],
    ):
        with pytest.raises(KnownError) as told:
            read(" ".join(wrong), (16,))
        assert told.value.code == "written_key_group"
        assert told.value.details["group"] == 3
        assert told.value.details["text"] == wrong[2]


def test_a_key_of_another_length_is_told_with_what_is_expected() -> None:
    with pytest.raises(KnownError) as told:
        read(written(bytes(16))[:-1], (16, 32))
    assert told.value.code == "written_key_length"
    assert (told.value.details["found"], told.value.details["expected"]) == (31, "32 / 64")


# Readings and sensors


def test_readings_of_one_series_are_columns_of_one_length() -> None:
    one = Readings.of_one(3, 5, np.array([1, 2]), np.array([1.0, 2.0]))
    assert one.well.tolist() == [3, 3]
    assert one.sensor.tolist() == [5, 5]
    assert one.quality.tolist() == [0, 0]
    assert [column.dtype.name for column in (one.well, one.sensor, one.time_us, one.value, one.quality)] == [
        "uint16",
        "uint8",
        "int64",
        "float32",
        "uint8",
    ]
    marked = Readings.of_one(3, 5, np.array([1]), np.array([1.0]), np.array([8]))
    assert Readings.join([one, marked]).quality.tolist() == [0, 0, 8]
    assert len(Readings.join([one, marked])) == 3
    assert len(Readings.join([])) == 0
    assert Readings.join([]).value.dtype == np.float32
    with pytest.raises(ValueError, match="different lengths"):
        Readings(one.well, one.sensor, one.time_us[:1], one.value, one.quality)


def test_a_sensor_is_found_by_its_number_and_has_a_name_in_each_language() -> None:
    for sensor in SENSORS:
        assert BY_NUMBER[sensor.number] is sensor
        assert sensor.name("ru") == sensor.ru
        assert sensor.name("en") == sensor.en
