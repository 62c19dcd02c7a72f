"""IT tells the centre of wells: by hand, by a list, out of the site's own table. One wrong row, and nothing
of the list is taken.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.core.errors import KnownError
from central.names.well_view import read_config
from tests.central.at_the_command_line import Line

FIELD = ("--field", "Северное")


def names(line: Line) -> dict[str, list[str]]:
    return {well["name"]: well["aliases"] for well in line("well", "list")}


def test_a_well_is_added_named_further_and_renamed(line: Line) -> None:
    (done,) = line("well", "add", "123Г", *FIELD, "--pad", "5", "--lift", "ШГН", "--alias", "T-101")
    assert done["added"] == 1
    line("well", "alias", "123Г", "API 42", *FIELD)
    line("well", "rename", "t-101", "124Г", *FIELD)
    (well,) = line("well", "list")
    assert (well["lift"], well["pad"]) == ("srp", "5")
    assert names(line) == {"124Г": ["T-101", "API 42", "123Г"]}


def test_a_name_that_is_another_wells_is_refused_wherever_it_is_given(line: Line) -> None:
    line("well", "add", "101", *FIELD)
    line("well", "add", "102", *FIELD, "--alias", "B")
    for command in (
        ("well", "alias", "101", "102", *FIELD),
        ("well", "rename", "101", "скв. 102", *FIELD),
        ("well", "add", "103", *FIELD, "--alias", "101", "--alias", "b"),
    ):
        line(*command)
        assert "is a well already" in line.complaint
    assert names(line) == {"101": [], "102": ["B"]}
    line("well", "rename", "104", "105", *FIELD)
    assert line.complaint.startswith("registry_well_unknown")


def test_one_number_on_two_pads_or_in_two_fields_is_two_wells(line: Line) -> None:
    for pad, field in (("1", "Северное"), ("2", "Северное"), ("1", "Южное")):
        (done,) = line("well", "add", "7", "--pad", pad, "--field", field)
        assert done["added"] == 1
    assert len(line("well", "list")) == 3
    assert len(line("well", "list", "--field", "Южное")) == 1


LIST = (
    "Скважина;Куст;Месторождение;Способ эксплуатации;Другое название\n"
    "101;5;Северное;ЭЦН;WELL_101\n102;5;;УШГН;\n"
)


def test_a_workbook_is_taken_by_the_importers_rules(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "wells.xlsx"
    book = openpyxl.Workbook()
    for row in LIST.splitlines():
        book.active.append(row.split(";"))
    book.save(file)
    assert line("well", "import", str(file), *FIELD)[0]["added"] == 2
    assert [(w["name"], w["pad"], w["lift"], w["aliases"]) for w in line("well", "list")] == [
        ("101", "5", "esp", ["WELL_101"]),
        ("102", "5", "srp", []),
    ]


def test_one_wrong_row_is_named_by_its_place_and_nothing_is_taken(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "wells.csv"
    file.write_text(LIST + "103;5;Северное;паровой;\n104;5;Северное;ЭЦН;101\n", encoding="utf-8")
    line("well", "import", str(file))
    said = line.complaint
    assert f"{file}:4:Способ эксплуатации: “паровой”: none of ESP" in said
    assert f"{file}:3: “102”: no field" in said
    assert f"{file}:5: “104”: “101” is a well already: 101, field Северное, pad 5" in said
    assert "wells_list_refused" in said
    assert line("well", "list") == []


def test_a_row_without_a_name_is_no_row_that_was_taken(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "wells.csv"
    file.write_text(LIST + ";6;Северное;ЭЦН;\n;;;;\n", encoding="utf-8")
    line("well", "import", str(file), *FIELD)
    assert f"{file}:4:Скважина: empty, but a value is needed" in line.complaint
    assert line("well", "list") == []


def test_a_name_that_a_list_gives_twice_is_told_with_whose_it_is(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "wells.csv"
    file.write_text(
        "Скважина;Месторождение;Другое название\n101;Северное;T-1\n102;Северное;t-1\n", encoding="utf-8"
    )
    line("well", "import", str(file))
    assert f"{file}:3: “102”: “t-1” is a well already: 101, field Северное" in line.complaint


def test_a_name_that_is_given_twice_is_one(line: Line) -> None:
    line("well", "add", "101", *FIELD, "--alias", "T-1", "--alias", "t-1", "--alias", "скв. 101")
    assert names(line) == {"101": ["T-1"]}


def test_a_command_with_a_wrong_folder_begins_no_centre(line: Line, tmp_path: Path) -> None:
    line.folder = tmp_path / "typo"
    added = ("token", "add", "laptop", *FIELD)
    for command in (("well", "list"), ("token", "list"), added, ("dead", "list")):
        line(*command)
        assert line.complaint.startswith("centre_store_missing")
    assert not line.folder.exists()


# ---- the site's own table ----------------------------------------------------------------------------------

CONFIG = {
    "view": "WELLS_V",
    "columns": {"name": "WELL_NAME", "field": "FIELD_NAME", "pad": "PAD", "lift": "LIFT_TYPE"},
    "aliases": ["API_NO"],
    "depth_column": "TD",
    "depth_unit": "ft",
}


def config_in(folder: Path, **changes: Any) -> Path:
    file = folder / "view.json"
    file.write_text(json.dumps(CONFIG | changes), encoding="utf-8")
    return file


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> sqlite3.Connection:
    """A site's own database with a view of its wells."""
    connection = sqlite3.connect(tmp_path / "site.sqlite")
    connection.executescript(
        """CREATE TABLE assets (well_name, field_name, pad, lift_type, api_no, td);
        INSERT INTO assets VALUES ('101', 'Северное', 5, 'ЭЦН', '42-001', 8202.1),
            (102.0, 'Северное', 5, 'ШГН', NULL, NULL);
        CREATE VIEW wells_v AS SELECT * FROM assets;"""
    )
    monkeypatch.setenv("WELLSIDE_WELLS_URL", f"sqlite:///{tmp_path / 'site.sqlite'}")
    return connection


