"""Ctrl+Z and Ctrl+Shift+Z: what was entered, changed, decided or imported goes back, and forth again. Apart
from the page: a start must not wait for what lists need.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.changes import Changed
from app.services.workspace import Workspace
from app.views.context import Context

if TYPE_CHECKING:
    from app.services.records.deeds import Deed

LAST_DONE, LAST_TAKEN_BACK = "last done", "last taken back"
Turned = tuple["Deed | None", "Changed | None"]


def _turn(job: Job, workspace: Workspace, which: str, since: datetime | None) -> Turned:
    """`which`: one of the two above, or the name of an entry or a record. What was done before `since` is
    found and left as it is.
    """
    from app.services.records import deeds

    found = deeds.deeds(workspace)
    if which == LAST_DONE:
        deed = deeds.last_done(found)
    elif which == LAST_TAKEN_BACK:
        deed = deeds.last_taken_back(found)
    else:
        deed = deeds.named(found, which)
    if deed is None or (since is not None and deed.moved_at < since):
        return deed, None
    return deed, deeds.turn(workspace, deed)


class TakingBack(QObject):
    """`since`: what was done before this sitting is not taken back by two keys unseen: the list is shown."""

    def __init__(self, context: Context, since: datetime) -> None:
        super().__init__(context)
        self._context, self._since = context, since

    @Slot()
    def last(self) -> None:
        self._start(LAST_DONE, self._since)

    @Slot()
    def again(self) -> None:
        self._start(LAST_TAKEN_BACK, None)

    def turn(self, name: str) -> None:
        """The entry of that name, or the last change of the record of that name."""
        self._start(name, None)

    def _start(self, which: str, since: datetime | None) -> None:
        self._context.runner.start(
            _turn,
            self._context.workspace,
            which,
            since,
            purpose="take back",
            done=self._none_left if which == LAST_TAKEN_BACK else self._turned,
            failed=self._refused,
        )

    @Slot(object)
    def _none_left(self, answer: Turned) -> None:
        if answer[0] is None:
            self._say("notice.nothing_to_do_again")
        else:
            self._turned(answer)

    @Slot(object)
    def _turned(self, answer: Turned) -> None:
        deed, change = answer
        speaker = self._context.speaker
        if deed is None:
            self._say("notice.nothing_to_take_back")
        elif change is None:
            moment = speaker.moment(deed.moved_at)
            self._say("notice.taken_back_from_list", what=deed.what(speaker), moment=moment)
            self._context.page_wanted.emit("my_work", deed.first.id)
        else:
            code = "notice.done_again" if deed.taken_back else "notice.taken_back"
            details: dict[str, object] = {"what": deed.what(speaker)}
            action = "take back" if deed.taken_back else "do again"
            self._context.workspace.notices.publish(
                Notice(Severity.DONE, code, details, action, deed.first.id)
            )
            self._changed(change)

    def _changed(self, change: Changed) -> None:
        if change.well is None:
            self._context.everything_changed()
        else:
            self._context.changed.emit(change)

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        """The list says of each deed why not."""
        self._context.runner.failed.emit(error)
        if isinstance(error, KnownError):
            self._context.page_wanted.emit("my_work", None)

    def _say(self, code: str, **details: object) -> None:
        self._context.workspace.notices.publish(Notice(Severity.INFO, code, details))
