"""What a journal holds: entries, the states that the protocol has for them, and which may follow which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.plain import JsonObject
from app.models.blobs import Attachment
from app.models.upcasting import PAYLOAD_VERSION
from app.models.values import Read, Values, a_part, part_of


class State(StrEnum):
    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    RETRY = "retry"
    WAIT_AUTH = "wait_auth"
    QUARANTINED = "quarantined"
    CONFLICT = "conflict"
    ACKED = "acked"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


# Which state may follow which. Quarantine and conflict end by a person's action only.
NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.QUEUED, State.DISCARDED}),
    State.QUEUED: frozenset({State.SENDING, State.DISCARDED}),
    State.SENDING: frozenset(
        {State.ACKED, State.RETRY, State.WAIT_AUTH, State.QUARANTINED, State.CONFLICT, State.QUEUED}
    ),
    State.RETRY: frozenset({State.SENDING, State.QUEUED, State.DISCARDED}),
    State.WAIT_AUTH: frozenset({State.SENDING, State.QUEUED}),
    State.QUARANTINED: frozenset({State.QUEUED, State.DISCARDED}),
    State.CONFLICT: frozenset({State.QUEUED, State.DISCARDED}),
    State.ACKED: frozenset({State.CONFIRMED, State.QUEUED}),  # back to the queue when the centre lost it
    State.CONFIRMED: frozenset({State.QUEUED}),  # the centre was set back to an older state
    State.DISCARDED: frozenset(),
}
UNSENT = (
    State.QUEUED,
    State.SENDING,
    State.RETRY,
    State.WAIT_AUTH,
    State.QUARANTINED,
    State.CONFLICT,
)


@dataclass(frozen=True)
class Written:
    """An entry's content in the form of the version that wrote it."""

    kind: str
    payload: JsonObject


@dataclass(frozen=True)
class Entry:
    """One thing a person did, in the form of this version. `payload` is plain JSON in SI and UTC; as it was
    written (`written`) it never changes after DRAFT.
    """

    id: str
    kind: str
    payload: JsonObject
    payload_sha256: str
    created_at: datetime
    state: State
    attachments: tuple[Attachment, ...] = ()
    supersedes: str | None = None
    attempts: int = 0
    error: str | None = None
    base: str | None = None
    """The centre's version of the record that the person saw; empty when there was none."""
    receipt: JsonObject | None = None
    next_try_at: datetime | None = None
    reason: str | None = None
    schema_version: int = 1
    written: Written | None = None
    """None: as `kind` and `payload` say."""

    @property
    def well_key(self) -> Values:
        """What its well is called; empty where it speaks of none that has a name: it was written before
        entries said so, or by no program.
        """
        key = self.payload.get("well_key")
        return key if isinstance(key, dict) else {}

    @property
    def well_keys(self) -> list[Values]:
        """What the wells of an import are called."""
        return keys_of(self.payload)

    @property
    def as_written(self) -> Written:
        """What its hash is of, and what the centre is sent."""
        return self.written or Written(self.kind, self.payload)

    @property
    def readable(self) -> bool:
        """False for an entry of a newer version of the program, or one that no program has written."""
        return self.schema_version <= PAYLOAD_VERSION


def keys_of(payload: Read) -> list[Values]:
    """What the wells are called that an import names; none where it says nothing of them."""
    return [a_part(key, name) for name, key in part_of(payload, "well_keys").items()]


@dataclass(frozen=True)
class Outcome:
    """What became of one entry that was on its way. `error` is a code of resources/texts, `receipt` what the
    centre said.
    """

    entry_id: str
    state: State
    error: str | None = None
    receipt: JsonObject | None = None
    next_try_at: datetime | None = None
