"""What papers of equipment tell beside their columns: stages of a curve, how a well is lifted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from app.importers.curve_titles import hertz_said, stages_said
from app.importers.grid import sheet_of
from app.importers.implied_lifts import of_pump, told
from app.importers.mapping import propose
from app.importers.plan import ColumnPlan
from app.importers.regimes import without_run_dates
from app.importers.rows import Rows
from app.importers.trial import Batch
from app.importers.vocabulary import vocabulary
from app.models.kinds import KINDS
from app.models.kinds.packing import pack


@pytest.mark.parametrize(
    ("title", "stages", "hertz"),
    [
        ("НРХ насоса ЭЦН5А-125 (100 ступеней, 50 Гц), скв. 3101", 100, 50),
        ("Pump curve, 1 stage at 60 Hz", 1, 60),
        ("Характеристика на одну ступень", 1, None),
        ("Head per stage, 3500 rpm", 1, None),
        ("Напорная характеристика ЭЦН5-50-1300", None, None),
        ("Скважина 50, замер 2026", None, None),
    ],
)
def test_a_title_says_of_how_many_stages_and_at_which_frequency_a_curve_is(
    title: str, stages: float | None, hertz: float | None
) -> None:
    assert (stages_said(title), hertz_said(title)) == (stages, hertz)


def batch(kind: str, lifts: tuple[tuple[str, str], ...] = (), **wells: dict[str, Any]) -> Batch:
    one = KINDS[kind]
    bodies = [json.dumps(pack(one, values, {})) for values in wells.values()]
    table = pa.table({"well_name": list(wells), one.packed or "": bodies})
    return Batch(kind=one, named_records=table, lifts=lifts)


def test_equipment_of_one_lift_tells_how_a_well_is_lifted_where_nothing_says_it() -> None:
    found = told(
        [
            batch(
                "installation",
                (("104", "pcp"),),
                **{
                    "101": {"plunger_diameter_m": 0.044, "depth_m": 1200},
                    "102": {"stages": 300},
                    "103": {"depth_m": 900, "choke_m": 0.008},
                    "104": {"stages": 200},
                    "105": {"stages": 200, "plunger_diameter_m": 0.044},
                },
            ),
            batch("rod_string", **{"106": {"sections": [{"length_m": 8, "diameter_m": 0.019}]}}),
        ]
    )
    assert found == {"101": "srp", "102": "esp", "104": "pcp", "106": "srp"}
    wells, pumps = np.array(["107", "108"], object), np.array(["ЭЦН5-80-1200", "Насос"], object)
    rows = Rows("passport", np.arange(2), wells, np.zeros(2, np.int64), None, {"pump_name": pumps})
    assert told([], [rows]) == {"107": "esp"}


@pytest.mark.parametrize(
    ("name", "lift"),
    [
        ("УЭЦН5-80-1200", "esp"),
        ("1ЭЦН5А-125-1950", "esp"),
        ("ВНН5-79", "esp"),
        ("НН2Б-44-30-15", "srp"),
        ("НВ1Б-32", "srp"),
        ("25-150-RHBC-14-4", "srp"),
        ("УЭВН5-25-1500", "pcp"),
        ("DN1750", ""),
        ("Насос", ""),
        ("", ""),
    ],
)
def test_a_pumps_name_tells_the_lift_where_it_is_of_one_make_of_names(name: str, lift: str) -> None:
    assert of_pump(name) == lift


def test_a_regime_of_a_month_is_not_of_the_day_on_which_the_pump_was_started() -> None:
    columns = [ColumnPlan("Оборудование / Дата запуска", "time"), ColumnPlan("Дата замера", "time")]
    assert [one.field for one in without_run_dates(columns)] == ["", "time"]


def test_a_dimension_of_a_unit_is_no_pad() -> None:
    rows = [["Скважина", "Дата", "СК", "K, м"], ["301", "01.04.2026", "СКД8-3-4000", 3.6]]
    sheet = sheet_of(Path("unit.csv"), "unit", rows, vocabulary(None))
    assert sheet is not None
    assert "pad" not in {one.field for one in propose(sheet, vocabulary(None)).columns}


def test_angles_in_short_degrees_and_the_length_of_one_rod_are_known_words() -> None:
    survey = [["Глубина, м", "Зенит, гр", "Азимут, гр"], [0, 0, 0], [250, 1.2, 45], [500, 4.8, 51]]
    rods = [["Диаметр, мм", "Длина одной, м", "Количество"], [22, 8, 60], [19, 8, 85]]
    found = []
    for rows in (survey, rods):
        sheet = sheet_of(Path("a.csv"), "a", rows, vocabulary(None))
        assert sheet is not None
        found.append([(one.field, one.unit) for one in propose(sheet, vocabulary(None)).columns])
    assert found[0][1:] == [("inclination_rad", "гр"), ("azimuth_rad", "гр")]
    assert [field for field, _ in found[1]] == ["diameter_m", "length_m", "rod_count"]
