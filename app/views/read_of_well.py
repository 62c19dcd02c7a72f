"""What a page says of a well is covered from the moment on when another well is open until the other one's is
there: nobody reads the figures of one well under the name of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QWidget

from app.models.wells import Well
from app.views.context import Context
from app.views.painting import charts_in_turns
from app.views.slices import Slices
from app.views.tasks import Task
from app.views.when_seen import WhenSeen

SAID_AFTER_MS = 250
"""Most wells are there before: words that come and go at once are only a flicker."""


class Cover(QLabel):
    """Over the whole of it, and nothing under it is clicked."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAutoFillBackground(True)
        self.hide()
        self._words = ""
        self._soon = QTimer(self, singleShot=True, interval=SAID_AFTER_MS)
        self._soon.timeout.connect(self._say)
        over.installEventFilter(self)

    def put(self, words: str) -> None:
        self._words = words
        self.clear()
        self._soon.start()
        self._lie()
        self.show()

    def say(self, words: str) -> None:
        self._words = words
        self._say()

    def take_off(self) -> None:
        self._soon.stop()
        self.hide()

    @Slot()
    def _say(self) -> None:
        self.setText(self._words)

    def _lie(self) -> None:
        self.setGeometry(self._over.rect())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._lie()
        return False


class ReadOfWell(WhenSeen):
    """`work` reads what the page shows of the open well, and says by which task; None where there is nothing
    to read. What comes of it lies under the cover till then: `over`, or the page.
    """

    def __init__(
        self,
        context: Context,
        page: QWidget,
        work: Callable[[], Task | None],
        *,
        over: QWidget | None = None,
    ) -> None:
        super().__init__(page, self._read)
        self._context, self._reads = context, work
        self.cover = Cover(over or page)
        self._there: int | None = None
        self._task: Task | None = None
        self._arrived = False
        self._filling = Slices(page)
        self._filling.ended.connect(self._show_what_is_there)
        context.well_changed.connect(self._another)
        if context.well is not None:
            self._put(context.well)

    @Slot(Well)
    def _another(self, well: Well) -> None:
        self._task = None  # whatever is still on its way was asked of the well before
        if int(well.id) != self._there:
            self._filling.drop()
            self._page.setUpdatesEnabled(True)
            self._put(well)
        self.wanted()

    def _put(self, well: Well) -> None:
        self._there, self._arrived = None, False
        self.cover.put(self.tr("Well {name} is being read…").format(name=well.name))

    def _read(self) -> None:
        self._filling.finish()  # what was read before is not put there after it was asked for anew
        task = self._reads()
        if task is None:
            self._uncover()
        else:
            self._follow(task)
            task.failed.connect(self._is_not_there)

    @property
    def filling(self) -> bool:
        return self._filling.at_work

    def fill(self, steps: Iterator[object]) -> None:
        """What was read is put on the page step after step, and seen when the last of them is done: the page
        stays covered until then, or as it was where it was read of this well before.
        """
        if self._there is not None:
            self._page.setUpdatesEnabled(False)
        self._filling.begin(steps)

    def also(self, task: Task) -> None:
        """What was read first is not all of it: the figures of a card come after the list of cards. Where
        they do not come the list is there all the same, and another can be chosen.
        """
        if self._there is None:
            self._follow(task)
            task.failed.connect(self._is_there)

    def _follow(self, task: Task) -> None:
        self._task = task
        for arrived in (task.partly, task.succeeded):
            arrived.connect(self._is_there)

    @Slot(object)
    def _is_there(self, _: object) -> None:
        if self.sender() is self._task:
            self._arrived = True
            if not self._filling.at_work:
                self._show_what_is_there()

    @Slot()
    def _show_what_is_there(self) -> None:
        """Where a step of `fill` has raised, what stands in the rest is of another well, or old."""
        charts_in_turns(self._page)
        self._page.setUpdatesEnabled(True)
        if self._filling.broken:
            self._there = None
            self.cover.put(self._not_read())
        elif self._arrived:
            self._uncover()

    def _uncover(self) -> None:
        if self._context.well is not None:
            self._there = int(self._context.well.id)
        self.cover.take_off()

    @Slot(object)
    def _is_not_there(self, _: object) -> None:
        if self.sender() is self._task and self._there is None:
            self.cover.say(self._not_read())

    def _not_read(self) -> str:
        return self.tr("It could not be read. The messages below say why.")
