"""The list of dynamograms: what a card shows is read before its peak."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from PySide6.QtWidgets import QApplication, QWidget

from app.models.cards import StoredCard
from app.views.cards.table import FILLAGE, FOUND, PEAK, CardTable
from app.views.context import Context

AT = datetime(2026, 10, 31, 12, tzinfo=UTC)


def test_the_peak_gives_way_to_the_words_of_what_was_found(
    context: Context, as_window: Callable[[QWidget], None], qapp: QApplication
) -> None:
    figures = {"fillage": 0.54, "peak_polished_rod_load_n": 61e3, "codes": [["fluid_pound", "act"]]}
    table = CardTable(context)
    as_window(table)
    table.show()
    table.show_cards([StoredCard("a" * 32, 1, AT, 4.6, np.zeros(3), np.zeros(3), figures)])
    words = table.sizeHintForColumn(FOUND)
    for wide in range(200, 900, 20):
        table.resize(wide, 300)
        qapp.processEvents()
        if not table.isColumnHidden(PEAK):
            assert table.columnWidth(FOUND) >= words, wide
        elif not table.isColumnHidden(FOUND):
            assert table.columnWidth(FOUND) < words + table._wide[PEAK], "there was no room for both"
    assert not table.isColumnHidden(PEAK)
    assert not table.isColumnHidden(FILLAGE)