def test_wells_come_out_of_the_sites_table_and_a_renamed_one_stays_itself(
    line: Line,
    site: sqlite3.Connection,
    tmp_path: Path,
) -> None:
    file = str(config_in(tmp_path))
    (tried,) = line("well", "view", file, "--try")
    assert (tried["tried"], tried["added"], line("well", "list")) == (True, 2, [])
    assert line("well", "view", file)[0]["added"] == 2
    assert line("well", "view", file)[0]["same"] == 2
    site.execute("UPDATE assets SET well_name = '101-2' WHERE api_no = '42-001'")
    site.commit()
    assert line("well", "view", file)[0] == {
        "tried": False,
        "renamed": 1,
        "same": 1,
        "lifts_kept": [],
        "frees": 0,
    }
    assert names(line) == {"101-2": ["42-001", "101"], "102": []}
    assert [well["lift"] for well in line("well", "list")] == ["esp", "srp"]


def test_another_lift_is_told_and_changed_only_when_asked(
    line: Line,
    site: sqlite3.Connection,
    tmp_path: Path,
) -> None:
    line("well", "add", "101", *FIELD, "--pad", "5", "--lift", "фонтан")
    file = str(config_in(tmp_path))
    assert line("well", "view", file)[0]["lifts_kept"] == ["101"]
    assert line("well", "list")[0]["lift"] == "flowing"
    line("well", "view", file, "--change-lifts")
    assert line("well", "list")[0]["lift"] == "esp"


@pytest.mark.parametrize(
    "changes",
    [
        {"view": "WELLS_V; DROP TABLE assets"},
        {"view": "a.b.c"},
        {"view": 'x" UNION SELECT'},
        {"columns": {"name": "WELL_NAME --"}},
        {"columns": {"field": "FIELD_NAME"}},
        {"columns": {"name": "WELL_NAME", "secret": "PASSWORD"}},
        {"aliases": ["(SELECT 1)"]},
        {"depth_column": "TD,PAD"},
        {"columns": ["WELL_NAME"]},
    ],
)
def test_what_is_no_plain_name_never_reaches_the_database(changes: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="wells_view"):
        read_config(config_in(tmp_path, **changes))


def test_a_view_that_cannot_be_read_says_why(
    line: Line,
    site: sqlite3.Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line("well", "view", str(config_in(tmp_path, view="NOBODYS")))
    assert line.complaint.startswith("wells_view_unreachable")
    assert "nobodys" in line.complaint
    monkeypatch.delenv("WELLSIDE_WELLS_URL")
    line("well", "view", str(config_in(tmp_path)))
    assert "WELLSIDE_WELLS_URL" in line.complaint
