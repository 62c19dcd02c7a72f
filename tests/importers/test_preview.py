"""What a file would bring, shown before anything is written: rows as they would be stored, and sums."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.core.texts import Speaker
from app.importers import text_blocks
from app.importers.figures import Figure
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.services.imports.opening import ImportOptions
from app.services.imports.preview import preview_file
from app.services.imports.words import figure_words
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from tests.conftest import NOW, shared_file
from tests.importers import imported as reading_here
from tests.importers.imported import readers_here

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = open_workspace(
        profile_paths(tmp_path_factory.mktemp("preview") / "cache.duckdb"), NoticeBus(), lambda: NOW
    )
    with opened.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(n), str(100 + n), "Северное", "1", SRP) for n in (1, 2)])
    yield opened
    opened.close()


def preview(field: Workspace, folder: Path, text: str, most: int = 2, **options: Any) -> dict[str, Any]:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return preview_file(field, path, ImportOptions(**options), most)


READINGS = "Скв;Дата;Рпр, атм;Ток, А;Комментарий\n" + "".join(
    f"101;01.10.2026 0{hour}:00;{50 + hour};30,5;x\n" for hour in range(5)
)


def test_first_and_last_rows_stand_as_they_would_be_stored(field: Workspace, tmp_path: Path) -> None:
    (sheet,) = preview(field, tmp_path, READINGS)["sheets"]
    assert [row["time"] for row in sheet["first"]] == ["2026-10-01T00:00:00Z", "2026-10-01T01:00:00Z"]
    assert [row["time"] for row in sheet["last"]] == ["2026-10-01T03:00:00Z", "2026-10-01T04:00:00Z"]
    assert sheet["stored_rows"] == 5
    (pressure, current) = sheet["first"][0]["values"]
    assert (pressure["sensor"], pressure["value"], pressure["unit"]) == ("intake_pressure", 5_066_250, "Pa")
    assert (current["sensor"], current["value"], current["unit"], current["marks"]) == (
        "motor_current",
        30.5,
        "A",
        [],
    )


def test_each_column_says_its_first_value_its_count_and_its_sum(field: Workspace, tmp_path: Path) -> None:
    (sheet,) = preview(field, tmp_path, READINGS)["sheets"]
    pressure = next(one for one in sheet["figures"] if one.get("field") == "intake_pressure")
    assert (pressure["shown"], pressure["unit"], pressure["line"]) == ("50", "atm", 2)
    assert (pressure["first"], pressure["stored"], pressure["count"]) == (5_066_250, "Pa", 5)
    assert pressure["sum"] == pytest.approx(sum(range(50, 55)) * 101_325)
    unused = sheet["figures"][-1]
    assert (unused["column"], unused["reason"]) == ("Комментарий", "other_kind")


def test_nothing_is_written_and_no_well_is_made(field: Workspace, tmp_path: Path) -> None:
    found = preview(field, tmp_path, READINGS.replace("101;", "777;"), new_wells=True)
    assert found["new_wells"] == ["777"]
    assert found["refused"] is None
    assert [well.name for well in records.wells(field.store)] == ["101", "102"]
    assert records.imports(field.store) == []


def test_what_would_stop_the_import_is_said_beside_what_was_read(field: Workspace, tmp_path: Path) -> None:
    found = preview(field, tmp_path, READINGS.replace("30,5", "тридцать"))
    assert found["refused"]["code"] == "value_not_number"
    assert found["sheets"][0]["first"][0]["values"][0]["value"] == 5_066_250
    assert preview(field, tmp_path, READINGS.replace("101;", "777;"))["refused"]["code"] == "wells_unknown"


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some 150 lines each, one after the other, as a long file comes from the process that reads it."""
    monkeypatch.setattr(text_blocks, "BLOCK", 1 << 12)
    monkeypatch.setattr(text_blocks, "PIECE_BYTES", 1 << 12)
    monkeypatch.setattr(reading_here, "_whole", lambda sheet: sheet)


def test_a_long_file_is_counted_to_its_end(field: Workspace, tmp_path: Path, in_pieces: None) -> None:
    minutes = np.arange("2026-10-01T00:00", "2026-10-01T10:00", dtype="datetime64[m]")
    lines = [f"101;{at}:00;{50 + i % 7}\n" for i, at in enumerate(minutes)]
    text = "Well;Time;Intake pressure, atm\n" + "".join(lines)
    (sheet,) = preview(field, tmp_path, text)["sheets"]
    assert sheet["stored_rows"] == 600
    assert sheet["last"][-1]["time"] == "2026-10-01T09:59:00Z"
    pressure = next(one for one in sheet["figures"] if one.get("field") == "intake_pressure")
    assert pressure["count"] == 600
    assert pressure["sum"] == pytest.approx(sum(50 + i % 7 for i in range(600)) * 101_325)
    assert (pressure["minimum"], pressure["maximum"]) == pytest.approx((50 * 101_325, 56 * 101_325))


def test_a_clock_without_colons_is_one_to_the_end_of_a_long_file(
    field: Workspace, tmp_path: Path, in_pieces: None
) -> None:
    lines = [f"101;01.10.2026;{i // 60:02}{i % 60:02};50\n" for i in range(0, 1_440, 2)]
    found = preview(field, tmp_path, "Well;Date;Time;Intake pressure, atm\n" + "".join(lines))
    (sheet,) = found["sheets"]
    assert (found["problems"], sheet["stored_rows"]) == ([], 720)
    assert sheet["last"][-1]["time"] == "2026-10-01T23:58:00Z"


