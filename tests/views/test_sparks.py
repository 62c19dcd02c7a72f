"""Lines of the last thirty days in the table of the field: read for the rows that are seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.clock import to_us
from app.models.changes import READINGS, Changed
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import readings, records
from app.models.wells import ESP, Well, WellId
from app.services.wells.dashboard import field_rows
from app.views.context import Context
from app.views.field.page import SPARK, FieldPage
from app.views.field.spark import SparkLine
from app.views.rows import Column, RowsTable
from tests.views.small_field import ENDED

Wait = Callable[[], None]
AsWindow = Callable[[QWidget], None]
WELLS = 300
INTAKE = SENSORS["intake_pressure"].number
DAY_US = 86_400_000_000


def read_at(context: Context, well: int, rising: bool) -> None:
    hours = to_us(ENDED) - np.arange(10) * DAY_US
    values = 5e6 + 1e5 * np.arange(10.0) * (1 if rising else -1)
    readings.write(context.workspace.store, Readings.of_one(well, INTAKE, hours, values))


def ink(page: FieldPage, row: int) -> int:
    """Pixels that the line of a row has on its background."""
    cell = page.table.visualRect(page.table.model().index(row, SPARK))
    picture = page.table.viewport().grab(cell).toImage()
    colours = [
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(2, picture.height() - 2)
    ]
    return len(colours) - max(colours.count(one) for one in set(colours))


def test_only_lines_of_rows_that_are_seen_are_read_and_those_of_before_stand_until_they_are_read_again(
    context: Context, as_window: AsWindow, settled: Wait
) -> None:
    with context.workspace.store.writing() as cursor:
        wells = [Well(WellId(n), f"{n:04}", "Северное", f"{n}", ESP) for n in range(1, WELLS + 1)]
        records.put_wells(cursor, wells)
    read_at(context, 1, rising=True)
    read_at(context, WELLS, rising=True)
    page, asked = FieldPage(context), list[set[int]]()
    page.sparks.wanted.connect(lambda rows: asked.append({int(row.status.well.id) for row in rows}))
    as_window(page)
    page.resize(1000, 500)
    page.show()
    settled()
    seen = set().union(*asked)
    assert 1 in seen
    assert len(seen) < 40
    assert ink(page, 0) > 20
    assert ink(page, 1) == 0, "of a well that was never read there is none"

    asked.clear()
    page.table.scrollToBottom()
    settled()
    assert WELLS in set().union(*asked)
    assert seen.isdisjoint(*asked)
    assert ink(page, WELLS - 1) > 20

    asked.clear()
    page.table.scrollToTop()
    settled()
    assert asked == [], "they are known"
    context.changed.emit(Changed(kinds=frozenset({READINGS})))
    settled()
    assert 1 in set().union(*asked), "they may be others now"
    assert set().union(*asked) <= seen


def test_what_is_painted_again_before_it_is_answered_is_asked_for_once(
    context: Context, as_window: AsWindow, qtbot: QtBot
) -> None:
    """Each question took the place of the one before: a table that was painted all the time had no answer."""
    with context.workspace.store.writing() as cursor:
        wells = [Well(WellId(n), f"{n}", "Северное", "5", ESP) for n in range(1, 4)]
        records.put_wells(cursor, wells)
    rows = field_rows(context.workspace)
    table = RowsTable(context, [Column("30", lambda row: "", lambda row: row.spark_sensor)], "", "sparks")
    sparks, asked = SparkLine(context.theme, table), list[list[int]]()
    table.setItemDelegateForColumn(0, sparks)
    as_window(table)
    sparks.wanted.connect(lambda seen: asked.append(sorted(int(row.status.well.id) for row in seen)))
    table.show_rows(rows[:2])
    table.resize(300, 300)
    table.show()
    for _ in range(3):
        table.viewport().repaint()
        qtbot.wait(1)
    assert len(asked) == 1
    table.show_rows(rows)
    table.viewport().repaint()
    qtbot.wait(1)
    assert asked[1] == sorted(int(row.status.well.id) for row in rows), (
        "with those that wait for their answer"
    )
    sparks.show_lines(rows, {})
    table.viewport().repaint()
    qtbot.wait(1)
    assert len(asked) == 2
