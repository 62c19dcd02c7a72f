"""A device that is connected: asked round by round in one thread, which also does what is ordered meanwhile,
because a line has room for one master.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.master import Master, asking
from app.devices.polling import Heard, rounds
from app.devices.profile import Profile
from app.models.wells import Well
from app.services.devices.archives import Downloaded, download
from app.services.devices.recording import Recorder, Saved
from app.services.devices.taking_cards import TakenCard, take_card
from app.services.workspace import Workspace

STOP, RECORD, REST, ARCHIVE, CARD = "stop", "record", "rest", "archive", "card"


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
    result: Downloaded | TakenCard | None = None
    saved: Saved | None = None
    error: KnownError | None = None


@dataclass
class Session:
    """`orders` are put in from any thread."""

    where: str
    profile: Profile
    orders: SimpleQueue[Order] = field(default_factory=SimpleQueue)


def hold(job: Job, workspace: Workspace, session: Session) -> None:
    """Until it is told to stop, or cancelled: what waits is written then. Hands over Heard and Told."""
    recorder: Recorder | None = None
    with asking(session.where, session.profile) as master:
        try:
            for heard in rounds(master, session.profile, job, workspace.clock):
                job.hand_over(heard)
                if recorder is not None:
                    _record(job, recorder, heard)
                while (order := _next(session)) is not None:
                    if order.what == STOP:
                        return
                    recorder = _done(job, workspace, session.profile, master, order, recorder)
        finally:
            if recorder is not None:
                recorder.flush()


def _next(session: Session) -> Order | None:
    try:
        return session.orders.get_nowait()
    except Empty:
        return None


def _record(job: Job, recorder: Recorder, heard: Heard) -> None:
    recorder.take(heard.live)
    error = _flushed(recorder) if recorder.due else None
    job.hand_over(Told(RECORD, recorder.well, saved=recorder.saved, error=error))


def _flushed(recorder: Recorder) -> KnownError | None:
    """Why it could not be written: it waits then, and is tried again."""
    try:
        recorder.flush()
    except KnownError as error:
        return error
    return None


def _done(
    job: Job, workspace: Workspace, profile: Profile, master: Master, order: Order, recorder: Recorder | None
) -> Recorder | None:
    """The recorder from now on."""
    if order.what == RECORD and order.well is not None:
        if recorder is not None and recorder.well.id != order.well.id:
            recorder.flush()
        return (
            recorder
            if recorder and recorder.well.id == order.well.id
            else Recorder(workspace, order.well, profile)
        )
    if order.what == REST:
        error = None if recorder is None else _flushed(recorder)
        job.hand_over(Told(REST, order.well, saved=recorder.saved if recorder else Saved(), error=error))
        return recorder if error is not None else None
    if order.well is not None:
        job.hand_over(_taken(job, workspace, profile, master, order.what, order.well))
    return recorder


def _taken(job: Job, workspace: Workspace, profile: Profile, master: Master, what: str, well: Well) -> Told:
    try:
        take = download if what == ARCHIVE else take_card
        return Told(what, well, take(workspace, well, profile, master, job))
    except KnownError as error:
        return Told(what, well, error=error)
