"""°API is one relative density, whatever file of a well it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.analysis.cards import strings
from app.importers.card_json import card_from
from app.importers.esp_json import esp_from
from app.models.cards import Fluid
from app.models.records import Record
from app.models.wells import SRP
from app.services.wells import lab_fluid, taken
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, two_wells
from tests.importers.test_importers import CARD
from tests.importers.test_strangers_wells import packed, take, take_sheet

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    yield from two_wells(tmp_path_factory.mktemp("api"), SRP)


def of_oil(found: Any) -> float:
    assert not found.refused, found.details
    (fluid,) = (packed(one) for one in found.records if "oil_relative_density" in one.get("body", ""))
    return float(fluid["oil_relative_density"])


@pytest.mark.parametrize("degrees", [34.0, 22.3, 10.0])
def test_a_wells_oil_is_as_dense_by_a_passport_a_table_a_cards_file_and_an_esp_file(
    strangers: Workspace, tmp_path: Path, degrees: float
) -> None:
    card = card_from({**CARD, "fluid": {"oil_api": degrees}}, tmp_path / "c.json")
    assert card.bore.fluid.oil_relative_density == 141.5 / (131.5 + degrees)
    rows: list[list[Any]] = [
        ["Well", "101", None],
        ["Date", "2026-04-03", None],
        ["Oil gravity", degrees, "°API"],
        ["Bubble point", 1200, "psi"],
        ["Gas-oil ratio", 300, "scf/stb"],
    ]
    table = f"Well,Date,Oil density (°API),Bubble point (psi)\n101,2026-04-03,{degrees},1200\n"
    by_name = table.replace("Oil density (°API)", "API gravity")
    tables = [take(strangers, tmp_path, text, kind="fluid") for text in (table, by_name)]
    for found in (take_sheet(strangers, tmp_path, *rows), *tables):
        assert of_oil(found) == card.bore.fluid.oil_relative_density
    readings = {"time": [1775174400, 1775174460, 1775174520], "frequency": [50.0] * 3}
    esp = esp_from({"well": "101", "readings": readings, "fluid": {"oil_api": degrees}}, tmp_path / "e.json")
    assert esp.oil_relative_density == of_oil(found)


@pytest.mark.parametrize("degrees", [34.0, 22.3, 10.0])
def test_a_laboratorys_gravity_is_the_liquid_of_a_cards_file(
    strangers: Workspace, tmp_path: Path, degrees: float
) -> None:
    """One density in the list of analyses, in a card's loads, an ESP's head and a nodal picture."""
    text = f"Well,Sample date,API gravity,Sulfur wt%\n101,2026-04-03,{degrees},1.2\n"
    (row,) = (
        one for one in take(strangers, tmp_path, text).records if one.get("parameter") == "oil_density_20c"
    )
    result = Record("1", "lab_result", 1, datetime(2026, 4, 3, tzinfo=UTC), values=row)
    fluid, _ = lab_fluid.added({}, [result], result.at)
    card = card_from({**CARD, "fluid": {"oil_api": degrees}}, tmp_path / "c.json")
    of_card = strings.oil_density(card.bore.fluid)
    told = Fluid(oil_relative_density=fluid["oil_relative_density"])
    for density in (row["value"], strings.oil_density(told), taken.oil_density(fluid)):
        assert density == pytest.approx(of_card, rel=1e-12)
    if degrees == 10.0:
        assert of_card == 1000.0


def test_a_density_in_kilograms_stays_relative_to_a_thousand(strangers: Workspace, tmp_path: Path) -> None:
    table = "Скважина;Дата;Плотность нефти, кг/м3;Рнас, МПа\n101;03.04.2026;860;9,2\n"
    assert of_oil(take(strangers, tmp_path, table, kind="fluid")) == 0.86
