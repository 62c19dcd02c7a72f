"""Excel: numbers that count, dates that sort, charts that draw, text that is never run, files that other
programs open.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from app.core.texts import Speaker
from app.reports.blocks import (
    Chart,
    Column,
    Completion,
    Document,
    FindingBox,
    Heading,
    Pairs,
    Paragraph,
    Part,
    Pen,
    Table,
)
from app.reports.excel.book import write
from app.services.reports import files as report_files
from app.services.reports import report
from app.services.wells.finding import find_well
from app.services.workspace import Workspace

AT = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
RU = Speaker("ru")


def document(*blocks: object) -> Document:
    return Document("Отчёт", "Поле, куст 1", "=cmd()", "Составлен", AT, (Part(tuple(blocks)),))  # type: ignore[arg-type]


def test_numbers_are_numbers_dates_are_dates_and_text_is_never_run(tmp_path: Path) -> None:
    rows = (
        (AT, 1234.567, "=1+1"),
        (AT, None, "+7 900"),
        (None, float("nan"), "@SUM(A1)"),
        (AT, -0.5, "плохой\x07знак"),
    )
    block = Table((Column("Дата", "moment"), Column("Дебит, м³/сут", "number", 1), Column("Слова")), rows)
    out = tmp_path / "a.xlsx"
    assert write(document(Heading("Замеры"), Pairs((("=имя", "-1"),)), block), RU, out) == 2
    sheet = load_workbook(out)["Замеры"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Дата")
    first = head[0].row + 1
    assert sheet.freeze_panes == f"A{first}"
    assert sheet.print_title_rows == f"${first - 1}:${first - 1}"
    assert sheet.auto_filter.ref == f"A{first - 1}:C{first + 3}"
    assert sheet.cell(first, 1).value == AT.replace(tzinfo=None)
    assert sheet.cell(first, 1).number_format == "DD.MM.YYYY HH:MM"
    assert sheet.cell(first, 2).value == pytest.approx(1234.567)
    assert sheet.cell(first, 2).number_format == "#,##0.0"
    assert [sheet.cell(first + i, 3).value for i in range(4)] == ["=1+1", "+7 900", "@SUM(A1)", "плохойзнак"]
    assert all(
        cell.data_type != "f"
        for book_sheet in load_workbook(out)
        for row in book_sheet.iter_rows()
        for cell in row
    )
    assert sheet.cell(first + 2, 2).value is None


def test_a_chart_is_native_and_its_numbers_stand_beside(tmp_path: Path) -> None:
    x = np.array([AT.timestamp(), AT.timestamp() + 3600, AT.timestamp() + 7200])
    trend = Chart(
        "Давление",
        "",
        "МПа",
        (
            Pen("Приём", x, np.array([5.0, np.nan, 5.5])),
            Pen("Выкид", x, np.array([9.0, 9.1, 9.2]), 1, points=True),
        ),
        time_axis=True,
    )
    loglog = Chart(
        "ГДИ",
        "ч",
        "МПа",
        (Pen("Δp", np.array([0.0, 0.1, 10.0]), np.array([-1.0, 1.0, 100.0]), 0, points=True, line=False),),
        log="xy",
        downwards=True,
    )
    out = tmp_path / "a.xlsx"
    write(document(Heading("Тренды"), trend, loglog, Chart("", "", "", ())), RU, out)
    book = load_workbook(out)
    data = book["Данные графиков"]
    assert book.sheetnames[-1] == "Данные графиков"
    assert [data.cell(1, c).value for c in (2, 5, 8)] == ["Приём", "Выкид", "Δp"]
    assert data.cell(2, 1).value == AT.replace(tzinfo=None)
    assert data.cell(3, 2).value is None, "a gap is a gap"
    assert [data.cell(r, 7).value for r in (2, 3)] == [0.1, 10.0], "no logarithm of nought"
    with zipfile.ZipFile(out) as file:
        charts = sorted(name for name in file.namelist() if name.startswith("xl/charts/chart"))
        assert len(charts) == 2
        text = file.read(charts[1]).decode()
    assert text.count("logBase") == 2
    assert "maxMin" in text


def test_sheets_have_names_that_excel_takes_however_the_wells_are_called(tmp_path: Path) -> None:
    names = ("Скважина 12/3:[Г]*?", "скважина 12 3  Г", "x" * 60, "x" * 60, "'", "")
    blocks = [
        part
        for name in names
        for part in (
            Heading(name, 1),
            Paragraph("п"),
            Heading("Что обнаружено"),
            FindingBox("act", "Диагноз", "97 %", ("довод",)),
        )
    ]
    blocks.append(Completion("м", 100, "esp", 90, 80, 70, (), (), ((80.0, "насос"),)))
    out = tmp_path / "a.xlsx"
    write(document(*blocks), RU, out)
    sheets = load_workbook(out).sheetnames
    assert len({name.lower() for name in sheets}) == len(sheets) == 2 * len(names) + 1
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in sheets)


def test_libreoffice_opens_the_report_without_repair_and_counts_with_it(
    demo_workspace: Workspace, tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    out = tmp_path / "report.xlsx"
    wells = [find_well(demo_workspace, name) for name in ("103", "202")]
    report_files.write(demo_workspace, report.order(demo_workspace, wells, language="ru"), out)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    said = subprocess.run(
        [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(out)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert "repair" not in (said.stdout + said.stderr).lower()
    assert (tmp_path / "report.pdf").stat().st_size > 10_000


@pytest.mark.slow
def test_the_excel_report_holds_the_numbers_of_the_page(demo_workspace: Workspace, tmp_path: Path) -> None:
    from app.services.wells import flow

    well = find_well(demo_workspace, "103")
    wanted = report.order(demo_workspace, [well], language="en")
    out = tmp_path / "r.xlsx"
    report_files.write(demo_workspace, wanted, out)
    sheet = load_workbook(out)["Flow tests"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Date and time")
    since, until = report.period_of(demo_workspace, wanted, well)
    newest = flow.history(demo_workspace, well, since, until).rows[0].test
    assert sheet.cell(head[0].row + 1, 1).value == newest.taken_at.replace(tzinfo=None)
    assert sheet.cell(head[0].row + 1, 2).value == pytest.approx(newest.liquid_m3_per_s * 86_400)