def test_what_is_wrong_at_the_end_of_a_long_file_is_told_and_stops_it(
    field: Workspace, tmp_path: Path, in_pieces: None
) -> None:
    minutes = np.arange("2026-10-01T00:00", "2026-10-01T10:00", dtype="datetime64[m]")
    lines = [f"101;{at}:00;{'5O' if i == 599 else 50}\n" for i, at in enumerate(minutes)]
    found = preview(field, tmp_path, "Well;Time;Intake pressure, atm\n" + "".join(lines))
    assert [(cell["line"], cell["column"], cell["code"]) for cell in found["problems"]] == [
        (601, "Intake pressure, atm", "value_not_number")
    ]
    assert found["refused"]["code"] == "value_not_number"


def test_records_say_their_fields_and_units(field: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата;Добыча нефти, т;Добыча воды, м3;Время работы, ч\n"
    text += "101;01.10.2026;20;30;24\n101;02.10.2026;;31;24\n"
    (sheet,) = preview(field, tmp_path, text, kind="production")["sheets"]
    values = {one["field"]: (one["value"], one["unit"]) for one in sheet["first"][0]["values"]}
    assert values["oil_kg"] == (20_000, "kg")
    assert values["water_m3"] == (30, "m³")
    assert values["on_stream_s"] == (86_400, "s")
    assert "oil_kg" not in {one["field"] for one in sheet["first"][1]["values"]}


def test_a_laboratory_keeps_its_customary_unit(field: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата отбора;Плотность нефти, г/см3;Хлористые соли, мг/л\n101;12.10.2026;0,865;<5\n"
    (sheet,) = preview(field, tmp_path, text, kind="lab_result", most=5)["sheets"]
    rows = [{one["field"]: one for one in row["values"]} for row in sheet["first"]]
    salts = next(row for row in rows if row["parameter"]["value"] == "chlorides")
    assert (salts["value"]["value"], salts["value"]["unit"], salts["qualifier"]["value"]) == (5, "мг/л", "<")


def test_a_card_shows_its_points_and_asks_for_its_moment_then_its_speed(field: Workspace) -> None:
    path = shared_file("data/import-cases/F1-card-units-in-names.csv")
    found = preview_file(field, path, ImportOptions(well="101", kind="card"), 3)
    points = [[one["value"] for one in row["values"]] for row in found["sheets"][0]["first"]]
    assert points[1] == pytest.approx([20 * 0.0254, 9000 * 4.4482216152605])
    assert found["refused"]["code"] == "card_no_time"
    said = ImportOptions(well="101", kind="card", time="2026-10-01 08:00")
    assert preview_file(field, path, said, 3)["refused"]["code"] == "card_no_speed"


def test_everitts_card_is_read_when_its_moment_and_speed_are_said(field: Workspace) -> None:
    path = shared_file("data/surface-card-2000ft.csv")
    said = ImportOptions(well="101", time="2026-10-01 08:00", strokes_per_minute=15)
    found = preview_file(field, path, said, 1)
    assert (found["kind"], found["refused"]) == ("card", None)
    (row,) = found["sheets"][0]["first"]
    load = next(one for one in row["values"] if one["field"] == "load")
    assert len(load["value"]) == 456
    assert load["value"][0] == pytest.approx(4085.7 * 4.4482216152605)


@pytest.mark.parametrize("most", [0, 1, 50])
def test_as_many_rows_as_are_asked_for(field: Workspace, tmp_path: Path, most: int) -> None:
    (sheet,) = preview(field, tmp_path, READINGS, most)["sheets"]
    assert len(sheet["first"]) == len(sheet["last"]) == min(most, 5)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (
            Figure("P", "intake_pressure", "pressure", "psi", "Pa", 2, "809", 5_577_859.0, 1),
            "809 psi → 5,58 МПа",
        ),
        (Figure("I", "motor_current", "current", "A", "A", 2, "30.5", 30.5, 1), "30.5 А → 30,5 А"),
        (Figure("Well", "well", shown="101", first="101", count=1), "101"),
        (
            Figure("Date", "time", shown="1.10.26 8:00", first="2026-10-01T08:00:00Z", count=1),
            "1.10.26 8:00 → 01.10.2026 08:00",
        ),
        (Figure("Cl", "chlorides", "", "mg/l", "мг/л", 2, "310", 310.0, 1), "310 мг/л"),
        (Figure("I", "motor_current", "current"), "нет значений"),
        (Figure("x", reason="unknown"), "не берётся: неизвестна"),
        (Figure("x", reason="twice", instead="motor_current"), "«Ток ПЭД» есть; взять эту"),
    ],
)
def test_a_column_is_told_in_the_readers_units(figure: Figure, words: str) -> None:
    kind = "lab_result" if figure.field == "chlorides" else "readings"
    said = figure_words(figure, kind, Speaker("ru")).replace("\xa0", " ").replace("\u202f", " ")
    assert said == words


@pytest.mark.parametrize(
    ("header", "reason", "instead"),
    [
        ("Комментарий", "other_kind", ""),
        ("Кзап", "unknown", ""),
        ("", "nameless", ""),
        ("Ток ПЭД, А", "twice", "motor_current"),
        ("Дата отбора пробы", "twice", "time"),
    ],
)
def test_a_column_that_is_not_used_says_why(
    field: Workspace, tmp_path: Path, header: str, reason: str, instead: str
) -> None:
    cell = "01.10.2026" if header.startswith("Дата") else "30"
    text = f"Скв;Дата;Ток, А;{header}\n101;01.10.2026 00:00;30;{cell}\n101;01.10.2026 01:00;31;{cell}\n"
    unused = preview(field, tmp_path, text)["sheets"][0]["figures"][-1]
    assert (unused["reason"], unused.get("instead", "")) == (reason, instead)
