"""Taking back, by hand: a draft that waits, an entry that goes and comes, a decision that is reopened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from app.core.notices import Notice
from app.models.kinds import KINDS
from app.models.store import findings, kinds
from app.views.main_window import MainWindow
from app.views.my_work.page import WorkPage
from tests.views.hands import CTRL, SHIFT, choose, click, press, type_in

Wait = Callable[[], None]


def levels(window: MainWindow) -> list[float]:
    found = kinds.of_well(window.context.workspace.store, KINDS["fluid_level"], 1)
    return [one.values["level_m"] for one in found]


@pytest.mark.slow
def test_what_was_typed_waits_as_a_draft_is_saved_taken_back_and_done_again(
    small_window: MainWindow, settled: Wait
) -> None:
    heard: list[Notice] = []
    stop = small_window.context.workspace.notices.subscribe(heard.append)
    for keys in ("81", "2"):
        press(Qt.Key.Key_N, CTRL, on=small_window)
        choose("Fluid level")
        settled()
        form = small_window.entering.form
        assert form is not None
        form.boxes["level_m"].take_focus()
        press(Qt.Key.Key_End)
        type_in(keys)
        if keys == "81":
            press(Qt.Key.Key_Escape)
            settled()
            assert heard[-1].code == "notice.draft_kept"
            assert small_window.top.drafts.text().endswith(" 1")
    press(Qt.Key.Key_S, CTRL)
    settled()
    assert levels(small_window) == [812.0], "the draft went on where it stopped"
    assert small_window.top.drafts.isHidden()
    press(Qt.Key.Key_Z, CTRL, on=small_window)
    settled()
    assert levels(small_window) == []
    press(Qt.Key.Key_Z, CTRL | SHIFT, on=small_window)
    settled()
    assert levels(small_window) == [812.0]
    press(Qt.Key.Key_H, CTRL, on=small_window)
    settled()
    page = small_window.page("my_work")
    assert isinstance(page, WorkPage)
    page.table.selectRow(0)
    settled()
    click(page.back)
    settled()
    assert levels(small_window) == []
    assert {"notice.draft_kept", "notice.taken_back"} <= {one.notice.code for one in page.said.source.rows}
    stop()


@pytest.mark.slow
def test_an_accepted_finding_has_a_name_under_it_and_is_reopened(
    small_window: MainWindow, settled: Wait
) -> None:
    (box,) = small_window.page("overview").finding_boxes  # type: ignore[attr-defined]
    click(box.accept_button)
    settled()
    (found,) = findings.of_well(small_window.context.workspace.store, 1)
    assert (found.decision, found.decided_by) == ("accepted", "Ivanov")
    (box,) = small_window.page("overview").finding_boxes  # type: ignore[attr-defined]
    click(box.reopen_button)
    settled()
    (found,) = findings.of_well(small_window.context.workspace.store, 1)
    assert found.decision == ""
