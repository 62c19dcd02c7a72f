"""The page of reports as a supervisor works with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.core.jobs import Job
from app.core.notices import Notice
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
    view.show_pdf(content, sizes_of(Job(), content, "t"), "t")
    settled()
    drawn = [i for i, sheet in enumerate(view.sheets) if not sheet.pixmap().isNull()]
    assert len(view.sheets) == 300
    assert drawn
    assert max(drawn) < 6
    for place in range(0, view.verticalScrollBar().maximum(), view.verticalScrollBar().maximum() // 40):
        view.verticalScrollBar().setValue(place)
        QApplication.processEvents()
    assert sum(not sheet.pixmap().isNull() for sheet in view.sheets) <= KEPT_PICTURES + 6
    width = view.sheets[0].width()
    view.zoom(1.5)
    assert view.sheets[0].width() > width
