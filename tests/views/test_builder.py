"""A stranger's well put together in the builder, by keyboard alone, and what its first card says then."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from app.analysis.cards.figures import analyse
from app.importers.card_json import read_card
from app.models.kinds import KINDS
from app.models.store import kinds
from app.services.diagnosis import cards
from app.services.diagnosis.diagnose import diagnose, findings_of
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.wells.building import PARTS, Standing
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.views import slices
from app.views.builder.part import Part
from app.views.builder.window import BuilderWindow
from app.views.context import Context
from app.views.entry.fields import ChoiceField
from app.views.entry.rows_field import RowsField
from app.views.main_window import MainWindow
from app.views.syncing import Syncing
from app.views.tasks import TaskRunner
from tests.conftest import shared_file

Wait = Callable[[], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMED = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return, " ": Qt.Key.Key_Space}
PATIENCE = 80


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(keys: str) -> None:
    for letter in keys:
        QTest.keyClick(focused(), NAMED.get(letter, letter))
        QApplication.processEvents()


def go_to(wanted: QWidget) -> None:
    """By Tab, as one gets there without a mouse."""
    for _ in range(PATIENCE):
        here = focused()
        if here is wanted or wanted.isAncestorOf(here):
            return
        press("\t")
    raise AssertionError(f"Tab never comes to {wanted.accessibleName()}")


def choose(box: ChoiceField, code: str) -> None:
    if box.buttons is not None:
        go_to(box.editor)
        wanted = box.buttons.button(list(box.field.choices).index(code))
        while focused() is not wanted:
            QTest.keyClick(focused(), Qt.Key.Key_Right)
        if not wanted.isChecked():
            press(" ")
        return
    assert isinstance(box.editor, QComboBox)
    go_to(box.editor)
    QTest.keyClick(box.editor, Qt.Key.Key_Home)
    for _ in range(list(box.field.choices).index(code)):
        QTest.keyClick(box.editor, Qt.Key.Key_Down)


def fill(part: Part, day: str, values: dict[str, Any]) -> None:
    part.at.setFocus()  # where the part begins
    press(day)
    for key, value in values.items():
        box = part.boxes[key]
        if isinstance(box, ChoiceField):
            choose(box, value)
        elif isinstance(box, RowsField):
            go_to(box.view)
            for row in value:
                press("\t".join(str(row.get(cell.key, "")) for cell in box.field.cells) + "\n")
        elif isinstance(box.editor, QCheckBox):
            go_to(box.editor)
            press(" ")
        else:
            go_to(box.editor)
            press(str(value))


def parts_of(card: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """What a person would type of well C, in the units of the reader: here SI."""
    unit = {f"api_{letter}_m": card["unit"][f"api_{letter.upper()}_m"] for letter in "acikpr"}
    return {
        "installation": (
            "20190101",
            {
                "depth_m": card["pump"]["depth_m"],
                "plunger_diameter_m": card["pump"]["plunger_diameter_m"],
                "tubing_anchored": True,
            },
        ),
        "rod_string": ("20190101", {"sections": card["rods"]}),
        "pumping_unit": (
            "20190101",
            {
                "rotation": "counter_clockwise",
                **unit,
                "structural_imbalance_n": card["unit"]["structural_imbalance_n"],
                "gearbox_rating_n_m": card["unit"]["gearbox_rating_n_m"] / 1000,
                "beam_rating_n": card["unit"]["beam_rating_n"],
            },
        ),
        "fluid": (
            "20190101",
            {
                "water_cut": card["fluid"]["water_cut"],
                "oil_relative_density": 141.5 / (131.5 + card["fluid"]["oil_api"]),
                "water_relative_density": card["fluid"]["water_relative_density"],
            },
        ),
        "head_pressures": ("20190818", {"tubing_pressure_pa": card["tubing"]["pressure_pa"]}),
        "flow_test": (
            "20190730",
            {
                "liquid_m3_per_s": 29.962 / 86400,
                "duration_s": 4,
                "runtime_s": card["well_test"]["runtime_h"],
            },
        ),
    }


def only_the_dynamogram(folder: Path, card: dict[str, Any]) -> Path:
    file = folder / "card.json"
    kept = ("well", "taken_at", "strokes_per_minute", "surface")
    file.write_text(json.dumps({key: card[key] for key in kept}), encoding="utf-8")
    return file


@pytest.mark.slow
def test_a_well_typed_into_the_builder_by_keyboard_says_on_its_card_what_the_file_says_to_the_last_digit(
    empty_window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    path = shared_file("data/well-c.json")
    card = json.loads(path.read_text(encoding="utf-8"))
    window, workspace = empty_window, empty_window.context.workspace
    workspace.settings.set("units", "si")
    settled()
    window.activateWindow()
    settled()
    QTest.keyClick(window, Qt.Key.Key_N, CTRL | SHIFT)
    settled()
    builder = window.building.builder
    assert isinstance(builder, BuilderWindow)
    builder.activateWindow()
    settled()
    press("North\t")
    go_to(builder.parts["well_passport"].boxes["well_name"].editor)
    press("C")
    typed = parts_of(card)
    while (key := builder.part.key) != "flow_test":
        QTest.keyClick(builder, Qt.Key.Key_PageDown, CTRL)
        if builder.part.key in typed:
            fill(builder.part, *typed[builder.part.key])
        assert builder.part.key != key
    QTest.keyClick(builder, Qt.Key.Key_S, CTRL)
    settled()
    assert builder.state.text() == "Saved."
    assert "25.3 m short of the pump" in builder.side.fit.text().replace("\u00a0", " ")
    builder.reject()

    importing.import_file(workspace, only_the_dynamogram(tmp_path, card), ImportOptions())
    of_file = cards.answer(analyse(read_card(path)))
    well = find_well(workspace, "C")
    window.context.choose_well(well)
    window.open_page("cards")
    settled()
    shown = window.page("cards")._analysed_now  # type: ignore[attr-defined]
    assert cards.answer(shown.newest.analysis)["measures"] == of_file["measures"]
    diagnose(workspace, well)
    (stored,) = cards.history(workspace, int(well.id))
    measures = analyse(read_card(path)).measures
    assert {key: stored.figures[key] for key in cards.KEPT} == {key: measures[key] for key in cards.KEPT}
    told = {finding["code"]: finding["confidence"] for finding in of_file["findings"]}
    assert {f.code: round(f.confidence, 4) for f in findings_of(workspace, well.id)} == told
    window.page("cards").show_scene("figures")  # type: ignore[attr-defined]
    words = [label.text() for label in window.page("cards").side.figures.findChildren(QLabel)]  # type: ignore[attr-defined]
    assert any(text.startswith("Computed with: ") and "Rod string of 2019-01-01" in text for text in words)


@pytest.fixture
def builder(
    qapp: QApplication, workspace: Workspace, runner: TaskRunner, settled: Wait
) -> Iterator[BuilderWindow]:
    """On a rod-pumped well that has nothing yet, without the window around it."""
    workspace.settings.set("language", "en")
    parent = QWidget()
    parent.resize(1024, 700)
    parent.show()
    context = Context(workspace, runner, Syncing(workspace, runner, parent), parent)
    made = BuilderWindow(context, find_well(workspace, "77"), parent)
    made.show()
    made.activateWindow()
    settled()
    yield made
    settled()
    parent.deleteLater()


def missing(builder: BuilderWindow) -> str:
    builder._look()
    return " ".join(label.text() for label in builder.side.findChildren(QLabel))


def test_what_is_missing_shrinks_as_parts_are_typed_and_the_catalogue_fills_in(
    builder: BuilderWindow, settled: Wait
) -> None:
    assert "No rod string: cannot be had" in missing(builder)
    assert {key for key, part in builder.parts.items() if not part.is_empty} == {"well_passport"}
    rods, unit = builder.parts["rod_string"], builder.parts["pumping_unit"]
    builder.list.setCurrentRow(PARTS.index("rod_string"))
    box = rods.boxes["sections"]
    box.set_text(json.dumps([{"length_m": "890.5", "diameter_m": "22.2", "grade": "D"}]))
    rods.changed.emit()
    said = missing(builder)
    assert "No tensile strength of the rods" in said
    assert "No wave speed" in said
    QTest.keyClick(builder, Qt.Key.Key_L, CTRL)
    said = missing(builder)
    assert "tensile strength" not in said
    assert "wave speed" not in said
    builder.list.setCurrentRow(PARTS.index("pumping_unit"))
    unit.boxes["unit_name"].set_text("СКД8-3-4000")
    assert "No dimensions A, C, K, P, R of the unit" in missing(builder)
    builder.fill()
    assert unit.boxes["gearbox_rating_n_m"].text() == "40"
    builder.parts["installation"].boxes["depth_m"].set_text("900")
    assert "9.5\u00a0m short of the pump" in missing(builder)
    builder.save()
    settled()
    saved = {key for key, part in builder.parts.items() if part.before is not None}
    assert saved == {"well_passport", "rod_string", "pumping_unit", "installation"}


def test_parts_are_laid_out_in_turns_and_whoever_goes_on_meanwhile_has_them_all(
    builder: BuilderWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once they held the window up for a quarter of a second."""
    context = builder._context
    clock = itertools.count()
    monkeypatch.setattr(slices.time, "perf_counter", lambda: float(next(clock)))
    other = BuilderWindow(context, None, builder.parentWidget())
    other._opened(Standing(None), [])
    assert len(other.parts) < len(PARTS)
    assert other._cover.isVisibleTo(other)
    other.turn(1)
    assert list(other.parts) == list(PARTS)
    assert not other._cover.isVisibleTo(other)
    assert other.part.key == PARTS[1]
    monkeypatch.undo()
    settled()
    other.deleteLater()


