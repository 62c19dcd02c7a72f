"""Wells on a map: where they stand, told by shape and words, opened by a click."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.core.ids import new_id
from app.models.changes import Changed
from app.models.records import Record
from app.services.records import entries
from app.views.field.page import FieldPage
from app.views.field.well_map import measure
from app.views.main_window import MainWindow

Wait = Callable[[], None]


@pytest.mark.parametrize(
    ("most", "round_"), [(150.0, 100.0), (199.9, 100.0), (200.0, 200.0), (740.0, 500.0), (0.3, 0.2)]
)
def test_a_distance_on_the_map_is_a_round_one(most: float, round_: float) -> None:
    assert measure(most) == pytest.approx(round_)


def test_north_is_up_and_a_click_opens_the_well(small_window: MainWindow, settled: Wait) -> None:
    small_window.open_page("field")
    settled()
    page = small_window.page("field")
    assert isinstance(page, FieldPage)
    page.map_button.click()
    assert page.map.isVisible()
    assert not page.table.isVisible()
    assert "coordinates" in page.map.left_out_words(), "nobody has said where any well stands"

    context, wells = small_window.context, small_window.tree.wells()
    for number, well in enumerate(wells):
        if number:  # one has none
            values = {"x_m": 1000.0 * number, "y_m": 2000.0 * number}
            record = Record(new_id(), "location", int(well.id), context.workspace.clock(), None, dict(values))
            entries.save_record(context.workspace, record)
    context.changed.emit(Changed(kinds=frozenset({"location"})))
    settled()
    assert "1" in page.map.left_out_words()
    rows = sorted(page.map._rows, key=lambda row: page.map._places[int(row.status.well.id)])
    spots = [page.map.spot(row) for row in rows]
    assert all(
        one.y() > other.y() and one.x() < other.x() for one, other in zip(spots, spots[1:], strict=False)
    )
    assert page.map.row_at(QPointF(3, 3)) is None
    assert rows[-1].status.well.name in page.map.told(rows[-1])
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=spots[-1].toPoint())
    settled()
    assert context.well is not None
    assert context.well.id == rows[-1].status.well.id
