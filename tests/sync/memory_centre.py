"""A centre in memory: what `app/sync/transports/base.py` asks for, with switches for trouble.

It keeps the centre's rules (a repeat by id is a duplicate, an id with other content is refused, files before
the entry that names them, a change against an older version is a conflict), so that push and pull can be
tested state by state without a process, a port or a file.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.core.clock import Clock, iso
from app.core.errors import KnownError
from app.models.canonical import digest
from app.sync.parcel import Introduction
from app.sync.wire import (
    PROTOCOL,
    Batch,
    Change,
    Changes,
    EntryIn,
    FileRef,
    Hello,
    Receipt,
    RecordSum,
    RecordSums,
    WellKey,
    signed,
    token_key,
    wells_of,
    whole_of,
)
from central.stores.devices import Device
from central.stores.site_keys import SiteKeys

TOKEN = "wsd_memory"


def unreachable(retry_after_s: float | None = None, status: int = 503) -> KnownError:
    """As the REST transport tells of 429, 5xx and no network."""
    code = "centre_busy" if status == 429 else "centre_unreachable"
    return KnownError(code, retry=True, reason=f"HTTP {status}", retry_after_s=retry_after_s)


def signed_out() -> KnownError:
    return KnownError("centre_token", reason="401")


def refused(status: int = 422, reason: str = "malformed") -> KnownError:
    return KnownError("centre_refused", status=status, reason=reason)


def not_itself() -> KnownError:
    return KnownError("centre_not_itself", reason="nonce")


@dataclass
class Trouble:
    """What goes wrong, until the test takes it out again."""

    next: dict[str, list[KnownError]] = field(default_factory=lambda: defaultdict(list))
    """Method → what its next calls raise instead of doing anything, one call each."""
    always: dict[str, KnownError] = field(default_factory=dict)
    replies_lost: int = 0
    """So many batches are taken, and the reply does not arrive."""
    poison: dict[str, Exception] = field(default_factory=dict)
    """Entry → what every batch with it brings down on itself."""
    poison_files: dict[str, KnownError] = field(default_factory=dict)
    rejected: dict[str, str] = field(default_factory=dict)
    forged: set[str] = field(default_factory=set)
    """Entries whose receipt is signed with somebody else's key."""
    other_content: set[str] = field(default_factory=set)
    """Entries whose receipt is genuine and speaks of other content."""
    unanswered: set[str] = field(default_factory=set)
    offsets: list[int] = field(default_factory=list)
    """What the next questions for an offset are answered, whatever is there."""
    changes_at_once: int = 1_000

    def met(self, method: str) -> None:
        if self.next[method]:
            raise self.next[method].pop(0)
        if method in self.always:
            raise self.always[method]


