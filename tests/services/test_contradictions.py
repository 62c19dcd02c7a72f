"""Two fields that cannot both be right, and what another pump leaves unknown: said where it is entered."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.relations import SMALLER, contradictions
from app.reports.relation_words import contradiction_words
from app.services.imports.importing import import_file
from app.services.imports.opening import ImportOptions
from app.services.imports.words import remark_words
from app.services.workspace import Workspace
from tests.importers.imported import readers_here

__all__ = ["readers_here"]


def bring(workspace: Workspace, tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / f"{abs(hash(text))}.csv"
    file.write_text(text, encoding="utf-8")
    report = import_file(workspace, file, ImportOptions(new_wells=True))
    return [remark_words("passport", code, details, Speaker("ru")) for code, details in report.remarks]


@pytest.mark.parametrize("pair", SMALLER["installation"])
def test_every_pair_is_of_fields_that_there_are_and_is_told_in_both_languages(pair: tuple[str, str]) -> None:
    first, second = (KINDS["installation"].field(key) for key in pair)
    assert first.quantity == second.quantity or {first.quantity, second.quantity} == {"small_length"}
    assert contradictions("installation", dict(zip(pair, (1.0, 1.0), strict=True))) == []
    assert contradictions("installation", {pair[0]: 1.0}) == []
    values = dict(zip(pair, (2.0, 1.0), strict=True))
    for language in ("ru", "en"):
        (told,) = contradiction_words("installation", values, Speaker(language))
        assert first.name(language) in told
        assert second.name(language) in told


@pytest.mark.parametrize(
    ("name", "plunger_m", "agrees"),
    [
        ("НН2Б-44-30-12", 0.044, True),
        ("НВ1Б-57", 0.05715, True),
        ("НН2Б-44", 0.070, False),
        ("25-175-RHBC", 0.07, True),
    ],
)
def test_a_pump_says_its_plunger_in_its_name(name: str, plunger_m: float, agrees: bool) -> None:
    found = contradictions("installation", {"pump_name": name, "plunger_diameter_m": plunger_m})
    assert (found == []) is agrees


@pytest.mark.usefixtures("readers_here")
def test_a_file_that_contradicts_itself_is_told_so(workspace: Workspace, tmp_path: Path) -> None:
    head = "Скважина;Способ;Дата спуска;Верх перфорации, м;Низ перфорации, м;НКТ наружный диаметр, мм;"
    head += "Эксплуатационная колонна, мм\n"
    said = bring(workspace, tmp_path, f"{head}701;ШГН;01.02.2026;1460;1450;114;102\n")
    told = [line.replace("\xa0", " ").replace("\u202f", " ") for line in said if "одно из двух" in line]
    assert len(told) == 2, said
    assert "1 460" in told[0]
    assert "1 450" in told[0]


@pytest.mark.usefixtures("readers_here")
def test_another_pump_says_which_fields_nobody_knows_any_more(workspace: Workspace, tmp_path: Path) -> None:
    head = "Скважина;Способ;Дата спуска;Насос;Диаметр плунжера, мм;Глубина спуска, м"
    first = f"{head};НКТ наружный диаметр, мм\n702;ШГН;01.02.2026;НН2Б-57;57;1200;73\n"
    assert not any("другой насос" in line for line in bring(workspace, tmp_path, first))
    again = bring(workspace, tmp_path, f"{head}\n702;ШГН;10.10.2026;НН2Б-44;44;1200\n")
    (told,) = [line for line in again if "другой насос" in line]
    assert KINDS["installation"].field("tubing_outer_diameter_m").name("ru") in told
