"""The chosen well is merged into another one: what it brings is read first, then one well is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.store import records
from app.services.wells import merging
from app.services.wells.finding import find_well
from app.views.main_window import MainWindow
from tests.views.hands import CTRL, at_hand, press, type_in

Wait = Callable[[], None]


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_the_chosen_well_goes_into_another_one_after_its_doubts_were_read(
    window: MainWindow, settled: Wait
) -> None:
    workspace = window.context.workspace
    well = find_well(workspace, "103")
    other = next(one for one in records.wells(workspace.store) if one.lift not in (well.lift, "other"))
    window.given.run("well.merge")
    dialog = window.merging.dialog
    assert dialog is not None
    at_hand(dialog)
    dialog.into.lineEdit().setFocus()
    type_in("nowhere")
    press(Qt.Key.Key_Return)
    assert "no such well" in dialog.said.text()
    press(Qt.Key.Key_A, CTRL)
    type_in(f"Well {other.name}")  # a name as people write it, and as files and searches read it
    press(Qt.Key.Key_Return)
    settled()
    assert other.name in dialog.said.text()
    assert not dialog.ok.isEnabled(), "the lifts speak against it: that is asked"
    assert dialog.sure.isVisibleTo(dialog)
    dialog.sure.setChecked(True)
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settled()
    assert window.context.well is not None
    assert window.context.well.id == other.id
    assert "103" not in {one.name for one in window.tree.wells()}
    assert find_well(workspace, "103").id == other.id
    merging.part(workspace, merging.named(workspace, "103"))
    assert find_well(workspace, "103").id == well.id
