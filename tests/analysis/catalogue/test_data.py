"""Every entry that ships, against what can be worked out of it: steel, copper, water and standards. An entry
that does not fit is named.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis.catalogue.electrics import CABLES, MOTORS
from app.analysis.catalogue.esp_pumps import ESP_PUMPS, efficiency_error
from app.analysis.catalogue.kinds import CATALOGUE_KINDS
from app.analysis.catalogue.library import FILES, built_in, contents
from app.analysis.catalogue.pipes import CASING, PIPE_GRADES, TUBING
from app.analysis.catalogue.rods import ROD_GRADES, RODS
from app.analysis.catalogue.spelling import parts
from app.core.errors import KnownError
from app.core.paths import resources
from app.core.units import DAY_S

FOLDER = resources() / "catalogue"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: str(file.stem))
def test_every_entry_has_a_source_that_its_file_tells_and_none_is_told_for_nothing(file: Path) -> None:
    body = contents(file)
    used = {entry["source"] for kind, those in body.items() if kind in FILES for entry in those.values()}
    assert used == set(body["sources"])
    assert {kind for kind in body if kind in FILES} == {k for k, home in FILES.items() if home == file.name}
    assert json.loads(file.read_text(encoding="utf-8")) == body


@pytest.mark.parametrize("kind", list(CATALOGUE_KINDS), ids=lambda kind: str(kind.key))
def test_no_two_entries_of_a_kind_are_spelt_alike(kind: Any) -> None:
    entries = contents(FOLDER / FILES[kind.key])[kind.key]
    names = [one for name, data in entries.items() for one in (name, *data.get("aliases", []))]
    spelt = [kind.same(parts(name)) for name in names]
    assert len(spelt) == len(set(spelt)), [
        name for name, one in zip(names, spelt, strict=True) if spelt.count(one) > 1
    ]
    assert len(built_in(kind)) == len(entries)


def test_every_curve_is_a_pump_s() -> None:
    """Head, power and efficiency agree within what was read; no head is left at the end; the best rate lies
    within; it is the stage's working range.
    """
    off = {}
    for found in built_in(ESP_PUMPS):
        pump, curve = found.item, found.item.curve
        low, high = pump.working_range_m3_per_s
        fits = (
            efficiency_error(curve) <= pump.reading_error + 0.005 <= 0.055
            and curve.head[-1] <= 0.1 * curve.head.max()
            and curve.rate[0] < curve.best_rate < 0.9 * curve.rate[-1]
            and 0.25 < float(curve.efficiency_at(curve.best_rate)) < 0.75
            and 0.85 * low < curve.best_rate < 1.3 * high
        )
        if not fits:
            off[found.name] = (
                round(efficiency_error(curve), 3),
                curve.best_rate * DAY_S,
                low * DAY_S,
                high * DAY_S,
            )
    assert not off


def test_specific_speed_is_that_of_a_centrifugal_stage() -> None:
    """n·√Q/H^0.75 [rpm, m³/s, m]: from narrow radial to mixed flow; a rate or head in another unit is not."""
    off = {}
    for found in built_in(ESP_PUMPS):
        curve = found.item.curve
        head = float(curve.head_at(curve.best_rate))
        speed = (found.item.speed_rpm or 0) * math.sqrt(curve.best_rate) / head**0.75
        if not 8 < speed < 160:
            off[found.name] = speed
    assert not off


def test_there_are_curves_enough_of_both_makers_worlds() -> None:
    pumps = list(built_in(ESP_PUMPS))
    rates = [found.item.curve.best_rate * DAY_S for found in pumps]
    assert sum(50 <= rate <= 1000 for rate in rates) >= 40
    assert min(rates) < 30
    assert max(rates) > 2000
    assert {"REDA", "Centrilift", "Weatherford", "ODI", "Новомет", "Алнас"} <= {p.item.maker for p in pumps}


def test_a_pump_is_found_in_either_alphabet_with_its_head_or_its_unit() -> None:
    pumps = built_in(ESP_PUMPS)
    for spelt, name in (
        ("esp5a-100", "ЭЦН5А-100"),
        ("ЭЦН5-125-1300", "ЭЦН5-125"),
        ("УЭЦН5-125", "ЭЦН5-125"),
        ("ВНН5-125", "ЭЦН5-125"),
        ("reda an-550", "REDA AN550"),
    ):
        assert pumps.find(spelt).name == name
    with pytest.raises(KnownError, match="pump_unknown.*ЭЦН5-125"):
        pumps.find("ЭЦН5-126")


def test_rods_are_steel_and_their_couplings() -> None:
    off = {}
    for found in built_in(RODS):
        size = found.item
        heavier = size.mass_kg_per_m / (7_850 * math.pi / 4 * size.diameter_m**2)
        rod = size.role == "rod"
        # 16,300 ft/s of API RP 11L; sinker bars are bare steel.
        speed = abs(size.wave_speed_m_per_s / 4_968 - 1) < 0.01
        if not (1.06 < heavier < 1.10 and speed if rod else abs(heavier - 1) < 0.005):
            off[found.name] = (heavier, size.wave_speed_m_per_s)
    assert not off


def test_rods_are_found_by_inches_and_by_millimetres() -> None:
    rods = built_in(RODS)
    assert rods.find("7/8 in").item is rods.find("ШН22").item
    assert rods.find("ШН 19 ГОСТ 13877-96").item.diameter_m == pytest.approx(0.75 * 0.0254, abs=1e-5)
    grades = built_in(ROD_GRADES)
    assert grades.find("D").item.minimum_tensile_pa == pytest.approx(115e3 * 6894.757, rel=1e-3)
    assert grades.find("Класс С").name == "C"


def test_pipes_weigh_what_their_steel_does_and_a_mandrel_passes() -> None:
    off = {}
    for found in (*built_in(TUBING), *built_in(CASING)):
        pipe = found.item
        share = pipe.nominal_mass_kg_per_m / pipe.plain_mass_kg_per_m
        fits = 0.98 < share < 1.075 if found.name.isascii() else abs(share - 1) < 0.003
        thin = 0.02 < pipe.wall_m / pipe.outer_diameter_m < 0.13
        if not (fits and thin and 0 < pipe.drift_m < pipe.inner_diameter_m):
            off[found.name] = (share, pipe.drift_m)
    assert not off


@pytest.mark.parametrize(
    ("library", "name", "inner", "drift"),
    [
        (TUBING, "2.375-4.70 EU", 1.995, 1.901),
        (TUBING, "2.875-6.40", 2.441, 2.347),
        (TUBING, "3.500-9.30 EU", 2.992, 2.867),
        (CASING, "5.500-17.00", 4.892, 4.767),
        (CASING, "7.000-26", 6.276, 6.151),
        (CASING, "9.625-47.00", 8.681, 8.525),
        (CASING, "20.000-94", 19.124, 18.936),
    ],
)
def test_bore_and_drift_are_those_of_api_5ct(library: Any, name: str, inner: float, drift: float) -> None:
    pipe = built_in(library).find(name).item
    assert pipe.inner_diameter_m / 0.0254 == pytest.approx(inner, abs=0.002)
    assert pipe.drift_m / 0.0254 == pytest.approx(drift, abs=0.002)


def test_russian_pipes_are_found_as_they_are_written() -> None:
    assert built_in(TUBING).find("НКТ 73×5.5").item is built_in(TUBING).find("73x5,5").item
    assert built_in(CASING).find("ОК-146х7,7").item.outer_diameter_m == pytest.approx(0.1461)
    assert len({round(found.item.outer_diameter_m, 4) for found in built_in(CASING)}) > 15


def test_pipes_tear_after_they_yield() -> None:
    for grade in built_in(PIPE_GRADES):
        assert grade.item.minimum_yield_pa < grade.item.minimum_tensile_pa, grade.name
    assert built_in(PIPE_GRADES).find("J-55").item.minimum_yield_pa == pytest.approx(
        55e3 * 6894.757, rel=2e-3
    )


def test_conductors_are_copper() -> None:
    """17.24 nΩ·m of annealed copper, up to a tenth more for lay and allowance."""
    for found in built_in(CABLES):
        cable = found.item
        assert 17.0e-9 < cable.resistance_ohm_per_m * cable.section_m2 < 19.5e-9, found.name
        warmer = cable.resistance_at(363.15) / cable.resistance_ohm_per_m
        assert warmer == pytest.approx(1 + 0.00393 * 70, abs=1e-6), found.name


def test_motors_draw_what_their_load_power_factor_and_efficiency_ask() -> None:
    off = {}
    for found in built_in(MOTORS):
        motor = found.item
        slip = 1 - (motor.speed_rpm or 0) / (60 * motor.frequency_hz)
        load, current = np.array(motor.load or (1.0,)), np.array(motor.current_share or (1.0,))
        asked = load
        if motor.load:
            asked = load / (np.array(motor.power_factor_at_load) * np.array(motor.efficiency_at_load))
        error = float(np.abs(current / (asked / asked[-1]) - 1).max())
        allowed = min(motor.reading_error + 0.005, 0.085)
        if not (0.7 < motor.efficiency < 0.9 and 0 < slip < 0.08 and error <= allowed):
            off[found.name] = (motor.efficiency, slip, error)
    assert not off
    assert len(built_in(MOTORS)) >= 10
