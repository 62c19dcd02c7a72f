"""Overview, cards and reports as a user works with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QToolButton,
)

from app.core.notices import Notice
from app.services.diagnosis.diagnose import diagnose, findings_of
from app.services.wells.finding import find_well
from app.views.cards.page import CardsPage
from app.views.main_window import MainWindow
from app.views.overview.page import OverviewPage
from app.views.trends.page import TrendsPage

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]


def overview_of(window: MainWindow) -> OverviewPage:
    page = window.page("overview")
    assert isinstance(page, OverviewPage)
    return page


def cards_of(window: MainWindow) -> CardsPage:
    page = window.page("cards")
    assert isinstance(page, CardsPage)
    return page


# ---- overview ----------------------------------------------------------------------------------------------


@pytest.mark.opens("117", "overview")
def test_the_overview_says_what_is_wrong_why_and_what_to_do(window: MainWindow) -> None:
    page = overview_of(window)
    assert [box.finding.code for box in page.finding_boxes] == ["motor_overheat"]
    from PySide6.QtWidgets import QLabel

    words = " ".join(label.text() for label in page.finding_boxes[0].findChildren(QLabel))
    for part in ("Motor overheating", "act", "%", "°C", "What to do"):
        assert part in words, words
    assert len(page.values._model.rows) >= 10


@pytest.mark.slow
@pytest.mark.opens("117", "overview")
def test_show_where_opens_the_chart_at_the_evidence(window: MainWindow, settled: Wait) -> None:
    overview_of(window).finding_boxes[0].show_button.click()
    settled()
    trends = window.page("trends")
    assert isinstance(trends, TrendsPage)
    assert window.stack.current() is trends
    assert trends._chosen_finding is not None
    assert trends._chosen_finding.code == "motor_overheat"
    assert any(pane.bands for pane in trends.chart.panes)


@pytest.mark.slow
@pytest.mark.opens("204", "overview")
def test_show_where_of_a_card_finding_opens_that_card(window: MainWindow, settled: Wait) -> None:
    finding = overview_of(window).finding_boxes[0].finding
    overview_of(window).finding_boxes[0].show_button.click()
    settled()
    page = cards_of(window)
    assert window.stack.current() is page
    wanted = next(evidence.card_id for evidence in finding.evidence if evidence.card_id)
    assert [card.id for card in page._shown] == [wanted]


@pytest.mark.slow
@pytest.mark.opens("117", "overview")
def test_a_finding_is_accepted_with_one_click_and_rejected_with_a_reason(
    window: MainWindow, open_well: Open, settled: Wait, notices: list[Notice]
) -> None:
    workspace = window.context.workspace
    workspace.settings.set("author", "I. Petrov")
    overview_of(window).finding_boxes[0].accept_button.click()
    settled()
    well = window.context.well
    assert well is not None
    assert [f.decision for f in findings_of(workspace, well.id)] == ["accepted"]
    assert not hasattr(overview_of(window).finding_boxes[0], "accept_button"), (
        "decided: nothing more to press"
    )
    open_well(window, "104", "overview")
    box = overview_of(window).finding_boxes[0]
    box.decide("rejected", "")
    settled()
    assert notices[-1].code == "error.reason_missing"
    box.decide("rejected", "cable was being tested")
    settled()
    assert overview_of(window).finding_boxes == []
    assert workspace.journal.unsent_count() == 2


@pytest.mark.slow
@pytest.mark.opens("117", "overview")
def test_who_decides_is_asked_once_and_what_was_accepted_can_be_reopened(
    window: MainWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, well = window.context.workspace, window.context.well
    assert well is not None
    answers = [("", False), (" I. Petrov ", True)]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: answers.pop(0))
    overview_of(window).finding_boxes[0].accept_button.click()
    settled()
    assert [f.decision for f in findings_of(workspace, well.id)] == [""], "nobody has signed"
    overview_of(window).finding_boxes[0].accept_button.click()
    settled()
    (found,) = findings_of(workspace, well.id)
    assert (found.decision, found.decided_by) == ("accepted", "I. Petrov")
    overview_of(window).finding_boxes[0].reopen_button.click()
    settled()
    assert [f.decision for f in findings_of(workspace, well.id)] == [""]
    overview_of(window).finding_boxes[0].accept_button.click()
    settled()
    assert not answers, "asked once"
    assert [f.decision for f in findings_of(workspace, well.id)] == ["accepted"]


@pytest.mark.slow
def test_an_overview_says_one_thing_of_a_well_that_no_rule_could_look_at(
    small_window: MainWindow, open_well: Open
) -> None:
    workspace = small_window.context.workspace
    well = find_well(workspace, "123Г")
    with workspace.store.writing() as cursor:
        cursor.execute("UPDATE wells SET lift = 'flowing' WHERE id = ?", [well.id])
    diagnose(workspace, find_well(workspace, "123Г"))
    for name in ("77", "123Г"):
        open_well(small_window, name, "overview")
    labels = small_window.page("overview").findChildren(QLabel)
    words = [one.text() for one in labels if one.isVisible()]
    assert [one for one in words if one.startswith("Not assessed")]
    assert "Not diagnosed: nobody has looked." not in words


def test_a_healthy_well_says_so_and_an_empty_one_what_to_do(window: MainWindow, open_well: Open) -> None:
    from PySide6.QtWidgets import QLabel

    open_well(window, "101", "overview")
    words = " ".join(label.text() for label in overview_of(window).findChildren(QLabel))
    assert "Nothing is wrong" in words


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_diagnosing_again_gives_the_same_answer_and_shows_the_job(window: MainWindow, settled: Wait) -> None:
    before = [box.finding.code for box in overview_of(window).finding_boxes]
    jobs: list[str] = []
    window.context.runner.started.connect(lambda task: jobs.append(task.title))
    overview_of(window)._diagnose.click()
    settled()
    assert [box.finding.code for box in overview_of(window).finding_boxes] == before
    assert jobs == ["Diagnosis"] or jobs[0]


# ---- cards -------------------------------------------------------------------------------------------------


@pytest.mark.opens("202", "cards")
def test_the_newest_card_is_shown_with_its_pump_card_figures_and_evidence(window: MainWindow) -> None:
    page = cards_of(window)
    assert page.table.chosen() == [len(page._all) - 1]
    from PySide6.QtWidgets import QLabel

    words = [label.text() for label in page.findChildren(QLabel)]
    assert "Fillage" in " ".join(words)
    assert any("pound" in word.lower() for word in words)
    assert len(page.chart.curves) >= 2
    assert len(page.chart.marked) >= 1


@pytest.mark.slow
@pytest.mark.opens("202", "cards")
def test_keys_step_through_the_cards_and_several_are_laid_over_each_other(
    window: MainWindow, settled: Wait
) -> None:
    page = cards_of(window)
    page.table.setFocus()
    last = len(page._all) - 1
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    settled()
    assert page.table.chosen() == [last - 1]
    page.player.step(1)
    settled()
    assert page.table.chosen() == [last]
    one = len(page.chart.curves)
    page.choose([0, last // 2, last])
    settled()
    assert [card.id for card in page._shown] == [page._all[i].id for i in (0, last // 2, last)]
    assert len(page.chart.curves) == 3 * one


@pytest.mark.opens("202", "cards")
def test_the_strip_tells_the_fillage_of_every_card_and_a_click_chooses_one(
    window: MainWindow, settled: Wait
) -> None:
    page = cards_of(window)
    x, y = page.strip.points.getData()
    assert len(x) == len(page._all)
    assert np.nanmax(y) - np.nanmin(y) > 10, "the pound grows"
    page.strip._clicked(None, [page.strip.points.points()[3]])
    settled()
    assert page.table.chosen() == [3]


@pytest.mark.opens("101", "cards")
def test_a_well_without_cards_says_what_to_do(window: MainWindow) -> None:
    page = cards_of(window)
    assert page._empty.isVisible()
    assert not page._body.isVisible()


@pytest.mark.slow
@pytest.mark.opens("202", "overview")
def test_every_button_and_field_has_a_name_for_who_cannot_see_it(window: MainWindow, open_well: Open) -> None:
    for page in ("overview", "trends", "cards", "reports"):
        open_well(window, "202", page)
        assert not [*nameless(window)], page


def nameless(window: MainWindow) -> Iterator[str]:
    for kind in (QPushButton, QToolButton, QLineEdit, QComboBox, QAbstractItemView):
        for widget in window.findChildren(kind):
            if widget.isVisible() and not widget.objectName().startswith("qt_"):
                text = getattr(widget, "text", lambda: "")()
                named = widget.accessibleName() or (len(text) > 1 and text)
                inside = isinstance(widget.parent(), (QAbstractItemView, QTabBar, QLineEdit))
                if not named and not inside:
                    yield f"{kind.__name__} {text!r} has no accessible name"