def test_another_lift_has_other_parts_and_other_fields_and_keeps_what_was_typed(
    builder: BuilderWindow, settled: Wait
) -> None:
    builder.parts["installation"].boxes["pump_name"].set_text("X-1")
    builder.parts["well_passport"].boxes["lift"].set_text("esp")
    settled()
    shown = [key for number, key in enumerate(PARTS) if not builder.list.item(number).isHidden()]
    assert "rod_string" not in shown
    boxes = builder.parts["installation"].boxes
    assert boxes["pump_name"].text() == "X-1"
    assert "plunger_diameter_m" not in boxes
    assert "stages" in boxes
    builder.save()
    settled()
    assert find_well(builder._context.workspace, "77").lift == "esp"


def test_parts_that_nobody_has_begun_are_dated_with_the_first_and_an_entry_begins_anew_beside_it(
    builder: BuilderWindow, settled: Wait
) -> None:
    run, unit = builder.parts["installation"], builder.parts["pumping_unit"]
    at = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)
    run.at.set_moment(at)
    assert unit.at.moment() == at
    run.boxes["depth_m"].set_text("900")
    builder.save()
    settled()
    builder.list.setCurrentRow(PARTS.index("installation"))
    QTest.keyClick(builder, Qt.Key.Key_D, CTRL)
    run.boxes["depth_m"].set_text("950")
    builder.save()
    settled()
    runs = kinds.of_well(builder._context.workspace.store, KINDS["installation"], 2)
    assert [run.values["depth_m"] for run in runs] == [950.0, 900.0]
    assert runs[1].at == at


