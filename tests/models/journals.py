"""A journal of the tests: its clock stands, an entry can be brought to each state by the protocol's steps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.models.entries import Entry, State
from app.models.journal import Journal

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
WAY: dict[State, tuple[State, ...]] = {
    State.QUEUED: (),
    State.SENDING: (State.SENDING,),
    State.RETRY: (State.SENDING, State.RETRY),
    State.WAIT_AUTH: (State.SENDING, State.WAIT_AUTH),
    State.QUARANTINED: (State.SENDING, State.QUARANTINED),
    State.CONFLICT: (State.SENDING, State.CONFLICT),
    State.ACKED: (State.SENDING, State.ACKED),
    State.CONFIRMED: (State.SENDING, State.ACKED, State.CONFIRMED),
    State.DISCARDED: (State.DISCARDED,),
}
"""From the queue to each state, by the protocol's steps."""


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def in_state(journal: Journal, state: State, payload: dict[str, Any] | None = None, **more: Any) -> Entry:
    kind = more.pop("kind", "record")
    if state is State.DRAFT:
        return journal.add(kind, payload or {"n": 1}, draft=True, **more)
    entry = journal.add(kind, payload or {"n": 1}, **more)
    for step in WAY[state]:
        entry = journal.move(entry.id, step)
    return entry


def now(journal: Journal, entry: Entry) -> Entry:
    found = journal.get(entry.id)
    assert found is not None
    return found
