"""Over the pages: which well, what to do with it, language, settings, and where the engineer's work is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.models.wells import Well
from app.views import widgets
from app.views.commands.given import Given
from app.views.commands.window import ENTRY, GLOVE, IMPORT, LANGUAGE, REPORT, SETTINGS, THEME
from app.views.context import Context
from app.views.overflow import OverflowRow
from app.views.shapes import glove_pixmap, lift_pixmap, status_pixmap
from app.views.sync.words import MARK, short
from app.views.well_list import DRAFT


class TopBar(QWidget):
    def __init__(self, context: Context, given: Given) -> None:
        super().__init__()
        self._context = context
        self._lift = QLabel()
        self._title = QLabel(self.tr("No well chosen"))
        self._title.setProperty("role", "title")
        row = OverflowRow()
        around = QHBoxLayout(self)
        around.setContentsMargins(8, 4, 8, 2)
        around.addWidget(row)
        row.stay(self._lift, self._title)
        row.gap()
        self.sync = QToolButton()
        self.sync.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sync.setAutoRaise(True)
        self.sync.setAccessibleName(self.tr("State of sending"))
        self.sync.clicked.connect(self._open_sync)
        self.drafts = QToolButton()
        self.drafts.setAutoRaise(True)
        self.drafts.clicked.connect(self._open_work)
        self.drafts.hide()
        row.stay(self.drafts, self.sync, self._clock())
        self.language = given.button(LANGUAGE.id)
        entry, files, settings = (given.button(one.id) for one in (ENTRY, IMPORT, SETTINGS))
        work = given.button("page.my_work")
        work.setText("↶")
        glove = given.button(GLOVE.id)
        glove.setIcon(QIcon(glove_pixmap(context.theme)))
        row.give_way(
            entry,
            files,
            given.button(REPORT.id),
            given.button("page.today"),
            given.button("page.alarms"),
            work,
            self.language,
            given.button(THEME.id),
            glove,
            settings,
            kept=(entry, files, settings, glove),
        )
        context.well_changed.connect(self._well_changed)
        context.syncing.changed.connect(self._show_sync)
        self._show_sync()

    def _clock(self) -> QLabel:
        """Once for all the times that stand anywhere."""
        zone = self._context.speaker.zone
        label = widgets.muted(zone.label(self._context.workspace.clock()))
        label.setWordWrap(False)
        label.setToolTip(
            self.tr("Times are by the field's clock: {zone}. Another one: Settings.").format(zone=zone.name)
        )
        return label

    @Slot(Well)
    def _well_changed(self, well: Well) -> None:
        self._lift.setPixmap(lift_pixmap(well.lift, self._context.theme))
        self._lift.setToolTip(self._context.speaker.say(f"lift.{well.lift}"))
        name = well.name if len(well.name) <= 24 else well.name[:23] + "…"
        self._title.setText(self.tr("Well {name}").format(name=name))
        self._title.setToolTip(f"{well.name}, {well.field_name}")

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

    @Slot(int)
    def show_drafts(self, count: int) -> None:
        """Forms that were begun and not saved wait where one always looks."""
        self.drafts.setVisible(count > 0)
        self.drafts.setText(f"{DRAFT} {count}")
        words = self.tr("Entries begun and not saved: %n. Click: go on with them.", "", count)
        self.drafts.setToolTip(words)
        self.drafts.setAccessibleName(words)

    @Slot()
    def _open_work(self) -> None:
        self._context.page_wanted.emit("my_work", None)

    @Slot()
    def _open_sync(self) -> None:
        self._context.page_wanted.emit("sync", None)
