"""Words in narrow places: what gives way is a name, never a figure and never half of a unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.models.sensors import SENSORS
from app.views import widgets
from app.views.context import Context
from app.views.theme import FONT_FAMILY, THEMES, sheet
from app.views.trends.legend import Legend
from app.views.trends.parting import ChartAndNames
from app.views.unbroken import NO_BREAK_SPACE, with_its_figure

AsWindow = Callable[[QWidget], None]


@pytest.mark.parametrize(
    "words", ["Ёмкость ствола C: 0,0382 м³/МПа", "13,62 кВт·ч/т", "30 м³/сут/МПа, КВЧ (мг/л)"]
)
def test_a_unit_of_a_label_is_not_parted_and_the_label_says_what_it_was_told(
    qapp: QApplication, words: str
) -> None:
    for made in (widgets.text, widgets.muted):
        label = made(words)
        assert label.text() == words
        label.setText(words)
        assert label.text() == words
        longest = max(words.split(), key=lambda word: label.fontMetrics().horizontalAdvance(word))
        narrow = label.fontMetrics().horizontalAdvance(longest)
        label.setWordWrap(True)
        assert label.minimumSizeHint().width() >= narrow - 2, "it would break at its slash"


def test_a_path_may_be_parted_anywhere(qapp: QApplication) -> None:
    label = widgets.text("reports/2026/october/very/long/folder/names/of/somebody/well-103.pdf")
    whole = label.fontMetrics().horizontalAdvance(label.text())
    assert label.minimumSizeHint().width() < whole / 2, "it would make the window wider than its screen"


@pytest.mark.parametrize("figure", [f"1\u202f097,2{NO_BREAK_SPACE}м", "−40 °C", "1 227 м"])
def test_what_has_no_room_in_a_sketch_is_the_name_and_not_the_end_of_its_depth(
    qapp: QApplication, figure: str
) -> None:
    metrics = QFontMetrics(QFont(FONT_FAMILY, 13))
    words = f"перфорация и башмак от {figure}"
    whole = metrics.horizontalAdvance(words)
    assert with_its_figure(metrics, words, whole) == words
    told = with_its_figure(metrics, words, whole - 40)
    assert told.endswith(f"… {figure}")
    assert metrics.horizontalAdvance(told) <= whole - 40


def test_the_names_of_pens_get_the_room_of_their_longest_word(context: Context, as_window: AsWindow) -> None:
    """In gloves on a small screen `Температура, °C` was `Темп…ура`, and its unit was three dots."""
    legend = Legend(context)
    as_window(legend)
    legend.table.reset([SENSORS["insulation_resistance"], SENSORS["motor_temperature"]], [], {}, "")
    legend.setStyleSheet(sheet(THEMES["sunlight"], 40, glove=True))
    legend.show()
    high = [legend.rowHeight(row) for row in range(2)]
    legend._fit_rows()
    assert high == [legend.rowHeight(row) for row in range(2)], "of boxes as large as they are shown"
    legend.resize(legend.least_px(), 300)
    longest = max(
        legend.fontMetrics().horizontalAdvance(word)
        for row in range(2)
        for word in str(legend.table.index(row, 0).data()).split()
    )
    assert legend.columnWidth(0) - legend._beside_name_px() >= longest
    parted = ChartAndNames(QWidget(), legend, 400)
    assert parted.shares(1_400) == [1_000, 400]
    chart, names = parted.shares(3 * legend.least_px() - 60)
    assert names == legend.least_px() <= 0.4 * (chart + names), "a little more than the third"
    parted.deleteLater()


def test_a_page_without_rows_has_its_words_whole_and_leaves_the_room_to_its_neighbour(
    qapp: QApplication,
) -> None:
    half = widgets.Half()
    inside = QVBoxLayout(half)
    words = widgets.instead_of_rows("What you enter or import here is shown until the centre has it. " * 3)
    inside.addWidget(words)
    inside.addWidget(QPushButton("Take"))
    split = QSplitter(Qt.Orientation.Vertical)
    split.addWidget(half)
    split.addWidget(QPlainTextEdit())
    split.setSizes([400, 100])
    split.show()
    half.be_full(False)
    for width in (300, 900, 400):
        split.resize(width, 600)
        qapp.processEvents()
        assert words.height() >= words.heightForWidth(words.width()), width
        assert half.height() < 300, "the neighbour has the rest"
    half.be_full(True)
    assert half.maximumHeight() > 10_000
    split.deleteLater()
