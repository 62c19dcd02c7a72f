"""A device that is connected: asked round by round in one thread, which also does what is ordered meanwhile,
because a line has room for one master.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.devices.listening import Listener, connected, rounds_of
from app.devices.master import Master
from app.devices.polling import Heard
from app.devices.profile import POLLS, Profile
from app.models.wells import Well
from app.services.devices.archives import Downloaded, download
from app.services.devices.events import TakenEvents, take_events
from app.services.devices.recording import Recorder, Saved
from app.services.devices.taking_cards import TakenCard, take_card
from app.services.workspace import Workspace

SHOWN_S = 0.2
"""A screen is told no oftener; what is recorded is all that was heard."""
STOP, RECORD, REST, ARCHIVE, CARD, EVENTS = "stop", "record", "rest", "archive", "card", "events"


Result = Downloaded | TakenCard | TakenEvents
TAKES: dict[str, Callable[[Workspace, Well, Profile, Master, Job], Result]] = {
    ARCHIVE: download,
    CARD: take_card,
    EVENTS: take_events,
}


@dataclass(frozen=True)
class Order:
    """`what` is one of the words above; `well`: whose."""

    what: str
    well: Well | None = None


@dataclass(frozen=True)
class Told:
    """What became of an order; `saved` of the recording, whenever it changes."""

    what: str
    well: Well | None = None
    result: Result | None = None
    saved: Saved | None = None
    error: KnownError | None = None


@dataclass
class Session:
    """`orders` are put in from any thread."""

    where: str
    profile: Profile
    orders: SimpleQueue[Order] = field(default_factory=SimpleQueue)
    fast_s: float = POLLS["fast"]
    well: Well | None = None
    """At which it stands: the one that was open when it was connected, else the first that something is
    ordered for. What comes of it is nobody else's.
    """
    _stopping: threading.Event = field(default_factory=threading.Event)
    _busy: Job | None = None

    def stop(self) -> None:
        """Also what was ordered and is being done is broken off: nobody waits for an archive."""
        self._stopping.set()
        self.orders.put(Order(STOP))
        if (busy := self._busy) is not None:
            busy.cancel()

    @contextmanager
    def doing(self, job: Job) -> Iterator[Job]:
        """A job within `job` that can be broken off alone."""
        inner = Job(lambda progress: job.report(progress.done, progress.total, progress.text))
        self._busy = inner
        try:
            job.interrupt_with(inner.cancel)
            if self._stopping.is_set():
                inner.cancel()
            yield inner
        finally:
            self._busy = None
            job.interrupt_with(None)


def hold(job: Job, workspace: Workspace, session: Session) -> None:
    """Until it is told to stop, or cancelled: what waits is written then. Hands over Heard and Told. Raises
    LineError, KnownError (device_not_saved: what waited is gone, and how much that was).
    """
    recorder: Recorder | None = None
    with connected(session.where, session.profile) as source:
        try:
            shown_s, shown = float("-inf"), Heard()
            for heard in rounds_of(source, session.profile, job, workspace.clock, session.fast_s):
                shown = _newest(shown, heard)
                error = None if recorder is None else recorder.heard(heard.live)
                if (now_s := time.monotonic()) - shown_s >= SHOWN_S or error is not None:
                    job.hand_over(shown)
                    shown_s, shown = now_s, Heard()
                    if recorder is not None:
                        job.hand_over(Told(RECORD, recorder.well, saved=recorder.saved, error=error))
                while (order := _next(session)) is not None:
                    if order.what == STOP:
                        return
                    recorder = _done(job, workspace, session, source, order, recorder)
        finally:
            if recorder is not None and (error := recorder.flushed()) is not None:
                raise KnownError(
                    "device_not_saved",
                    count=recorder.saved.waiting,
                    well=recorder.well.name,
                    reason=error.code,
                ) from error


def _next(session: Session) -> Order | None:
    try:
        return session.orders.get_nowait()
    except Empty:
        return None


def _newest(shown: Heard, heard: Heard) -> Heard:
    """Of each register the last value that nobody has been shown yet."""
    live = {one.register.name: one for one in (*shown.live, *heard.live)}
    return Heard(tuple(live.values()), heard.fault)


def _done(
    job: Job,
    workspace: Workspace,
    session: Session,
    source: Master | Listener,
    order: Order,
    recorder: Recorder | None,
) -> Recorder | None:
    """The recorder from now on: one that could not be written is kept, and it is said why."""
    if order.what == REST:
        return _rested(job, recorder)
    if order.well is None:
        return recorder
    session.well = session.well or order.well
    if order.well != session.well:
        other = KnownError("device_other_well", here=session.well.name, well=order.well.name)
        job.hand_over(Told(order.what, order.well, error=other))
        return recorder
    if order.what == RECORD:
        return recorder or Recorder(workspace, order.well, session.profile)
    if isinstance(source, Listener):
        alone = KnownError("device_speaks_alone", name=session.profile.key)
        job.hand_over(Told(order.what, order.well, error=alone))
    else:
        job.hand_over(_taken(job, workspace, session, source, order.what, order.well))
    return recorder


def _rested(job: Job, recorder: Recorder | None) -> Recorder | None:
    """None, or the recorder that could not be written."""
    if recorder is None:
        job.hand_over(Told(REST, saved=Saved()))
        return None
    error = recorder.flushed()
    job.hand_over(Told(REST, recorder.well, saved=recorder.saved, error=error))
    return None if error is None else recorder


def _taken(job: Job, workspace: Workspace, session: Session, master: Master, what: str, well: Well) -> Told:
    """Without a result where it was broken off: what is stored stays."""
    take = TAKES[what]
    try:
        with session.doing(job) as inner:
            return Told(what, well, take(workspace, well, session.profile, master, inner))
    except Cancelled:
        job.check()
        return Told(what, well)
    except KnownError as error:
        return Told(what, well, error=error)
