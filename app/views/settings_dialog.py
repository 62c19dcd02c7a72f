"""The settings, made from their declarations: a new setting needs no line here."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from app.core.errors import KnownError
from app.core.settings import SETTINGS, Setting
from app.views import widgets
from app.views.context import Context


class SettingsDialog(QDialog):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("Settings"))
        self.resize(520, 600)
        language = context.speaker.language
        inside = QWidget()
        form = QVBoxLayout(inside)
        self.fields: dict[str, QWidget] = {}
        for setting in SETTINGS:
            field = self._field(setting)
            field.setAccessibleName(setting.label(language))
            field.setToolTip(setting.help(language))
            self.fields[setting.key] = field
            if setting.kind != "bool":
                label = QLabel(setting.label(language))
                label.setBuddy(field)
                form.addWidget(label)
            form.addWidget(field)
            form.addWidget(widgets.muted(setting.help(language)))
            form.addSpacing(6)
        form.addStretch(1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Save"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._problem = widgets.text("")
        layout = QVBoxLayout(self)
        layout.addWidget(widgets.scrolled(inside), 1)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)

    def _field(self, setting: Setting) -> QWidget:
        value = self._context.workspace.settings[setting.key]
        language = self._context.speaker.language
        if setting.kind == "bool":
            box = QCheckBox(setting.label(language))
            box.setChecked(value)
            return box
        if setting.kind == "choice":
            combo = QComboBox()
            for choice in setting.choices:
                combo.addItem(self._choice(choice), choice)
            combo.setCurrentIndex(combo.findData(value))
            return combo
        if setting.kind in ("int", "float"):
            spin = QSpinBox() if setting.kind == "int" else QDoubleSpinBox()
            spin.setRange(setting.minimum or 0, setting.maximum or 1e9)  # type: ignore[arg-type]
            spin.setValue(value)
            spin.setSuffix(f" {self._unit(setting.unit)}")
            return spin
        return QLineEdit(value)

    def _choice(self, choice: str) -> str:
        return {
            "ru": "Русский", "en": "English", "ru_field": self.tr("Field (MPa, atm, m³/d, kN)"), "si": self.tr("SI (Pa, m³/s, N)"),
            "us_field": self.tr("US field (psi, bbl/d, lbf)"), "light": self.tr("Light"), "dark": self.tr("Dark"),
            "sunlight": self.tr("Sunlight (high contrast)"),
        }.get(choice, choice)  # fmt: skip

    def _unit(self, unit: str) -> str:
        return {"s": self.tr("s")}.get(unit, unit)

    def _value(self, setting: Setting) -> object:
        field = self.fields[setting.key]
        if isinstance(field, QCheckBox):
            return field.isChecked()
        if isinstance(field, QComboBox):
            return field.currentData()
        if isinstance(field, (QSpinBox, QDoubleSpinBox)):
            return field.value()
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def _save(self) -> None:
        """All are checked before one is written."""
        try:
            values = {setting.key: setting.check(self._value(setting)) for setting in SETTINGS}
        except KnownError as error:
            self._problem.setText(self._context.speaker.error(error))
            return
        self.accept()
        for key, value in values.items():
            self._context.workspace.settings.set(key, value)
