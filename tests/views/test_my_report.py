"""What was put into "my report" by right click on other pages: its order, on the screen and in print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from app.models.store import cards as card_store
from app.reports.blocks import Chart, Table
from app.services.reports import clippings, report
from app.services.reports import files as report_files
from app.views.clipped import table_block
from app.views.clipping import clippable_at
from app.views.main_window import MainWindow
from tests.views.test_reports_page import page_of, texts_of

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]


def right_click(window: MainWindow, widget: QWidget) -> QMenu | None:
    """As the window system tells of it: to the innermost widget, which passes it on."""
    inner = widget.childAt(widget.rect().center()) or widget
    place = inner.rect().center()
    QApplication.sendEvent(
        inner, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, inner.mapToGlobal(place))
    )
    menu = QApplication.activePopupWidget()
    return menu if isinstance(menu, QMenu) else None


PLACES = {
    "overview": ("values", "card_chart"),
    "trends": (),
    "cards": ("table", "chart", "strip"),
    "flow": ("table", "rates", "levels"),
    "lab": ("chart",),
    "welltests": ("loglog", "horner"),
    "forecast": ("survival", "decline"),
    "field": ("table", "pad_chart"),
}


@pytest.mark.slow
def test_any_table_or_chart_of_a_page_goes_into_my_report_by_right_click(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    workspace = window.context.workspace
    for key, names in PLACES.items():
        well = "202" if key in ("overview", "cards") else "103"
        open_well(window, well, key)
        page = window.page(key)
        before_all = len(clippings.taken(workspace))
        for name in names:
            widget = getattr(page, name)
            before = len(clippings.taken(workspace))
            menu = right_click(window, widget)
            assert menu is not None, f"{key}.{name}"
            action: QAction = next(one for one in menu.actions() if one.text() == "Add to my report")
            action.trigger()
            menu.close()
            settled()
            taken = clippings.taken(workspace)
            assert len(taken) > before, f"{key}.{name}"
            assert well in taken[-1].caption
        if key == "trends":
            page.actions_of_chart.add_to_report()  # type: ignore[attr-defined]
            settled()
        assert len(clippings.taken(workspace)) - before_all >= max(1, len(names)), key
    content, _ = report_files.pdf_bytes(
        workspace, report.order(workspace, [window.context.well], "mine", language="en")
    )  # type: ignore[list-item]
    assert content.startswith(b"%PDF")


@pytest.mark.opens("103", "flow")
def test_what_was_taken_is_what_was_seen(window: MainWindow, settled: Wait) -> None:
    flow = window.page("flow")
    block = table_block(flow.table)  # type: ignore[attr-defined]
    assert isinstance(block, Table)
    liquid = next(i for i, column in enumerate(block.columns) if column.title.startswith("Liquid"))
    assert block.columns[liquid].kind == "number"
    shown = flow.table.source.rows[0].test.liquid_m3_per_s * 86_400  # type: ignore[attr-defined]
    assert block.rows[0][liquid] == pytest.approx(shown, abs=0.051)
    ((_, chart),) = flow.rates.clippings()  # type: ignore[attr-defined]
    assert isinstance(chart, Chart)
    assert chart.time_axis
    assert [pen.name for pen in chart.pens] == [series.name for series in flow.rates.series]  # type: ignore[attr-defined]
    assert clippable_at(None) is None
    assert clippable_at(window.top) is None


@pytest.mark.slow
@pytest.mark.opens("103", "flow")
def test_my_report_is_put_in_order_and_emptied(window: MainWindow, settled: Wait) -> None:
    for name in ("rates", "cut", "levels"):
        window.clipper.take_widget(getattr(window.page("flow"), name), "Flow")
        settled()
    window.open_page("reports")
    page = page_of(window)
    page.choices.choose_template("mine")
    settled()
    panel = page.clippings
    assert panel.isVisible()
    assert panel.list.count() == 3
    panel.list.model().moveRow(panel.list.rootIndex(), 0, panel.list.rootIndex(), 3)
    settled()
    workspace = window.context.workspace
    first = clippings.taken(workspace)[0].id
    panel.list.setCurrentRow(0)
    panel.remove()
    settled()
    assert first not in [one.id for one in clippings.taken(workspace)]
    assert panel.list.count() == 2
    panel.clear()
    settled()
    assert clippings.taken(workspace) == []
    assert not panel.remove_button.isEnabled()


@pytest.mark.slow
@pytest.mark.opens("202", "cards")
def test_a_figure_on_the_screen_and_in_print_is_the_same(
    window: MainWindow, open_well: Open, settled: Wait, tmp_path: Path
) -> None:
    """Numbers as the pages write them stand in the report's text: card, flow tests, forecast."""
    workspace, well = window.context.workspace, window.context.well
    assert well is not None
    page = window.page("cards")
    page.show_scene("figures")  # a panel is filled when it is looked at
    settled()
    figures = [label.text() for label in page.findChildren(QLabel)]
    open_well(window, "202", "reports")
    page_of(window).hand_over.save_to(tmp_path / "r.pdf")
    settled()
    text = texts_of(tmp_path / "r.pdf")
    newest = card_store.last(workspace.store, well.id)
    assert newest is not None
    peak = workspace.settings.speaker("en").quantity(newest.figures["peak_polished_rod_load_n"], "load")
    assert peak in figures
    assert " ".join(peak.split()) in text
    open_well(window, "103", "forecast")
    forecast = window.page("forecast")
    said = [
        label.text()
        for label in forecast.findChildren(QLabel)
        if label.text().startswith(("within", "Motor", "This one"))
    ]
    assert len(said) >= 4
    open_well(window, "103", "flow")
    rows = window.page("flow").table.as_text().splitlines()[1:]  # type: ignore[attr-defined]
    window.open_page("reports")
    settled()
    page_of(window).hand_over.save_to(tmp_path / "esp.pdf")
    settled()
    text = texts_of(tmp_path / "esp.pdf")
    for words in said:
        assert " ".join(words.split()) in text
    moment, liquid = rows[0].split("\t")[:2]
    assert f"{moment} {liquid}" in text
    assert isinstance(page_of(window).view.sheets[0].pixmap().toImage(), QImage)
