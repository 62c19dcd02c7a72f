"""A chart or a table of any page into "my report": by right click, as it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from app.core.clock import from_us
from app.core.notices import Notice, Severity
from app.views.context import Context
from app.views.page_titles import page_title

if TYPE_CHECKING:
    from app.reports.clippings import Clipping
    from app.views.clipped import Named


@runtime_checkable
class Clippable(Protocol):
    """A chart that can say what it shows: (what it is of, block) for each part; nothing when it is empty."""

    def clippings(self) -> Named: ...


class Clipper(QObject):
    """Finds the table under the pointer, offers the menu, takes it off the GUI thread. What a chart offers is
    more: `charting.menu`.
    """

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: QWidget | None = None
        self._page = ""

    def offer(self, under: QWidget | None, point: QPoint, page: str) -> bool:
        """A menu at `point` (of the screen) when the widget under it belongs to a chart or a table. Whether
        it does.
        """
        found = clippable_at(under)
        if found is None or page == "reports":
            return False
        self._wanted, self._page = found, page
        menu = QMenu(found)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction(self.tr("Add to my report"), menu)
        action.triggered.connect(self._chosen)
        menu.addAction(action)
        menu.popup(point)
        return True

    @Slot()
    def _chosen(self) -> None:
        if self._wanted is not None:
            self.take_widget(self._wanted, page_title(self._page))

    def take_widget(self, widget: QWidget, title: str) -> None:
        from app.views.clipped import table_block

        if isinstance(widget, QTableView):
            name = widget.accessibleName()
            self.take([("" if name == title else name, table_block(widget))], title)
        else:
            self.take(cast(Clippable, widget).clippings(), title)

    def take(self, blocks: Named, title: str) -> None:
        from app.views import clipped

        if not blocks:
            return
        well, period, speaker = self._context.well, self._context.period, self._context.speaker
        caption = title
        if well is not None:
            caption += f" · {speaker.say('report.well', well=well.name)}"
        if period is not None:
            caption += f" · {speaker.day(from_us(period.from_us))} – {speaker.day(from_us(period.until_us))}"
        self._context.runner.start(
            clipped.take, self._context.workspace, blocks, caption, lane="journal", done=self._taken
        )

    @Slot(object)
    def _taken(self, taken: list[Clipping]) -> None:
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.clipped", {"caption": taken[0].caption})
        )
        self._context.clippings_changed.emit()


def clippable_at(widget: QWidget | None) -> QWidget | None:
    """The widget or the nearest around it that can be taken into a report."""
    while widget is not None and not widget.isWindow():
        if isinstance(widget, (QTableView, Clippable)):
            return widget
        widget = widget.parentWidget()
    return None
