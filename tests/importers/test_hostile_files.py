"""Files that mean harm or are broken: one clear message, nothing half read, and never for long."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
import time
import zipfile
from pathlib import Path

import openpyxl
import psutil
import pytest

from app.core.errors import KnownError
from app.importers import child
from app.importers.base import Order
from app.importers.opening import Asked, choose, read_file
from app.importers.vocabulary import vocabulary
from app.services.imports.importing import import_file
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.corpus import CASES
from tests.importers.imported import readers_here  # noqa: F401 - a fixture

SHEET = '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def workbook_of(path: Path, rows: str, doctype: str = "", shared: str = "") -> Path:
    """A minimal workbook whose sheet is written by hand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types '
            'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
            'Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            'PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<?xml version="1.0"?><Relationships '
            'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            '<?xml version="1.0"?><workbook '
            'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet '
            'name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<?xml version="1.0"?><Relationships '
            'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(doctype=doctype, rows=rows))
        if shared:
            archive.writestr("xl/sharedStrings.xml", shared)
    return path


def refused(path: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read_file(path, choose(path), Asked())
    return caught.value


def test_one_cell_at_the_far_corner_does_not_take_the_machine(tmp_path: Path) -> None:
    path = workbook_of(
        tmp_path / "corner.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    )
    assert path.stat().st_size < 5_000
    began = time.monotonic()
    error = refused(path)
    assert error.code in ("file_too_heavy", "too_many_cells")
    assert time.monotonic() - began < 30


@pytest.mark.slow
def test_entities_are_not_expanded_and_no_file_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SENTINEL")
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
        + "]>"
    )
    theft = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{secret}">]>'
    for name, doctype, entity in (("bomb.xlsx", bomb, "j"), ("theft.xlsx", theft, "f")):
        rows = (
            f'<row r="1"><c r="A1" t="inlineStr"><is><t>time</t></is></c><c r="B1" '
            f't="inlineStr"><is><t>frequency</t></is></c></row><row r="2"><c r="A2" '
            f't="inlineStr"><is><t>2026-10-01</t></is></c><c r="B2" '
            f't="inlineStr"><is><t>&{entity};</t></is></c></row>'
        )
        path = workbook_of(tmp_path / name, rows, doctype)
        try:
            found = read_file(path, choose(path), Asked())
        except KnownError:
            continue
        said = json.dumps([sheet.table.to_pylist() for sheet in found.sheets], default=str)
        assert "SENTINEL" not in said
        assert len(said) < 10_000


@pytest.mark.slow
def test_an_archive_that_unpacks_to_a_gigabyte_is_refused_before_it_does(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("zeros.csv", "w") as member,
    ):
        for _ in range(600):
            member.write(b"0" * 2**20)
    assert path.stat().st_size < 4 * 2**20
    assert refused(path).code == "archive_bomb"


# What a reader makes of a file is the same here; what a file may do to its reader is seen in a child.
in_this_process = pytest.mark.usefixtures("readers_here")


@in_this_process
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path) -> None:
    for number, name in enumerate(("../../evil.csv", "/etc/evil.csv", "C:\\evil.csv", "a/../../evil.csv")):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "time;frequency\n2026-10-01;50\n")
        assert refused(path).code == "archive_path"
    assert not list(tmp_path.parent.glob("evil*"))


@in_this_process
def test_a_good_archive_is_one_import_of_all_its_files(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for case in CASES:
            if case.name in ("wide-telemetry.csv", "rows.json"):
                case.make(tmp_path / case.name)
                archive.write(tmp_path / case.name, f"folder/{case.name}")
        archive.writestr("readme.bin", bytes(range(256)))
    with pytest.raises(KnownError, match="twin_sheets"):
        import_file(workspace, path, ImportOptions("77"))  # the second file has two values otherwise
    report = import_file(workspace, path, ImportOptions("77", answers={"twin_values": "last"}))
    assert (report.added, report.changed) == (800, 0)
    assert ("import.member_not_read", {"member": "readme.bin"}) in report.remarks
    assert len(workspace.journal.entries()) == 1


@pytest.mark.slow
def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(
        ";".join(f"c{i}" for i in range(1_000_000)) + "\n" + ";".join("1" for _ in range(1_000_000)) + "\n"
    )
    assert refused(path).code == "too_many_columns"


@in_this_process
def test_formulas_are_not_evaluated_and_macros_are_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Дата", "Частота, Гц"])
    sheet.append(["01.10.2026", "=40+10"])
    sheet.append(["02.10.2026", 50])
    path = tmp_path / "formula.xlsm"
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open")
    found = read_file(path, choose(path), Asked()).sheets[0].table
    assert found.column("c1").to_pylist() == ["#formula", "50"]


@in_this_process
def test_a_workbook_under_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 2048
    )
    assert refused(path).code == "file_password"
    archive = tmp_path / "locked.zip"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("a.csv", "time;frequency\n")
    raw = bytearray(content.getvalue())
    raw[6] |= 1  # the flag of an encrypted member, in both of its headers
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(bytes(raw))
    assert refused(archive).code == "file_password"


