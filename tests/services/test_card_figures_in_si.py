"""Rates of a card are [m³/s] inside; the stable JSON and files have them by the day, as they always did."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from app.analysis.cards import figures
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import run_cards
from app.core.errors import KnownError
from app.importers.card_json import bore_from, read_card
from app.models.cards import Card, StoredCard, WellBore
from app.models.store import cards as card_store
from app.services.diagnosis import cards
from app.services.workspace import Workspace
from tests.analysis.test_rod_physics import rod_well
from tests.conftest import shared_file

# domain/card-format.md, in its order.
CONTRACT = [
    "surface_stroke_m",
    "peak_polished_rod_load_n",
    "minimum_polished_rod_load_n",
    "polished_rod_power_w",
    "buoyant_rod_weight_n",
    "gross_stroke_m",
    "net_stroke_m",
    "fillage",
    "fluid_load_n",
    "pump_intake_pressure_pa",
    "pump_discharge_pressure_pa",
    "fluid_above_pump_m",
    "pump_displacement_m3_per_d",
    "leakage_m3_per_d",
    "inferred_liquid_m3_per_d",
    "pump_power_w",
    "system_efficiency",
    "rods",
    "gearbox",
    "beam_load_fraction",
]
TAKEN = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_stable_json_of_a_card_has_the_rates_of_the_contract_by_the_day() -> None:
    path = shared_file("data/well-c.json")
    vendor = json.loads(path.read_text())["vendor"]
    analysis = figures.analyse(read_card(path))
    measures = cards.answer(analysis)["measures"]
    assert list(measures) == CONTRACT
    assert measures["pump_displacement_m3_per_d"] == pytest.approx(49.23928715)
    assert measures["leakage_m3_per_d"] == pytest.approx(1.81887346)
    assert measures["inferred_liquid_m3_per_d"] == pytest.approx(36.49396003)
    assert measures["inferred_liquid_m3_per_d"] == pytest.approx(
        vendor["theoretical_production_m3_per_d"], rel=0.05
    )
    assert measures["fillage"] == analysis.measures["fillage"]


def test_a_rate_that_cannot_be_had_is_null_in_the_json_too() -> None:
    run = run_cards(rod_well(1500, 5.0), PumpRun.of(1))
    card = Card("1", TAKEN, 5.0, run.surface_position_m[0], run.surface_load_n[0], bore=WellBore())
    measures = cards.answer(figures.analyse(card))["measures"]
    assert list(measures) == CONTRACT
    assert measures["pump_displacement_m3_per_d"] is None


def test_the_well_test_of_a_file_is_in_si_once_it_is_read() -> None:
    bore = bore_from(
        {"well_test": {"oil_m3_per_d": 8.64, "water_m3_per_d": 17.28, "runtime_h": 12, "date": "2026-03-01"}},
        Path("card.json"),
    )
    assert bore.well_test == {
        "oil_m3_per_s": pytest.approx(1e-4),
        "water_m3_per_s": pytest.approx(2e-4),
        "runtime_s": 43_200,
        "date": "2026-03-01",
    }


@pytest.mark.parametrize("key", ["liquid_m3_per_d", "liquid_m3_per_s", "runtime_h"])
def test_a_well_test_that_is_no_number_is_named(key: str) -> None:
    with pytest.raises(KnownError) as refused:
        bore_from({"well_test": {key: "much"}}, Path("card.json"))
    assert refused.value.details["key"] == f"well_test.{key}"


def test_a_card_of_an_older_cache_shows_the_same_rate(workspace: Workspace) -> None:
    with workspace.store.writing() as cursor:
        cursor.execute("DELETE FROM cards")
    line = np.linspace(0.0, 3.0, 40)
    kept = {"pump_displacement_m3_per_d": 86.4, "fillage": 0.9}
    old = StoredCard("c1", 1, TAKEN, 5.0, line, 1e4 + line, kept)
    card_store.add(workspace.store, [old])
    for read in (
        card_store.of_well(workspace.store, 1)[0],
        card_store.by_id(workspace.store, "c1"),
        card_store.last(workspace.store, 1),
    ):
        assert read is not None
        assert read.figures == {"pump_displacement_m3_per_s": pytest.approx(1e-3), "fillage": 0.9}
