"""What was seen in pictures of pages and dialogs that nobody had looked at: each as a kind, everywhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import app.views
from app.core.texts import Speaker
from app.core.zones import FieldZone
from app.importers import IMPORTERS
from app.importers.base import Contents
from app.importers.opening import Asked
from app.importers.plan import ColumnPlan, Plan, SheetPlan
from app.importers.rows import Problem
from app.importers.sheets import Layout
from app.models.cards import StoredCard
from app.models.kinds.lab import PARAMETERS
from app.models.overview import LastValue
from app.models.sensors import SENSORS
from app.models.wells import Well, WellId
from app.reports.wording import well_words
from app.services.centre.conflicts import OpenConflict
from app.services.imports.check import Checked
from app.services.imports.opening import OpenFile
from app.services.imports.words import problem_words
from app.sync.conflicts import FieldConflict
from app.views import widgets
from app.views.alarms.page import AlarmsPage
from app.views.cards.strip import CardStrip
from app.views.context import Context
from app.views.entry.moment_edit import MomentEdit
from app.views.fitted import FittedDialog
from app.views.overview.values import ValuesModel
from app.views.plots.card_chart import CardChart, Curve, Level, Post
from app.views.plots.look import legend_words
from app.views.preview.sheet_bar import SaidOfSheet, SheetBar
from app.views.preview.summary import Summary
from app.views.sync.conflict_dialog import Answer, ConflictDialog
from app.views.sync.page import SyncPage
from app.views.theme import THEMES, sheet
from tests.views.test_looks import contrast

VIEWS = Path(app.views.__path__[0])
NOTHING_WRONG = Checked("card", (), (), (), (), (), (), False, (), ())


@cache
def parsed() -> list[tuple[Path, ast.Module]]:
    return [
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(VIEWS.rglob("*.py"))
        if re.search(r"setVisible|QDialog", path.read_text(encoding="utf-8"))
    ]


# ---- one or the other --------------------------------------------------------------------------------------


def made_seen(statement: ast.stmt) -> str | None:
    """What `x.setVisible(this)` asks, turned round where it is a denial."""
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return None
    call = statement.value
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "setVisible" and call.args):
        return None
    return ast.unparse(call.args[0])


def denied(words: str) -> set[str]:
    return {
        f"not {words}",
        words.removeprefix("bool(").removesuffix(")").join(("not ", "")),
        words.replace(" is not None", " is None"),
        words.replace("==", "!="),
        words.replace(" > 1", " == 1"),
    } - {words}


def test_nothing_is_shown_beside_what_stands_instead_of_it_not_for_a_moment() -> None:
    """A window that was laid out between the two lines was as wide as both ask, and stayed so."""
    found = []
    for path, tree in parsed():
        for body in (node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.If)):
            asked = [(number, words) for number, one in enumerate(body) if (words := made_seen(one))]
            for (_, one), (_, other) in combinations(asked, 2):
                if other in denied(one) or one in denied(other):
                    found.append(f"{path.relative_to(VIEWS)}: {one} / {other}")
    assert not found, "widgets.show_one"


@pytest.mark.parametrize("before", [True, False])
def test_of_two_that_stand_in_one_place_one_is_seen_at_any_moment(qtbot: QtBot, before: bool) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    table, empty = QLabel("table"), QLabel("empty")
    lay_out = QVBoxLayout(page)
    seen: list[int] = []

    def note(_: QObject, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            seen.append(sum(one.isVisible() for one in (table, empty)))
        return False

    noting = type("Noting", (QObject,), {"eventFilter": note})(page)
    for part in (table, empty):
        lay_out.addWidget(part)
        part.installEventFilter(noting)
    widgets.show_one(before, table, empty)
    page.show()
    widgets.show_one(not before, table, empty)
    assert (table.isVisible(), empty.isVisible()) == (not before, before)
    widgets.show_one(before, [table], [empty])
    assert (table.isVisible(), empty.isVisible()) == (before, not before)
    assert set(seen) == {1}


# ---- dialogs -----------------------------------------------------------------------------------------------


def test_every_dialog_is_made_to_fit_its_screen() -> None:
    """At a scale of 1.5 the settings ended under a laptop's screen, and the button that saves with them."""
    bare = [
        f"{path.relative_to(VIEWS)}: {node.name}"
        for path, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and "QDialog" in [ast.unparse(base) for base in node.bases]
    ]
    assert bare == ["fitted.py: FittedDialog"]


