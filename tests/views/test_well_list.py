"""The list of wells: found by what is wrong with them, several at once, favourites, out of the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.core.texts import Speaker
from app.models.store import records
from app.models.wells import ESP, Well, WellId
from app.services.wells import listing
from app.services.wells.finding import statuses
from app.services.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.well_list import Arrangement, listed

Wait = Callable[[], None]
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(window: MainWindow) -> list[str]:
    return [index.data(Qt.ItemDataRole.UserRole + 1).name for index in window.tree._well_indexes()]


def index_of(window: MainWindow, name: str) -> QModelIndex:
    return window.tree._well_indexes()[shown(window).index(name)]


def place(window: MainWindow, name: str) -> QPoint:
    index = index_of(window, name)
    window.tree.view.scrollTo(index)
    return window.tree.view.visualRect(index).center()


def click(
    window: MainWindow, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.mouseClick(window.tree.view.viewport(), Qt.MouseButton.LeftButton, modifier, place(window, name))


def test_wells_and_pads_stand_as_people_count_and_a_favourite_where_its_number_is(
    workspace: Workspace,
) -> None:
    """1097 had stood before 347, pad 10 before pad 9, and a favourite behind all others."""
    with workspace.store.writing() as cursor:
        names = [("9", "1097"), ("9", "347"), ("10", "20"), ("10", "9")]
        wells = [Well(WellId(n), name, "Северное", pad, ESP) for n, (pad, name) in enumerate(names, 11)]
        records.put_wells(cursor, wells)
    kept = listing.favour(workspace, wells[:1] + wells[3:], on=True)
    found = listed(statuses(workspace.store), [], kept, Speaker("ru"), {})
    ((_, pads),) = Arrangement().groups(found, str)
    told = {pad: [found[place].status.well.name for place in places] for pad, places in pads}
    assert list(told) == ["5", "6", "9", "10"]
    assert told["9"] == ["347", "1097"]
    assert told["10"] == ["9", "20"]


def test_wells_are_found_by_what_is_wrong_with_them_in_both_languages(
    window: MainWindow, settled: Wait
) -> None:
    for typed, wells in (("gas", {"102"}), ("обрыв", {"205"}), ("parted", {"205"})):
        window.tree.search.clear()
        window.tree.search.insert(typed)  # QTest types ASCII only
        found = set(shown(window))
        assert wells <= found, typed
        assert len(found) < 14, typed
    QTest.keyClick(window.tree.search, Qt.Key.Key_Return)
    settled()
    assert window.context.well is not None
    assert window.context.well.name == "205"
    assert window.stack.key == "overview"


@pytest.mark.slow
def test_several_wells_at_once_a_favourite_and_one_out_of_the_way(
    window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    workspace, tree = window.context.workspace, window.tree
    tree.view.setFocus()
    click(window, "205")
    settled()
    click(window, "203", CTRL)
    settled()
    assert [well.name for well in tree.chosen()] == ["203", "205"]
    assert window.context.well is not None
    assert window.context.well.name == "205", "what is open stays open"
    click(window, "205", CTRL)
    window.tree_actions.given.run("tree.edit")
    settled()
    assert window.building.builder is not None
    assert "203" in window.building.builder.windowTitle(), "the chosen one, whichever is open"
    window.building.builder.reject()
    window.tree_actions.given.run("tree.merge")
    assert window.merging.dialog is not None
    assert "203" in window.merging.dialog.windowTitle()
    window.merging.dialog.reject()
    tree._menu(place(window, "203"))
    offers = [action.objectName() for action in QApplication.activePopupWidget().actions()]
    assert "entry.new" not in offers, "it would go to the open well"
    QApplication.activePopupWidget().close()
    click(window, "205", CTRL)
    tree._menu(place(window, "203"))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.objectName(): action for action in menu.actions()}
    assert not offered["tree.edit"].isEnabled(), "one at a time"
    offered["tree.report"].trigger()
    menu.close()
    settled()
    assert window.stack.key == "reports"
    order = window.page("reports").choices.order(archive=False)  # type: ignore[attr-defined]
    assert [well.name for well in order.wells] == ["203", "205"]
    window.tree_actions.export_to(tmp_path)
    settled()
    assert {"203 cards.csv", "205 cards.csv"} <= {one.name for one in tmp_path.iterdir()}
    window.tree_actions.given.run("tree.merge")
    settled()
    dialog = window.merging.dialog
    assert dialog is not None
    assert (dialog._well.name, dialog.into.currentText()[:3]) == ("203", "205"), "what is open stays"
    dialog.reject()
    click(window, "205", CTRL)
    assert [well.name for well in tree.chosen()] == ["203"]
    window.tree_actions.given.run("tree.edit")
    settled()
    builder = window.building.builder
    assert builder is not None
    assert builder._well is not None
    assert builder._well.name == "203", "the chosen one, whatever is open"
    builder.reject()
    window.activateWindow()
    tree.view.setFocus()
    click(window, "104")
    settled()
    QTest.keyClick(tree.view, Qt.Key.Key_D, CTRL)
    settled()
    assert index_of(window, "104").data().startswith("★ 104")
    tree.favourites.click()
    assert shown(window) == ["104"]
    tree.favourites.click()
    window.tree_actions.given.run("tree.hide")
    settled()
    assert "104" not in shown(window)
    QTest.keyClicks(tree.search, "104")
    assert shown(window) == ["104"], "by its name it is found all the same"
    tree.search.clear()
    window.tree_actions.given.run("tree.show_all")
    settled()
    assert "104" in shown(window)
    kept = listing.load(workspace).favourites
    assert [one.name for one in tree.wells() if one.key["uid"] in kept] == ["104"]


def test_a_right_click_asks_about_all_that_are_chosen_and_the_list_made_anew_keeps_them(
    window: MainWindow, settled: Wait
) -> None:
    tree, names = window.tree, ["203", "205"]
    tree.view.setFocus()
    click(window, "205")
    settled()
    click(window, "203", CTRL)
    at = place(window, "203")
    QTest.mousePress(tree.view.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    where = tree.view.viewport().mapToGlobal(at)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, where)
    QApplication.sendEvent(tree.view.viewport(), asked)
    settled()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    QTest.mouseRelease(tree.view.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    assert [well.name for well in tree.chosen()] == names
    assert window.context.well is not None
    assert window.context.well.name == "205"
    tree._statuses = []  # as after a finding was seen: the list is another
    tree.refresh()
    settled()
    assert [well.name for well in tree.chosen()] == names


def test_a_click_on_one_of_several_chosen_wells_opens_it(window: MainWindow, settled: Wait) -> None:
    """Qt tells of the current one before it takes the others out of the choice."""
    tree = window.tree
    tree.view.setFocus()
    click(window, "205")
    settled()
    for name in ("203", "202"):
        click(window, name, CTRL)
    settled()
    assert len(tree.chosen()) == 3
    click(window, "203")
    settled()
    assert [well.name for well in tree.chosen()] == ["203"]
    assert window.context.well is not None
    assert window.context.well.name == "203"
