"""Labels of wells: what is printed is read again by a scanner, and opens the well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.graphics.barcode.qr import QrCodeWidget

from app.core.errors import KnownError
from app.models.store import records
from app.models.wells import ESP, Well, WellId, of_label
from app.reports.pdf.labels import Label, render
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.conftest import Said


def test_a_scanned_label_finds_the_well_also_after_it_was_renamed(workspace: Workspace) -> None:
    well = records.wells(workspace.store)[0]
    assert find_well(workspace, f"  {well.label.upper()} ").id == well.id
    assert of_label([well], "wellside:well/0000") is None
    with pytest.raises(KnownError, match="well_unknown"):
        find_well(workspace, "wellside:well/0000")


def test_a_number_alone_is_no_label() -> None:
    well = Well(WellId(1), "123", "Северное", "5", ESP)
    assert of_label([well], "123") is None


def test_labels_fill_a_sheet_and_go_on_on_the_next() -> None:
    content = render([Label(f"wellside:well/{n}", f"Скв. {n}", "Куст 1") for n in range(22)])
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(texts) == 2
    assert "Скв. 20" in texts[0]
    assert "Скв. 21" in texts[1]


def test_a_name_without_room_is_cut_on_paper_and_whole_in_the_code() -> None:
    name = "Скв. с очень длинным именем, которое не помещается на этикетке"
    document = pypdfium2.PdfDocument(render([Label(f"wellside:well/{name}", name, "")]))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "…" in text
    assert QrCodeWidget(f"wellside:well/{name}").value == f"wellside:well/{name}"


def test_labels_of_a_pad_are_one_file(said: Callable[..., Said], store: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.pdf"
    code, told, errors = said("labels", "--pad", "5", "--out", out, "--store", store)
    assert (code, errors) == (0, "")
    assert "Labels: 1" in told
    assert out.read_bytes().startswith(b"%PDF")
    assert said("labels", "--pad", "nowhere", "--out", out, "--store", store)[0] == 1
