"""Where the engineer's work is: every entry that the centre has not confirmed, and the last that it has, in
words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.core.plain import JsonObject
from app.core.texts import Speaker
from app.models.entries import UNSENT, Entry, State
from app.models.kinds import KINDS
from app.models.store import records
from app.models.values import part_of, text_of
from app.services.workspace import Workspace

MOST = 2_000
DONE_SHOWN = 50
ATTENTION = (State.QUARANTINED, State.CONFLICT)


@dataclass(frozen=True)
class Outgoing:
    """One entry. `reason` is a code of the centre or of the connection, with its details."""

    entry: Entry
    well: str
    reason: str = ""
    details: JsonObject = field(default_factory=dict)

    @property
    def state(self) -> State:
        return self.entry.state

    @property
    def at(self) -> datetime:
        return self.entry.created_at

    def what(self, speaker: Speaker) -> str:
        payload = self.entry.payload
        if self.entry.kind == "record":
            key = text_of(payload, "kind")
            name = KINDS[key].name(speaker.language) if key in KINDS else key
            return f"{name} ({speaker.say('action.removed')})" if payload.get("action") == "removed" else name
        if self.entry.kind == "import":
            return speaker.say("entry.import", file=payload.get("file", ""))
        return speaker.say(f"entry.{self.entry.kind}")

    def state_words(self, speaker: Speaker) -> str:
        return speaker.say(f"entry_state.{self.entry.state}")

    def why(self, speaker: Speaker) -> str:
        if not self.reason:
            return ""
        for code in (f"refused.{self.reason}", f"error.{self.reason}"):
            if speaker.has(code):
                return speaker.say(code, **self.details)
        return speaker.say("refused.other", reason=self.reason)


def rows(workspace: Workspace) -> list[Outgoing]:
    """What needs a person first, then what waits, then the last that are at the centre; newest first."""
    names = {well.uid: well.name for well in records.every_well(workspace.store)}
    others = tuple(state for state in UNSENT if state not in ATTENTION)
    waiting = [*workspace.journal.newest(tuple(ATTENTION), MOST), *workspace.journal.newest(others, MOST)]
    waiting.sort(key=lambda entry: (entry.state not in ATTENTION, -entry.created_at.timestamp()))
    done = workspace.journal.newest((State.ACKED, State.CONFIRMED), DONE_SHOWN)
    return [outgoing(entry, names) for entry in [*waiting, *done][:MOST]]


def outgoing(entry: Entry, names: dict[str, str]) -> Outgoing:
    """`names`: the wells of this laptop by their uid."""
    key = entry.well_key
    well = names.get(str(key.get("uid", "")), str(key.get("name", "")))
    if not well and entry.kind == "import":
        well = ", ".join(sorted({text_of(one, "name") for one in entry.well_keys})[:3])
    details = part_of(entry.receipt or {}, "details") if entry.state is State.QUARANTINED else {}
    reason = entry.error if entry.state in (*ATTENTION, State.RETRY, State.WAIT_AUTH) else None
    return Outgoing(entry, well, reason or "", details)
