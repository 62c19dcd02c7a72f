"""Files in and out: once, wholly, with a way back; and nothing in them is run by a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from pyarrow import parquet

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.core.notices import NoticeBus
from app.core.spreadsheets import safe_text
from app.models.entries import State
from app.models.records import LabResult
from app.models.store import database as store
from app.models.store import records, trends
from app.services.imports import importing, writing
from app.services.imports.importing import import_file, undo
from app.services.imports.opening import ImportOptions
from app.services.opening import open_workspace
from app.services.records import applying
from app.services.reports.exporting import export
from app.services.reports.table_files import write_table
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.conftest import shared_file

AT = datetime(2026, 10, 1, tzinfo=UTC)


def a_file(folder: Path, name: str = "r.csv", values: tuple[float, ...] = (5.2, 5.3, 5.4)) -> Path:
    path = folder / name
    rows = [f"2026-10-01T00:{minute:02d}:00Z,{value}" for minute, value in enumerate(values)]
    path.write_text("time,intake_pressure (MPa)\n" + "\n".join(rows) + "\n")
    return path


def values_of(workspace: Workspace, well: int = 1) -> list[float]:
    with workspace.store.reading() as cursor:
        rows = cursor.execute(
            "SELECT value FROM readings WHERE well = ? ORDER BY sensor, ts", [well]
        ).fetchall()
    return [round(row[0] / 1e6, 3) for row in rows]


# ---- what is refused, with its place -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        (
            "time;intake_pressure\n2026-10-01;5\n2026-10-02;5a\n",
            "value_not_number",
            {"line": 3, "column": "intake_pressure", "value": "5a"},
        ),
        (
            "time;intake_pressure\n2026-10-01;5\n02.10.2026;5\n10/03/2026;5\n",
            "value_not_time",
            {"column": "time"},
        ),
        (
            "time;intake_pressure\n2026-10-01;5\n2026-13-45;5\n",
            "value_not_time",
            {"line": 3, "value": "2026-13-45"},
        ),
        ("time;intake_pressure\n1900-01-01;5\n", "value_not_time", {"line": 2}),
        ("intake_pressure;motor_current\n5;30\n", "column_missing", {"field": "time"}),
        ("time;unheard_of\n2026-10-01;5\n", "no_sensor_column", {}),
        ("time;intake_pressure\n", "file_no_rows", {}),
        ("time;intake_pressure\n2026-10-01;\n", "file_no_values", {}),
        ("time;intake_pressure\n2026-10-01;5;7;9\n", "csv_row", {"line": 2, "expected": 2, "actual": 4}),
        ("just one column\n5\n", "csv_no_columns", {}),
        ("time;sensor;value\n2026-10-01;воздух;5\n", "sensor_unknown", {"line": 2, "value": "воздух"}),
        (
            "time;sensor;value;unit\n2026-10-01;intake_pressure;5;попугай\n",
            "unit_unknown",
            {"value": "попугай"},
        ),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_line_column_and_value(
    workspace: Workspace, tmp_path: Path, text: str, code: str, details: dict[str, object]
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(text)
    with pytest.raises(KnownError) as caught:
        import_file(workspace, path, ImportOptions("123Г"))
    assert values_of(workspace) == []
    assert workspace.journal.entries() == []
    assert caught.value.code == code
    assert caught.value.details["file"] == str(path)
    for key, value in details.items():
        assert caught.value.details[key] == value


@pytest.mark.slow
@pytest.mark.reads_apart
def test_a_file_brings_its_rows_once_however_often_it_comes(workspace: Workspace, tmp_path: Path) -> None:
    first = import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    assert (first.added, first.changed, first.same) == (3, 0, 0)
    again = import_file(workspace, a_file(tmp_path, "copy.csv"), ImportOptions("123Г"))
    assert (again.already, again.id) == (True, "")
    assert values_of(workspace) == [5.2, 5.3, 5.4]
    assert workspace.journal.unsent_count() == 1


def test_a_corrected_file_changes_what_differs_and_undo_brings_the_old_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    second = import_file(workspace, a_file(tmp_path, "b.csv", (5.2, 6.0, 5.4, 5.5)), ImportOptions("123Г"))
    assert (second.added, second.changed, second.same) == (1, 1, 2)
    assert values_of(workspace) == [5.2, 6.0, 5.4, 5.5]
    undo(workspace, second.id)
    assert values_of(workspace) == [5.2, 5.3, 5.4]


def test_an_import_under_a_later_one_is_not_undone_alone(workspace: Workspace, tmp_path: Path) -> None:
    first = import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    second = import_file(workspace, a_file(tmp_path, "b.csv", (6.0, 6.1)), ImportOptions("123Г"))
    with pytest.raises(KnownError, match="import_undo_order"):
        undo(workspace, first.id)
    undo(workspace, second.id)
    undo(workspace, first.id)
    assert values_of(workspace) == []
    with pytest.raises(KnownError, match="import_unknown"):
        undo(workspace, first.id)


def test_an_undone_file_can_be_imported_again(workspace: Workspace, tmp_path: Path) -> None:
    first = import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    undo(workspace, first.id)
    assert import_file(workspace, a_file(tmp_path), ImportOptions("123Г")).added == 3


def test_a_failed_write_leaves_a_discarded_entry_and_no_rows(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KnownError("disk_full", file="x")

    monkeypatch.setattr(records, "put_import", fail)
    with pytest.raises(KnownError, match="disk_full"):
        import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    assert values_of(workspace) == []
    assert [entry.state for entry in workspace.journal.entries()] == [State.DISCARDED]
    assert workspace.journal.unsent_count() == 0


def test_a_cancelled_import_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        import_file(workspace, a_file(tmp_path), ImportOptions("123Г"), job=job)
    assert values_of(workspace) == []
    assert workspace.journal.entries() == []


@pytest.mark.parametrize("rows_were_written", [True, False])
def test_an_import_cut_short_by_a_crash_is_settled_at_the_next_start(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_were_written: bool
) -> None:
    """The crash comes after the cache's commit, or before it; the journal holds a draft in both cases."""
    write = writing.write

    class PowerCut(BaseException):
        pass

    def cut(*arguments: object) -> None:
        if rows_were_written:
            write(*arguments)  # type: ignore[arg-type]
        raise PowerCut

    monkeypatch.setattr(importing, "write", cut)
    monkeypatch.setattr(workspace.journal, "discard", lambda *_: None)  # a dead program discards nothing
    with pytest.raises(PowerCut):
        import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    paths = workspace.paths
    workspace.close()
    again = open_workspace(paths, NoticeBus())
    states = [entry.state for entry in again.journal.entries()]
    assert states == [State.QUEUED if rows_were_written else State.DISCARDED]
    assert len(values_of(again)) == (3 if rows_were_written else 0)
    again.close()


