"""What cells, headers and titles tell beside the columns is heard while a sheet is read: each stage by a
table that nothing else could tell it of, and none of them where it has nothing to say.
"""

from __future__ import annotations

import math

import pytest

from app.importers.curve_titles import hertz_said, stages_said
from tests.importers.sheets_at_hand import Column, extracted, marks, numbers, told, under

DAY = "01.03.2026"


# ---- pump curves -------------------------------------------------------------------------------------------

CURVE: list[Column] = ["time", ("flow_m3_per_s", "м3/сут"), ("head_m", "м")]


@pytest.mark.parametrize(
    ("title", "stages", "hertz"),
    [
        ("ЭЦН5-80 (100 ступеней), 50 Гц", 100.0, 50.0),
        ("на одну ступень, at 60 Hz", 1.0, 60.0),
        ("Число ступеней: 256; Частота: 52,5", 256.0, 52.5),
        ("stages = 1000", 1000.0, None),
        ("1001 stages", None, None),
        ("0 ступеней", None, None),
        ("20 Hz", None, 20.0),
        ("90 Гц", None, 90.0),
        ("19 Hz", None, None),
        ("91 Hz", None, None),
        ("два насоса", None, None),
        ("single stage", 1.0, None),
        ("2.100 ступеней", None, None),
    ],
)
def test_the_title_of_a_curve_tells_its_stages_and_its_frequency(
    title: str, stages: float | None, hertz: float | None
) -> None:
    assert (stages_said(title), hertz_said(title)) == (stages, hertz)
    found = under("pump_curve", CURVE, [DAY, 80, 5], above=title)
    for key, value in (("curve_stages", stages), ("curve_frequency_hz", hertz)):
        assert numbers(found.values.get(key, [])) == ([] if value is None else [value]), key


def test_what_a_column_says_of_a_curve_goes_before_its_title_and_old_imports_heard_none() -> None:
    columns: list[Column] = [*CURVE, "curve_stages"]
    assert under("pump_curve", columns, [DAY, 80, 5, 7], above="100 ступеней").values[
        "curve_stages"
    ].tolist() == [7.0]
    assert (
        "curve_stages"
        not in under("pump_curve", CURVE, [DAY, 80, 5], above="100 ступеней", asks=False).values
    )


def test_heads_of_one_stage_are_of_one_stage() -> None:
    found = under("pump_curve", CURVE, [DAY, 80, 5], headers={2: "Напор на одну ступень, м"}, above="50 Гц")
    assert found.values["curve_stages"].tolist() == [1.0]


# ---- events ------------------------------------------------------------------------------------------------


def test_an_event_in_ones_own_words_is_a_note_of_them() -> None:
    found = extracted("event", ["time", "kind"], [DAY, "пуск"], [DAY, "промыли глушилкой"])
    assert found.values["kind"].tolist()[1] == "note"
    assert found.values["kind"].tolist()[0] not in ("", "note")
    assert found.values["note"].tolist()[1] == "промыли глушилкой"
    assert marks(found) == [(3, 1, "event_as_note", "warning")]


def test_a_repair_whose_kind_no_cell_tells_is_another_one() -> None:
    found = extracted(
        "workover", ["time", "kind", "work"], [DAY, "ТРС", "a"], [DAY, "", "b"], [DAY, "так", "c"]
    )
    assert found.values["kind"].tolist() == ["trs", "other", "other"]
    assert found.values["work"].tolist() == ["a", "b", "c"]
    assert marks(found) == [(4, 1, "workover_as_other", "warning")]
    assert extracted("workover", ["time", "work"], [DAY, "b"]).values["kind"].tolist() == ["other"]


# ---- clocks and marks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "zone", "said"),
    [
        ("01.03.2026 12:00", "", {"zone_unknown"}),
        ("01.03.2026 12:00", "Asia/Omsk", {"zone_of_field"}),
        ("01.03.2026", "Asia/Omsk", set()),
        ("2026-03-01T12:00:00+05:00", "Asia/Omsk", set()),
    ],
)
def test_in_which_zone_clocks_were_read_is_said_where_the_file_names_none(
    cell: str, zone: str, said: set[str]
) -> None:
    columns: list[Column] = ["time", ("liquid_m3_per_s", "м3/сут")]
    found = extracted("flow_test", columns, [cell, 5], zone=zone)
    assert told(found) & {"zone_unknown", "zone_of_field"} == said


@pytest.mark.parametrize(
    ("asks", "skip", "said"),
    [(True, frozenset(), {"zone_unknown"}), (False, frozenset(), set()), (True, frozenset({2}), set())],
)
def test_nothing_is_said_of_zones_for_an_old_import_or_where_no_row_is_left(
    asks: bool, skip: frozenset[int], said: set[str]
) -> None:
    columns: list[Column] = ["time", ("liquid_m3_per_s", "м3/сут")]
    found = under("flow_test", columns, ["01.03.2026 12:00", 5], asks=asks, skip_lines=skip)
    assert told(found) & {"zone_unknown", "zone_of_field"} == said


def test_the_moment_of_a_measurement_is_kept_beside_the_date_of_the_row() -> None:
    columns: list[Column] = ["time", "measured_at", "pump_name"]
    found = extracted("passport", columns, [DAY, "05.03.2026", "a"], [DAY, "", "b"], [DAY, "потом", "c"])
    at = found.values["measured_at"].tolist()
    assert at[0] == 1_772_668_800_000_000.0
    assert math.isnan(at[1])
    assert math.isnan(at[2])
    assert marks(found) == [(4, 1, "value_not_time", "error")]


def test_what_the_source_says_of_a_row_is_kept_with_it() -> None:
    columns: list[Column] = ["time", ("intake_pressure", "МПа"), "quality"]
    found = extracted("readings", columns, [DAY, 5, 192], ["02.03.2026", 6, 0])
    assert [said.tolist() for said in found.quality.values()] == [["192", "0"]]


def test_rows_that_say_nothing_are_left_out_and_their_lines_are_kept_apart_from_others() -> None:
    rows = [["101", DAY, "5"], ["101", DAY, None], ["101", DAY, "x"], ["101", DAY, "7"]]
    found = extracted("flow_test", ["well", "time", "liquid_m3_per_s"], *rows, skip_lines=frozenset({5}))
    assert found.blank_lines.tolist() == [3], "not what is wrong, and not what somebody left out"
    assert found.line.tolist() == [2, 4]
