"""The log of imports: what a laboratory is told of its files, with the lines, into a table of theirs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.services.imports import log
from app.services.imports.importing import import_file, undo
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.conftest import NOW
from tests.importers.imported import readers_here

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")
PROTOCOL = (
    "Скважина;Дата отбора;КВЧ, мг/л;Обводненность, %;Цвет\n"
    "101;12.10.2026;85;45;3\n101;13.10.2026;-999.25;46;4\n"
)


def brought(workspace: Workspace, tmp_path: Path) -> str:
    workspace.settings.set("author", "Лаборант")
    file = tmp_path / "протокол.csv"
    file.write_text(PROTOCOL, encoding="utf-8")
    return import_file(workspace, file, ImportOptions(new_wells=True)).id


def test_the_log_says_what_was_read_written_and_doubtful_and_names_the_lines(
    workspace: Workspace, tmp_path: Path
) -> None:
    brought(workspace, tmp_path)
    (one,) = log.log(workspace, Speaker("ru"))
    assert (one.file, one.author, one.kind) == ("протокол.csv", "Лаборант", "lab_result")
    assert (one.read, one.added, one.undone) == (2, 3, False)
    assert one.doubtful == 2
    said = "\n".join(one.lines)
    assert "-999.25" in said
    assert "строки 3" in said
    assert "«Цвет»" in said
    assert one.told()["sha256"] == one.sha256


def test_what_was_taken_back_stays_in_the_log_with_its_moment(workspace: Workspace, tmp_path: Path) -> None:
    undo(workspace, brought(workspace, tmp_path))
    (one,) = log.log(workspace, Speaker("en"))
    assert one.undone
    assert one.undone_at is not None
    assert log.log(workspace, Speaker("en"), since=workspace.clock().replace(year=2099)) == []


def test_the_log_goes_into_a_spreadsheet_and_into_text(workspace: Workspace, tmp_path: Path) -> None:
    brought(workspace, tmp_path)
    speaker = Speaker("ru")
    logged = log.log(workspace, speaker)
    log.export(logged, tmp_path / "журнал.xlsx", speaker)
    head, row = openpyxl.load_workbook(tmp_path / "журнал.xlsx").active.iter_rows(values_only=True)
    cells = dict(zip(head, row, strict=True))
    assert (cells["Файл"], cells["Прочитано строк"], cells["Записано значений"]) == ("протокол.csv", 2, 3)
    assert cells["Состояние"] == "загружен"
    assert "строки 3" in cells["Замечания"]
    log.export(logged, tmp_path / "log.csv", speaker)
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["Контрольная сумма (SHA-256)"] == logged[0].sha256
    with pytest.raises(KnownError, match="export_format"):
        log.export(logged, tmp_path / "log.doc", speaker)


def test_a_moment_in_a_remark_is_told_as_a_moment_after_the_journal_kept_it() -> None:
    details = {"well": "101", "count": 3, "since": NOW, "until": NOW}
    kept = json.loads(json.dumps(log._plain(details)))
    assert log._as_said(kept) == details