def test_a_lost_cache_gets_its_imports_and_undos_again_from_the_journal(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    undone = import_file(workspace, a_file(tmp_path, "b.csv", (9.0, 9.1)), ImportOptions("123Г"))
    undo(workspace, undone.id)
    before = values_of(workspace)
    paths, key = workspace.paths, workspace.key
    wells = records.wells(workspace.store)
    workspace.close()
    (tmp_path / "r.csv").unlink()
    store.set_aside(paths.store)
    fresh = store.open_database(paths.store, key.derive("cache"))
    with fresh.writing() as cursor:
        records.put_wells(cursor, wells)
    fresh.close()
    again = open_workspace(paths, NoticeBus())

    applying.replay(again)
    assert values_of(again) == before
    applying.replay(again)
    assert values_of(again) == before, "replaying twice changes nothing"
    again.close()


def test_a_card_is_imported_with_its_figures_and_undone(workspace: Workspace) -> None:
    report = import_file(workspace, shared_file("data/well-c.json"), ImportOptions("77"))
    assert (report.kind, report.added) == ("card", 7), "the card, and six records of the well as it is run"
    from app.models.store import cards

    kept = cards.last(workspace.store, 2)
    assert kept is not None
    assert kept.figures["fillage"] == pytest.approx(0.989, abs=0.02)
    undo(workspace, report.id)
    assert cards.last(workspace.store, 2) is None


def test_a_file_that_names_no_well_asks_for_one(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="import_needs_well"):
        import_file(workspace, a_file(tmp_path))
    assert workspace.journal.entries() == []


def test_readings_from_the_future_are_refused_with_their_line_or_left_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "f.csv"
    soon, late = workspace.clock() + timedelta(hours=23), workspace.clock() + timedelta(days=1)
    rows = (f"{iso(soon)},5.1", f"{iso(late)},5.2", "2149-01-01T00:00:00Z,5.3")
    path.write_text("time,intake_pressure (MPa)\n" + "\n".join(rows) + "\n")
    with pytest.raises(KnownError) as refused:
        import_file(workspace, path, ImportOptions("123Г"))
    assert (refused.value.code, refused.value.details["line"]) == ("measured_ahead", 3)
    assert not workspace.journal.entries()
    import_file(workspace, path, ImportOptions("123Г", leave_out_bad=True))
    assert values_of(workspace) == [5.1]


def test_what_was_taken_once_is_not_lost_to_a_clock_that_was_set_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    (entry,) = workspace.journal.entries()
    with workspace.store.writing() as cursor:
        for table in ("readings", "imports"):
            cursor.execute(f"DELETE FROM {table}")
    set_back = replace(workspace, clock=lambda: AT - timedelta(days=400))
    writing.apply_entry(set_back, entry)
    assert values_of(workspace) == [5.2, 5.3, 5.4]


# ---- out ---------------------------------------------------------------------------------------------------


def test_what_is_exported_as_parquet_is_imported_again_to_the_last_bit(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    out = tmp_path / "out.parquet"
    assert export(workspace, find_well(workspace, "123Г"), "readings", out) == 3
    before = trends.samples(workspace.store, 1, 1, 0, 2**60)
    report = import_file(workspace, out)
    assert (report.added, report.changed, report.same) == (0, 0, 3)
    after = trends.samples(workspace.store, 1, 1, 0, 2**60)
    assert all((a == b).all() for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("evil", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", "＝1+1"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(
    workspace: Workspace, tmp_path: Path, evil: str
) -> None:
    with workspace.store.writing() as cursor:
        records.put_lab_results(cursor, [LabResult("l1", 1, AT, evil, 1.5, "mg/l", "<", evil)])
    well = find_well(workspace, "123Г")
    export(workspace, well, "lab", tmp_path / "lab.csv")
    with (tmp_path / "lab.csv").open(encoding="utf-8-sig", newline="") as file:
        row = list(csv.DictReader(file))[0]
    assert row["parameter"] == row["method"] == "'" + evil
    export(workspace, well, "lab", tmp_path / "lab.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "lab.xlsx").active
    assert sheet is not None
    cells = {cell.value: cell.data_type for cell in sheet[2]}
    assert cells[evil] == "s"


def test_numbers_stay_numbers_in_every_format(workspace: Workspace, tmp_path: Path) -> None:
    import_file(workspace, a_file(tmp_path), ImportOptions("123Г"))
    well = find_well(workspace, "123Г")
    for suffix in ("csv", "parquet", "xlsx"):
        export(workspace, well, "readings", tmp_path / f"o.{suffix}")
    assert parquet.read_table(tmp_path / "o.parquet")["value"].to_pylist() == pytest.approx(
        [5.2e6, 5.3e6, 5.4e6]
    )
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert sheet is not None
    assert [row[3].value for row in list(sheet.rows)[1:]] == pytest.approx([5.2e6, 5.3e6, 5.4e6])
    text = (tmp_path / "o.csv").read_text(encoding="utf-8-sig").splitlines()
    assert text[1].startswith("2026-10-01T00:00:00")
    assert safe_text(-5.0) == -5.0


def test_a_sheet_too_long_for_excel_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    import pyarrow as pa

    table = pa.table({"n": pa.array(range(1_048_576))})
    with pytest.raises(KnownError, match="export_too_long"):
        write_table(table, tmp_path / "long.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_well_without_data_gives_a_file_with_a_header(workspace: Workspace, tmp_path: Path) -> None:
    for what in ("readings", "cards", "tests", "lab"):
        for suffix in ("csv", "parquet", "xlsx"):
            out = tmp_path / f"{what}.{suffix}"
            assert export(workspace, find_well(workspace, "77"), what, out) == 0
            assert out.exists()
