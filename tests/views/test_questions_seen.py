"""What a file leaves open is read whole and leaves the table that it speaks of its room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget, QVBoxLayout, QWidget

from app.core.texts import Speaker
from app.importers.remarks import question
from app.views.preview.questions_box import QuestionsBox


def asked(count: int) -> list[object]:
    return [
        question(
            "share_unit", "s", 2, column, f"Обводнённость {column}", "0,4", {"fraction": "40 %", "%": "0.4 %"}
        )
        for column in range(count)
    ]


@pytest.mark.parametrize(("width", "height"), [(520, 478), (900, 478), (1_286, 690)])
def test_a_question_is_read_whole_and_a_table_keeps_its_rows(
    qapp: QApplication, width: int, height: int
) -> None:
    dialog = QWidget()
    inside = QVBoxLayout(dialog)
    box, table = QuestionsBox(Speaker("ru")), QTableWidget(5, 3)
    inside.addWidget(box)
    inside.addWidget(table, 1)
    dialog.resize(width, height)
    dialog.show()
    for count in (1, 4):
        box.ask(asked(count))  # type: ignore[arg-type]
        qapp.processEvents()
        words = [one for one in box.findChildren(QLabel) if one.isVisible()]
        assert len(words) == count
        for one in words:
            assert one.height() >= one.heightForWidth(one.width()), one.text()
        if count == 1:
            assert box.viewport().height() >= box.widget().height(), "nothing to scroll for one"
        assert table.height() > 0.6 * height
    dialog.deleteLater()


def test_quotes_are_those_of_the_language(qapp: QApplication) -> None:
    for language, mark in (("ru", "«Обводнённость 0»"), ("en", "“Обводнённость 0”")):
        box = QuestionsBox(Speaker(language))
        box.ask(asked(1))  # type: ignore[arg-type]
        (words,) = box.findChildren(QLabel)
        assert mark in words.text()
        box.deleteLater()
