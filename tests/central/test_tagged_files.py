"""Files of historians in the watched folder: what their tags are, the table of tags says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.importers.grid import sheet_of
from app.importers.sheets import Sheet
from app.importers.vocabulary import vocabulary
from central.names.tags import TagMap
from central.stores.tags import Tag
from central.tagged_files import layout_of, rows_of
from central.watching import FolderFollower
from tests.central.a_site import NORTH, SOUTH, Site

AT = datetime(2026, 11, 26, 7, tzinfo=UTC)
KNOWN = TagMap((Tag("WELL_{well}.PINT", sensor="intake_pressure"),), f"folder/{NORTH}")
LONG = [
    ["Дата и время", "Тег", "Значение", "Ед. изм."],
    ["26.11.2026 12:00:00", "WELL_101.PINT", "5,3", "МПа"],
    ["26.11.2026 12:01:00", "WELL_101.XX", "7", ""],
    ["26.11.2026 12:02:00", "WELL_101.PINT", "", "МПа"],
]
WIDE = [
    ["Timestamp", "WELL_101.PINT, МПа", "State", "WELL_102.PINT"],
    ["2026-11-26T07:00:00Z", 5.3, "run", 5.2e6],
    ["2026-11-26T07:01:00Z", 5.4, "run", None],
]


def sheet(rows: list[list[Any]]) -> Sheet:
    found = sheet_of(Path("x.xlsx"), "x", rows, vocabulary())
    assert found is not None
    return found


def told(rows: list[list[Any]]) -> list[tuple[Any, ...]]:
    given = sheet(rows)
    layout = layout_of(given, KNOWN)
    assert layout is not None
    parts = [row for table in rows_of(given, layout) for row in table.to_pylist()]
    return [(row["tag"], row["timestamp"], row["value"], row["unit"], row["local"]) for row in parts]


def test_a_file_with_a_tag_in_each_row_gives_its_readings() -> None:
    wall = AT + timedelta(hours=5)
    assert told(LONG) == [
        ("WELL_101.PINT", wall, 5.3, "МПа", True),
        ("WELL_101.XX", wall + timedelta(minutes=1), 7.0, "", True),
    ]


def test_a_file_with_a_tag_over_each_column_gives_its_readings() -> None:
    assert told(WIDE) == [
        ("WELL_101.PINT", AT, 5.3, "МПа", False),
        ("WELL_101.PINT", AT + timedelta(minutes=1), 5.4, "МПа", False),
        ("WELL_102.PINT", AT, 5.2e6, None, False),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Скважина", "Дата", "Рпр, МПа"], ["101", "26.11.2026", 5.3]],
        [["Тег", "Значение"], ["WELL_101.PINT", 5.3]],
        [["Дата", "Тег"], ["26.11.2026", "WELL_101.PINT"]],
        [["Дата", "Тег", "Значение"], ["26.11.2026", "OTHER", 5.3]],
    ],
)
def test_what_is_not_called_by_tags_of_the_table_is_read_as_any_file(rows: list[list[Any]]) -> None:
    assert layout_of(sheet(rows), KNOWN) is None


def test_a_file_dropped_into_a_fields_folder_brings_its_tags_once(site: Site, tmp_path: Path) -> None:
    well, _ = site.well("101"), site.well("102", SOUTH)
    site.tag("WELL_{well}.PINT", sensor="Рпр", unit="МПа", zone="UTC+5", source="folder")
    watched = tmp_path / "watched"
    follower = FolderFollower(site.centre, watched)
    (watched / NORTH).mkdir()
    rows = "\n".join(";".join(map(str, row)) for row in [*LONG, ["26.11.2026 12:03", "WELL_102.PINT", 5, ""]])
    for name in ("day.csv", "again.csv"):
        (watched / NORTH / name).write_text(rows, encoding="utf-8")
    follower.look()
    assert follower.look() == 2
    assert site.clickhouse.rows == {(well, "intake_pressure", AT): 5.3e6}
    assert site.clickhouse.written == 1
    # The other field's well is nobody's here, and the tag that the table has not waits for it.
    assert site.held() == {"well_unknown": 1, "tag_unknown": 1}
    assert sorted(path.name for path in (watched / "imported").iterdir()) == ["again.csv", "day.csv"]
