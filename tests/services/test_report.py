"""The well report: every finding is in its text, both languages, odd wells, and a file that other programs accept."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from app.analysis.simulate.field import ESP_TRUTH, SRP_TRUTH
from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.store import cards as card_store
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.reports import wording
from app.services.diagnose import findings_of
from app.services.import_opening import ImportOptions
from app.services.importing import import_file
from app.services.report import report_bytes, suggested_name, write_report
from app.services.wells import find_well
from app.services.workspace import Workspace
from tests.conftest import shared_file


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", [*ESP_TRUTH, *SRP_TRUTH])
def test_the_text_of_the_report_names_every_finding_with_its_evidence(
    demo_workspace: Workspace, language: str, name: str
) -> None:
    well = find_well(demo_workspace, name)
    text = " ".join(pages_of(report_bytes(demo_workspace, [well], language=language)))
    speaker = demo_workspace.settings.speaker(language)
    found = findings_of(demo_workspace, well.id)
    assert found
    for finding in found:
        assert wording.finding_title(finding, speaker) in text
        for evidence in finding.evidence:
            assert " ".join(wording.evidence_line(evidence, speaker).split()) in text
    assert name in text
    assert "\ufffd" not in text


def test_fonts_are_embedded_and_the_file_is_sound(demo_workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    write_report(demo_workspace, [find_well(demo_workspace, "103")], out)
    fonts = subprocess.run(["pdffonts", str(out)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]  # fmt: skip
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), "\n".join(fonts)
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", str(out)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_an_empty_well_and_one_with_a_long_name_still_get_their_report(workspace: Workspace) -> None:
    name = "Скважина с очень длинным названием " * 4
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(3), name[:120], "Месторождение <b>имени</b> & Ко", "", SRP)])
    for language in ("ru", "en"):
        texts = []
        for well in records.wells(workspace.store):
            text = " ".join(pages_of(report_bytes(workspace, [well], language=language)))
            assert well.name.split()[0] in text
            assert Speaker(language).say("section.no_data") in text
            texts.append(text)
        assert any("<b>имени</b> & Ко" in text for text in texts)


def test_a_well_with_one_card_shows_it_with_its_figures(workspace: Workspace) -> None:
    import_file(workspace, shared_file("data/well-c.json"), ImportOptions("77"))
    well = find_well(workspace, "77")
    taken = card_store.last(workspace.store, well.id)
    assert taken is not None
    period = {"since": taken.taken_at - timedelta(days=1), "until": taken.taken_at + timedelta(days=1)}
    text = " ".join(pages_of(report_bytes(workspace, [well], language="en", **period)))
    assert Speaker("en").say("measure.peak_polished_rod_load_n") in text


def test_several_wells_come_one_after_another(demo_workspace: Workspace, tmp_path: Path) -> None:
    wells = [find_well(demo_workspace, name) for name in ("101", "205")]
    out = tmp_path / "two.pdf"
    count = write_report(demo_workspace, wells, out)
    pages = pages_of(out.read_bytes())
    assert len(pages) == count
    assert "101" in pages[0]
    assert any("205" in page for page in pages[1:])


def test_a_period_that_ends_before_it_begins_and_a_folder_that_is_not_there_are_told(
    demo_workspace: Workspace, tmp_path: Path
) -> None:
    well = find_well(demo_workspace, "101")
    with pytest.raises(KnownError, match="period_empty"):
        report_bytes(demo_workspace, [well], since=datetime(2026, 10, 2, tzinfo=UTC), until=datetime(2026, 10, 1, tzinfo=UTC))  # fmt: skip
    with pytest.raises(KnownError, match="file_not_written"):
        write_report(demo_workspace, [well], tmp_path / "no" / "r.pdf")


def test_the_suggested_name_is_safe_for_any_disk() -> None:
    well = Well(WellId(1), "12/3:Г", "", "", SRP)
    assert suggested_name(well, datetime(2026, 10, 1, tzinfo=UTC)) == "wellside_12_3_Г_2026-10-01.pdf"
