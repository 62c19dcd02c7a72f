"""The program as a user has it: a process of its own on a real screen (Xvfb), driven by mouse and keyboard
from outside.

Find a well, zoom its trend, look at its card, take the report with you; then bring in a file.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.entries import State
from app.models.journal import Journal
from app.models.keys import obtain_key
from app.models.store import records
from app.services.opening import open_workspace
from app.services.wells.finding import find_well
from tests.e2e.hand import NEEDS_A_SCREEN, Hand, until

pytestmark = NEEDS_A_SCREEN


def imports_of(profile: Path) -> int:
    """Those that are done: an import is queued for the centre when its rows are in the cache."""
    paths = profile_paths(profile / "cache.duckdb")
    journal = Journal(paths.journal, paths.blobs, obtain_key(paths).derive("journal"))
    try:
        return sum(entry.kind == "import" for entry in journal.entries(State.QUEUED))
    finally:
        journal.close()


@pytest.mark.slow
def test_find_a_well_zoom_its_trend_open_its_card_export_its_report_import_a_file(
    program: subprocess.Popen[str], profile: Path, screen: str, tmp_path: Path
) -> None:
    hand = Hand(screen)
    hand.focus("Wellside")

    def session() -> dict[str, object]:
        path = profile / "session.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    # Find the well.
    until(lambda: session().get("well") is not None, "the first well")
    hand.keys("ctrl+f")
    hand.types("202")
    hand.keys("Return")
    until(lambda: "202" in hand("getwindowname", hand.window("Wellside")), "well 202 in the title")

    # Zoom its trend with the wheel, in the middle of the chart.
    hand.keys("ctrl+2")
    until(lambda: session().get("page") == "trends", "the trends page")
    before = session()
    hand("mousemove", "--sync", 620, 300)
    for _ in range(3):
        hand("click", 4)
    width = int(str(before["period_to_us"])) - int(str(before["period_from_us"]))

    def zoomed() -> bool:
        now = session()
        return int(str(now["period_to_us"])) - int(str(now["period_from_us"])) < 0.7 * width

    until(zoomed, "a narrower window of time")

    # Its card: the whole period again, then the page.
    hand("click", "--repeat", 2, "--delay", 60, 1)
    hand.keys("ctrl+3")
    until(lambda: session().get("page") == "cards", "the cards page")

    # The report, saved through the dialog.
    hand.keys("ctrl+p")
    until(lambda: session().get("page") == "reports", "the reports page")
    report = tmp_path / "report.pdf"
    hand.keys_until("ctrl+s", lambda: hand.sees("Save the report"), "the dialog, once the preview is made")
    hand.focus("Save the report")
    hand.keys("ctrl+a")
    hand.types(str(report))
    hand.keys("Return")
    until(lambda: report.exists() and report.stat().st_size > 10_000, "the report on the disk")

    # A file, chosen in the dialog.
    file = tmp_path / "line.csv"
    file.write_text(
        "well,time,line_pressure (MPa)\n202,2026-11-02T00:00:00Z,1.2\n202,2026-11-02T00:01:00Z,1.3\n"
    )
    hand.focus("Wellside")
    hand.keys("ctrl+o")
    hand.focus("Import files")
    hand.types(str(file))
    hand.keys("Return")
    hand.focus("Import: line.csv")
    hand.keys_until("Return", lambda: not hand.sees("Import: line.csv"), "the end of the preview's check")
    until(lambda: imports_of(profile) == 1, "the import in the journal, after it is in the cache")
    hand.focus("Wellside")
    hand.keys("ctrl+q")
    until(lambda: program.poll() is not None, "the end of the program")
    _, errors = program.communicate()
    assert program.returncode == 0, errors
    assert "Traceback" not in errors

    document = pypdfium2.PdfDocument(report.read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "well 202" in text
    assert "pound" in text.lower()
    workspace = open_workspace(profile_paths(profile / "cache.duckdb"), NoticeBus())
    imported = records.imports(workspace.store)
    well = find_well(workspace, "202")
    workspace.close()
    assert [(record.file_name, record.rows_added) for record in imported] == [("line.csv", 2)]
    assert well.name == "202"
    assert session()["clean"] is True
