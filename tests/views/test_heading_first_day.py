"""First day and every day: from an empty profile to the first entry, and the day after an update."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.core.version import program_version
from app.models.kinds import KINDS
from app.models.store import kinds
from app.services.manual import NEWS
from app.services.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.manual_dialog import PASSAGE, ManualDialog
from app.views.tasks import TaskRunner
from tests.views.conftest import make_window
from tests.views.hands import CTRL, choose, click, labels, press, type_in

Wait = Callable[[], None]


@pytest.mark.slow
def test_a_well_is_made_by_its_door_named_and_has_its_first_test(
    empty_window: MainWindow, settled: Wait
) -> None:
    press(Qt.Key.Key_N, CTRL, on=empty_window)
    settled()
    assert "make one" in empty_window.bottom.words.text(), "what an action without a well says to do"
    click(empty_window.first_run.well.button)
    settled()
    builder = empty_window.building.builder
    assert builder is not None
    builder.field_name.setFocus()
    type_in("Lesnoe")
    builder.part.boxes["well_name"].take_focus()
    type_in("501")
    press(Qt.Key.Key_Return)
    assert builder.isVisible(), "Enter goes on"
    press(Qt.Key.Key_S, CTRL)
    settled()
    assert builder.windowTitle().endswith("501")
    builder.reject()
    settled()
    assert [well.name for well in empty_window.tree.wells()] == ["501"]
    overview = empty_window.page("overview")
    assert "Drop a file" in labels(overview)
    offers = [one.text() for one in overview.findChildren(QPushButton) if one.isVisible()]
    assert "Import files…" in offers, "an empty page offers what fills it"
    press(Qt.Key.Key_N, CTRL, on=empty_window)
    choose("Flow test")
    settled()
    form = empty_window.entering.form
    assert form is not None
    form.boxes["liquid_m3_per_s"].take_focus()
    type_in("40")
    press(Qt.Key.Key_S, CTRL)
    settled()
    well = empty_window.tree.wells()[0]
    assert len(kinds.of_well(empty_window.context.workspace.store, KINDS["flow_test"], int(well.id))) == 1
    assert "today" in labels(empty_window.page("overview"))


@pytest.mark.slow
def test_after_an_update_the_program_says_what_is_new_once(
    qapp: QApplication, workspace: Workspace, runner: TaskRunner, settled: Wait
) -> None:
    workspace.settings.set("language", "en")
    path = workspace.paths.session
    path.write_text(json.dumps({"well": 1, "page": "my_work", "program": "0.0.1", "clean": True}))
    for is_new in (True, False):
        window = make_window(qapp, workspace, runner)
        settled()
        codes = [one.notice.code for one in workspace.notices.said()]
        assert codes.count("notice.updated") == 1
        if is_new:
            assert program_version() in window.bottom.words.text()
            click(window.bottom._action)
            manual = window.findChild(ManualDialog)
            assert manual is not None
            assert manual.found.currentItem().data(PASSAGE).page == NEWS
            manual.close()
        window.close()
        settled()
        window.deleteLater()