def test_a_dialog_is_no_larger_than_its_screen_or_the_window_it_stands_over(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = FittedDialog(window)
    room = dialog.screen().availableSize()
    dialog.resize(room + QSize(300, 300))
    dialog.show()
    assert dialog.width() <= room.width()
    assert dialog.height() < room.height(), "what the system writes over it is seen as well"
    dialog.close()
    window.resize(room + QSize(100, 100))
    dialog.resize(room + QSize(50, 50))
    dialog.show()
    assert dialog.size() == room + QSize(50, 50)


@pytest.mark.parametrize("key", THEMES)
def test_the_buttons_of_all_dialogs_are_words_alone(qtbot: QtBot, key: str) -> None:
    """Some had a floppy disk and a red cross of the style, which no other button has."""
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet(sheet(THEMES[key], 28, glove=False))
    box = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, window
    )
    window.show()
    hint = box.style().StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
    assert not box.style().styleHint(hint, None, box)


# ---- letters and targets -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", THEMES)
@pytest.mark.parametrize("glove", [False, True])
def test_a_heading_is_larger_than_what_stands_under_it(qapp: QApplication, key: str, glove: bool) -> None:
    """In gloves it was smaller."""
    from app.views import theme

    qapp.setProperty(theme.WORN, "")
    theme.apply(qapp, THEMES[key], glove=glove)
    heading, body = widgets.heading("Last readings"), QLabel("Last readings")
    for label in (heading, body):
        label.ensurePolished()
    assert heading.fontInfo().pointSizeF() > 1.1 * body.fontInfo().pointSizeF()
    for label in (heading, body):
        label.deleteLater()
    qapp.setProperty(theme.WORN, "")
    theme.apply(qapp, THEMES["light"], glove=False)


@pytest.mark.parametrize("key", THEMES)
@pytest.mark.parametrize("glove", [False, True])
def test_a_box_to_tick_in_a_list_is_seen_and_grows_with_gloves(qtbot: QtBot, key: str, glove: bool) -> None:
    """Where the ground is dark one that was not ticked was not there; in gloves it had 12 pixels."""
    theme = THEMES[key]
    listed = QListWidget()
    qtbot.addWidget(listed)
    listed.setStyleSheet(sheet(theme, 40 if glove else 28, glove=glove))
    item = QListWidgetItem("")
    item.setCheckState(Qt.CheckState.Unchecked)
    listed.addItem(item)
    listed.addItem("")
    listed.resize(200, 200)
    listed.show()
    picture = listed.grab().toImage()
    row = listed.visualItemRect(item)
    seen = [
        (x, y)
        for x in range(4, 40)
        for y in range(row.top() + 4, row.bottom())
        if contrast(picture.pixelColor(x, y).name().upper(), theme.ground) >= 3.0
    ]
    assert len(seen) > 30
    wide = max(x for x, _ in seen) - min(x for x, _ in seen) + 1
    assert wide >= (24 if glove else 14)


