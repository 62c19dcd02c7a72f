"""Over the pages: which well, which period, language, theme, and where the engineer's work is."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from app.core.clock import from_us
from app.models.wells import Well
from app.views.context import Context
from app.views.period import PRESETS, Period, preset_names
from app.views.shapes import lift_pixmap


class TopBar(QWidget):
    settings_wanted = Signal()
    import_wanted = Signal()
    report_wanted = Signal()
    journal_moved = Signal()  # from any thread

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lift = QLabel()
        self._title = QLabel(self.tr("No well chosen"))
        self._title.setProperty("role", "title")
        self._presets = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 2)
        row.setSpacing(4)
        row.addWidget(self._lift)
        row.addWidget(self._title)
        self._window = QLabel()
        self._window.setProperty("role", "muted")
        row.addSpacing(10)
        names = preset_names()
        for key in PRESETS:
            button = QToolButton(text=names[key], checkable=True)
            button.setProperty("preset", key)
            button.setChecked(key == context.preset)
            self._presets.addButton(button)
            row.addWidget(button)
        row.addWidget(self._window)
        row.addStretch(1)
        self.sync = QLabel()
        self.sync.setAccessibleName(self.tr("State of sending"))
        row.addWidget(self.sync)
        for words, tip, signal in (
            (self.tr("Import…"), self.tr("Readings or a dynamogram from a file (Ctrl+O)"), self.import_wanted),
            (self.tr("Report"), self.tr("Report of this well (Ctrl+P)"), self.report_wanted),
        ):
            button = QToolButton(text=words)
            button.setToolTip(tip)
            button.clicked.connect(signal)
            row.addWidget(button)
        self._language = QToolButton(text="EN" if context.speaker.language == "ru" else "RU")
        self._language.setToolTip("English" if context.speaker.language == "ru" else "Русский")
        self._language.setAccessibleName("Switch to English" if context.speaker.language == "ru" else "Переключить на русский")  # fmt: skip
        self._language.clicked.connect(self._switch_language)
        row.addWidget(self._language)
        settings = QToolButton(text="⚙")
        settings.setToolTip(self.tr("Settings"))
        settings.setAccessibleName(self.tr("Settings"))
        settings.clicked.connect(self.settings_wanted)
        row.addWidget(settings)
        self._presets.buttonClicked.connect(self._preset_clicked)
        context.well_changed.connect(self._well_changed)
        context.period_changed.connect(self._period_changed)
        self.journal_moved.connect(self._show_sync)
        self._forget_journal = context.workspace.journal.on_change(self.journal_moved.emit)
        self.destroyed.connect(lambda *_, stop=self._forget_journal: stop())
        self._show_sync()

    @Slot(object)
    def _well_changed(self, well: Well) -> None:
        self._lift.setPixmap(lift_pixmap(well.lift, self._context.theme))
        self._lift.setToolTip(self._context.speaker.say(f"lift.{well.lift}"))
        name = well.name if len(well.name) <= 24 else well.name[:23] + "…"
        self._title.setText(self.tr("Well {name}").format(name=name))
        self._title.setToolTip(f"{well.name}, {well.field_name}")

    @Slot(object)
    def _period_changed(self, period: Period | None) -> None:
        self._presets.setExclusive(False)
        for button in self._presets.buttons():
            button.setChecked(period is not None and button.property("preset") == period.key)
        self._presets.setExclusive(True)
        if period is not None:
            speaker = self._context.speaker
            self._window.setText(f"{speaker.day(from_us(period.from_us))} – {speaker.day(from_us(period.to_us))}")

    def _preset_clicked(self, button: QToolButton) -> None:
        self._context.choose_preset(button.property("preset"))

    @Slot()
    def _show_sync(self) -> None:
        """Without a centre configured everything waits in the journal: that is a state, not an error."""
        unsent = self._context.workspace.journal.unsent_count()
        words = self.tr("Offline · %n to send", "", unsent) if unsent else self.tr("Offline · nothing to send")
        self.sync.setText(words)
        self.sync.setToolTip(self.tr("Your entries are kept in the journal on this laptop until the centre confirms them."))  # fmt: skip

    @Slot()
    def _switch_language(self) -> None:
        other = "en" if self._context.speaker.language == "ru" else "ru"
        self._context.workspace.settings.set("language", other)
