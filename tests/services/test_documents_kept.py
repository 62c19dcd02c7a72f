"""Files that belong to a record: attached once, under names that harm nobody; words are disarmed on their way
out.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.ids import new_id
from app.models import limits
from app.models.records import Record
from app.services.records import documents, entries
from app.services.records import lists as record_lists
from app.services.workspace import Workspace
from tests.services.test_records import AT

# ---- documents ---------------------------------------------------------------------------------------------


def test_a_document_is_attached_once_and_comes_out_as_it_went_in(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "Паспорт скважины.pdf"
    path.write_bytes(b"%PDF-1.4 " + os.urandom(3 * 2**20))
    first = documents.attach_file(workspace, path, "123Г")
    assert (first.added, documents.attach_file(workspace, path, "123Г").already) == (1, True)
    (row,) = record_lists.rows(workspace, 1, ("document",))
    assert row.record.values == {"kind": "passport", "title": "Паспорт скважины"}
    documents.save_as(workspace, row.files[0], tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == path.read_bytes()
    with pytest.raises(KnownError, match="import_needs_well"):
        documents.attach_file(workspace, path, None)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\a.pdf", "a.pdf"),
        ("con.pdf", "_con.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a:b|c?.pdf", "abc.pdf"),
        (" . ", "file"),
    ],
)
def test_names_of_attachments_are_made_harmless(given: str, plain: str) -> None:
    assert limits.file_name(given) == plain


@pytest.mark.parametrize("letter", ["x", "ж", "😀"])
def test_a_long_name_of_any_script_fits_a_file_system_and_keeps_its_suffix(
    letter: str, tmp_path: Path
) -> None:
    short = limits.file_name(letter * 400 + ".pdf")
    assert short.endswith(".pdf")
    assert len(short.encode()) <= limits.LONGEST_FILE_NAME
    (tmp_path / short).write_bytes(b"")


def test_words_that_a_spreadsheet_would_run_are_disarmed_on_export(
    workspace: Workspace, tmp_path: Path
) -> None:
    from app.services.reports.table_files import write_table

    entries.save_record(
        workspace, Record(new_id(), "event", 1, AT, None, {"kind": "stop", "note": '=HYPERLINK("http://x")'})
    )
    write_table(record_lists.table(record_lists.rows(workspace, 1, ("event",))), tmp_path / "e.csv")
    assert "'=HYPERLINK" in (tmp_path / "e.csv").read_text(encoding="utf-8-sig")