@pytest.mark.parametrize("glove", [False, True])
def test_the_whole_end_of_a_date_opens_its_calendar(qtbot: QtBot, glove: bool) -> None:
    """Of 22 by 18 pixels no glove hits anything."""
    edit = MomentEdit(FieldZone("UTC"), datetime(2026, 10, 12, tzinfo=UTC), "ru")
    qtbot.addWidget(edit)
    target = 40 if glove else 28
    edit.setStyleSheet(sheet(THEMES["light"], target, glove=glove))
    edit.resize(260, edit.sizeHint().height())
    edit.show()
    for at in (QPoint(edit.width() - 3, 3), QPoint(edit.width() - target + 2, edit.height() - 3)):
        QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=at)
        menu = QApplication.activePopupWidget()
        assert menu is not None, at
        calendar = menu.findChild(QCalendarWidget)
        assert calendar is not None
        days = calendar.findChild(QTableView)
        assert days is not None
        assert days.rowHeight(6) >= 0.8 * target, "each day is hit"
        assert days.verticalHeader().length() <= days.viewport().height(), "no week is cut"
        assert menu.height() >= calendar.height()
        menu.close()
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert QApplication.activePopupWidget() is None


def test_an_english_form_of_a_sample_has_no_russian_unit() -> None:
    """Hardness was asked in «мг-экв/л»."""
    units = {one.key: one.unit_label("en") for one in PARAMETERS}
    assert not {key: unit for key, unit in units.items() if re.search("[А-яё]", unit)}
    assert units["hardness"] == "meq/l"


def test_a_pad_is_called_one_where_wells_are_chosen() -> None:
    """«202, Полярное, 3»."""
    well = Well(WellId(1), "202", "Полярное", "3", "srp")
    assert well_words(well, Speaker("ru")) == "202, Полярное, куст 3"
    assert well_words(replace(well, pad=""), Speaker("en")) == "202, Полярное"


# ---- charts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wide", "high"), [(250, 230), (250, 170), (240, 150), (240, 115)])
def test_in_a_card_of_a_small_window_no_name_lies_over_another(
    qapp: QApplication, wide: int, high: int
) -> None:
    """As at a scale of 1.5: «Вес штанг в жидкостия линия»."""
    turn = np.linspace(0, 2 * np.pi, 100)
    card = Curve(1.3 - 1.3 * np.cos(turn), 40 + 15 * np.sin(turn), "#6CB6FF")
    chart = CardChart(THEMES["dark"], "ru", "Положение, м", "Нагрузка, кН")
    chart.resize(wide, high)
    levels = [
        Level(28.5, "верхняя линия"),
        Level(0.0, "нижняя линия"),
        Level(26.5, "Вес штанг в жидкости", left=True),
        Level(88.0, "допустимая нагрузка", left=True, serious=True),
    ]
    chart.show_cards([card], levels, posts=[Post(1.15, 0.0, 28.5, "Наполнение 54 %")])
    chart.grab()
    laid = [(words, place) for words, place, _ in chart.names.laid()]
    over = [(one, other) for (one, a), (other, b) in combinations(laid, 2) if a.intersects(b)]
    assert not over
    told = {words for words, place in laid if not place.isEmpty()}
    assert "допустимая нагрузка" in told, "before all others"
    assert "Наполнение 54 %" in told or high < 150
    assert len(told) == 5 or high < 200, "only where there is no room one is left out"
    assert all(chart.main_box().boundingRect().contains(place) for words, place in laid if words in told)
    chart.deleteLater()


def test_a_difference_of_two_cards_is_named_whole_in_a_narrow_chart(qapp: QApplication) -> None:
    """Of the second only «16.10.2026 1» was read."""
    words = QLabel(legend_words([("#000000", "▬", "31.10.2026 18:37 − 16.10.2026 18:37")]))
    words.setWordWrap(True)
    one = words.fontMetrics().horizontalAdvance("31.10.2026 18:37 − 16.10.2026 18:37")
    assert words.heightForWidth(round(0.7 * one)) > 1.5 * words.heightForWidth(3 * one)
    assert words.minimumSizeHint().width() < 0.8 * one
    words.deleteLater()


# ---- pages -------------------------------------------------------------------------------------------------

Show = Callable[[QWidget], None]
Wait = Callable[[], None]


