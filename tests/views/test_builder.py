"""A stranger's well put together in the builder, by keyboard alone, and what its first card says then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDateTimeEdit, QLabel, QWidget

from app.analysis.cards.figures import analyse
from app.importers.card_json import read_card
from app.services.diagnosis import cards
from app.services.diagnosis.diagnose import diagnose, findings_of
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.wells.finding import find_well
from app.views.builder.part import Part
from app.views.builder.window import BuilderWindow
from app.views.entry.fields import ChoiceField
from app.views.entry.rows_field import RowsField
from app.views.main_window import MainWindow
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
    assert isinstance(part.at, QDateTimeEdit)
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
            "01012019",
            {
                "depth_m": card["pump"]["depth_m"],
                "plunger_diameter_m": card["pump"]["plunger_diameter_m"],
                "tubing_anchored": True,
            },
        ),
        "rod_string": ("01012019", {"sections": card["rods"]}),
        "pumping_unit": (
            "01012019",
            {
                "rotation": "counter_clockwise",
                **unit,
                "structural_imbalance_n": card["unit"]["structural_imbalance_n"],
                "gearbox_rating_n_m": card["unit"]["gearbox_rating_n_m"] / 1000,
                "beam_rating_n": card["unit"]["beam_rating_n"],
            },
        ),
        "fluid": (
            "01012019",
            {
                "water_cut": card["fluid"]["water_cut"],
                "oil_relative_density": 141.5 / (131.5 + card["fluid"]["oil_api"]),
                "water_relative_density": card["fluid"]["water_relative_density"],
            },
        ),
        "head_pressures": ("18082019", {"tubing_pressure_pa": card["tubing"]["pressure_pa"]}),
        "flow_test": (
            "30072019",
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
    words = [label.text() for label in window.page("cards").side.figures.findChildren(QLabel)]  # type: ignore[attr-defined]
    assert any(text.startswith("Computed with: ") and "Rod string of 2019-01-01" in text for text in words)
