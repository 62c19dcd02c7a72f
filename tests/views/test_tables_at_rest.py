"""A table whose rows just have, or have not, the room comes to rest: a scroll bar that comes and goes with a
column kept the window at work for good.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.views.main_window import MainWindow
from app.views.rows import Column, RowsTable

Wait = Callable[[], None]
WORDS = "What was done there that day "


@pytest.fixture
def table(window: MainWindow, qapp: QApplication) -> RowsTable:
    columns = [
        Column("When", lambda row: f"2026-11-{row + 1:02d} 12:00", lambda row: row),
        Column("What", lambda row: WORDS * (1 + row % 3), lambda row: row, stretch=True, share=0.4),
        Column("By whom", lambda row: "Ivanov", lambda row: row, optional=True),
    ]
    made = RowsTable(window.context, columns, "of a test", "of a test at rest")
    made.show()
    qapp.processEvents()
    return made


def test_a_table_comes_to_rest_whatever_its_size(
    table: RowsTable, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted: list[int] = []
    fit = RowsTable._fit_columns
    monkeypatch.setattr(RowsTable, "_fit_columns", lambda self: (fitted.append(1), fit(self))[1])
    table.show_rows(list(range(9)))
    most = 0
    for wide in range(300, 640, 20):
        for high in range(250, 520, 30):
            fitted.clear()
            table.resize(wide, high)
            for _ in range(12):
                qapp.processEvents()
            most = max(most, len(fitted))
    assert most <= 5
    table.deleteLater()
