"""The three jobs that the window is for, by hand, and their price: as the manual says in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from app.models.store import cards
from app.views import handing_out
from app.views.cards.page import CardsPage
from app.views.main_window import MainWindow
from tests.views.hands import CTRL, NONE, at_hand, click, press, type_in
from tests.views.small_field import wells
from tests.views.test_words_and_drops import let_go

Wait = Callable[[], None]
MANUAL = Path(__file__).parents[2] / "docs" / "manual"
WORDS = {
    "en": {"keys": r"(\d+) keys?", "clicks": r"(\d+) clicks?", "drops": r"(\d+) drops?"},
    "ru": {"keys": r"(\d+) клавиш", "clicks": r"(\d+) щелч", "drops": r"(\d+) перетаск"},
}


class Counted:
    """Hands that count what they do."""

    def __init__(self) -> None:
        self.keys = self.clicks = self.drops = 0

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
        press(key, held, on=on)
        self.keys += 1

    def type(self, text: str) -> None:
        type_in(text)
        self.keys += len(text)

    def click(self, button: QAbstractButton) -> None:
        click(button)
        self.clicks += 1

    def drop(self, window: QWidget, path: Path) -> None:
        given = QMimeData()
        given.setUrls([QUrl.fromLocalFile(str(path))])
        assert let_go(window, given)
        self.drops += 1

    @property
    def told(self) -> dict[str, int]:
        return {"keys": self.keys, "clicks": self.clicks, "drops": self.drops}


def price(job: int, language: str) -> dict[str, int]:
    """Of the table at the beginning of the manual's page, job by job."""
    page = (MANUAL / language / "window.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:4]
    cost = rows[job].rsplit("|", 2)[1]
    found = {what: re.search(words, cost) for what, words in WORDS[language].items()}
    return {what: 0 if one is None else int(one[1]) for what, one in found.items()}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_manual_tells_three_jobs_with_their_price(language: str) -> None:
    assert [price(job, language) for job in range(3)] == [price(job, "en") for job in range(3)]
    assert sum(price(0, language).values()) > 0


@pytest.mark.slow
def test_what_is_wrong_with_a_well_is_seen_at_its_place(small_window: MainWindow, settled: Wait) -> None:
    small_window.context.choose_well(wells(small_window.context.workspace)[1])
    small_window.open_page("lab")
    settled()
    hands = Counted()
    hands.key(Qt.Key.Key_F, CTRL, on=small_window)
    hands.type("123")
    hands.key(Qt.Key.Key_Return)
    settled()
    assert small_window.stack.key == "overview"
    (box,) = small_window.page("overview").finding_boxes  # type: ignore[attr-defined]
    hands.click(box.show_button)
    settled()
    assert small_window.stack.key == "trends"
    assert small_window.page("trends")._chosen_finding == box.finding  # type: ignore[attr-defined]
    assert hands.told == price(0, "en")


@pytest.mark.slow
def test_a_dynamogram_is_taken_by_a_drop_and_a_table_by_one_click_more(
    small_window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    workspace = small_window.context.workspace
    rods = wells(workspace)[1]
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    surface = {
        "position_m": (1.5 - 1.5 * np.cos(angle)).tolist(),
        "load_n": (30e3 + 12e3 * np.sin(angle)).tolist(),
    }
    card = tmp_path / "card.json"
    taken = {"well": "77", "taken_at": "2026-10-30T08:00:00Z", "strokes_per_minute": 6.0, "surface": surface}
    card.write_text(json.dumps(taken), encoding="utf-8")
    small_window.context.choose_well(rods)
    settled()
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps({**taken, "taken_at": "2026-10-29T08:00:00Z"}), encoding="utf-8")
    Counted().drop(small_window, earlier)
    settled()
    small_window.open_page("overview")
    settled()
    there = len(cards.of_well(workspace.store, int(rods.id)))
    hands = Counted()
    hands.drop(small_window, card)
    settled()
    assert len(cards.of_well(workspace.store, int(rods.id))) == there + 1
    cost = price(1, "en")
    assert hands.told == {**cost, "clicks": 0}
    page = small_window.stack.current()
    assert isinstance(page, CardsPage)
    shown = [card.taken_at for card in page._shown]
    assert shown == [datetime(2026, 10, day, 8, tzinfo=UTC) for day in (29, 30)], "beside the one before it"
    table = tmp_path / "table.csv"
    table.write_text("well,time,line_pressure (MPa)\n77,2026-10-30T08:00:00Z,1.2\n", encoding="utf-8")
    again = Counted()
    again.drop(small_window, table)
    settled()
    dialog = small_window.importing.dialog
    assert dialog is not None
    again.click(dialog.import_button)
    settled()
    assert again.told == cost


@pytest.mark.slow
def test_a_report_is_printed_from_any_page(small_window: MainWindow, settled: Wait, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    handing_out._keep(small_window.context, folder)
    small_window.open_page("flow")
    settled()
    hands = Counted()
    hands.key(Qt.Key.Key_P, CTRL, on=small_window)
    settled()
    asked: list[str] = []

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        asked.append(dialog.windowTitle())
        at_hand(dialog)
        hands.key(Qt.Key.Key_Return, on=QApplication.focusWidget() or dialog)

    QTimer.singleShot(300, agree)
    hands.key(Qt.Key.Key_Return)
    settled()
    assert asked == ["Save the report"]
    assert [path.suffix for path in folder.iterdir()] == [".pdf"]
    assert hands.told == price(2, "en")