class MemoryCentre:
    """PushCentre and RecordSource. `batches` are the ids of each batch that arrived, `put` the pieces."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.trouble = Trouble()
        self.receipts: dict[str, Receipt] = {}
        self.taken: dict[str, EntryIn] = {}
        self.versions: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        self.log: list[Change] = []
        self.files: dict[str, bytes] = {}
        self.arriving: dict[str, bytearray] = defaultdict(bytearray)
        self.batches: list[list[str]] = []
        self.put: list[tuple[str, int, int]] = []
        self.asked_after: list[int] = []
        self.protocol, self.least_payload_version = PROTOCOL, 1
        self.ahead_s = 0.0
        self.epoch = "first"
        self.fields: tuple[str, ...] = ()
        """Of the device; empty: all are seen, and none is named."""
        self.hidden: set[str] = set()
        """Records that the stream of changes forgot to tell."""
        self.introduced: list[str] = []
        self.people: list[str] = []
        """Public keys of laptops."""
        self.parts_asked: list[tuple[int, str]] = []

    @property
    def key(self) -> str:
        return token_key(TOKEN)

    # ---- the way in ----------------------------------------------------------------------------------------

    def hello(self) -> Hello:
        self.trouble.met("hello")
        there = datetime.fromtimestamp(self._clock().timestamp() + self.ahead_s, UTC)
        return Hello(
            nonce="n",
            protocol=self.protocol,
            server_time=iso(there),
            device="d",
            fields=self.fields,
            scopes=("push", "pull"),
            newest_change=max((change.change_no for change in self.log if self._sees(change)), default=0),
            epoch=self.epoch,
            least_payload_version=self.least_payload_version,
        )

    def signed_in(self, id_token: str) -> str:
        self.trouble.met("signed_in")
        self.people.append(id_token)
        return "name"

    def introduce(self, public_key: str) -> Introduction:
        self.introduced.append(public_key)
        device = Device("d1", "d", ("push",), self.fields, "")
        return SiteKeys(b"s" * 32, b"k" * 32).introduce(device, public_key, self._clock())

    def send(self, batch: Batch) -> tuple[Receipt, ...]:
        self.batches.append([entry.id for entry in batch.entries])
        self.trouble.met("send")
        for entry in batch.entries:
            if entry.id in self.trouble.poison:
                raise self.trouble.poison[entry.id]
        receipts = [self._receipt(entry) for entry in batch.entries]
        if self.trouble.replies_lost:
            self.trouble.replies_lost -= 1
            raise unreachable()
        return tuple(one for one in receipts if one.id not in self.trouble.unanswered)

    def offset(self, sha256: str) -> tuple[int, bool]:
        self.trouble.met("offset")
        if sha256 in self.trouble.poison_files:
            raise self.trouble.poison_files[sha256]
        if sha256 in self.files:
            return len(self.files[sha256]), True
        if self.trouble.offsets:
            return self.trouble.offsets.pop(0), False
        return len(self.arriving[sha256]), False

    def put_piece(self, sha256: str, offset: int, content: bytes, *, last: bool) -> int:
        self.trouble.met("put_piece")
        there = self.arriving[sha256]
        if offset != len(there):
            raise refused(409, "offset")
        there += content
        self.put.append((sha256, offset, len(content)))
        if last:
            whole = bytes(self.arriving.pop(sha256))
            if hashlib.sha256(whole).hexdigest() != sha256:
                raise refused(422, "file_differs")
            self.files[sha256] = whole
        return offset + len(content)

    def file(self, sha256: str) -> bytes:
        return self.files[sha256]

    def close(self) -> None:
        """Nothing is open."""

    def _receipt(self, entry: EntryIn) -> Receipt:
        receipt = self._judged(entry)
        if entry.id in self.trouble.other_content:
            receipt = receipt.model_copy(update={"sha256": "0" * 64})
        return signed(receipt, token_key("another") if entry.id in self.trouble.forged else self.key)

    def _judged(self, entry: EntryIn) -> Receipt:
        before = self.receipts.get(entry.id)
        if before is not None:
            if before.sha256 != entry.payload_sha256:
                return self._said(entry, "rejected", code="id_reuse")
            return before.model_copy(update={"status": "duplicate"})
        if entry.id in self.trouble.rejected:
            return self._said(entry, "rejected", code=self.trouble.rejected[entry.id])
        if any(file.sha256 not in self.files for file in entry.attachments):
            return self._said(entry, "waiting", code="files_missing")
        version = 1
        if entry.kind == "record":
            record = str(entry.payload["record"])
            known = self.versions[record]
            base = self._base_of(entry, known)
            if known and base != len(known):
                return self._said(
                    entry,
                    "conflict",
                    version=len(known),
                    base=known[base - 1][1] if base else None,
                    current=known[-1][1],
                )
            known.append((entry.id, entry.payload))
            version = len(known)
        change = self._tell_of(entry, version)
        receipt = self._said(entry, "accepted", change_no=change.change_no, version=version)
        self.receipts[entry.id], self.taken[entry.id] = receipt, entry
        return receipt

    def _base_of(self, entry: EntryIn, known: list[tuple[str, dict[str, Any]]]) -> int:
        if entry.base_version:
            return entry.base_version
        made = [number for number, (by, _) in enumerate(known, 1) if by == entry.supersedes]
        return made[0] if made else 0

    def _said(self, entry: EntryIn, status: Any, **more: Any) -> Receipt:
        return Receipt(
            id=entry.id,
            sha256=entry.payload_sha256,
            status=status,
            received_at=iso(self._clock()),
            **more,
        )

    def _tell_of(self, entry: EntryIn, version: int) -> Change:
        change = Change(
            change_no=self.newest + 1,
            topic="record" if entry.kind == "record" else entry.kind,
            key=str(entry.payload.get("record", entry.id)),
            version=version,
            well=entry.well and entry.well.model_copy(update={"number": 70}),
            entry_id=entry.id,
            author=str(entry.payload.get("author", "")),
            saved_at=entry.created_at,
            body=entry.payload,
            attachments=entry.attachments,
        )
        self.log.append(change)
        return change

    # ---- the way out ---------------------------------------------------------------------------------------

    @property
    def newest(self) -> int:
        return self.log[-1].change_no if self.log else 0

    def changes(self, after: int, field: str = "") -> Changes:
        self.asked_after.append(after)
        self.trouble.met("changes")
        seen = (field,) if field else self.fields
        newer = [
            change
            for change in self.log
            if change.change_no > after and change.key not in self.hidden and self._sees(change, seen)
        ]
        told = newer[: self.trouble.changes_at_once]
        return Changes(
            changes=tuple(told),
            next=told[-1].change_no if told else after,
            more=len(newer) > len(told),
        )

    def _sees(self, change: Change, fields: tuple[str, ...] = ()) -> bool:
        seen = fields or self.fields
        return not seen or change.well is None or change.well.field in seen

    # ---- what is compared ----------------------------------------------------------------------------------

    def lacking(self, entry_ids: tuple[str, ...]) -> tuple[str, ...]:
        self.trouble.met("lacking")
        return tuple(one for one in entry_ids if one not in self.receipts)

    def record_sums(self, *, whole: bool, wells: bool = False) -> RecordSums:
        self.trouble.met("record_sums")
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        for change in self._heads():
            found[self._place(change)].append(digest(change.body))
        parts = tuple(
            RecordSum(well=well, kind=kind, count=len(told), digest=sum(told))
            for (well, kind), told in found.items()
        )
        said = {
            change.well.uid: {**change.well.model_dump(), **change.body}
            for change in self.log
            if change.topic == "well" and change.well
        }
        return RecordSums(
            whole=whole_of(parts),
            parts=() if whole else parts,
            wells=wells_of(said.values()) if wells else "",
        )

    def record_part(self, well: int, kind: str) -> Changes:
        self.parts_asked.append((well, kind))
        told = tuple(change for change in self._heads() if self._place(change) == (well, kind))
        return Changes(changes=told, next=self.newest)

    def _heads(self) -> list[Change]:
        newest: dict[str, Change] = {}
        for change in self.log:
            if change.topic == "record_left":
                newest.pop(change.key, None)
            if change.topic == "record" and change.well:
                newest[change.key] = change
        return [c for c in newest.values() if not self.fields or c.well and c.well.field in self.fields]

    def _place(self, change: Change) -> tuple[int, str]:
        assert change.well is not None
        return change.well.number or 0, str(change.body["kind"])

    def says(
        self, topic: str, key: str, well: dict[str, Any] | None, body: dict[str, Any], **more: Any
    ) -> Change:
        """A change that another laptop or the centre itself made."""
        files = tuple(FileRef(**one) for one in more.pop("files", ()))
        change = Change(
            change_no=self.newest + 1,
            topic=topic,
            key=key,
            well=WellKey(**well) if well else None,
            saved_at=iso(self._clock()),
            body=body,
            attachments=files,
            **more,
        )
        self.log.append(change)
        return change

    def set_back_to(self, change_no: int) -> None:
        """The centre is restored from a copy: what came later it has never heard of."""
        self.epoch += "+"
        gone = {change.entry_id for change in self.log if change.change_no > change_no}
        self.log = [change for change in self.log if change.change_no <= change_no]
        for entry_id in gone:
            self.receipts.pop(entry_id, None)
            self.taken.pop(entry_id, None)
        for record, known in self.versions.items():
            self.versions[record] = [one for one in known if one[0] not in gone]
