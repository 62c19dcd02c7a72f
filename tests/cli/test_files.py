"""`wellside import` and `wellside watch` on tables: what is said, what is written, what is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said, shared_file

LAB = "Скважина;Дата отбора;КВЧ, мг/л\n123;12.10.2026;80\n123;13.10.2026;9O\n999;14.10.2026;82\n"
Command = Callable[..., Said]


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    path = tmp_path / "lab.csv"
    path.write_text(LAB, encoding="utf-8")
    return path


@pytest.mark.slow
def test_the_volve_workbook_is_described_sheet_by_sheet(said: Command, store: Path) -> None:
    code, out, _ = said(
        "import",
        shared_file("data/volve-production.xlsx"),
        "--kind",
        "production",
        "--dry-run",
        "--json",
        "--store",
        store,
    )
    assert code == 0
    (report,) = json.loads(out)
    daily, monthly = report["sheets"]
    assert (daily["rows"], monthly["rows"], monthly["units_row"]) == (15_634, 526, True)
    assert daily["producers"]
    assert daily["injectors"]
    assert report["id"] == ""


def test_cells_that_do_not_fit_and_wells_that_are_not_known_are_told_one_by_one(
    said: Command, store: Path, lab: Path
) -> None:
    code, _, errors = said("import", lab, "--store", store)
    assert (code, errors.count("\n")) == (1, 0)
    assert "line 3" in errors
    code, _, errors = said("import", lab, "--skip-bad", "--store", store)
    assert code == 1
    assert "999" in errors
    code, out, errors = said("import", lab, "--skip-bad", "--new-wells", "--store", store)
    assert code == 0
    assert "2 added" in out
    assert "line 3, column “КВЧ, мг/л”: “9O”: not a number" in errors
    _, out, _ = said("wells", "--json", "--store", store)
    assert {well["name"] for well in json.loads(out)} == {"123", "999"}


def test_a_document_is_attached_and_a_kind_that_is_none_is_refused(
    said: Command, store: Path, tmp_path: Path
) -> None:
    act = tmp_path / "акт.pdf"
    act.write_bytes(b"%PDF-1.4")
    assert said("import", act, "--store", store)[0] == 1
    assert said("import", act, "--kind", "document", "--well", "123", "--store", store)[0] == 0
    code, _, errors = said("import", act, "--kind", "poem", "--store", store)
    assert code == 1
    assert "poem" in errors


def test_the_watched_folder_is_emptied_once(said: Command, store: Path, lab: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    lab.rename(folder / "lab.csv")
    (folder / "good.csv").write_text("Скважина;Дата отбора;КВЧ, мг/л\n123;12.10.2026;80\n", encoding="utf-8")
    code, out, _ = said("watch", folder, "--once", "--store", store)
    assert code == 0
    assert "good.csv: 1 added" in out
    assert (folder / "rejected" / "lab.csv.reason.txt").exists()
    assert said("watch", folder, "--once", "--store", store)[1] == ""
    assert said("watch", tmp_path / "none", "--once", "--store", store)[0] == 1