def test_what_is_wrong_is_shown_where_it_stands_and_nothing_unsaved_is_dropped_at_once(
    builder: BuilderWindow, settled: Wait
) -> None:
    builder.parts["fluid"].boxes["water_cut"].set_text("140")
    builder.save()
    assert builder.part.key == "fluid"
    assert "is outside" in builder.state.text()
    builder.parts["fluid"].boxes["water_cut"].set_text("40")
    builder.parts["well_passport"].boxes["well_name"].set_text("123Г")
    builder.save()
    settled()
    assert "is a well already" in builder.state.text()
    builder.reject()
    assert builder.isVisible()
    assert "is not saved" in builder.state.text()
    builder.reject()
    assert not builder.isVisible()
    assert builder._context.workspace.journal.entries() == []


def test_a_cell_that_is_typed_into_counts_when_the_builder_is_closed_and_when_it_saves(
    builder: BuilderWindow, settled: Wait
) -> None:
    builder.list.setCurrentRow(PARTS.index("rod_string"))
    box = builder.parts["rod_string"].boxes["sections"]
    assert isinstance(box, RowsField)
    box.view.setFocus()
    press("500")
    builder.reject()
    assert builder.isVisible()
    assert "is not saved" in builder.state.text()
    press("\t22")
    builder.save()
    settled()
    (saved,) = kinds.of_well(builder._context.workspace.store, KINDS["rod_string"], 2)
    assert saved.values["sections"] == [{"length_m": 500.0, "diameter_m": 0.022}]


def test_a_pipe_chosen_from_the_list_fills_both_diameters_and_a_strange_motor_is_said(
    builder: BuilderWindow, settled: Wait
) -> None:
    builder.parts["well_passport"].boxes["lift"].set_text("esp")
    settled()
    builder.list.setCurrentRow(PARTS.index("installation"))
    boxes = builder.parts["installation"].boxes
    line = boxes["tubing_outer_diameter_m"].editor
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "73")
    completer = line.completer()
    QTest.keyClick(completer.popup(), Qt.Key.Key_Down)
    QTest.keyClick(completer.popup(), Qt.Key.Key_Return)
    settled()
    assert (line.text(), boxes["tubing_inner_diameter_m"].text()) == ("73", "62")
    boxes["motor"].set_text("ПЭДН 32-117-1000")
    boxes["cable"].set_text("no such cable")
    QTest.keyClick(builder, Qt.Key.Key_L, CTRL)
    assert (boxes["rated_power_w"].text(), boxes["motor_voltage_v"].text()) == ("32", "1000")
    assert "no such cable" in builder.state.text()
