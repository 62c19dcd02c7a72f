"""F1, Shift+F1, the sheet of keys; columns of tables moved, hidden and copied."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.views.explaining import explained
from app.views.keys_dialog import KeysDialog
from app.views.main_window import MainWindow
from app.views.manual_dialog import ManualDialog
from app.views.rows import Column, RowsTable

Wait = Callable[[], None]


@pytest.mark.opens("103", "flow")
def test_the_manual_and_the_keys_are_found_and_a_control_says_what_it_is(
    window: MainWindow, settled: Wait
) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F1)
    manual = window.findChild(ManualDialog)
    assert manual is not None
    QTest.keyClicks(manual.typed, "glove")
    assert manual.found.count() < 8
    manual.typed.setText("two wells")
    assert "Two wells that are one" in manual.text.toPlainText()
    manual.typed.setText("Cards over each other")
    kind, file = QTextDocument.ResourceType.ImageResource, QUrl("pictures/cards-overlay.png")
    assert len(manual.text.loadResource(kind, file) or b"") > 1000, "its picture lies beside it"
    manual.typed.setText("no such word at all")
    assert manual.found.count() == 0
    assert "Try another word" in manual.text.toPlainText()
    manual.close()
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    keys = window.findChild(KeysDialog)
    assert keys is not None
    QTest.keyClicks(keys.typed, "ctrl+p")
    shown = [
        (place.child(row).text(0), place.child(row).text(1))
        for place in map(keys.sheet.topLevelItem, range(keys.sheet.topLevelItemCount()))
        for row in range(place.childCount())
        if not place.child(row).isHidden()
    ]
    assert ("Report of this well", "Ctrl+P") in shown
    keys.close()
    told = explained(window.tree.favourites)
    assert told is not None
    assert "Ctrl+D" in told[1]


@pytest.mark.slow
@pytest.mark.opens("103", "flow")
def test_columns_are_moved_hidden_remembered_and_copied_as_they_stand(
    window: MainWindow, settled: Wait
) -> None:
    table = window.page("flow").table  # type: ignore[attr-defined]
    titles = [column.title for column in table.source.columns]
    header = table.horizontalHeader()
    header.moveSection(0, 1)
    menu = table.arranged.show_menu(QPoint(5, 5))
    assert isinstance(menu, QMenu)
    menu.actions()[2].trigger()
    menu.close()
    assert table.isColumnHidden(2)
    settled()
    window.context.next_language()
    settled()
    window.context.next_language()
    settled()
    table = window.page("flow").table  # type: ignore[attr-defined]
    window.open_page("flow")
    settled()
    assert table.arranged.order[:2] == [1, 0]
    assert table.isColumnHidden(2)
    assert table.source.rows
    wanted = [titles[1], titles[0], *titles[3:]]
    assert table.as_text().splitlines()[0].split("\t") == wanted
    for row in (0, 2):
        table.selectionModel().select(
            table.model().index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().splitlines()
    assert len(copied) == 3, "the header and the chosen rows"


def test_a_column_that_says_nothing_gives_way_before_one_that_does_and_comes_back(
    window: MainWindow, settled: Wait
) -> None:
    columns = [
        Column("What", lambda row: row[0], lambda row: row[0], stretch=True, share=0.5),
        Column("Empty one", lambda row: "—", lambda row: 0, optional=True),
        Column("Told", lambda row: row[1], lambda row: row[1], optional=True),
    ]
    table = RowsTable(window.context, columns, "Of a test", "of a test")
    table.setParent(window)
    table.resize(260, 200)
    table.show()
    table.show_rows([("a long sentence that wants half of the table", "told")] * 3)
    settled()
    assert [table.isColumnHidden(i) for i in range(3)] == [False, True, False]
    table.resize(800, 200)
    settled()
    assert not any(table.isColumnHidden(i) for i in range(3))
    table.resize(260, 200)
    settled()
    assert table.isColumnHidden(1), "what is hidden is measured all the same"
    table.deleteLater()
