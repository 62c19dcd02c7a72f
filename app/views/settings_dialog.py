"""The settings, made from their declarations: a new setting needs no line here."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from app.core import installed
from app.core.declared_settings import SETTINGS
from app.core.errors import KnownError
from app.services.centre import people
from app.views import widgets
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.recovering import RecoveryKey
from app.views.setting_fields import add_row, field_of, help_of, value_of
from app.views.signing_in import SigningIn
from app.views.slices import Slices


class SettingsDialog(FittedDialog):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("Settings"))
        self.resize(520, 600)
        inside = QWidget()
        form = QVBoxLayout(inside)
        self._fields: dict[str, QWidget] = {}
        self.signing_in = SigningIn(context) if people.is_offered() else None
        self.recovery = RecoveryKey(context)
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
        self._making = Slices(self)
        self._making.begin(self._made(form))

    @property
    def fields(self) -> dict[str, QWidget]:
        """All of them: who asks waits for those that are still to be made."""
        self._making.finish()
        return self._fields

    def _made(self, form: QVBoxLayout) -> Iterator[None]:
        """From the top, where one looks first."""
        yield from self._shown("general", form)
        if self.signing_in is not None:
            form.addWidget(widgets.heading(self.tr("Who works here")))
            form.addWidget(self.signing_in)
            yield
        if installed.place() is not None:
            form.addWidget(widgets.heading(self.tr("Updates")))
            yield from self._shown("updates", form)
        form.addWidget(widgets.heading(self.tr("If the key of this profile is lost")))
        form.addWidget(self.recovery)
        form.addStretch(1)

    def _shown(self, page: str, form: QVBoxLayout) -> Iterator[None]:
        language = self._context.speaker.language
        for setting in SETTINGS:
            if setting.page != page:
                continue
            field = field_of(setting, self._context)
            self._fields[setting.key] = field
            add_row(form, setting, field, help_of(setting, self._context), language)
            form.addSpacing(6)
            yield

    def _save(self) -> None:
        """All are checked before one is written."""
        try:
            settings = self._context.workspace.settings
            values = {key: settings.checked(key, value_of(field)) for key, field in self.fields.items()}
        except KnownError as error:
            self._problem.setText(self._context.speaker.error(error))
            return
        self.accept()
        for key, value in values.items():
            settings.set(key, value)