def test_what_the_centre_has_is_not_read_in_a_column_of_two_words(context: Context, as_window: Show) -> None:
    """In Russian and in gloves it stood in four lines beside its buttons."""
    context.workspace.settings.set("language", "ru")
    page = SyncPage(context)
    as_window(page)
    page.setStyleSheet(sheet(THEMES["sunlight"], 40, glove=True))
    page.resize(640, 500)
    page.show()
    page.words.setText("Связь с центром не настроена. Неотправленных записей нет.")
    QApplication.processEvents()
    line = page.words.fontMetrics().lineSpacing()
    assert page.words.heightForWidth(page.words.width()) < 3.5 * line


def test_where_no_alarm_was_raised_the_list_has_the_room_of_their_count(
    context: Context, as_window: Show, settled: Wait
) -> None:
    page = AlarmsPage(context)
    as_window(page)
    page.resize(800, 600)
    page.show()
    page.open(None)
    settled()
    assert page.counts.isHidden()
    assert page.load.isVisible()
    assert "Choose an alarm" in page.detail.text(), "no gap that says nothing"


def test_a_reading_that_is_older_than_the_others_says_its_moment(context: Context) -> None:
    """Of one of two months ago the moment was read over it alone."""
    table = QTableView()
    model = ValuesModel(context, table)
    at = datetime(2026, 10, 30, 4, tzinfo=UTC)
    sensors = [SENSORS[key] for key in ("intake_pressure", "frequency", "motor_current")]
    ages = (timedelta(), timedelta(hours=20), timedelta(days=48))
    model.reset(
        tuple(LastValue(one, at - age, 5.0, 4.0, 6.0) for one, age in zip(sensors, ages, strict=True))
    )
    names = [str(model.index(row, 0).data()) for row in range(3)]
    assert context.speaker.moment(at - ages[2]) in names[2]
    assert not [one for one in names[:2] if "2026" in one]
    table.deleteLater()


def test_a_figure_that_no_card_has_leaves_its_strip_to_the_card(context: Context, as_window: Show) -> None:
    """Its axis went from 13:00:00 to 13:00:01."""
    strip = CardStrip(context)
    as_window(strip)
    turn = np.linspace(0, 2 * np.pi, 50)
    at = datetime(2026, 10, 30, tzinfo=UTC)
    card = StoredCard("1", WellId(2), at, 6.0, np.cos(turn), np.sin(turn))
    strip.show_cards([card], "fillage")
    assert strip.isHidden()
    strip.show_cards([replace(card, figures={"fillage": 0.5})], "fillage")
    assert not strip.isHidden()


def test_what_is_asked_of_a_card_that_was_dropped_is_read_whole_in_a_small_window(
    context: Context, as_window: Show
) -> None:
    """«Дата, если …», «Число кач…» was all that a window of 1024×700 said of what it waited for."""
    bar = SheetBar(context, several=False)
    as_window(bar)
    bar.show_plan(SheetPlan("card", "card", Layout(0), ()))
    bar.resize(900, 40)
    bar.show()
    QApplication.processEvents()
    for line in (bar.well, bar.time, bar.speed):
        assert line.isVisible()
        assert line.width() > line.fontMetrics().horizontalAdvance(line.placeholderText()) + 16
        assert line.toolTip() != line.placeholderText(), "the whole is over it"


