"""Over the pages: which well, what to do with it, language, settings, and where the engineer's work is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.models.wells import Well
from app.views.context import Context
from app.views.shapes import lift_pixmap, status_pixmap
from app.views.sync.words import MARK, short
from app.views.theme import THEMES


class TopBar(QWidget):
    settings_wanted = Signal()
    import_wanted = Signal()
    entry_wanted = Signal(object)  # where its menu opens
    report_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lift = QLabel()
        self._title = QLabel(self.tr("No well chosen"))
        self._title.setProperty("role", "title")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 2)
        row.setSpacing(4)
        row.addWidget(self._lift)
        row.addWidget(self._title)
        row.addStretch(1)
        self.sync = QToolButton()
        self.sync.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sync.setAutoRaise(True)
        self.sync.setAccessibleName(self.tr("State of sending"))
        self.sync.clicked.connect(self._open_sync)
        row.addWidget(self.sync)
        self.entry = QToolButton(text=self.tr("New entry"))
        self.entry.setToolTip(self.tr("Flow test, level, sample, event, document of this well (Ctrl+N)"))
        self.entry.clicked.connect(self._entry_clicked)
        row.addWidget(self.entry)
        for words, tip, signal in (
            (
                self.tr("Import…"),
                self.tr("Tables, dynamograms, documents from files (Ctrl+O)"),
                self.import_wanted,
            ),
            (self.tr("Report"), self.tr("Report of this well (Ctrl+P)"), self.report_wanted),
        ):
            button = QToolButton(text=words)
            button.setToolTip(tip)
            button.clicked.connect(signal)
            row.addWidget(button)
        self._language = QToolButton(text="EN" if context.speaker.language == "ru" else "RU")
        self._language.setToolTip("English" if context.speaker.language == "ru" else "Русский")
        self._language.setAccessibleName(
            "Switch to English" if context.speaker.language == "ru" else "Переключить на русский"
        )
        self._language.clicked.connect(self._switch_language)
        row.addWidget(self._language)
        self._theme = QToolButton(text="◐")
        self._theme.setToolTip(self.tr("Theme: light, dark, sunlight"))
        self._theme.setAccessibleName(self.tr("Next theme"))
        self._theme.clicked.connect(self._next_theme)
        row.addWidget(self._theme)
        settings = QToolButton(text="⚙")
        settings.setToolTip(self.tr("Settings"))
        settings.setAccessibleName(self.tr("Settings"))
        settings.clicked.connect(self.settings_wanted)
        row.addWidget(settings)
        context.well_changed.connect(self._well_changed)
        context.syncing.changed.connect(self._show_sync)
        self._show_sync()

    @Slot(object)
    def _well_changed(self, well: Well) -> None:
        self._lift.setPixmap(lift_pixmap(well.lift, self._context.theme))
        self._lift.setToolTip(self._context.speaker.say(f"lift.{well.lift}"))
        name = well.name if len(well.name) <= 24 else well.name[:23] + "…"
        self._title.setText(self.tr("Well {name}").format(name=name))
        self._title.setToolTip(f"{well.name}, {well.field_name}")

    @Slot()
    def _entry_clicked(self) -> None:
        self.entry_wanted.emit(self.entry.mapToGlobal(self.entry.rect().bottomLeft()))

    @Slot()
    def _show_sync(self) -> None:
        """Without a connection everything waits in the journal: that is a state, not an error."""
        syncing = self._context.syncing
        self.sync.setText(short(self._context, syncing))
        self.sync.setIcon(QIcon(status_pixmap(MARK[syncing.state], self._context.theme)))
        self.sync.setToolTip(
            self.tr(
                "Your entries are kept in the journal on this laptop until the centre confirms them. "
                "Click: where they are."
            )
        )

    @Slot()
    def _open_sync(self) -> None:
        self._context.page_wanted.emit("sync", None)

    @Slot()
    def _switch_language(self) -> None:
        other = "en" if self._context.speaker.language == "ru" else "ru"
        self._context.workspace.settings.set("language", other)

    @Slot()
    def _next_theme(self) -> None:
        keys = list(THEMES)
        following = keys[(keys.index(self._context.theme.key) + 1) % len(keys)]
        self._context.workspace.settings.set("theme", following)
