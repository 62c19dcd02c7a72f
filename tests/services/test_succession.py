"""What stands in a well when several papers tell of it one after another, and small services around it."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import KnownError
from app.core.zones import FieldZone
from app.models.kinds import KINDS
from app.models.records import FlowTest, Record
from app.services.imports import offers
from app.services.records import forms, photo_time
from app.services.records.payloads import record_of
from app.services.wells import succession, taken
from tests.reports.told import EN, RU, US

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
BY_FILE = "9f86d081884c7d65"
BY_HAND = "0198f0aa-0000-7000-8000-000000000000"


def of(kind: str, at: datetime, until: datetime | None = None, record_id: str = "", **values: Any) -> Record:
    return Record(record_id or f"{kind} {at}", kind, 1, at, until, values)


# What follows what


@pytest.mark.parametrize(
    ("known", "said", "another"),
    [
        ({"pump_name": "ВНН5-80"}, {"pump_name": "ВНН5-125"}, True),
        ({"pump_name": "ВНН5-80"}, {"pump_name": "внн 5-80"}, False),
        ({"pump_name": "ВНН5-80"}, {"stages": 300.0}, False),
        ({"pump_name": "ВНН5-80"}, {"pump_name": ""}, False),
        ({}, {"pump_name": "ВНН5-80"}, False),
    ],
)
def test_another_pump_is_told_by_its_name_only(
    known: dict[str, Any], said: dict[str, Any], another: bool
) -> None:
    assert succession.is_another("installation", known, said) is another


@pytest.mark.parametrize(
    ("size", "another"), [(3.029, False), (3.031, True), (2.971, False), (2.969, True), (0.0, False)]
)
def test_another_unit_is_told_by_a_dimension_that_is_off_by_a_hundredth(size: float, another: bool) -> None:
    assert succession.is_another("pumping_unit", {"api_a_m": 3.0}, {"api_a_m": size}) is another


def test_the_crank_of_a_unit_may_be_another_and_it_is_the_same_unit() -> None:
    assert not succession.is_another("pumping_unit", {"api_r_m": 1.0}, {"api_r_m": 1.5})


def test_a_paper_adds_to_what_was_known_and_another_pump_leaves_only_the_hole() -> None:
    known = {
        "pump_name": "ВНН5-80",
        "stages": 300.0,
        "casing_shoe_m": 1_400.0,
        "perforation_top_m": 1_300.0,
        "packer_m": 1_100.0,
    }
    same = succession.after("installation", known, {"stages": 310.0})
    assert same == {**known, "stages": 310.0}
    other = succession.after("installation", known, {"pump_name": "ВНН5-125"})
    assert other == {"pump_name": "ВНН5-125", "casing_shoe_m": 1_400.0, "perforation_top_m": 1_300.0}
    assert succession.of_the_hole("installation", known) == {
        "casing_shoe_m": 1_400.0,
        "perforation_top_m": 1_300.0,
    }


def test_what_was_pulled_is_not_in_the_well_and_what_is_run_later_is_not_yet() -> None:
    old = of("installation", MARCH, JUNE, pump_name="A-1")
    new = of("installation", JUNE, None, pump_name="B-2")
    newest_first = [new, old]
    assert succession.in_the_well(newest_first, MARCH - timedelta(days=1)) == []
    assert succession.in_the_well(newest_first, MARCH) == [old]
    assert succession.in_the_well(newest_first, JUNE) == [new], "pulled and run at one moment"
    both = [of("installation", JUNE, pump_name="B-2"), of("installation", MARCH, pump_name="A-1")]
    assert [one.at for one in succession.in_the_well(both, JULY)] == [MARCH, JUNE], "the last stands over"


def test_of_what_was_found_out_later_only_that_is_taken_which_nobody_said_before() -> None:
    later = of("fluid", JULY, water_cut=0.9, viscosity_pa_s=0.01)
    before = of("fluid", MARCH, water_cut=0.5)
    told = succession.known_then([later, before], JUNE)
    assert [one.at for one in told] == [JULY, MARCH]
    values, sources = succession.standing(told)
    assert values == {"water_cut": 0.5, "viscosity_pa_s": 0.01}
    assert [one.at for one in sources] == [JULY, MARCH]
    same = of("fluid", JULY, water_cut=0.9)
    assert succession.known_then([same, before], JUNE) == [before]


def test_a_record_that_is_wholly_told_anew_is_no_source_any_more() -> None:
    first, second = of("fluid", MARCH, water_cut=0.5), of("fluid", JUNE, water_cut=0.6)
    values, sources = succession.standing([first, second])
    assert values == {"water_cut": 0.6}
    assert sources == [second]


def test_of_two_papers_of_one_moment_a_persons_word_stands_over_a_files() -> None:
    by_file = of("fluid", MARCH, None, BY_FILE, water_cut=0.5, viscosity_pa_s=0.01)
    by_hand = of("fluid", MARCH, None, BY_HAND, water_cut=0.6)
    for order in ([by_file, by_hand], [by_hand, by_file]):
        (one,) = succession.known_then(order, JUNE)
        assert one.values == {"water_cut": 0.6, "viscosity_pa_s": 0.01}


def test_what_the_newest_record_stands_on_is_that_of_those_before_it() -> None:
    newest = of("fluid", JUNE, water_cut=0.6)
    assert succession.earlier([newest, of("fluid", MARCH, water_cut=0.5, viscosity_pa_s=0.01)]) == {
        "water_cut": 0.5,
        "viscosity_pa_s": 0.01,
    }


# What is taken where no record tells it


def test_a_liquid_of_which_nothing_is_told_is_half_water() -> None:
    def test(cut: float | None) -> FlowTest:
        return FlowTest("t", 1, MARCH, None, 1e-3, None, cut, None, None)

    assert taken.cut_of(test(None)) == 0.5
    assert taken.cut_of(test(0.0)) == 0.0, "no water is told, not unknown"
    assert taken.liquid_density(0.0, {}) == 860.0
    assert taken.liquid_density(1.0, {}) == 1_050.0
    assert taken.liquid_density(0.5, {}) == 955.0
    own = {"oil_relative_density": 0.8, "water_relative_density": 1.1}
    assert taken.liquid_density(0.5, own) == pytest.approx(950.0)
    oil, water = taken.oil_and_water({}, 50.0)
    assert water == 1_050.0
    assert oil == taken.oil_and_water({"oil_relative_density": 0.86, "gas_relative_density": 0.75}, 50.0)[0]
    assert taken.oil_and_water({"water_relative_density": 1.1}, 50.0)[1] == pytest.approx(1_100.0)
    assert taken.deep_k({"reservoir_temperature_k": 360.0}, 9_999.0) == 360.0
    assert taken.deep_k({}, 2_000.0) > taken.deep_k({}, 1_000.0) > 273.15


def test_the_payload_of_an_entry_is_its_record() -> None:
    payload = {
        "record": "r",
        "kind": "note",
        "well": 3,
        "at": "2026-03-01T00:00:00Z",
        "values": {"text": "a"},
    }
    assert record_of(payload) == Record("r", "note", 3, MARCH, None, {"text": "a"})
    assert record_of({**payload, "until": "2026-06-01T00:00:00Z"}).until == JUNE
    assert record_of({**payload, "until": ""}).until is None


# A field while it is typed

RATE = KINDS["flow_test"].field("liquid_m3_per_s")


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("120,5", "ok"),
        ("1 024.5", "unusual"),
        ("0,5", "unusual"),
        ("2501", "wrong"),
        ("-1", "wrong"),
        ("", "empty"),
        ("<5", "wrong"),
        ("много", "wrong"),
        ("nan", "wrong"),
    ],
)
def test_a_number_is_judged_in_the_readers_unit(typed: str, state: str) -> None:
    assert forms.judge(RATE, typed, RU).state == state


def test_what_is_typed_is_kept_exactly_and_a_refusal_says_the_limits_in_the_readers_unit() -> None:
    assert forms.judge(RATE, "86,4", RU).value == pytest.approx(1e-3, rel=1e-12)
    assert forms.judge(RATE, "543.44", US).value == pytest.approx(543.44 * 0.158987294928 / 86_400, rel=1e-12)
    wrong = forms.judge(RATE, "2501", EN).error
    assert wrong is not None
    assert wrong.code == "form_range"
    assert wrong.details["minimum"] == "0.0"
    assert wrong.details["maximum"].replace("\u202f", " ") == "2 500.0"
    assert wrong.details["field"] == RATE.en
    unread = forms.judge(RATE, "много", RU).error
    assert unread is not None
    assert (unread.code, unread.details["value"]) == ("form_value", "много")


def test_a_choice_may_be_written_in_the_readers_words() -> None:
    kind = KINDS["workover"].field("kind")
    assert forms.judge(kind, "крс", RU).value == "krs"
    assert forms.judge(kind, "Major workover", EN).value == "krs"
    assert forms.judge(kind, "krs", RU).value == "krs"
    wrong = forms.judge(kind, "покраска", RU)
    assert wrong.state == "wrong"
    assert wrong.error is not None
    assert wrong.error.details["field"] == kind.ru


def test_a_record_that_ends_before_it_begins_and_one_that_says_nothing_are_refused() -> None:
    def record(kind: str, until: datetime | None = None, /, **typed: Any) -> Record:
        return forms.record_of(KINDS[kind], "r", 1, JUNE, until, typed, RU)

    with pytest.raises(KnownError, match="form_order"):
        record("workover", MARCH, kind="trs")
    assert record("workover", JUNE, kind="trs").until == JUNE
    with pytest.raises(KnownError, match="form_missing"):
        record("flow_test", water_cut="50")
    with pytest.raises(KnownError, match="form_empty"):
        record("fluid")
    kept = record("flow_test", liquid_m3_per_s="86,4", water_cut="50", note=" ")
    assert kept.values == {"liquid_m3_per_s": pytest.approx(1e-3), "water_cut": pytest.approx(0.5)}


def test_a_cell_of_a_table_is_named_by_table_row_and_column() -> None:
    field = KINDS["rod_string"].field("sections")
    rows = forms.rows_of(
        field, [{"length_m": "560", "diameter_m": "22"}, {"length_m": " ", "diameter_m": ""}], RU
    )
    assert rows == [{"length_m": 560.0, "diameter_m": 0.022}]
    with pytest.raises(KnownError) as told:
        forms.rows_of(
            field, [{"length_m": "560", "diameter_m": "22"}, {"length_m": "long", "diameter_m": "22"}], EN
        )
    assert told.value.code == "form_value"
    place = told.value.details["field"]
    assert "2" in place
    assert field.en in place
    assert next(cell.en for cell in field.cells if cell.key == "length_m") in place


# When a photo was taken


def a_photo(path: Path, tags: dict[int, str], order: str = "<", inside: bool = True) -> Path:
    """A JPEG of nothing but its tags; `inside`: in the camera's own directory."""

    def directory(start: int, entries: list[tuple[int, int, int, bytes | int]]) -> bytes:
        body, tail = struct.pack(order + "H", len(entries)), b""
        after = start + 2 + 12 * len(entries) + 4
        for tag, kind, length, value in entries:
            if isinstance(value, bytes):
                body += struct.pack(order + "HHII", tag, kind, length, after + len(tail))
                tail += value
            else:
                body += struct.pack(order + "HHII", tag, kind, length, value)
        return body + b"\0\0\0\0" + tail

    texts = [(tag, 2, len(text) + 1, text.encode() + b"\0") for tag, text in tags.items()]
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    if inside:
        block = head + directory(8, [(0x8769, 4, 1, 26)]) + directory(26, texts)
    else:
        block = head + directory(8, texts)
    app1 = b"Exif\0\0" + block
    other = b"\xff\xe0\x00\x04ab"
    path.write_bytes(
        b"\xff\xd8" + other + b"\xff\xe1" + (len(app1) + 2).to_bytes(2, "big") + app1 + b"\xff\xda\x00\x02"
    )
    return path


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_is_of_the_moment_that_the_camera_wrote_by_the_fields_clock(
    tmp_path: Path, order: str
) -> None:
    taken_then = {0x0132: "2026:06:01 00:00:00", 0x9003: "2026:05:21 02:30:00"}
    path = a_photo(tmp_path / "p.jpg", taken_then, order)
    assert photo_time.taken_at(path, FieldZone("UTC+5")) == datetime(2026, 5, 20, 21, 30, tzinfo=UTC)


