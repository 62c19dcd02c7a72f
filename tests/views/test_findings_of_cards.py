"""Findings on the Cards page: rejected, shown with their card, decided together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.clock import to_us
from app.core.notices import Notice
from app.models.cards import StoredCard
from app.models.findings import Evidence, Finding
from app.models.store import findings as finding_store
from app.services.diagnosis.diagnose import findings_of
from app.views.cards.filters import ALL, WITH_FINDINGS
from app.views.cards.page import CardsPage
from app.views.finding_box import FindingBox
from app.views.main_window import MainWindow
from tests.views.test_cards_page import Wait, page

__all__ = ["page"]

pytestmark = pytest.mark.opens("202", "cards")


@pytest.mark.slow
def test_a_finding_is_rejected_on_the_page_with_a_reason_that_stays(page: CardsPage, settled: Wait) -> None:
    box = next(
        box for box in page.side.findings.findChildren(FindingBox) if box.finding.code == "fluid_pound"
    )
    box.decide("rejected", "stopped for a test")
    settled()
    workspace = page._context.workspace
    kept: list[Finding] = finding_store.of_well(workspace.store, page._all[-1].well_id)
    assert [f.reason for f in kept if f.code == "fluid_pound"] == ["stopped for a test"]
    assert findings_of(workspace, page._all[-1].well_id)


def finding_on(card: StoredCard) -> Finding:
    evidence = (Evidence("partly_filled", {"fillage": 0.5}, card_id=card.id),)
    return Finding(card.well_id, "fluid_pound", "act", 0.9, card.taken_at, card.taken_at, evidence)


def test_the_card_of_a_finding_is_shown_though_the_period_and_the_filter_are_without_it(
    page: CardsPage, settled: Wait
) -> None:
    context, oldest = page._context, page._all[0]
    context.choose_preset("24h")
    settled()
    page.filters.condition.setCurrentIndex(page.filters.condition.findData("fluid_pound"))
    assert oldest.id not in [card.id for card in page._all]
    context.page_wanted.emit("cards", finding_on(oldest))
    settled()
    assert [card.id for card in page._shown] == [oldest.id]
    assert context.period is not None
    assert context.period.from_us <= to_us(oldest.taken_at) <= context.period.to_us
    page.filters.condition.setCurrentIndex(page.filters.condition.findData(WITH_FINDINGS))
    hidden = next(card for card in page._history if not page.filters.passes(card))
    context.page_wanted.emit("cards", finding_on(hidden))
    settled()
    assert [card.id for card in page._shown] == [hidden.id]
    assert page.filters.condition.currentData() == ALL


def test_a_finding_of_a_card_that_is_gone_moves_the_period_once_and_the_page_settles(
    page: CardsPage, settled: Wait
) -> None:
    lost = replace(page._all[0], id="gone")
    page._context.choose_preset("24h")
    settled()
    page._context.page_wanted.emit("cards", finding_on(lost))
    settled()
    assert page._shown == [page._all[-1]]
    assert page._sought is None


@pytest.mark.slow
def test_cards_like_this_one_are_decided_together_and_taken_back_by_one_click(
    small_window: MainWindow, settled: Callable[[], None], open_well: Callable[[MainWindow, str, str], None]
) -> None:
    open_well(small_window, "77", "cards")
    page = small_window.stack.current()
    assert isinstance(page, CardsPage)
    workspace = page._context.workspace
    workspace.settings.set("author", "Анна")
    page.given.run("cards.alike")
    settled()
    dialog = page.alike.dialog
    assert dialog is not None
    assert dialog.list.count() == 2, "the card itself and the other of the well"
    assert "77" in dialog.list.item(1).text()
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.condition.setCurrentIndex(0)
    assert not dialog.accept_button.isEnabled(), "nobody has said what they are"
    dialog.condition.setCurrentIndex(dialog.condition.findData("sand"))
    count = len({card.taken_at.date() for card in dialog.ticked})
    heard: list[Notice] = []
    workspace.notices.subscribe(heard.append)
    dialog.accept_button.click()
    settled()

    def decided() -> list[str]:
        return [
            f.decision
            for f in finding_store.of_well(workspace.store, page._all[-1].well_id)
            if f.code == "sand"
        ]

    assert decided() == ["accepted"] * count
    (told,) = heard
    assert (told.code, told.details["count"], told.action) == ("notice.decided_together", count, "take back")
    small_window._act(told.action, told.action_value)
    settled()
    assert decided() == []
