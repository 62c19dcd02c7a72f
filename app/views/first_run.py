"""An empty profile: the four doors into it, and the language, the clock and the name of who comes in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core.declared_settings import SETTINGS
from app.core.errors import KnownError
from app.views import widgets
from app.views.context import Context
from app.views.setting_fields import field_of, value_of

WIDTH_PX = 720
ASKED = ("language", "time_zone", "author")


class Door(QWidget):
    """One way to fill the profile: what it is called on its button, and what it does below."""

    def __init__(self, words: str, more: str) -> None:
        super().__init__()
        self.button = QPushButton(words)
        self.more = widgets.muted(more)
        self.more.setMinimumHeight(2 * self.more.fontMetrics().lineSpacing())
        self.more.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        layout.addWidget(self.more, 1)


class FirstRun(QWidget):
    demo_wanted = Signal()
    centre_wanted = Signal()
    well_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        title = QLabel(self.tr("Welcome to Wellside"))
        title.setProperty("role", "title")
        words = widgets.text(
            self.tr(
                "Here will be your wells: trends of their sensors, dynamograms, what is wrong and why. "
                "There are no wells on this laptop yet. Where do they come from?"
            )
        )
        self.centre = Door(
            self.tr("Connect to the centre…"),
            self.tr("By a code or a file from IT: wells and history come by themselves."),
        )
        self.files = Door(
            self.tr("Import files…"),
            self.tr("Tables, dynamograms, documents; they can be dropped here as well."),
        )
        self.well = Door(
            self.tr("Make a well…"),
            self.tr("Name, lift and equipment; flow tests and levels are entered after it."),
        )
        self.demo_door = Door(self.tr("Look at the demo field"), "")
        self.demo = self.demo_door.button
        for door, wanted in (
            (self.centre, self.centre_wanted),
            (self.files, context.import_wanted),
            (self.well, self.well_wanted),
            (self.demo_door, self.demo_wanted),
        ):
            door.button.clicked.connect(wanted)
        self.centre.button.setProperty("primary", True)
        inside = QWidget()
        inside.setMaximumWidth(WIDTH_PX)
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(inside)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(10)
        self.fields: dict[str, QWidget] = {}
        self._form = QFormLayout()
        column.addLayout(self._form)
        column.addSpacing(14)
        doors = QGridLayout()
        doors.setHorizontalSpacing(24)
        doors.setVerticalSpacing(18)
        for place, door in enumerate((self.centre, self.files, self.well, self.demo_door)):
            doors.addWidget(door, place // 2, place % 2)
        column.addLayout(doors)
        column.addSpacing(14)
        self.restore = QPushButton(self.tr("Restore a backup…"))
        self.restore.clicked.connect(self.restore_wanted)
        column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.addStretch(1)
        row.addWidget(inside, 1_000)  # as wide as it may be before what is beside it gets anything
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(widgets.scrolled(middle))
        self.demo_ended()

    def ask(self) -> None:
        """Language, time zone and who works here, once somebody sees the page: the list of zones is long.
        Taken at once: the window is built anew in that language, by that clock.
        """
        language = self._context.speaker.language
        for setting in SETTINGS:
            if setting.key not in ASKED or setting.key in self.fields:
                continue
            field = self.fields[setting.key] = field_of(setting, self._context)
            if isinstance(field, QComboBox):
                field.activated.connect(self._chosen)
            typed = field.lineEdit() if isinstance(field, QComboBox) else field
            if isinstance(typed, QLineEdit):
                typed.editingFinished.connect(self._chosen)
            if isinstance(field, QLineEdit):
                field.setPlaceholderText(self.tr("Your name: it stands under what you enter"))
            self._form.addRow(setting.label(language), field)

    @Slot()
    def _chosen(self) -> None:
        settings = self._context.workspace.settings
        for key, field in self.fields.items():
            try:
                settings.set(key, value_of(field))
            except KnownError as error:
                self._context.workspace.notices.error(error)

    @Slot()
    def demo_started(self) -> None:
        self.demo.setEnabled(False)
        self.demo_door.more.setText(
            self.tr(
                "The demo field is being built: the first well opens in some seconds, the others and their "
                "earlier days follow. Below you see how far it is, and can stop it."
            )
        )

    @Slot()
    def demo_ended(self) -> None:
        self.demo.setEnabled(True)
        self.demo_door.more.setText(
            self.tr("Fourteen made-up wells with real faults, in half a minute; they can be removed again.")
        )
