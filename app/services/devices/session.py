"""A device that is connected: asked round by round in one thread, which also does what is ordered meanwhile,
because a line has room for one master.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.master import Master, asking
from app.devices.polling import Heard, rounds
from app.devices.profile import POLLS, Profile
from app.models.wells import Well
from app.services.devices.archives import Downloaded, download
from app.services.devices.recording import Recorder, Saved
from app.services.devices.taking_cards import TakenCard, take_card
from app.services.workspace import Workspace

SHOWN_S = 0.2
"""A screen is told no oftener; what is recorded is all that was heard."""
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
    fast_s: float = POLLS["fast"]


def hold(job: Job, workspace: Workspace, session: Session) -> None:
    """Until it is told to stop, or cancelled: what waits is written then. Hands over Heard and Told."""
    recorder: Recorder | None = None
    with asking(session.where, session.profile) as master:
        try:
            shown_s, shown = float("-inf"), Heard()
            for heard in rounds(master, session.profile, job, workspace.clock, session.fast_s):
                shown = _newest(shown, heard)
                error = None if recorder is None else _recorded(recorder, heard)
                if (now_s := time.monotonic()) - shown_s >= SHOWN_S or error is not None:
                    job.hand_over(shown)
                    shown_s, shown = now_s, Heard()
                    if recorder is not None:
                        job.hand_over(Told(RECORD, recorder.well, saved=recorder.saved, error=error))
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


def _newest(shown: Heard, heard: Heard) -> Heard:
    """Of each register the last value that nobody has been shown yet."""
    live = {one.register.name: one for one in (*shown.live, *heard.live)}
    return Heard(tuple(live.values()), heard.fault)


def _recorded(recorder: Recorder, heard: Heard) -> KnownError | None:
    """Why what was due could not be written."""
    recorder.take(heard.live)
    return _flushed(recorder) if recorder.due else None


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
