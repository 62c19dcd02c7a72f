"""The Cards page as an engineer works with it: lists, overlays, panels, the twin, new cards, protocols."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.analysis.cards.figures import CardAnalysis
from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.notices import Notice
from app.models.cards import StoredCard
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import cards as card_store
from app.models.store import readings
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.views.cards import presenter
from app.views.cards.filters import WITH_FINDINGS
from app.views.cards.page import CardsPage
from app.views.main_window import MainWindow
from app.views.read_of_well import Cover

Wait = Callable[[], None]
pytestmark = pytest.mark.opens("202", "cards")


@pytest.fixture
def page(window: MainWindow) -> CardsPage:
    found = window.page("cards")
    assert isinstance(found, CardsPage)
    return found


def words_of(page: CardsPage) -> str:
    return " ".join(label.text() for label in page.side.stack.currentWidget().findChildren(QLabel))


@pytest.mark.slow
def test_the_list_is_filtered_by_condition_and_the_strip_follows(page: CardsPage, settled: Wait) -> None:
    whole = len(page._all)
    combo = page.filters.condition
    combo.setCurrentIndex(combo.findData("fluid_pound"))
    settled()
    assert 0 < len(page._all) < whole
    assert all("fluid_pound" in card.codes for card in page._all)
    assert len(page.strip.points.getData()[0]) == len(page._all)
    combo.setCurrentIndex(combo.findData(WITH_FINDINGS))
    settled()
    assert 0 < len(page._all) <= whole


def test_another_figure_is_shown_over_time(page: CardsPage, settled: Wait) -> None:
    fillage = page.strip.points.getData()[1].copy()
    page.filters.figure.setCurrentIndex(page.filters.figure.findData("peak_polished_rod_load_n"))
    settled()
    loads = page.strip.points.getData()[1]
    assert len(loads) == len(fillage)
    assert loads[-1] == pytest.approx(page._all[-1].figures["peak_polished_rod_load_n"] / 1e3)


@pytest.mark.slow
def test_all_listed_cards_lie_behind_the_newest_as_two_swarms(page: CardsPage, settled: Wait) -> None:
    page.filters.everything.click()
    settled()
    surface, pump = page.chart.swarms
    assert len(surface.cards) == len(pump.cards) == min(len(page._all), 500) - 1
    assert len(page.chart.curves) == 2, "the newest stays on top"
    assert f"({len(surface.cards)})" in page.chart.legend.text()


def test_cards_over_each_other_are_told_by_their_dates_and_those_of_other_wells_by_their_names(
    page: CardsPage, settled: Wait
) -> None:
    assert page.chart.legend.isHidden(), "one card has its date over the chart"
    page.choose([0, 3, len(page._all) - 1])
    settled()
    dates = [page._context.speaker.moment(card.taken_at) for card in page._shown[::-1]]
    told = page.chart.legend.text().replace("&nbsp;", " ")
    places = [told.index(date) for date in dates]
    assert places == sorted(places), "newest first"
    page.given.run("cards.others")
    settled()
    dialog = page.others.dialog
    assert dialog is not None
    listed = {item.text().split(",")[0]: item for item in dialog._items()}
    assert "202" not in listed
    listed["205"].setCheckState(Qt.CheckState.Checked)
    settled()
    dialog.reject()
    assert "205 · " in page.chart.legend.text().replace("&nbsp;", " ")
    assert page._analysed_now is not None
    (other,) = page._analysed_now.beside
    apart = abs(other.outline.card.taken_at - page._shown[-1].taken_at).total_seconds()
    assert apart < 7 * 3600, "of all its cards the one nearest in time"
    ((_, block),) = page.chart.clippings()
    assert "205" in " ".join(pen.name for pen in block.pens), "in a report too"  # type: ignore[attr-defined]


@pytest.mark.slow
def test_the_difference_of_two_cards_shows_what_changed(page: CardsPage, settled: Wait) -> None:
    page.choose([0, len(page._all) - 1])
    settled()
    page.filters.difference.setChecked(True)
    settled()
    (curve,) = page.chart.curves
    half = len(curve.load) // 2
    assert (
        np.abs(curve.load[half:]).max() > 10 * np.abs(np.median(curve.load[:half]))
        or np.ptp(curve.load[half:]) > 5
    )
    page.filters.difference.setChecked(False)
    settled()
    assert len(page.chart.curves) >= 4


@pytest.mark.slow
def test_the_cards_are_played_through_time_and_stop_at_the_newest(
    page: CardsPage, settled: Wait, qtbot: QtBot
) -> None:
    page.choose([len(page._all) - 4])
    settled()
    page.filters.play.setChecked(True)
    assert page.filters.play.isChecked()
    qtbot.waitUntil(lambda: not page.filters.play.isChecked(), timeout=30_000)
    settled()
    assert page.table.chosen() == [len(page._all) - 1]
    assert not page.filters.play.isChecked()


def test_a_panel_that_nobody_looks_at_takes_a_card_when_it_is_opened(page: CardsPage, settled: Wait) -> None:
    page.choose([0])
    settled()
    assert page.side.findings.findChildren(QLabel)
    assert page.side.figures.findChildren(QLabel) == []
    page.side.open(1)
    said = [label.text() for label in page.side.figures.findChildren(QLabel)]
    assert any("Computed with" in words for words in said)


@pytest.mark.slow
def test_every_panel_says_something_of_the_chosen_card(page: CardsPage, settled: Wait) -> None:
    said = []
    for number in range(6):
        page.side.open(number)
        settled()
        said.append(words_of(page))
    findings, figures, _, torque, valves, twin = said
    assert "pound" in findings
    assert "Fillage" in figures
    assert "kN·m" in torque
    assert "holds" in valves
    assert "Measured" in twin
    rods = page._analysed_now.newest.analysis.card.bore.rods  # type: ignore[union-attr]
    assert len(page.side.rods.captions()) == len(rods)


def test_reference_lines_fillage_and_permissible_load_are_drawn(page: CardsPage) -> None:
    assert page.chart.posts
    assert "Fillage" in page.chart.posts[0].text
    assert page.chart.marked


@pytest.mark.slow
def test_the_twin_follows_its_sliders_and_goes_back_to_the_measured(page: CardsPage, settled: Wait) -> None:
    page.side.open(5)
    settled()
    twin = page.side.twin
    matched = page.side.twin_answer()
    assert matched is not None
    measured = page._analysed_now.newest.analysis.measures["peak_polished_rod_load_n"]  # type: ignore[union-attr]
    assert matched.peak_load_n == pytest.approx(measured, rel=0.06)
    assert len(page.chart.curves) == 4, "its cards lie over the measured ones"
    assert "API RP 11L" in twin.check.text()
    twin.sliders["fillage"].setValue(200)
    settled()
    full = page.side.twin_answer()
    assert full is not None
    assert full.liquid_m3_per_s > 1.4 * matched.liquid_m3_per_s
    twin.ask_matched()
    settled()
    again = page.side.twin_answer()
    assert again is not None
    assert again.liquid_m3_per_s == pytest.approx(matched.liquid_m3_per_s)
    page.side.open(0)
    settled()
    assert len(page.chart.curves) == 2


def test_a_valve_check_is_judged_and_kept_as_a_note(
    page: CardsPage, settled: Wait, notices: list[Notice]
) -> None:
    page.side.open(4)
    settled()
    analysis = page._analysed_now.newest.analysis  # type: ignore[union-attr]
    assert analysis.lines is not None
    tight = ((analysis.buoyant_weight_n or 0) + analysis.lines.fluid_load_n) / 1e3
    checks = page.side.checks
    checks.start["traveling"].setValue(tight)
    checks.end["traveling"].setValue(tight - 0.1)
    assert "holds" in checks.verdict["traveling"].text()
    checks.end["traveling"].setValue(tight - 15)
    assert "leaks" in checks.verdict["traveling"].text()
    checks.save.click()
    settled()
    assert notices[-1].code == "notice.note_saved"


@pytest.mark.slow
def test_a_pasted_card_is_saved_and_lies_beside_the_one_before(
    page: CardsPage, settled: Wait, notices: list[Notice]
) -> None:
    newest = page._all[-1]
    rows = "\n".join(
        f"{x:.4f}\t{y / 1e3:.3f}".replace(".", ",")
        for x, y in zip(newest.position_m, newest.load_n, strict=True)
    )
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.new_card.form
    assert form is not None
    form.points.setPlainText("position\tload\n" + rows)
    form.speed.setValue(newest.strokes_per_minute)
    assert form.save.isEnabled()
    when = form.taken_at.moment()
    before = page._context.workspace.journal.unsent_count()
    form.save.click()
    settled()
    assert page.new_card.form is None
    assert "notice.card_saved" in [notice.code for notice in notices]
    assert page._context.workspace.journal.unsent_count() == before + 1
    saved = card_store.last(page._context.workspace.store, newest.well_id)
    assert saved is not None
    assert abs(saved.taken_at.timestamp() - when.timestamp()) < 61
    assert saved.figures["fillage"] == pytest.approx(newest.figures["fillage"], abs=0.02)


WRONG = {"1 2\n3 x": "Line 2", "1\n2": "Line 1", "": "", "0 5\n" * 2: "points"}


def test_what_is_wrong_with_pasted_columns_is_said_and_nothing_is_lost(
    page: CardsPage, settled: Wait
) -> None:
    for text, word in WRONG.items():
        page.new_card.open_form()
        form = page.new_card.form
        assert form is not None
        form.points.setPlainText(text)
        form.speed.setValue(6.0)
        if form.save.isEnabled():
            form.save.click()
            settled()
        assert word in form.state.text(), text
        assert page.new_card.form is form, "the form stays with what was typed"
        assert form.points.toPlainText() == text
        form.reject()
        settled()


def test_the_protocol_of_a_card_holds_its_findings_and_figures(
    page: CardsPage, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    out = tmp_path / "protocol.pdf"
    page.keeping.write_protocol(out)
    settled()
    assert notices[-1].code == "notice.file_written"
    document = pypdfium2.PdfDocument(out.read_bytes())
    text = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in document)
    document.close()
    for word in ("Dynamometer protocol", "pound", "Gearbox torque", "Rod string", "Fillage"):
        assert word in text, word


@pytest.mark.slow
def test_cards_whose_figures_nobody_has_computed_are_shown_and_the_page_settles(
    small_window: MainWindow, settled: Callable[[], None], open_well: Callable[[MainWindow, str, str], None]
) -> None:
    open_well(small_window, "77", "cards")
    page = small_window.stack.current()
    assert isinstance(page, CardsPage)
    assert page.table.model().rowCount() == 2
    assert page.strip.chosen.getData()[0].size == 0
    assert page.chart.is_drawn


@pytest.mark.slow
def test_a_card_after_the_last_reading_is_on_the_page_of_its_well(
    small_window: MainWindow, settled: Wait, open_well: Callable[[MainWindow, str, str], None]
) -> None:
    workspace = small_window.context.workspace
    before = datetime(2026, 10, 22, tzinfo=UTC)
    number = SENSORS["dynamic_level"].number
    moments = np.array([to_us(before), to_us(before) + 3_600_000_000])
    readings.write(workspace.store, Readings.of_one(2, number, moments, np.array([760.0, 765.0])))
    open_well(small_window, "77", "cards")
    page = small_window.stack.current()
    assert isinstance(page, CardsPage)
    assert [card.taken_at.day for card in page._all] == [20, 28]


@pytest.mark.slow
def test_a_card_that_cannot_be_analysed_leaves_the_list_free_and_nothing_of_the_one_before(
    window: MainWindow, page: CardsPage, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysed = presenter.service.analyse_stored
    refused = KnownError("card_angle", file="the newest card")

    def but_the_newest(workspace: Workspace, card: StoredCard) -> CardAnalysis:
        if card.id == newest:
            raise refused
        return analysed(workspace, card)

    assert page.chart.is_drawn
    with window.context.workspace.store.reading() as cursor:
        well = find_well(window.context.workspace, "203")
        (newest,) = cursor.execute(
            "SELECT id FROM cards WHERE well = ? ORDER BY taken_at DESC LIMIT 1", [int(well.id)]
        ).fetchone()
    newest = str(newest)
    monkeypatch.setattr(presenter.service, "analyse_stored", but_the_newest)
    window.context.choose_well(well)
    settled()
    assert not any(cover.isVisible() for cover in page.findChildren(Cover))
    assert not page.chart.is_drawn
    assert not page.side.isVisible()
    assert page._caption.text() == window.context.speaker.error(refused)
    page.choose([len(page._all) - 2])
    settled()
    assert page.chart.is_drawn
    assert page.side.isVisible()


@pytest.mark.slow
def test_cards_and_the_words_instead_of_them_never_ask_for_room_together(page: CardsPage) -> None:
    """A window that was laid out meanwhile was wider than its screen and stayed so."""
    with_cards, cards = page.minimumSizeHint().width(), page._history
    assert cards
    asked: list[int] = []

    def note(_: QObject, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            asked.append(page.minimumSizeHint().width())
        return False

    noting = type("Noting", (QObject,), {"eventFilter": note})(page)
    for part in (page._body, page._empty):
        part.installEventFilter(noting)
    page._history_ready([])
    assert not page._empty.isHidden()
    assert page._body.isHidden()
    page._history_ready(cards)
    assert page._empty.isHidden()
    assert not page._body.isHidden()
    assert len(asked) == 2
    assert max(asked) <= with_cards
