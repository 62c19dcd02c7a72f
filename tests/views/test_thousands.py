"""Where there are thousands of a thing the work is of what is seen, once a row at most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPersistentModelIndex, QPointF, Qt
from PySide6.QtWidgets import QTableView, QTreeView
from pytestqt.qtbot import QtBot

from app.core.jobs import Job
from app.core.texts import Speaker
from app.models.cards import WellBore
from app.models.changes import FINDINGS, Changed
from app.models.findings import Finding
from app.models.records import Event
from app.models.store import cards as card_store
from app.models.store import findings
from app.models.wells import ESP, Well, WellId, WellStatus
from app.services.diagnosis.cards import analysed_with
from app.services.wells.equipment import EquipmentHistory
from app.services.wells.listing import Listing
from app.services.workspace import Workspace
from app.views import theme
from app.views.cards import presenter
from app.views.main_window import MainWindow
from app.views.overview.page import BOXES_AT_ONCE, OverviewPage
from app.views.plots.strip import EventStrip, Mark, Marks
from app.views.rows import Column, RowsModel
from app.views.trends.marks import Marked, marks_of
from app.views.well_list import Arrangement, Groups, Listed, WellsModel, listed
from tests.views import small_field

Wait = Callable[[], None]
DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


@pytest.fixture
def asked() -> Counter[int | None]:
    return Counter()


@pytest.fixture
def view(qtbot: QtBot) -> QTableView:
    made = QTableView()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def numbers(view: QTableView, asked: Counter[int | None]) -> RowsModel:
    """2,000 numbers out of order, every hundredth unknown; `asked`: how often each was asked for its key."""

    def key(row: int | None) -> int | None:
        asked[row] += 1
        return row

    model = RowsModel(None, [Column("n", str, key)], view)  # type: ignore[arg-type]
    view.setModel(model)
    mixed = np.random.default_rng(1).permutation(2_000).tolist()
    model.reset([None if row % 100 == 0 else row for row in mixed])
    return model


def shown(model: RowsModel) -> list[int | None]:
    return [model.row_at(number) for number in range(model.rowCount())]


def test_a_table_asks_each_row_for_its_key_once_and_what_has_none_is_the_least(
    numbers: RowsModel, asked: Counter[int | None]
) -> None:
    as_they_came = list(numbers.rows)
    known = [row for row in range(2_000) if row % 100]
    numbers.sort(0, UP)
    assert shown(numbers) == [None] * 20 + known
    assert all(count == 1 for row, count in asked.items() if row is not None)
    numbers.sort(0, DOWN)
    assert shown(numbers) == known[::-1] + [None] * 20
    numbers.sort(-1, UP)
    assert shown(numbers) == as_they_came == numbers.rows, "an export keeps the order of the well"


def test_the_row_that_was_chosen_stays_chosen_when_the_table_is_sorted(numbers: RowsModel) -> None:
    held = QPersistentModelIndex(numbers.index(17, 0))
    row = numbers.row_at(17)
    numbers.sort(0, UP)
    assert held.row() != 17
    assert numbers.row_at(held.row()) == row


def test_rows_that_come_later_stand_in_the_order_that_was_asked_for(numbers: RowsModel) -> None:
    numbers.sort(0, DOWN)
    numbers.reset([3, 9, 5])
    assert shown(numbers) == [9, 5, 3]


@pytest.fixture
def strip(qtbot: QtBot) -> EventStrip:
    made = EventStrip(theme.THEMES["light"])
    qtbot.addWidget(made)
    made.resize(1_000, made.height())
    made.set_window((0.0, 10_000.0), (0.0, 1_000.0))
    return made


def test_of_thousands_of_marks_each_look_is_painted_once_at_a_place(strip: EventStrip) -> None:
    stops = [Mark("stop", x / 10, x / 10 + 1, "idle", "stop", str(x)) for x in range(100_000)]
    found = [Mark("finding", 5.0 * n, 5.0 * n + 2, ("act", "stop")[n % 2], "f", str(n)) for n in range(2_000)]
    strip.set_marks(Marks(stops + found))
    painted = strip.painted()
    assert 0 < len(painted) <= 3 * 1_000 / 4 + 6
    covered = {int(box.left()) // 4 for mark, box in painted if mark.kind == "stop"}
    assert covered >= set(range(1, 249)), "where there are stops some are seen"
    strip.set_window((0.0, 20.0), (0.0, 1_000.0))
    assert [mark.key for mark, _ in strip.painted() if mark.kind == "finding"] == ["0", "1", "2", "3", "4"]


def test_the_mark_under_the_pointer_is_the_last_of_those_that_lie_there(strip: EventStrip) -> None:
    strip.set_marks(
        Marks(
            [
                Mark("finding", 0, 5_000, "act", "long", "long"),
                Mark("finding", 1_000, 2_000, "stop", "s", "short"),
            ]
        )
    )
    keys = {x: mark.key if (mark := strip.mark_at(QPointF(x, 8))) else None for x in (50, 150, 300, 700)}
    assert keys == {50: "long", 150: "short", 300: "long", 700: None}
    assert strip.mark_at(QPointF(150, 28)) is None, "the row of events"


def test_a_mark_that_lasts_is_seen_in_the_middle_of_it(strip: EventStrip) -> None:
    strip.set_marks(Marks([Mark("stop", 0, 10_000, "idle", "s"), Mark("note", 9_000, None, "idle", "n")]))
    strip.set_window((4_000.0, 5_000.0), (0.0, 1_000.0))
    assert [mark.kind for mark, _ in strip.painted()] == ["stop"]


LIFTED = Speaker("en")


def field_of(count: int, *, findings: dict[int, tuple[str, ...]] | None = None) -> list[Listed]:
    wells = [
        Well(WellId(n), f"{n}", f"F{n % 2}", f"{n % 20}", ESP, aliases=(f"old{n}",)) for n in range(count)
    ]
    found = findings or {}
    statuses = [
        WellStatus(well, "act" if n in found else "ok", 0, None, found.get(n, ()))
        for n, well in enumerate(wells)
    ]
    kept = Listing(frozenset({wells[3].key["uid"]}), frozenset({wells[5].key["uid"]}))
    return listed(statuses, [2], kept, LIFTED, {})


def names_of(wells: list[Listed], groups: Groups) -> list[str]:
    return [wells[place].status.well.name for _, pads in groups for _, places in pads for place in places]


def test_a_row_of_the_tree_is_made_when_it_is_seen(qtbot: QtBot) -> None:
    """All five thousand were made, with icon and tip, for each letter and each finding that was seen."""
    wells, asked = field_of(5_000), Counter[int]()

    def told(place: int, role: int) -> object:
        asked[place] += 1
        return wells[place].title if role == Qt.ItemDataRole.DisplayRole else None

    tree = QTreeView()
    qtbot.addWidget(tree)
    model = WellsModel(told, tree)
    tree.setModel(model)
    tree.setUniformRowHeights(True)
    tree.resize(250, 600)
    model.show_groups(Arrangement().groups(wells, str))
    tree.expandAll()
    tree.grab()
    assert sum(len(places) for _, pads in model._groups for _, places in pads) == 4_999
    assert 5 < len(asked) < 60
    shown = [model.place_of(index) for index, _ in model.wells()]
    assert shown == [place for _, place in model.wells()]
    index = model.index_of(lambda place: wells[place].status.well.name == "4321")
    assert index is not None
    assert index.data() == wells[4_321].title
    assert index.parent().data() == "1", "its pad"


def test_wells_are_listed_by_what_is_typed_and_by_what_is_pressed() -> None:
    wells = field_of(40, findings={7: ("gas_lock",), 12: ("rods_parted",)})
    everything = names_of(wells, Arrangement().groups(wells, str))
    assert everything[:4] == ["0", "20", "2", "22"], "by field, pad and name, as people count"
    assert len(everything) == 39, "one is out of the way"
    assert names_of(wells, Arrangement(typed="old5").groups(wells, str)) == ["5"], "and found by name"
    assert names_of(wells, Arrangement(typed="parted").groups(wells, str)) == ["12"]
    assert names_of(wells, Arrangement(typed="обрыв").groups(wells, str)) == ["12"]
    assert names_of(wells, Arrangement(typed="pa").groups(wells, str)) == [], "two letters find no finding"
    assert names_of(wells, Arrangement(only_favourites=True).groups(wells, str)) == ["3"]
    urgent = Arrangement(urgent_first=True).groups(wells, str)
    assert [(name, pads[0][0]) for name, pads in urgent] == [("F0", "12"), ("F1", "7")]
    assert names_of(wells, urgent)[0] == "12"
    assert (wells[2].title[-1], wells[3].title[:3]) == ("✎", "★ 3")


def test_what_a_mark_says_is_made_when_it_is_pointed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five thousand events were written out for a strip that nobody had touched: 0.2 s."""
    at = small_field.BEGAN
    marked = Marked((), (Event("e", WellId(1), at, None, "stop", "power cut"),))
    told: list[object] = []
    dated = Speaker.dated
    monkeypatch.setattr(Speaker, "dated", lambda self, moment: (told.append(moment), dated(self, moment))[1])
    (mark,) = marks_of(marked, LIFTED, 0).every
    assert told == []
    assert "power cut" in mark.text
    assert told == [at]


