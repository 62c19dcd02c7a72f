"""Where words are wrapped a unit stays whole."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout
from pytestqt.qtbot import QtBot

from app.core.texts import with_unit
from app.views.unbroken import in_words, name_and_unit, spoken


def _lines(words: str, width: float) -> list[str]:
    layout = QTextLayout(words)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(words[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Взвешенные частицы", "мг/л"), ("Газовый фактор", "м³/м³"), ("Gas ratio", "scf/st bbl")],
)
def test_a_unit_is_never_parted_at_its_slash_however_narrow_the_column(
    qtbot: QtBot, name: str, unit: str
) -> None:
    whole = name_and_unit(name, unit)
    for width in range(20, 200, 5):
        assert unit in spoken(_lines(whole, width)[-1])
    assert any(unit not in _lines(with_unit(name, unit), width)[-1] for width in range(20, 200, 5))
    assert spoken(whole) == with_unit(name, unit)
    assert name_and_unit(name, "") == name


def test_units_among_words_are_not_parted_either(qtbot: QtBot) -> None:
    words = "Analysis: chlorides 231.77 mg/l, solids 119.9 mg/l; rate 31.5 m³/d"
    whole = in_words(words)
    for width in range(60, 400, 5):
        assert not any(line.rstrip().endswith("/") for line in _lines(whole, width))
    assert any(line.endswith("/") for width in range(60, 400, 5) for line in _lines(words, width))
    assert spoken(whole) == words
    assert in_words("7 / 8, and/") == "7 / 8, and/"
