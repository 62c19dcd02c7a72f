"""No page and no form of a Russian's window speaks English: every text that stands on the screen, or over
which one stops.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QLabel, QTabBar, QTableView, QWidget

from app.views.commands.entries import ENTERED
from app.views.main_window import MainWindow
from app.views.page_titles import NAMES

Wait = Callable[[], None]
ALLOWED = frozenset(
    [
        "UTC",
        "Wellside",
        "PDF",
        "Excel",
        "PNG",
        "SVG",
        "CSV",
        "XLSX",
        "Parquet",
        "HTML",
        "EN",
        "English",
        "Ctrl",
        "Alt",
        "Shift",
        "Enter",
        "Home",
        "Backspace",
        "Space",
        "pH",
        "API",
        "Ca",
        "Cl",
        "Mg",
        "HCO",
        "SO",
        "CO",
        "Na",
        "RP",
        "Fo",
        "cos",
        "Ivanov",
        "nbsp",
        "Esc",
        "End",
        "Page",
        "Up",
        "Down",
        "Insert",
        "Delete",
        "Mark",
        "II",
        "Reverse",
        "Modbus",
    ]
)
"""Names, signs, formats, keys, and geometries of pumping units as their maker calls them."""


def seen(window: QWidget) -> Iterator[str]:
    """Every text that stands on the screen, or over which one stops, and the window's own title."""
    yield window.windowTitle()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        yield widget.toolTip()
        yield widget.accessibleName()
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(i) for i in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(i) for i in range(widget.count()))
        elif isinstance(widget, QHeaderView) and isinstance(widget.parent(), QTableView):
            model = widget.model()
            if model is not None:
                yield from (
                    str(model.headerData(i, widget.orientation()) or "") for i in range(widget.count())
                )


def english(window: QWidget) -> set[str]:
    words = " ".join(re.sub(r"<[^>]*>|https?:\S+|\S*[/\\]\S*", " ", text) for text in seen(window))
    return set(re.findall(r"[A-Za-z]{2,}", words)) - ALLOWED


@pytest.mark.slow
@pytest.mark.parametrize("well", ["123Г", "77"])
def test_no_page_and_no_form_speaks_english_to_a_russian(
    small_window: MainWindow, settled: Wait, well: str
) -> None:
    small_window.context.workspace.settings.set("language", "ru")
    settled()
    chosen = next(one for one in small_window.tree.wells() if one.name == well)
    small_window.context.choose_well(chosen)
    settled()
    for name in NAMES:
        small_window.open_page(name.key)
        settled()
        assert not english(small_window), name.key
    for kind in ENTERED:
        small_window.entering.open(kind)
        settled()
        form = small_window.entering.form
        assert form is not None
        assert not english(form), kind
        form.drop()
        settled()
    for there in (None, chosen):
        small_window.building.open_well(there)
        settled()
        builder = small_window.building.builder
        assert builder is not None
        assert not english(builder), there
        builder.reject()
        settled()
