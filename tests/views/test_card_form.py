"""A dynamogram by hand: nothing is saved that nobody said, and units stand in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.models.cards import StoredCard
from app.views.cards.card_form import CardForm
from app.views.context import Context

ROUND = np.linspace(0, 2 * np.pi, 40)[:-1]
POINTS = "\n".join(f"{1000 - 1000 * np.cos(a):.0f} {4000 + 1000 * np.sin(a):.0f}" for a in ROUND)


@pytest.fixture
def form(context: Context) -> CardForm:
    context.workspace.settings.set("language", "ru")
    parent = context.parent()
    assert isinstance(parent, QWidget)
    at = datetime(2026, 10, 31, 12, tzinfo=UTC)
    last = StoredCard("a" * 32, 1, at, 4.6, np.zeros(3), np.zeros(3))
    return CardForm(context, parent, last)


def test_the_number_of_strokes_is_not_taken_from_nowhere(form: CardForm) -> None:
    """Six a minute stood there for every well, and was saved by whoever did not look."""
    form.points.setPlainText(POINTS)
    assert not form.save.isEnabled()
    assert form.state.text().endswith("?")
    assert any("4,60" in label.text() for label in form.findChildren(QLabel)), "that of the last card is told"
    form.show()
    QTest.mouseClick(form.speed.lineEdit(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(form.speed, "5,2")  # after the dash that stands for none, where the click has put it
    assert form.speed.value() == pytest.approx(5.2)
    assert form.save.isEnabled()


def test_columns_are_read_in_the_units_that_are_chosen_by_their_names_here(form: CardForm) -> None:
    names = [form.length.itemText(i) for i in range(3)] + [form.load.itemText(i) for i in range(4)]
    assert names == ["м", "мм", "см", "кН", "Н", "кгс", "тс"]
    form.length.setCurrentText("мм")
    form.load.setCurrentText("кгс")
    form.points.setPlainText(POINTS)
    position, load = form.columns()
    assert np.ptp(position) == pytest.approx(2.0, abs=0.01)
    assert load.max() == pytest.approx(5000 * 9.80665, rel=0.01)
