"""Where words are wrapped a unit stays whole."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout
from pytestqt.qtbot import QtBot

from app.core.texts import with_unit
from app.views.unbroken import name_and_unit, spoken


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
