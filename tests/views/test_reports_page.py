"""The page of reports as a supervisor works with it, and "my report" filled from the other pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from app.core.notices import Notice
from app.models.store import cards as card_store
from app.reports.blocks import Chart, Table
from app.services.reports import clippings, report
from app.services.reports import files as report_files
from app.views.clipping import clippable_at, table_block
from app.views.main_window import MainWindow
from app.views.pdf_view import KEPT_PICTURES
from app.views.reports.page import ReportsPage
from app.views.reports.template_dialog import TemplateDialog
from app.views.reports.wells_dialog import WellsDialog

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]


def page_of(window: MainWindow) -> ReportsPage:
    page = window.page("reports")
    assert isinstance(page, ReportsPage)
    return page


def texts_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    text = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in document)
    document.close()
    return text


@pytest.mark.slow
@pytest.mark.opens("103", "reports")
def test_the_preview_shows_the_pages_that_are_saved(
    window: MainWindow, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    page = page_of(window)
    assert page.hand_over.save_button.isEnabled()
    assert len(page.view.sheets) >= 3
    assert not page.view.sheets[0].pixmap().isNull()
    page.hand_over.save_to(tmp_path / "r.pdf")
    settled()
    document = pypdfium2.PdfDocument((tmp_path / "r.pdf").read_bytes())
    assert len(document) == len(page.view.sheets)
    document.close()
    assert notices[-1].code == "notice.file_written"
    language = page.choices.language
    language.setCurrentIndex(language.findData("ru"))
    settled()
    page.hand_over.save_to(tmp_path / "ru.pdf")
    settled()
    assert "Отчёт по скважине 103" in texts_of(tmp_path / "ru.pdf")
    page.hand_over.save_to(tmp_path / "no" / "r.pdf")
    settled()
    assert notices[-1].code == "error.file_not_written"


@pytest.mark.slow
@pytest.mark.opens("103", "reports")
def test_ctrl_p_shows_the_template_used_last_and_enter_would_save(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    page_of(window).choices.choose_template("passport")
    settled()
    open_well(window, "101", "overview")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settled()
    page = page_of(window)
    assert page.isVisible()
    current = page.choices.current()
    assert current is not None
    assert current.key == "passport"
    assert window.focusWidget() is page.hand_over.save_button
    assert page.hand_over.save_button.autoDefault()
    window.tree.search.setFocus()
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is page.hand_over.save_button, "also when the page is open already"
    assert window.context.workspace.settings["report_template"] == "passport"
    assert page.choices.period.currentText() == "all there is", "a passport is not of thirty days"


@pytest.mark.slow
@pytest.mark.opens("103", "reports")
def test_the_first_page_comes_before_the_rest_is_made(window: MainWindow, settled: Wait) -> None:
    page = page_of(window)
    seen: list[tuple[int, bool]] = []
    shown = page.view.show_pdf
    page.view.show_pdf = lambda *made: (
        seen.append((len(made[1]), page.hand_over.save_button.isEnabled())),
        shown(*made),
    )[1]  # type: ignore[method-assign]
    page.choices.language.setCurrentIndex(page.choices.language.findData("ru"))
    settled()
    assert seen[0] == (1, False), "one page, nothing to save yet"
    assert seen[-1][0] > 1
    assert page.hand_over.save_button.isEnabled()


@pytest.mark.slow
@pytest.mark.opens("203", "reports")
def test_a_summary_takes_the_pad_and_a_file_each_is_written(
    window: MainWindow, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    page = page_of(window)
    page.choices.choose_template("pad")
    settled()
    assert page.choices.wells.currentText() == "Its pad"
    assert page.hand_over.each_button.isEnabled()
    page.hand_over.save_to(tmp_path / "pad.pdf")
    settled()
    text = texts_of(tmp_path / "pad.pdf")
    assert all(name in text for name in ("201", "202", "203", "204", "205", "206"))
    page.choices.choose_template("passport")
    settled()
    assert page.choices.wells.currentText() == "This well", "left again as it was taken"
    page.choices.wells.setCurrentIndex(1)
    settled()
    page.hand_over.each_to(tmp_path)
    settled()
    assert len(list(tmp_path.glob("Well_passport_*.pdf"))) == 6
    assert notices[-1].code == "notice.reports_written"
    page.hand_over.excel_to(tmp_path / "r.xlsx")
    settled()
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.slow
@pytest.mark.opens("203", "reports")
def test_wells_are_chosen_by_hand(window: MainWindow, settled: Wait) -> None:
    page = page_of(window)
    page.choices.choose_template("passport")
    settled()
    page.choices.wells.setCurrentIndex(3)
    page.choices.wells.activated.emit(3)
    dialog = page.findChild(WellsDialog)
    assert dialog is not None
    dialog.filter.setText("101")
    shown = [dialog.list.item(i) for i in range(dialog.list.count()) if not dialog.list.item(i).isHidden()]
    assert len(shown) == 1
    shown[0].setCheckState(Qt.CheckState.Checked)
    QTest.mouseClick(
        next(b for b in dialog.findChildren(QPushButton) if b.text() == "Make the report"),
        Qt.MouseButton.LeftButton,
    )
    settled()
    assert [well.name for well in page.choices.chosen_wells()] == ["101", "203"]


@pytest.mark.slow
@pytest.mark.opens("103", "reports")
def test_a_template_is_changed_saved_shared_and_deleted(
    window: MainWindow, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    page = page_of(window)
    page.choices.choose_template("lab")
    settled()
    page.choices.menu.edit_action.trigger()
    dialog = page.findChild(TemplateDialog)
    assert dialog is not None
    names = [dialog.list.item(i).text() for i in range(dialog.list.count())]
    assert names[:3] == ["Well and equipment", "Lab results", "Signatures"], "the template's own come first"
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.list.setCurrentRow(1)
    dialog.fields["most"].setValue(7)  # type: ignore[attr-defined]
    dialog.wide.setChecked(True)
    dialog.name.setText("My sheet")
    dialog.save()
    settled()
    current = page.choices.current()
    assert current is not None
    assert current.named("en") == "My sheet"
    assert [one.section for one in current.sections] == ["lab", "signatures"]
    assert current.sections[0].landscape
    assert current.sections[0].options["most"] == 7
    saved = tmp_path / "shared.json"
    from app.views.reports import jobs

    window.context.runner.start(jobs.give_template, current, saved)
    settled()
    assert page.choices.menu.remove_action.isEnabled()
    page.choices.menu.remove_action.trigger()
    settled()
    assert page.choices.current().key == "well"  # type: ignore[union-attr]
    page.choices.menu.take_from(saved)
    settled()
    assert page.choices.current().named("en") == "My sheet"  # type: ignore[union-attr]
    saved.write_text("{")
    page.choices.menu.take_from(saved)
    settled()
    assert notices[-1].code == "error.report_template_damaged"


@pytest.mark.slow
@pytest.mark.opens("103", "reports")
def test_a_template_without_a_section_or_with_a_bad_option_is_refused_in_the_dialog(
    window: MainWindow, settled: Wait
) -> None:
    page = page_of(window)
    dialog = TemplateDialog(window.context, page.choices.current(), page)  # type: ignore[arg-type]
    for i in range(dialog.list.count()):
        dialog.list.item(i).setCheckState(Qt.CheckState.Unchecked)
    dialog.save()
    assert "section" in dialog._problem.text()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.name.setText("  ")
    dialog.save()
    settled()
    assert dialog._problem.text()
    dialog.deleteLater()


@pytest.mark.slow
@pytest.mark.opens("203", "reports")
def test_the_pages_are_printed_each_on_a_sheet_of_its_orientation(
    window: MainWindow, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    page = page_of(window)
    page.choices.choose_template("pad")
    settled()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.hand_over.print_on(printer)
    settled()
    assert notices[-1].code == "notice.printed"
    printed = pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())
    sizes = [printed.get_page_size(i) for i in range(len(printed))]
    printed.close()
    assert len(sizes) == len(page.view.sheets)
    assert sizes[0][0] > sizes[0][1]
    assert sizes[1][0] < sizes[1][1]


@pytest.mark.slow
def test_hundreds_of_pages_are_drawn_only_where_they_are_seen(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    from app.core.texts import Speaker
    from app.reports.blocks import Document, Heading, Part
    from app.reports.pdf.document import render_bytes
    from app.views.pdf_view import sizes_of

    open_well(window, "103", "reports")
    view = page_of(window).view
    parts = tuple(Part((Heading(f"page {i}"),), own_page=True) for i in range(300))
    made = Document("t", "s", "", "", window.context.workspace.clock(), parts, "en")
    content, _ = render_bytes(made, Speaker("en"))
    view.show_pdf(content, sizes_of(_job(), content, "t"), "t")
    settled()
    drawn = [i for i, sheet in enumerate(view.sheets) if not sheet.pixmap().isNull()]
    assert len(view.sheets) == 300
    assert drawn
    assert max(drawn) < 6
    for place in range(0, view.verticalScrollBar().maximum(), view.verticalScrollBar().maximum() // 40):
        view.verticalScrollBar().setValue(place)
        settled_soon(settled)
    assert sum(not sheet.pixmap().isNull() for sheet in view.sheets) <= KEPT_PICTURES + 6
    width = view.sheets[0].width()
    view.zoom(1.5)
    assert view.sheets[0].width() > width


def settled_soon(settled: Wait) -> None:
    QApplication.processEvents()


def _job():  # type: ignore[no-untyped-def]
    from app.core.jobs import Job

    return Job()


# ---- my report ---------------------------------------------------------------------------------------------


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
    figures = [label.text() for label in window.page("cards").findChildren(QLabel)]
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
