"""A rod-pumped well that one laptop knows from its papers in Excel, or from a card's own file: over a real
centre its card says on a second laptop what `wellside card` says of the whole file, under a new name too.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.analysis.cards.figures import analyse
from app.core.jobs import Job
from app.importers.card_json import read_card
from app.services.centre import sync
from app.services.diagnosis import cards
from app.services.diagnosis.diagnose import diagnose, findings_of
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.wells import passports
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.centre_process import AT, CentreProcess, laptop, new_field
from tests.conftest import shared_file
from tests.importers.imported import readers_here
from tests.services.test_passports_of_a_real_well import papers_of, workbook

__all__ = ["readers_here"]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("readers_here")]
DAYS = {"18.08.2019": "18.11.2026", "30.07.2019": "10.11.2026", "01.01.2019": "01.01.2026"}
ITS_OWN = ("well", "taken_at", "strokes_per_minute", "surface")


def of_this_year(cell: Any) -> Any:
    """A card older than the period that laptops fetch stays where it is."""
    for before, now in DAYS.items():
        cell = cell.replace(before, now) if isinstance(cell, str) else cell
    return cell


def files(folder: Path, way: str, field: str) -> tuple[Path, list[Path]]:
    """(the whole file of the card, what the first laptop is given)."""
    card = json.loads(shared_file("data/well-c.json").read_text(encoding="utf-8"))
    card["taken_at"] = "2026-11-18T12:47:09Z"
    whole, alone = folder / "whole.json", folder / "card.json"
    whole.write_text(json.dumps(card), encoding="utf-8")
    alone.write_text(json.dumps({key: card[key] for key in ITS_OWN}), encoding="utf-8")
    head = [["Месторождение", "Скважина", "Куст", "Способ эксплуатации"], [field, "C", "1", "ШГН"]]
    made = [workbook(folder / "wells.xlsx", head)]
    if way == "card":
        return whole, [*made, whole]
    for name, rows in papers_of(card).items():
        made.append(workbook(folder / f"{name}.xlsx", [[of_this_year(cell) for cell in row] for row in rows]))
    return whole, [*made, alone]


def synced(workspace: Workspace) -> None:
    assert sync.run(Job(), workspace).problems == {}


def said_of(workspace: Workspace, name: str) -> tuple[dict[str, Any], dict[str, float]]:
    well = find_well(workspace, name)
    diagnose(workspace, well)
    (stored,) = cards.history(workspace, int(well.id))
    answer = cards.answer(cards.analyse_stored(workspace, stored))
    return answer, {one.code: round(one.confidence, 4) for one in findings_of(workspace, well.id)}


def rods_apart(measures: dict[str, Any]) -> tuple[dict[str, Any], list[float]]:
    """A strength that was written in MPa is the same but for the last bit of its fractions."""
    rest = {key: value for key, value in measures.items() if key != "rods"}
    return rest, [value for rod in measures["rods"] for value in rod.values()]


@pytest.mark.parametrize("way", ["papers", "card"])
def test_a_second_laptop_says_of_the_card_what_its_whole_file_says_and_under_a_new_name_too(
    centre: CentreProcess, tmp_path: Path, way: str
) -> None:
    field = new_field()
    whole, given = files(tmp_path, way, field)
    of_file = cards.answer(analyse(read_card(whole)))
    with (
        laptop(tmp_path / "a", centre, field, wells=False) as one,
        laptop(tmp_path / "b", centre, field, wells=False) as other,
    ):
        for path in given:
            importing.import_file(one, path, ImportOptions(new_wells=True))
        synced(one)
        synced(other)
        told = {finding["code"]: finding["confidence"] for finding in of_file["findings"]}
        for workspace in (one, other):
            here, findings = said_of(workspace, "C")
            assert (here["pump_card"], findings) == (of_file["pump_card"], told)
            measures, rods = rods_apart(here["measures"])
            expected, of_rods = rods_apart(of_file["measures"])
            assert measures == expected
            assert rods == pytest.approx(of_rods, rel=1e-14, abs=0)
        before = said_of(other, "C")
        well = find_well(one, "C")
        passport = passports.passport_of(one, well, AT)
        passports.save(one, replace(passport, values=passport.values | {"well_name": "C-2"}))
        synced(one)
        synced(other)
        assert find_well(other, "C-2").id == find_well(other, "C").id
        assert said_of(other, "C-2") == before