@pytest.mark.slow
def test_cards_laid_over_each_other_read_the_well_once(
    small_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All records of the well were read for each of five hundred cards: half a minute."""
    workspace = small_window.context.workspace
    _, rods = small_field.wells(workspace)
    older, newest = card_store.of_well(workspace.store, int(rods.id))
    read: list[int] = []
    known, service = presenter.EquipmentHistory, presenter.service

    def counted(held: Workspace, well: int) -> EquipmentHistory:
        read.append(well)
        return known(held, well)

    monkeypatch.setattr(presenter, "EquipmentHistory", counted)
    monkeypatch.setattr(service, "bore_at", lambda *_: pytest.fail("the well was read for one card"))
    monkeypatch.setattr(service, "analyse_stored", lambda _, card: analysed_with(card, WellBore()))
    shown = presenter._analyse(Job(), workspace, [older] * 5 + [newest], ())
    assert len(shown.older) == 5
    assert read == [int(rods.id)]


@pytest.mark.slow
def test_a_well_with_many_findings_shows_the_worst_and_the_others_when_asked(
    small_window: MainWindow, settled: Wait
) -> None:
    began = small_field.BEGAN
    many = [
        Finding(1, "motor_overheat", "act", 0.9 - n / 100, at := began + timedelta(days=n), at)
        for n in range(2 * BOXES_AT_ONCE + 5)
    ]
    named = [replace(one, id=str(n)) for n, one in enumerate(many)]
    findings.renew(small_window.context.workspace.store, 1, named)
    small_window.context.changed.emit(Changed(1, frozenset({FINDINGS})))
    settled()
    page = small_window.page("overview")
    assert isinstance(page, OverviewPage)
    assert [box.finding.id for box in page.finding_boxes] == [str(n) for n in range(BOXES_AT_ONCE)]
    assert str(BOXES_AT_ONCE + 5) in page.more.text()
    page.more.click()
    page.more.click()
    settled()
    assert len(page.finding_boxes) == len(many)
    assert page.more.isHidden()