def test_without_the_moment_it_was_taken_that_of_its_change_is_taken(tmp_path: Path) -> None:
    path = a_photo(tmp_path / "p.jpg", {0x0132: "2026:05:21 02:30:00"}, inside=False)
    assert photo_time.taken_at(path, FieldZone()) == datetime(2026, 5, 21, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "yesterday     ", "1900:01:01 00:00:00"])
def test_what_is_no_moment_of_a_well_is_none(tmp_path: Path, text: str) -> None:
    assert photo_time.taken_at(a_photo(tmp_path / "p.jpg", {0x9003: text}), FieldZone()) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"\x89PNG",
        b"\xff\xd8\xff\xe1\x00\x00",
        b"\xff\xd8\xff\xe1\x00\x10Exif\0\0II*\0\xff\xff\xff\xff",
    ],
)
def test_what_is_no_photo_has_no_moment(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.jpg"
    path.write_bytes(content)
    assert photo_time.taken_at(path, FieldZone()) is None
    assert photo_time.taken_at(tmp_path / "gone.jpg", FieldZone()) is None


# What an import decided and can be told otherwise


def test_only_what_was_decided_on_a_sheet_can_be_told_otherwise_by_a_click() -> None:
    assert offers.offered("import.columns_swapped", {"sheet": "S"})
    assert not offers.offered("import.columns_swapped", {"sheet": ""})
    assert not offers.offered("import.columns_swapped", {})
    assert not offers.offered("import.frozen", {"sheet": "S"})


def test_one_answer_holds_for_all_wells_of_a_sheet_and_the_first_option_stands() -> None:
    told = [
        ("import.columns_swapped", {"sheet": "S", "well": "1"}),
        ("import.columns_swapped", {"sheet": "S", "well": "2"}),
        ("import.columns_swapped", {"sheet": "T", "well": "1"}),
        (f"import.{offers.COLUMN_UNIT}", {"sheet": "S", "sensor": "intake_pressure", "fits": "atm, psi"}),
    ]
    first, second, unit = offers.offers(told)
    assert (first.sheet, second.sheet) == ("S", "T")
    assert first.severity == "offer"
    assert offers.standing(first) == offers.LEAVE
    assert list(first.details["options"]) == [offers.LEAVE, offers.PUT_BACK]
    assert unit.details["key"] == f"{offers.COLUMN_UNIT}:intake_pressure"
    assert list(unit.details["options"]) == [offers.LEAVE, "atm", "psi"]
