"""The page Today: what is to be done stands on the way, is ticked off by entries, and is moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.ids import new_id
from app.models.changes import Changed
from app.models.records import Record
from app.models.store import records
from app.services.records import entries
from app.services.tasks import listing, route
from app.views.finding_box import FindingBox
from app.views.main_window import MainWindow
from app.views.today.page import TodayPage

Wait = Callable[[], None]
DAY = timedelta(days=1)


def asked(window: MainWindow, what: str, place: int = 0) -> Record:
    workspace = window.context.workspace
    well = records.wells(workspace.store)[place]
    now = workspace.clock()
    return listing.add(workspace, well, what, now + DAY, since=now - DAY)


def page_of(window: MainWindow, settled: Wait) -> TodayPage:
    window.open_page("today")
    settled()
    page = window.page("today")
    assert isinstance(page, TodayPage)
    return page


def states(page: TodayPage) -> list[str]:
    tops = (page.way.topLevelItem(number) for number in range(page.way.topLevelItemCount()))
    return [top.child(row).text(2) for top in tops for row in range(top.childCount())]


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_a_day_from_the_first_task_to_its_report(window: MainWindow, settled: Wait, tmp_path: Path) -> None:
    page, workspace = page_of(window, settled), window.context.workspace
    assert page.empty.isVisibleTo(page)
    level = asked(window, "fluid_level")
    for place in (1, 2):
        asked(window, "visit", place)
    window.context.changed.emit(Changed.of(level))
    settled()
    assert page.way.topLevelItemCount() == 3
    assert states(page) == ["Planned"] * 3

    first, *others = page.way.uids()
    page.way.setFocus()
    QTest.keyClick(page.way, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settled()
    assert page.way.uids() == [others[0], first, others[1]]
    assert route.put(workspace)[:2] == [others[0], first]
    page.buttons["nearest"].click()
    settled()
    assert page.way.uids() == [first, *others]

    values = {"level": "dynamic", "level_m": 1200.0}
    done = Record(new_id(), "fluid_level", level.well_id, workspace.clock(), None, dict(values))
    window.context.changed.emit(Changed.of(entries.save_record(workspace, done)))
    settled()
    assert sorted(states(page)) == ["Done", "Planned", "Planned"]

    written = tmp_path / "day.pdf"
    got: list[bytes] = []
    page.presenter.paper_ready.disconnect(page._paper)
    page.presenter.paper_ready.connect(lambda name, content: got.append(content))
    page.buttons["report"].click()
    settled()
    page.save_to(written, got[0])
    settled()
    assert written.read_bytes().startswith(b"%PDF")


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_a_finding_becomes_a_task_by_one_click_and_once(window: MainWindow, settled: Wait) -> None:
    boxes = [box for box in window.page("overview").findChildren(FindingBox) if hasattr(box, "task_button")]
    boxes[0].task_button.click()
    settled()
    boxes[0].task_button.click()
    settled()
    (task,) = listing.standing(window.context.workspace)
    assert (task.what, task.record.values["finding"]) == ("check", boxes[0].finding.id)


def test_a_scanned_label_in_the_search_opens_its_well(small_window: MainWindow, settled: Wait) -> None:
    tree = small_window.tree
    well = tree.wells()[-1]
    tree.search.setText(well.label)
    assert not tree.nothing.isVisible()
    QTest.keyClick(tree.search, Qt.Key.Key_Return)
    settled()
    assert small_window.context.well is not None
    assert small_window.context.well.id == well.id
