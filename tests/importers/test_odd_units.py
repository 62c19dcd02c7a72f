"""Units that are not what they look like: multiplied, two at once, of one stage; names of extremes that end
like a unit.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.importers.odd_units import differ, with_factor
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import BBL, DAY, PIP, PSI, series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize(
    ("header", "bare", "unit"),
    [
        ("Load (lbs x 1000)", "Load (lbs)", "lbs x 1000"),
        ("Ток двигателя, А (x0.1)", "Ток двигателя, А", "А (x0.1)"),
        ("Рпр, кгс/см2 (х10)", "Рпр, кгс/см2", "кгс/см2 (х10)"),
        ("Частота, Гц*100", "Частота, Гц", "Гц *100"),
        ("Pressure, kPa ×10³", "Pressure, kPa", "kPa ×10³"),
        ("Gas, 10^3 m3", "Gas, 10^3 m3", ""),
        ("Вязкость, мПа·с", "Вязкость, мПа·с", ""),
        ("Кабель 3х10, м", "Кабель 3х10, м", ""),
        ("PIP, psi", "PIP, psi", ""),
    ],
)
def test_a_factor_beside_a_unit_is_found_and_a_part_of_a_known_unit_is_none(
    header: str, bare: str, unit: str
) -> None:
    assert with_factor(header) == (bare, unit)


@pytest.mark.parametrize("header", ["PIP (psi x10)", "PIP, psi (x0.1)", "PIP, psi*100", "PIP, 10^2 psi"])
def test_a_multiplied_unit_is_refused_as_not_known(strangers: Workspace, tmp_path: Path, header: str) -> None:
    found = take(strangers, tmp_path, f"Time;{header}\n2026-10-01 00:00;800\n", well="101")
    assert found.refused == "unit_unknown"


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("psi", "bar", True),
        ("psi", "psig", False),
        ("атм", "атм", False),
        ("т", "т/сут", False),
        ("MIN", "psi", False),
        ("", "psi", False),
        ("°C", "°F", True),
        ("°C", "K", False),
    ],
)
def test_two_spellings_differ_where_they_are_of_one_quantity(one: str, other: str, answer: bool) -> None:
    assert differ(one, other) is answer


def test_a_tag_and_its_column_of_units_may_not_say_different_units(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Tag;Time;Value;Unit\n101.PIP_psi;2026-10-01 00:00;{value};{unit}\n"
    assert take(strangers, tmp_path, text.format(value=55, unit="bar")).refused == "unit_unknown"
    found = take(strangers, tmp_path, text.format(value=800, unit="psi"))
    assert series(found)[0][1] == pytest.approx(800 * PSI)


def test_a_header_and_the_row_of_units_under_it_may_not_either(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time;PIP, psi;Freq\n;{unit};Hz\n2026-10-01 00:00;800;50\n"
    assert take(strangers, tmp_path, text.format(unit="bar"), well="101").refused == "unit_unknown"
    assert not take(strangers, tmp_path, text.format(unit="psi"), well="101").refused


def test_the_least_and_the_most_are_no_readings_and_the_mean_is_one(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "".join(
        f"101.PIP.{name};2026-10-01 00:00;{value};psi\n"
        for name, value in (("MIN", 700), ("MAX", 900), ("AVG", 800))
    )
    found = take(strangers, tmp_path, f"Tag;Time;Value;Unit\n{rows}")
    assert series(found) == [("2026-10-01T00:00:00Z", pytest.approx(800 * PSI))]
    least = take(
        strangers, tmp_path, f"Tag;Time;Value;Unit\n{rows.splitlines()[0]}\n", name="g.csv", well="101"
    )
    assert least.refused == "sensor_unknown"


def test_a_curve_of_one_stage_says_so_by_its_units(strangers: Workspace, tmp_path: Path) -> None:
    points = "0;28;0.2\n800;25;0.3\n1150;22;0.3\n1600;12;0.3\n"
    text = f"Stages: 200\nFlow (BPD);Head (ft/stage);BHP (hp/stage)\n{points}"
    found = take(strangers, tmp_path, text, well="101", time="2026-10-01")
    assert not found.refused, (found.refused, found.details)
    equipment = json.loads(found.records[0]["equipment"])["esp"]
    assert equipment["curve_stages"] == 1
    assert equipment["curve"][1]["flow_m3_per_s"] == pytest.approx(800 * BBL / DAY)
    assert equipment["curve"][1]["head_m"] == pytest.approx(25 * 0.3048)


def test_acceleration_is_vibration_and_speed_of_vibration_is_not(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Время;Виброускорение X, м/с2;Вибрация Y, мм/с;Рпр, атм\n2026-10-01 00:00;2.1;3;50\n"
    found = take(strangers, tmp_path, text, well="101")
    assert series(found, sensor="vibration_x")[0][1] == pytest.approx(2.1)
    assert sorted(found.readings["101"]) == [PIP, "vibration_x"]
