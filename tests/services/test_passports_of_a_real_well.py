"""Well C as its papers tell it: a passport, a tally, a test, a fluid and the pressures at the head in Excel,
the card alone from the recorder. It says what the whole file says.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.analysis.cards.figures import analyse
from app.importers.card_json import read_card
from app.services.diagnosis import cards
from app.services.diagnosis.diagnose import diagnose, findings_of
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.conftest import shared_file


def papers_of(card: dict[str, Any]) -> dict[str, list[list[Any]]]:
    unit, rods = card["unit"], card["rods"]
    sizes = {f"Размер {letter}, м": unit[f"api_{letter}_m"] for letter in "ACIKPR"}
    passport = {
        "Скважина": "C",
        "Куст": "1",
        "Способ эксплуатации": "ШГН",
        "Дата спуска": "01.01.2019",
        "Глубина спуска насоса, м": card["pump"]["depth_m"],
        "Диаметр плунжера, мм": 1000 * card["pump"]["plunger_diameter_m"],
        "НКТ заякорены": "да",
        "Направление вращения": "против часовой",
        **sizes,
        "Неуравновешенность, кН": unit["structural_imbalance_n"] / 1000,
        "Момент редуктора, кН·м": unit["gearbox_rating_n_m"] / 1000,
        "Нагрузка на балансир, кН": unit["beam_rating_n"] / 1000,
    }
    tally = {
        "Длина секции, м": "length_m",
        "Диаметр, мм": "diameter_m",
        "Масса, кг/м": "mass_kg_per_m",
        "Модуль упругости, ГПа": "modulus_pa",
        "Скорость волны, м/с": "wave_speed_m_per_s",
        "Предел прочности, МПа": "minimum_tensile_pa",
        "Коэффициент среды": "service_factor",
    }
    scale = {"diameter_m": 1e3, "modulus_pa": 1e-9, "minimum_tensile_pa": 1e-6}
    well_test = card["well_test"]
    liquid = well_test["oil_m3_per_d"] + well_test["water_m3_per_d"]
    fluid = card["fluid"]
    return {
        "passport": [["Паспорт скважины"], list(passport), list(passport.values())],
        "tally": [
            ["Мера штанг, скважина № C, дата спуска 01.01.2019"],
            list(tally),
            *([rod[key] * scale.get(key, 1) for key in tally.values()] for rod in rods),
        ],
        "test": [
            [
                "Скважина",
                "Дата замера",
                "Дебит жидкости, м3/сут",
                "Длительность замера, ч",
                "Время работы, ч",
            ],
            ["C", "30.07.2019", liquid, 4, well_test["runtime_h"]],
        ],
        "fluid": [
            ["Свойства жидкости"],
            ["Скважина", "Дата", "Обводненность, %", "Плотность нефти, г/см3", "Плотность воды, г/см3"],
            [
                "C",
                "01.01.2019",
                100 * fluid["water_cut"],
                141.5 / (131.5 + fluid["oil_api"]),
                fluid["water_relative_density"],
            ],
        ],
        "head": [
            ["Давления на устье"],
            ["Скважина", "Дата", "Рбуф, МПа"],
            ["C", "18.08.2019", card["tubing"]["pressure_pa"] / 1e6],
        ],
    }


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.usefixtures("read_here")
def test_papers_in_excel_say_of_a_card_what_its_own_file_says(workspace: Workspace, tmp_path: Path) -> None:
    path = shared_file("data/well-c.json")
    card = json.loads(path.read_text(encoding="utf-8"))
    for name, rows in papers_of(card).items():
        taken = ImportOptions(new_wells=True)
        importing.import_file(workspace, workbook(tmp_path / f"{name}.xlsx", rows), taken)
    kept = ("well", "taken_at", "strokes_per_minute", "surface")
    alone = tmp_path / "card.json"
    alone.write_text(json.dumps({key: card[key] for key in kept}), encoding="utf-8")
    importing.import_file(workspace, alone, ImportOptions())

    well = find_well(workspace, "C")
    diagnose(workspace, well)
    (stored,) = cards.history(workspace, int(well.id))
    of_file = analyse(read_card(path))
    expected = {key: of_file.measures[key] for key in cards.KEPT}
    assert {key: stored.figures[key] for key in cards.KEPT} == pytest.approx(expected, rel=1e-9)
    told = {finding["code"]: finding["confidence"] for finding in cards.answer(of_file)["findings"]}
    assert {f.code: round(f.confidence, 4) for f in findings_of(workspace, well.id)} == told
