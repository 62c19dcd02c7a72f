"""Forms by the keyboard: Enter goes on, saving has its own keys, a date is what was typed or no date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.zones import FieldZone
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds
from app.services.wells import flow_entry
from app.services.workspace import Workspace
from app.views.entry.flow_form import FlowForm
from app.views.entry.moment_edit import MomentEdit
from app.views.main_window import MainWindow
from tests.views import small_field
from tests.views.hands import CTRL, at_hand, click, press, type_in

Wait = Callable[[], None]


def flow_form(window: MainWindow, settled: Wait) -> FlowForm:
    window.entering.open("flow_test")
    settled()
    form = window.entering.form
    assert isinstance(form, FlowForm)
    at_hand(form)
    return form


@pytest.mark.slow
def test_enter_goes_through_the_fields_and_saves_nothing(small_window: MainWindow, settled: Wait) -> None:
    form = flow_form(small_window, settled)
    form.at.setFocus(Qt.FocusReason.TabFocusReason)
    passed = []
    while not passed or passed[-1] != "note":
        press(Qt.Key.Key_Return)
        here = QApplication.focusWidget()
        passed.append(next(key for key, box in form.boxes.items() if box.isAncestorOf(here)))
        if passed[-1] == "liquid_m3_per_s":
            type_in("40")
    assert passed == list(form.boxes), "each once, in their order; a long text has lines of its own"
    assert form.isVisible()
    assert not kept_tests(small_window)
    press(Qt.Key.Key_Return, CTRL)
    settled()
    assert len(kept_tests(small_window)) == 1


def kept_tests(window: MainWindow) -> list[Record]:
    return kinds.of_well(window.context.workspace.store, KINDS["flow_test"], 1)


@pytest.mark.slow
def test_oil_is_proposed_and_what_a_test_lacks_is_said_before_and_after(
    small_window: MainWindow, settled: Wait
) -> None:
    form = flow_form(small_window, settled)
    liquid, cut, oil = (form.boxes[key] for key in ("liquid_m3_per_s", "water_cut", "oil_kg_per_s"))
    assert not form.lacking.isVisible(), "nothing is missed of what nobody has begun"
    liquid.take_focus()
    type_in("100")
    settled()
    assert "No water cut" in form.lacking.text()
    assert "No oil rate" in form.lacking.text()
    assert not form.propose.isVisible()
    cut.take_focus()
    type_in("40")
    settled()
    assert "No water cut" not in form.lacking.text()
    assert form.propose.text().replace("\xa0", " ") == "Take 52.2 t/d"
    assert "870 kg/m³, the oil's density of 2026-10-12" in form.how.text().replace("\xa0", " ")
    click(form.propose)
    settled()
    assert oil.text() == "52.2"
    assert not form.propose.isVisible()
    assert not form.lacking.isVisible()
    press(Qt.Key.Key_S, CTRL, on=form)
    settled()
    (test,) = kept_tests(small_window)
    assert test.values["oil_kg_per_s"] == pytest.approx(100 / 86_400 * 0.6 * small_field.OIL_DENSITY)


def test_no_oil_is_proposed_of_a_density_that_nobody_told(workspace: Workspace) -> None:
    at = datetime(2026, 10, 20, tzinfo=UTC)
    assert flow_entry.oil_density(workspace, 1, at) is None
    small_field.fill(workspace)
    density = flow_entry.oil_density(workspace, 1, at)
    assert density is not None
    assert (density.kg_per_m3, density.source.kind) == (870.0, "lab_result")
    assert flow_entry.oil_rate({"liquid_m3_per_s": 1.0}, density) is None
    assert flow_entry.lacking({"water_cut": 1.0}) == (), "of pure water nobody misses the oil"
    assert flow_entry.lacking({"water_cut": 0.4}) == ("oil_kg_per_s",)


# ---- dates -------------------------------------------------------------------------------------------------


@pytest.fixture
def edit(qapp: QApplication) -> Iterator[MomentEdit]:
    made = MomentEdit(FieldZone("Europe/Berlin"), datetime(2026, 11, 3, 9, tzinfo=UTC), "ru")
    made.show()
    yield made
    made.deleteLater()


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("311220251501", "31.12.2025 15:01"),
        ("290220240101", "29.02.2024 01:01"),
        ("310120260000", "31.01.2026 00:00"),
        ("3112", "31.12.2026 10:00"),
        ("1.5.2026 7:30", "1.5.2026 7:30"),
    ],
)
def test_a_date_is_typed_digit_after_digit_whatever_month_stood_there(
    edit: MomentEdit, digits: str, shown: str
) -> None:
    QTest.keyClicks(edit, digits)
    assert edit.text() == shown
    assert edit.is_good
    wall = FieldZone("Europe/Berlin").shown(edit.moment()).replace(tzinfo=None)
    assert wall == datetime.strptime(shown, "%d.%m.%Y %H:%M")


@pytest.mark.parametrize("digits", ["310220261000", "99", "290320260230"])
def test_what_is_no_date_or_an_hour_that_the_clock_left_out_is_marked_and_refused(
    edit: MomentEdit, digits: str
) -> None:
    QTest.keyClicks(edit, digits)
    assert not edit.is_good
    assert edit.property("wrong")
    assert "no such date" in edit.toolTip()


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("2026-10-05 07:40", "05.10.2026 07:40"),
        ("5.10.2026", "05.10.2026 00:00"),
        ("yesterday", "03.11.2026 10:00"),
    ],
)
def test_a_date_is_pasted_as_spreadsheets_have_it(edit: MomentEdit, pasted: str, shown: str) -> None:
    QApplication.clipboard().setText(pasted)
    QTest.keyClick(edit, Qt.Key.Key_V, CTRL)
    assert edit.text() == shown


def test_arrows_step_the_part_where_the_cursor_stands(edit: MomentEdit) -> None:
    for place, shown in ((0, "04.11.2026"), (3, "04.12.2026"), (6, "04.12.2027")):
        edit.setCursorPosition(place)
        QTest.keyClick(edit, Qt.Key.Key_Up)
        assert edit.text().startswith(shown)
    edit.set_moment(datetime(2026, 1, 31, 9, tzinfo=UTC))
    edit.setCursorPosition(3)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.text() == "28.02.2026 10:00", "a month on from the 31st is its last day"


def test_in_english_a_moment_is_typed_as_it_is_written_there(qapp: QApplication) -> None:
    made = MomentEdit(FieldZone("Europe/Berlin"), datetime(2026, 11, 3, 9, tzinfo=UTC), "en")
    made.show()
    assert made.text() == "2026-11-03 10:00"
    QTest.keyClicks(made, "202602281501")
    assert made.text() == "2026-02-28 15:01"
    made.setText("26-3-1 7:05")
    assert made.moment() == datetime(2026, 3, 1, 6, 5, tzinfo=UTC)
    made.set_moment(datetime(2026, 1, 31, 9, tzinfo=UTC))
    for place, shown in ((0, "2027-01-31"), (5, "2027-02-28"), (8, "2027-03-01"), (11, "2027-03-01 11:00")):
        made.setCursorPosition(place)
        QTest.keyClick(made, Qt.Key.Key_Up)
        assert made.text().startswith(shown)
    made._take_day(QDate(2026, 12, 5))
    assert made.text() == "2026-12-05 11:00"
    made.deleteLater()


@pytest.mark.slow
def test_a_form_with_a_date_that_is_none_says_so_and_keeps_what_was_typed(
    small_window: MainWindow, settled: Wait
) -> None:
    form = flow_form(small_window, settled)
    form.at.setFocus(Qt.FocusReason.TabFocusReason)
    type_in("202602311000")
    form.boxes["liquid_m3_per_s"].take_focus()
    type_in("40")
    press(Qt.Key.Key_S, CTRL)
    settled()
    assert "2026-02-31 10:00" in form.state.text()
    assert form.isVisible()
    assert kept_tests(small_window) == []
