"""What a person sees and types is by the field's clock, whatever the store keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.zones import FieldZone
from app.views.entry.moment_edit import MomentEdit
from app.views.plots.look import CHART_PT
from app.views.plots.time_axis import TimeAxis
from app.views.plots.xy_chart import Series, XYChart
from app.views.theme import FONT_FAMILY, THEMES

URALS = FieldZone("Asia/Yekaterinburg")


@pytest.fixture
def edit(qapp: QApplication) -> Iterator[MomentEdit]:
    made = MomentEdit(URALS, datetime(2026, 1, 1, tzinfo=UTC), "ru")
    yield made
    made.deleteLater()


def test_a_moment_is_shown_and_kept_by_the_fields_clock(edit: MomentEdit) -> None:
    edit.set_moment(datetime(2026, 10, 12, 4, 30, tzinfo=UTC))
    assert edit.text() == "12.10.2026 09:30"
    assert "UTC+5" in edit.toolTip()
    assert "2026-10-12 04:30 UTC" in edit.toolTip()
    QTest.keyClicks(edit, "121020260115")
    assert edit.moment() == datetime(2026, 10, 11, 20, 15, tzinfo=UTC)


def test_a_moment_is_shown_whole_whatever_takes_the_room_beside_it(edit: MomentEdit) -> None:
    """Of the day until which a task is to be done the last digit was cut off."""
    digits = edit.fontMetrics().horizontalAdvance("28.11.2026 10:10")
    assert edit.minimumSizeHint().width() >= digits + 24, "and the arrow beside it"


def test_a_day_without_an_hour_is_shown_and_kept_as_that_day(edit: MomentEdit) -> None:
    edit.set_moment(datetime(2026, 3, 1, tzinfo=UTC))
    assert edit.text() == "01.03.2026 00:00"
    assert edit.moment() == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span_s", "labels"),
    [
        (4 * 3600, {"2:00", "3:00"}),
        (3 * 86400, {"13 окт", "14 окт"}),
        (300 * 86400, {"ноя 2026", "янв 2027"}),
    ],
)
def test_the_axis_has_round_hours_days_and_months_of_the_field(
    qapp: QApplication, span_s: float, labels: set[str]
) -> None:
    axis = TimeAxis("ru", URALS)
    axis.origin_us = int(datetime(2026, 10, 11, 20, 10, tzinfo=UTC).timestamp() * 1e6)  # 01:10 there
    ((spacing, ticks),) = axis.tickValues(0.0, span_s, 900)
    shown = set(axis.tickStrings(ticks, 1.0, spacing))
    assert {one.removeprefix("0") for one in shown} >= labels, shown
    local = [URALS.local(datetime.fromtimestamp(axis.origin_us / 1e6 + tick, UTC)) for tick in ticks]
    assert all(one.minute == 0 for one in local if spacing >= 3600)
    assert all(one.hour == 0 for one in local if spacing >= 86400)


def test_a_narrow_chart_of_a_few_weeks_has_days_not_a_single_month(qapp: QApplication) -> None:
    axis = TimeAxis("ru", URALS)
    axis.origin_us = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp() * 1e6)
    ((spacing, ticks),) = axis.tickValues(0.0, 31 * 86400.0, 190)
    assert 2 <= len(axis.tickStrings(ticks, 1.0, spacing)) <= 3
    ((spacing, ticks),) = axis.tickValues(200 * 86400.0, 300 * 86400.0, 300)
    assert "май 2027" in axis.tickStrings(ticks, 1.0, spacing), "a month alone is in its own case"


@pytest.mark.parametrize(
    ("span_s", "size"), [(30 * 86400, 97.0), (90 * 86400, 110.0), (90 * 86400, 130.0), (20 * 3600, 110.0)]
)
def test_however_narrow_a_chart_is_two_moments_can_be_read_under_it(
    qapp: QApplication, span_s: float, size: float
) -> None:
    """Of one alone nobody can say how long anything lasted."""
    axis = TimeAxis("ru", URALS)
    axis.origin_us = int(datetime(2026, 8, 3, 5, tzinfo=UTC).timestamp() * 1e6)
    ((spacing, ticks),) = axis.tickValues(0.0, span_s, size)
    words = QFontMetricsF(QFont(FONT_FAMILY, CHART_PT))
    told = []
    for tick, label in zip(ticks, axis.tickStrings(ticks, 1.0, spacing), strict=True):
        middle, half = tick / span_s * size, words.horizontalAdvance(label) / 2
        if middle - half >= 0 and middle + half <= size:
            told.append((middle - half, middle + half))
    assert len(told) >= 2, "what stands out over an end is left away"
    assert all(left[1] < right[0] for left, right in pairwise(told)), "no two over each other"


def test_two_hours_under_a_narrow_chart_are_never_those_of_different_days(qapp: QApplication) -> None:
    """Eight days had stood over 03:00 and 17:00, as if they were fourteen hours."""
    axis = TimeAxis("ru", URALS)
    named = {"days": 0, "hours": 0}
    for hour in (0, 10, 18):
        axis.origin_us = int(datetime(2026, 8, 3, hour, tzinfo=UTC).timestamp() * 1e6)
        for hours in range(25, 24 * 15, 17):
            for size in range(90, 160, 20):
                ((spacing, ticks),) = axis.tickValues(0.0, hours * 3600.0, size)
                words = axis.tickStrings(ticks, 1.0, spacing)
                if any(":" in word for word in words) and not any("авг" in word for word in words):
                    assert ticks[-1] - ticks[0] < 86400, (hour, hours, size, words)
                    named["hours"] += 1
                elif words and ":" in words[-1]:
                    assert ticks[-1] - ticks[-2] < 86400, (hour, hours, size, words)
                named["days"] += len(words) == 2 and all("авг" in word for word in words)
    assert min(named.values()) > 0, "where two days fit they stand there, else hours of one"


def test_an_axis_without_room_for_two_labels_does_not_count_the_seconds_of_a_year(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second went by at each painting of such a chart."""
    axis, counted = TimeAxis("ru", URALS), list[int]()

    def hours(low: float, high: float, step: int) -> list[float]:
        counted.append(step)
        return []

    monkeypatch.setattr(axis, "_hours", hours)
    for size in (70, 110):
        axis.tickValues(0.0, 320 * 86400.0, size)
    assert counted == []


def test_a_chart_of_years_has_no_day_without_its_year(qapp: QApplication) -> None:
    axis = TimeAxis("ru", URALS)
    axis.origin_us = int(datetime(2022, 8, 3, tzinfo=UTC).timestamp() * 1e6)
    ((spacing, ticks),) = axis.tickValues(0.0, 3 * 365 * 86400.0, 140)
    assert all(label[-4:].isdecimal() for label in axis.tickStrings(ticks, 1.0, spacing))


def test_one_measurement_stands_in_the_middle_of_a_week_on_a_scale_that_reads(qapp: QApplication) -> None:
    chart = XYChart(THEMES["light"], "ru", "", "кг/м³", time=URALS)
    at = datetime(2026, 10, 11, 9, tzinfo=UTC).timestamp() * 1e6
    chart.show_series([Series("p", np.array([at]), np.array([862.19]), "#000000", points=True)])
    (left, right), (low, high) = chart.plot.getViewBox().viewRange()
    assert right - left == pytest.approx(7 * 86400)
    assert (low, high) == pytest.approx((775.97, 948.41), abs=0.01)
