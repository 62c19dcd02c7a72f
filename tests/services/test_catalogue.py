"""Own equipment of a profile and of a site: taken in, given away, found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.analysis.catalogue.library import contents
from app.analysis.catalogue.pumping_units import PUMPING_UNITS
from app.analysis.catalogue.rods import RODS
from app.core.errors import KnownError
from app.core.paths import Paths
from app.services.wells import catalogue

ROD = {"source": "p", "diameter_mm": 22, "mass_kg_per_m": 3.14, "modulus_gpa": 210}
UNIT = {"source": "p", "gearbox_rating_n_m": 40_000, "beam_rating_n": 80_000, "stroke_m": 3}


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A profile and a site, both empty."""
    (tmp_path / "site").mkdir()
    (tmp_path / "profile").mkdir()
    monkeypatch.setenv("WELLSIDE_SITE", str(tmp_path / "site" / "site.json"))
    return Paths(tmp_path / "profile" / "cache.duckdb")


def file_of(folder: Path, name: str = "theirs.json", **kinds: object) -> Path:
    file = folder / name
    body = {"catalogue": 1, "sources": {"p": "паспорт 2024"}, **kinds}
    file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return file


def test_entries_taken_in_are_there_with_their_source_and_say_what_they_replace(
    paths: Paths, tmp_path: Path
) -> None:
    added = catalogue.add(paths, file_of(tmp_path, rods={"шн22": ROD, "ШН23": ROD}))
    assert (added.new, added.replaced, added.count) == ({"rods": ["ШН23"]}, {"rods": ["шн22"]}, 2)
    kind, found = catalogue.find(paths, "ШН-23")
    assert (kind, found.source, found.file) == ("rods", "паспорт 2024", str(paths.catalogue))
    assert catalogue.equipment(paths, RODS).find("ШН22").item.mass_kg_per_m == 3.14


def test_a_second_file_adds_to_the_first_and_replaces_its_namesakes(paths: Paths, tmp_path: Path) -> None:
    catalogue.add(paths, file_of(tmp_path, rods={"ШН23": ROD}))
    catalogue.add(paths, file_of(tmp_path, rods={"шн 23": ROD | {"mass_kg_per_m": 3.2}, "ШН24": ROD}))
    assert list(contents(paths.catalogue)["rods"]) == ["шн 23", "ШН24"]
    assert catalogue.equipment(paths, RODS).find("ШН23").item.mass_kg_per_m == 3.2


def test_of_a_file_with_one_wrong_entry_nothing_is_taken(paths: Paths, tmp_path: Path) -> None:
    wrong = file_of(tmp_path, rods={"ШН23": ROD}, pumping_units={"X-1": UNIT | {"stroke_m": 300}})
    with pytest.raises(KnownError, match="catalogue_number.*X-1.*stroke_m.*300"):
        catalogue.add(paths, wrong)
    assert not paths.catalogue.exists()


def test_one_s_own_stand_over_the_site_s_and_those_over_what_ships(paths: Paths, tmp_path: Path) -> None:
    file_of(tmp_path / "site", "catalogue.json", rods={"ШН22": ROD, "ШН25": ROD | {"diameter_mm": 23}})
    catalogue.add(paths, file_of(tmp_path, rods={"ШН22": ROD | {"mass_kg_per_m": 3.0}}))
    rods = catalogue.equipment(paths, RODS)
    assert rods.find("ШН22").item.mass_kg_per_m == 3.0
    assert rods.find("ШН25").item.mass_kg_per_m == 3.14
    assert rods.find("ШН19").file is None


def test_what_one_laptop_shares_another_takes_in(paths: Paths, tmp_path: Path) -> None:
    file_of(tmp_path / "site", "catalogue.json", rods={"ШН25У": ROD})
    catalogue.add(paths, file_of(tmp_path, pumping_units={"Качалка 7": UNIT}))
    shared = tmp_path / "shared.json"
    assert catalogue.share(paths, shared) == 2
    (tmp_path / "other").mkdir()
    (tmp_path / "site" / "catalogue.json").unlink()
    other = Paths(tmp_path / "other" / "cache.duckdb")
    assert catalogue.add(other, shared).count == 2
    assert catalogue.equipment(other, PUMPING_UNITS).find("качалка 7").source == "паспорт 2024"
    assert catalogue.equipment(other, RODS).find("ШН25У").item.mass_kg_per_m == 3.14


def test_nothing_own_is_nothing_to_share(paths: Paths, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="catalogue_nothing_own"):
        catalogue.share(paths, tmp_path / "shared.json")
    assert not (tmp_path / "shared.json").exists()


def test_a_folder_that_cannot_be_written_is_told_and_what_was_there_stays(
    paths: Paths, tmp_path: Path
) -> None:
    catalogue.add(paths, file_of(tmp_path, rods={"ШН23": ROD}))
    elsewhere = Paths(tmp_path / "nowhere" / "cache.duckdb")
    with pytest.raises(KnownError, match="file_not_written"):
        catalogue.add(elsewhere, file_of(tmp_path, rods={"ШН24": ROD}))
    assert list(contents(paths.catalogue)["rods"]) == ["ШН23"]


def test_equipment_is_found_by_name_in_whichever_kind_it_is(paths: Paths) -> None:
    for name, kind in (
        ("С-228-213-86", "pumping_units"),
        ("СКД 8-3-4000", "pumping_units"),
        ("ШН22", "rods"),
        ("ЭЦН5-125-1300", "esp_pumps"),
        ("КПБП-90 3x16", "cables"),
        ("ПЭДН32-117-1000", "motors"),
        ("НКТ 73х5,5", "tubing"),
        ("7.000-26.00", "casing"),
        ("N80", "pipe_grades"),
    ):
        assert catalogue.find(paths, name)[0] == kind, name
    with pytest.raises(KnownError, match="catalogue_unknown.*C-228D-213-86"):
        catalogue.find(paths, "C-228-213-87")
    with pytest.raises(KnownError, match="catalogue_kind.*pumping_units"):
        catalogue.find(paths, "ШН22", "станки")


def test_a_damaged_own_catalogue_is_told_by_its_name(paths: Paths) -> None:
    paths.catalogue.write_text("{", encoding="utf-8")
    with pytest.raises(KnownError, match="catalogue_file.*catalogue.json"):
        catalogue.find(paths, "ШН22")
