"""Between the page and the line: one task holds the device, everything else is ordered from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.core.jobs import Job, Progress
from app.core.plain import JsonObject, object_in
from app.devices.polling import Heard
from app.devices.profile import Profile
from app.devices.wires import ports
from app.models.changes import CARDS, READINGS, Changed
from app.services.devices import shelf
from app.services.devices.session import ARCHIVE, CARD, EVENTS, RECORD, REST, Order, Session, Told, hold
from app.services.workspace import Workspace
from app.views.context import Context


@dataclass(frozen=True)
class Found:
    """Serial ports; profiles with their files' contents; what is wrong with the others."""

    ports: list[str] = field(default_factory=list)
    profiles: list[tuple[Profile, JsonObject]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def _look(job: Job, workspace: Workspace) -> Found:
    good, wrong = [], []
    for _, file, one in shelf.all_of(workspace.paths):
        if isinstance(one, Profile):
            good.append((one, object_in(file.read_bytes())))
        else:
            wrong.append(workspace.settings.speaker().error(one))
    return Found([name for name, _ in ports()], good, wrong)


class DevicesPresenter(QObject):
    found = Signal(Found)
    heard = Signal(Heard)
    told = Signal(Told)
    progressed = Signal(Progress)
    stopped = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self.session: Session | None = None

    def look(self) -> None:
        """For ports and profiles."""
        self._context.runner.start(
            _look, self._context.workspace, lane="store", purpose="look for devices", done=self.found
        )

    def connect_to(self, where: str, profile: Profile) -> None:
        self.session = Session(where, profile, well=self._context.well)
        task = self._context.runner.start(
            hold,
            self._context.workspace,
            self.session,
            lane="network",
            purpose="device",
            done=self._ended,
            failed=self._failed,
        )
        task.partly.connect(self._part)
        task.progressed.connect(self.progressed)

    def disconnect_it(self) -> None:
        if self.session is not None:
            self.session.stop()

    def record(self, on: bool) -> None:
        self._order(RECORD if on else REST)

    def take_archive(self) -> None:
        self._order(ARCHIVE)

    def take_card(self) -> None:
        self._order(CARD)

    def take_events(self) -> None:
        self._order(EVENTS)

    def _order(self, what: str) -> None:
        if self.session is not None:
            self.session.orders.put(Order(what, self._context.well))

    @Slot(object)
    def _part(self, part: object) -> None:
        if isinstance(part, Heard):
            self.heard.emit(part)
        elif isinstance(part, Told):
            self.told.emit(part)
            if part.well is not None and part.what in (ARCHIVE, CARD, REST):
                self._context.changed.emit(Changed(part.well.id, frozenset({READINGS, CARDS})))
            if part.well is not None and part.what == EVENTS:
                self._context.changed.emit(Changed(part.well.id, frozenset({"event"})))

    @Slot(object)
    def _ended(self, _: object) -> None:
        self.session = None
        self.stopped.emit()

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self.session = None
        self.stopped.emit()
        self._context.tell_refusal(error, self._refused)

    def _refused(self, words: str) -> None:
        self.found.emit(Found(wrong=[words]))
