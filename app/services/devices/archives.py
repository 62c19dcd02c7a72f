"""The archive of a device into the store: only what is not there yet, piece by piece, at our times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.archive import Records, held, moment_of, pieces
from app.devices.device_clock import Offset, offset_of
from app.devices.master import Master
from app.devices.profile import Archive, Clock, Profile
from app.models.wells import Well
from app.services.devices import kept
from app.services.devices.kept import ReadSoFar
from app.services.devices.storing import Table, store
from app.services.workspace import Workspace


@dataclass
class Downloaded:
    """`offset`: what was measured; `corrected_us`: what times were corrected by. `overwritten`: records that
    the device wrote over before they could be read; `odd`: those whose time is none, goes back or is
    still to come, by it.
    """

    offset: Offset
    corrected_us: int
    records: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    overwritten: int = 0
    odd: list[int] = field(default_factory=list)
    first_us: int | None = None
    last_us: int | None = None
    imports: list[str] = field(default_factory=list)


def download(workspace: Workspace, well: Well, profile: Profile, master: Master, job: Job) -> Downloaded:
    """Broken off at any moment, what is stored stays and the next one goes on behind it. Raises LineError,
    Cancelled, KnownError (device_no_archive, device_clock_…).
    """
    archive = profile.archive
    if archive is None or profile.clock is None:
        raise KnownError("device_no_archive", name=profile.key)
    key = kept.key_of(well, profile)
    offset, so_far = begun(workspace, key, profile.clock, archive, master, job)
    done = Downloaded(offset, so_far.offset_us)
    now_us = by_device(workspace, offset)
    most, first = profile.most_registers, so_far.number + 1
    for records in pieces(master, archive, most, first, job, now_us, so_far.device_us):
        done.overwritten += records.overwritten
        done.odd += records.odd
        if len(records):
            _put(workspace, well, profile, records, done, job)
            so_far = replace(so_far, number=int(records.number[-1]), device_us=int(records.device_us[-1]))
            kept.save(workspace.paths, key, so_far)
    return done


def begun(
    workspace: Workspace, key: str, clock: Clock, ring: Archive, master: Master, job: Job
) -> tuple[Offset, ReadSoFar]:
    """How far the clock is off now, and what was read so far: nothing where that was of another device, or of
    this one before it was reset. Raises LineError, Cancelled, KnownError (device_clock_…, file_not_written).
    """
    offset = offset_of(master, clock, job, workspace.clock)
    so_far = kept.settled(workspace.paths, key, offset.us)
    return offset, so_far if _goes_on(master, ring, so_far, job) else ReadSoFar(so_far.offset_us)


def by_device(workspace: Workspace, offset: Offset) -> Callable[[], int]:
    """What the device's clock says now [µs]."""
    return lambda: to_us(workspace.clock()) + offset.us


def _goes_on(master: Master, archive: Archive, so_far: ReadSoFar, job: Job) -> bool:
    there = held(master, archive, job)
    if so_far.number < there.oldest:
        return True
    known = so_far.number < there.written
    return known and moment_of(master, archive, so_far.number, job) == so_far.device_us


def _put(
    workspace: Workspace, well: Well, profile: Profile, records: Records, done: Downloaded, job: Job
) -> None:
    time_us = records.device_us - done.corrected_us
    there = {key: row for key, row in records.values.items() if (row == row).any()}
    done.records += len(records)
    done.first_us = int(time_us[0]) if done.first_us is None else done.first_us
    done.last_us = int(time_us[-1])
    if not there:
        return
    report = store(workspace, well, profile, Table(time_us, there, records.device_us), job)
    done.added += report.added
    done.changed += report.changed
    done.same += report.same
    done.imports += [report.id] if report.id else []