@pytest.mark.parametrize("typed", ["пять", "5,2,1", "nan", "inf", "-5", "0", "900", "5 2", "1_0"])
def test_strokes_per_minute_that_are_no_number_of_them_are_told_and_stay_in_sight(
    context: Context, as_window: Show, typed: str
) -> None:
    """It was taken for nothing, without a word."""
    bar = SheetBar(context, several=False)
    as_window(bar)
    plan = SheetPlan("card", "card", Layout(0), ())
    bar.show_plan(plan)
    said: list[SaidOfSheet] = []
    bar.said.connect(said.append)
    bar.speed.setText(typed)
    bar.speed.editingFinished.emit()
    assert said[-1].strokes_per_minute is None
    bar.show_plan(plan)
    assert bar.speed.text() == typed
    opened = OpenFile(Path("card.csv"), IMPORTERS["text_table"], "", Contents(()), Plan((plan,)), Asked())
    obstacle = Summary(context.speaker).obstacle(NOTHING_WRONG, opened, bar.unread_speeds)
    assert typed in obstacle
    bar.speed.setText("5,2")
    bar.speed.editingFinished.emit()
    assert said[-1].strokes_per_minute == pytest.approx(5.2)
    assert not bar.unread_speeds


def test_nobody_is_sent_to_a_red_cell_where_none_is_red(context: Context) -> None:
    plan = SheetPlan("card", "card", Layout(0), ())
    opened = OpenFile(Path("card.csv"), IMPORTERS["text_table"], "", Contents(()), Plan((plan,)), Asked())

    def told(*problems: Problem) -> str:
        return Summary(context.speaker).obstacle(replace(NOTHING_WRONG, problems=list(problems)), opened, {})

    no_time, several = (Problem("card", 2, -1, "", "", code) for code in ("card_no_time", "card_several"))
    assert told(no_time) == f"Say in the row above the table: {problem_words(no_time, context.speaker)}."
    assert told(no_time, several).startswith("Put the rows right or skip them: ")
    assert told(no_time, replace(no_time, column=3)).startswith("Put the red cells right")
    by_year = SheetPlan("card", "card", Layout(0), (ColumnPlan("Year", "year"),))
    opened = replace(opened, plan=Plan((by_year,)))
    bar = SheetBar(context, several=False)
    bar.show_plan(by_year)
    assert bar.time.isHidden()
    assert told(no_time).startswith("Put the rows right or skip them: "), "the row above asks for no date"
    bar.deleteLater()


def test_both_values_of_a_conflict_are_read_whole_however_long_they_are(
    context: Context, as_window: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note of some sentences made the dialog wider than any screen: the other's stood past its edge."""
    at = datetime(2026, 10, 30, tzinfo=UTC)
    long = "valves were changed and the plunger was found worn by sand, see the photo; " * 6
    both = tuple(FieldConflict(f"values.{key}", "", long, long.upper()) for key in ("text", "topic"))
    found = OpenConflict("e", "r", "note", 1, "2026-10-30T04:00:00Z", at, "Ivanov", both)
    monkeypatch.setattr(ConflictDialog, "_field_name", lambda self, kind, field: field)
    monkeypatch.setattr(ConflictDialog, "_value", lambda self, kind, field, value: value)
    parent = QWidget()
    as_window(parent)
    dialog = ConflictDialog(context, "e", parent)
    dialog._show(found)
    dialog.resize(700, 400)
    dialog.show()
    QApplication.processEvents()
    assert dialog.width() == 700
    answers = dialog.findChildren(Answer)
    assert len(answers) == 4
    for answer in answers:
        words = answer.findChild(QLabel)
        assert words is not None
        assert words.height() >= words.heightForWidth(words.width())
        QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    assert [group.checkedId() for group in dialog.groups.values()] == [3, 3]
    assert dialog.save.isEnabled()


def test_only_a_whole_click_of_the_left_button_chooses_a_value(qtbot: QtBot) -> None:
    """A click that asks for a menu chose it, and so did one that was drawn away."""
    answer = Answer("60 %")
    qtbot.addWidget(answer)
    answer.resize(200, 60)
    answer.show()
    words = answer.findChild(QLabel)
    assert words is not None
    QTest.mouseClick(words, Qt.MouseButton.RightButton)
    assert not answer.button.isChecked()
    QTest.mousePress(words, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(words, Qt.MouseButton.LeftButton, pos=QPoint(10, 500))
    assert not answer.button.isChecked()
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    assert answer.button.isChecked()
