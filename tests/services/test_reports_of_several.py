"""Reports of several wells: in one file under their own heads, summed up, or a file each."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.services.reports import files as report_files
from app.services.reports import report
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.services.report_texts import text_of, texts_of


@pytest.mark.slow
def test_several_wells_come_one_after_another_each_under_its_own_head(demo_workspace: Workspace) -> None:
    wells = [find_well(demo_workspace, name) for name in ("101", "205")]
    job = Job()
    content, made = report_files.pdf_bytes(
        demo_workspace, report.order(demo_workspace, wells, language="ru"), job
    )
    pages = texts_of(content)
    assert made.missing == ()
    begins = [
        i
        for i, page in enumerate(pages)
        if "Скважина 205" in page and "скв. 205" in page.replace("скв. 101, 205", "")
    ]
    assert begins
    assert all("скв. 101 " not in page for page in pages[begins[-1] :])


@pytest.mark.slow
def test_a_pad_is_summed_up_the_worst_off_first(demo_workspace: Workspace) -> None:
    wells = report.wells_of(demo_workspace, [], pad="3")
    assert [well.name for well in wells] == ["201", "202", "203", "204", "205", "206"]
    pages = texts_of(
        report_files.pdf_bytes(demo_workspace, report.order(demo_workspace, wells, "pad", language="ru"))[0]
    )
    first = pages[0]
    assert first.index("205 ШГН") < first.index("201 ШГН"), "parted rods before a healthy well"
    assert "Скважин 6" in first
    regime = text_of(demo_workspace, report.order(demo_workspace, wells, "regime", language="en"))
    assert all(f"{well.name} {well.pad}" in regime for well in wells)
    with pytest.raises(KnownError, match="pad_unknown"):
        report.wells_of(demo_workspace, [], pad="99")
    with pytest.raises(KnownError, match="report_no_wells"):
        report.wells_of(demo_workspace, [])


def test_a_file_for_each_well_is_named_so_that_it_can_be_sent_and_a_cancel_stops(
    demo_workspace: Workspace, tmp_path: Path
) -> None:
    wells = report.wells_of(demo_workspace, ["201", "203"])
    wanted = report.order(demo_workspace, wells, "passport", language="ru")
    written = report_files.write_each(demo_workspace, wanted, tmp_path, ".pdf", Job())
    assert [one.path.name for one in written] == [
        "Паспорт_скважины_201_2026-10-31.pdf",
        "Паспорт_скважины_203_2026-10-31.pdf",
    ]
    assert all(one.path.read_bytes().startswith(b"%PDF") for one in written)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        report_files.write_each(demo_workspace, wanted, tmp_path, ".pdf", job)


def test_wells_of_two_pads_that_are_called_alike_have_a_file_each(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.store.writing() as cursor:
        records.put_wells(
            cursor, [Well(WellId(51), "7", "Поле", "1", SRP), Well(WellId(52), "7", "Поле", "2", SRP)]
        )
    wells = [well for well in records.wells(workspace.store) if well.name == "7"]
    written = report_files.write_each(
        workspace, report.order(workspace, wells, "passport"), tmp_path, ".pdf", Job()
    )
    assert len({one.path for one in written}) == 2
    assert all(one.path.exists() for one in written)
    assert [one.missing for one in written] == [("7",), ("7",)]
