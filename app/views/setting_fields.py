"""A field for a setting, made from its declaration: both dialogs of settings use it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.core import zones
from app.core.setting import Setting
from app.core.site import Said
from app.core.texts import Speaker
from app.views import widgets
from app.views.calm import ChoiceBox, NumberBox, TextLine, WholeNumberBox
from app.views.context import Context


def field_of(setting: Setting, context: Context) -> QWidget:
    """What IT has locked is shown, and cannot be changed."""
    settings = context.workspace.settings
    field = field_with(setting, settings[setting.key], context.speaker.language)
    said = settings.set_by(setting.key)
    if said is not None and said.locked:
        field.setEnabled(False)
        field.setToolTip(by_it(said, context.speaker))
    return field


def help_of(setting: Setting, context: Context) -> str:
    """Under its field: what it is, and who has set it."""
    told = setting.help(context.speaker.language)
    said = context.workspace.settings.set_by(setting.key)
    return told if said is None else f"{told}\n{by_it(said, context.speaker)}"


def by_it(said: Said, speaker: Speaker) -> str:
    return speaker.say("setting.set_by_it" if said.locked else "setting.usual_by_it", source=said.source)


def add_row(rows: QVBoxLayout, setting: Setting, field: QWidget, told: str, language: str) -> None:
    """What it is called (a box to tick says it itself), the field, and what it means."""
    if setting.kind != "bool":
        label = QLabel(setting.label(language))
        label.setBuddy(field)
        rows.addWidget(label)
    rows.addWidget(field)
    rows.addWidget(widgets.muted(told))


def field_with(setting: Setting, value: object, language: str) -> QWidget:
    """For a value that is kept elsewhere: an option of a report's section."""
    field = _made(setting, value, language)
    field.setAccessibleName(setting.label(language))
    field.setToolTip(setting.help(language))
    return field


def value_of(field: QWidget) -> object:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentText().strip() if field.isEditable() else field.currentData()
    if isinstance(field, (QSpinBox, QDoubleSpinBox)):
        return field.value()
    assert isinstance(field, QLineEdit)
    return field.text().strip()


def _made(setting: Setting, value: object, language: str) -> QWidget:
    if setting.kind == "bool":
        box = QCheckBox(setting.label(language))
        box.setChecked(bool(value))
        return box
    if setting.kind == "choice":
        combo = ChoiceBox()
        for choice in setting.choices:
            combo.addItem(_choice(choice, language), choice)
        combo.setCurrentIndex(combo.findData(value))
        return combo
    if setting.kind == "zone":
        zone = ChoiceBox(editable=True)
        zone.addItems(["", *zones.places(language)])
        # It is as wide as the dialog: hundreds of places are not measured for that.
        zone.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        zone.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        zone.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        zone.lineEdit().setPlaceholderText(zones.of_machine())
        zone.setCurrentText(str(value))
        return zone
    if setting.kind in ("int", "float"):
        spin = WholeNumberBox() if setting.kind == "int" else NumberBox()
        spin.setRange(setting.minimum or 0, setting.maximum or 1e9)  # type: ignore[arg-type]
        spin.setValue(value)  # type: ignore[arg-type]
        spin.setSuffix(f" {_unit(setting.unit)}")
        return spin
    return TextLine(str(value))


def _choice(choice: str, language: str) -> str:
    speaker = Speaker(language)
    known = speaker.say(f"status.{choice}") if speaker.has(f"status.{choice}") else choice
    return {
        "ru": "Русский",
        "en": "English",
        "ru_field": QCoreApplication.translate("SettingFields", "Field (MPa, atm, m³/d, kN)"),
        "si": QCoreApplication.translate("SettingFields", "SI (Pa, m³/s, N)"),
        "us_field": QCoreApplication.translate("SettingFields", "US field (psi, bbl/d, lbf)"),
        "light": QCoreApplication.translate("SettingFields", "Light"),
        "dark": QCoreApplication.translate("SettingFields", "Dark"),
        "stable": QCoreApplication.translate("SettingFields", "Ordinary"),
        "early": QCoreApplication.translate("SettingFields", "Early, before the others"),
        "sunlight": QCoreApplication.translate("SettingFields", "Sunlight (high contrast)"),
    }.get(choice, known)


def _unit(unit: str) -> str:
    return {
        "s": QCoreApplication.translate("SettingFields", "s"),
        "days": QCoreApplication.translate("SettingFields", "days"),
        "mm": QCoreApplication.translate("SettingFields", "mm"),
    }.get(unit, unit)
