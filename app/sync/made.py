"""What the centre made of the wells in the night: the newest of each that is not here yet."""

from __future__ import annotations

from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.store import made
from app.models.store.database import Database
from app.sync.pull import Pulled
from app.sync.transports.base import ReadingSource, is_not_asked_there

AT_ONCE = 200
LONGEST = 1 << 20
"""Of a body [characters]: a well has a few thousand."""


def pull_made(
    job: Job, store: Database, source: ReadingSource, numbers: dict[int, int], done: Pulled
) -> None:
    """`numbers`: the centre's number → the number here, of the wells that are carried. A centre of a version
    that makes none takes nothing away.
    """
    if not numbers:
        return
    try:
        there = source.made(sorted(numbers))
    except KnownError as error:
        if is_not_asked_there(error):
            return
        raise
    here = made.moments(store)
    wanted = [well for well, at in sorted(there.items()) if here.get(numbers.get(well, -1)) != at]
    gone = [own for well, own in numbers.items() if own in here and well not in there]
    for start in range(0, len(wanted), AT_ONCE):
        job.check()
        told = source.made_bodies(wanted[start : start + AT_ONCE])
        kept = [(numbers[well], at, body) for well, at, body in told if len(body) <= LONGEST]
        with store.writing() as cursor:
            made.keep(cursor, kept)
        done.changed = done.changed or bool(kept)
    if gone:
        with store.writing() as cursor:
            made.drop(cursor, gone)
        done.changed = True
