"""Backups by the clock: one when the last is older than it may be, the oldest ones forgotten."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from app.core.clock import iso
from app.core.errors import KnownError
from central import backups
from central.centre import Centre
from central.kept import name_of_the_centre
from central.logs import log, reason_of
from central.stores.engine import database_down
from central.stores.leases import Lease
from central.worker import Worker

LOOKED_EVERY_S = 60.0
KEPT = 7
LONGEST_S = 6 * 3_600.0
"""A copy takes no longer; of several centres another one makes them when this one has been silent for so
long.
"""
NAMED = "%Y-%m-%dT%H%M%SZ"


class BackupFollower:
    """Into a new folder of `to` each time, named by its moment."""

    def __init__(self, centre: Centre, to: Path, hours: float) -> None:
        self._centre, self._to, self._every = centre, to, timedelta(hours=hours)
        self.worker = Worker("backup", self._run)
        holder = name_of_the_centre(centre.config.folder)
        self._lease = Lease(centre.engine, "backup", holder, patience_s=LONGEST_S)

    def start(self) -> None:
        self.worker.start()

    def close(self) -> None:
        self.worker.close()
        self._lease.give_back()

    def _run(self) -> None:
        clear(self._to)
        while not self.worker.stop.is_set():
            try:
                if self._lease.held():
                    self.once()
            except (KnownError, sa.exc.DBAPIError) as error:
                known = database_down(error)
                log("backup", code=known.code, reason=reason_of(known))
            self.worker.stop.wait(LOOKED_EVERY_S)

    def once(self) -> bool:
        """Whether one was due and is made. Raises KnownError."""
        now = self._centre.clock()
        last = newest(self._to)
        if last is not None and now - last < self._every:
            return False
        folder = self._to / now.strftime(NAMED)
        centre = self._centre
        made = backups.back_up(centre.engine, centre.clickhouse, centre.config.folder, folder, now)
        backups.verify(folder)
        backups.forget_old(self._to, KEPT)
        log("backup", state="made", at=iso(now), rows=made.rows)
        return True


def clear(folder: Path) -> None:
    """What a centre that was killed has left of a copy that it made or forgot. Folders of other names are
    somebody's own.
    """
    for path in folder.iterdir() if folder.is_dir() else ():
        if backups.is_half(path) and _is_named(path.name):
            shutil.rmtree(path, ignore_errors=True)
            log("backup", state="cleared", folder=path.name)


def _is_named(name: str) -> bool:
    try:
        return datetime.strptime(name, NAMED).strftime(NAMED) == name
    except ValueError:
        return False


def newest(folder: Path) -> datetime | None:
    """When the last whole one was made."""
    found = []
    for manifest in folder.glob(f"*/{backups.MANIFEST}"):
        try:
            found.append(backups.read(manifest.parent).made_at)
        except KnownError as error:
            log("backup", code=error.code, reason=manifest.parent.name)
    return max(found, default=None)