TRUNCATED = pytest.mark.parametrize(
    "name", ["title-and-merges.xlsx", "trend.parquet", "old-system.dbf", "rows.json"]
)


@in_this_process
@TRUNCATED
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused_or_read_as_far_as_it_goes(
    tmp_path: Path, name: str, share: float
) -> None:
    truncated_is_refused_or_read(tmp_path / name, share)


@TRUNCATED
def test_a_truncated_file_is_told_of_by_the_process_that_reads_it_too(tmp_path: Path, name: str) -> None:
    truncated_is_refused_or_read(tmp_path / name, 0.9)


def truncated_is_refused_or_read(path: Path, share: float) -> None:
    case = next(case for case in CASES if case.name == path.name)
    case.make(path)
    content = path.read_bytes()
    path.write_bytes(content[: max(1, int(share * len(content)))])
    try:
        found = read_file(path, choose(path), Asked())
    except KnownError as error:
        assert str(path) in str(error.details["file"])
        return
    assert found.sheets


@in_this_process
def test_what_a_file_is_decides_its_content_not_its_name(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "flow-tests.xlsx")
    for name in ("named.csv", "named.xls", "named.json", "named"):
        path = tmp_path / name
        case.make(tmp_path / "real.xlsx")
        path.write_bytes((tmp_path / "real.xlsx").read_bytes())
        assert choose(path).key == "workbook", name
    text = tmp_path / "text.xlsx"
    text.write_text("time;frequency\n2026-10-01;50\n")
    assert read_file(text, choose(text), Asked()).sheets[0].headers == ("time", "frequency")


def test_a_file_that_goes_away_or_changes_while_it_is_imported_leaves_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    from app.services.imports.importing import commit
    from app.services.imports.opening import open_file

    path = tmp_path / "r.csv"
    path.write_text("time;intake_pressure\n2026-10-01;5\n")
    opened = open_file(workspace, path, ImportOptions("77"))
    path.write_text("time;intake_pressure\n2026-10-01;6\n")
    with pytest.raises(KnownError, match="file_changed"):
        commit(workspace, opened)
    path.unlink()
    with pytest.raises(KnownError, match="file_missing"):
        commit(workspace, opened)
    with workspace.store.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM readings").fetchone() == (0,)
    assert workspace.journal.unsent_count() == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_held_by_another_program_is_told(tmp_path: Path) -> None:
    path = tmp_path / "held.csv"
    path.write_text("time;frequency\n2026-10-01;50\n")
    path.chmod(0)
    assert refused(path).code == "file_locked"


@pytest.mark.slow
def test_a_reader_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    monkeypatch.setattr(child, "SILENCE_S", 1.0)
    try:
        with os.fdopen(reading, "rb") as never_ends, pytest.raises(KnownError, match="file_too_heavy"):
            child.Reading(tmp_path / "r.csv", never_ends, "text_table", Order(vocabulary()))
    finally:
        os.close(writing)


def test_a_frozen_program_reads_in_a_process_of_its_own_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no interpreter to be given a module: the program starts itself with one argument."""
    main = Path(__file__).resolve().parents[2] / "main.py"
    monkeypatch.setattr(child, "_command", lambda: [sys.executable, str(main), child.ARGUMENT])
    path = tmp_path / "r.csv"
    path.write_text("time;frequency\n2026-10-01;50\n")
    assert read_file(path, choose(path), Asked()).sheets[0].headers == ("time", "frequency")


@pytest.mark.slow
def test_a_long_text_is_streamed_through_little_memory(workspace: Workspace, tmp_path: Path) -> None:
    """120 MiB here; `make bench` streams gigabytes. Neither process may hold the file."""
    path = tmp_path / "long.csv"
    row = "2026-10-01 00:00:00;123Г;5,25;" + "x" * 1700 + "\n"
    with path.open("w") as out:
        out.write("time;well;Рпр, МПа;comment\n")
        for day in range(70):
            out.write(
                "".join(
                    f"{2026 - day // 200}-{1 + day % 200 // 20:02d}-{1 + day % 20:02d} "
                    f"{i // 60:02d}:{i % 60:02d}:00" + row[19:]
                    for i in range(1000)
                )
            )
    assert path.stat().st_size > 110 * 2**20
    before, most = psutil.Process().memory_info().rss, 0
    others = {p.pid for p in psutil.Process().children()}  # servers of other tests
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.is_set():
            try:
                most = max(
                    most, sum(p.memory_info().rss for p in psutil.Process().children() if p.pid not in others)
                )
            except psutil.Error:
                continue
            time.sleep(0.05)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    report = import_file(workspace, path)
    done.set()
    watcher.join()
    assert report.added == 70_000
    assert most < 400 * 2**20
    assert psutil.Process().memory_info().rss - before < 400 * 2**20
