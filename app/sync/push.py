"""The journal to the centre: files first, then entries in their order, each settled by its own receipt and by
nothing else.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from pydantic import ValidationError

from app.core.clock import Clock, iso
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.plain import JsonObject
from app.models.entries import Entry, Outcome, State
from app.models.journal import Journal
from app.models.limits import shown
from app.models.values import Read, WrongValueError, part_of
from app.sync.backoff import next_try
from app.sync.conflicts import merge
from app.sync.transports.base import PushCentre
from app.sync.wire import (
    MOST_BATCH_BYTES,
    MOST_ENTRIES,
    PIECE_BYTES,
    Batch,
    EntryIn,
    FileRef,
    Receipt,
    WellKey,
    as_json,
    is_genuine,
)

Group = list[tuple[Entry, EntryIn]]
TRIES_OF_A_BATCH = 3
"""A batch that the centre cannot swallow so often is sent one by one: one of its entries may be poison."""
TRIES_OF_A_FILE, MOVED = 3, 409
"""The centre's answer to a piece that does not begin where its own part of the file ends."""


@dataclass
class Pushed:
    """`stopped` is the trouble that ended it early, if one did."""

    sent: int = 0
    merged: int = 0
    states: dict[str, int] = field(default_factory=dict)
    stopped: KnownError | None = None

    def count(self, state: State) -> None:
        self.states[str(state)] = self.states.get(str(state), 0) + 1


class Push:
    """One run. `well_key_of`: what a well of this cache is called, for entries that were written before they
    said so. `as_imported`: a record's body as a file brought it, for a change that the centre finds no base
    of.
    """

    def __init__(
        self,
        journal: Journal,
        centre: PushCentre,
        clock: Clock,
        rng: random.Random,
        well_key_of: Callable[[int], Read | None],
        as_imported: Callable[[str], JsonObject | None],
    ) -> None:
        self._journal, self._centre, self._clock, self._rng = journal, centre, clock, rng
        self._well_key_of, self._as_imported = well_key_of, as_imported
        self._done = Pushed()
        self._total, self._job = 0, Job()
        self._flying: tuple[Group, Future[tuple[Receipt, ...]]] | None = None

    def run(self, job: Job) -> Pushed:
        self._journal.drop_superseded()
        self._journal.sending.network_is_up()
        self._total, self._job = self._journal.unsent_count(), job
        with ThreadPoolExecutor(1, "push") as line:
            claimed: list[Entry] = []
            try:
                while not self._is_stopped():
                    job.check()
                    entries = self._next()
                    claimed = [*self._on_its_way(), *entries]
                    if entries:
                        self._send(job, entries, line if len(entries) == MOST_ENTRIES else None)
                    elif not self._land():
                        break
                self._land()
            finally:
                self._journal.sending.back_to_the_queue([entry.id for entry in claimed])
        self._journal.sending.fold()
        return self._done

    def _next(self) -> list[Entry]:
        """What stands in the place of one that was refused in this very run goes in it too."""
        entries = self._journal.sending.claim(MOST_ENTRIES)
        if not entries and self._journal.drop_superseded():
            entries = self._journal.sending.claim(MOST_ENTRIES)
        return entries

    def _is_stopped(self) -> bool:
        return self._done.stopped is not None

    def _send(self, job: Job, entries: list[Entry], line: ThreadPoolExecutor | None) -> None:
        """What may be poison goes last and alone, the most often tried at the very end: what a centre that
        falls over one entry has not heard of yet is not kept waiting by it. With a `line`, where many wait,
        the journal's work on one batch is done while the centre has the next.
        """
        several = [entry for entry in entries if entry.attempts <= TRIES_OF_A_BATCH]
        alone = sorted((e for e in entries if e.attempts > TRIES_OF_A_BATCH), key=lambda e: e.attempts)
        for together in (several, *([entry] for entry in alone)):
            if line is None or together is not several:
                self._land()
            ready = [(e, envelope) for e in together if (envelope := self._ready(job, e)) is not None]
            for group in _of_size(ready):
                if self._is_stopped():
                    return
                job.check()
                if line is not None and together is several:
                    self._send_ahead(group, line)
                else:
                    self._send_group(group)

    def _ready(self, job: Job, entry: Entry) -> EntryIn | None:
        """Its files at the centre and its envelope made; None when that did not work, and the entry is
        settled.
        """
        if self._is_stopped():
            return None
        try:
            for file in entry.attachments:
                self._send_file(job, file.sha256, file.size)
            return envelope(self._journal, entry, self._well_key_of)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            self._quarantine(entry, error)
            return None
        except KnownError as error:
            self._settle_trouble([entry], error)
            return None

    def _send_file(self, job: Job, sha256: str, size: int) -> None:
        """From where the centre says it is. A piece that was lost is sent again, no other. Where another
        laptop with this token sends the same file, the centre is elsewhere by now: asked again, then later.
        """
        for _ in range(TRIES_OF_A_FILE - 1):
            try:
                self._send_from_there(job, sha256, size)
                return
            except KnownError as error:
                if error.details.get("status") != MOVED:
                    raise
        self._send_from_there(job, sha256, size)

    def _send_from_there(self, job: Job, sha256: str, size: int) -> None:
        offset, complete = self._centre.offset(sha256)
        if complete:
            return
        at = 0
        for piece in self._journal.blobs.pieces(sha256):
            for start in range(0, max(len(piece), 1), PIECE_BYTES):
                part = piece[start : start + PIECE_BYTES]
                end = at + len(part)
                if end > offset or end >= size:
                    job.check()
                    known = max(offset - at, 0)
                    self._centre.put_piece(sha256, at + known, part[known:], last=end >= size)
                at = end

    def _send_ahead(self, group: Group, line: ThreadPoolExecutor) -> None:
        """One batch is on its way at a time, and none after one that met trouble."""
        before, self._flying = self._flying, None
        if before is not None and before[1].exception() is not None:
            self._settle_group(before[0], before[1].result)
            before = None
        if self._is_stopped():
            return
        self._flying = group, line.submit(self._asked, group)
        if before is not None:
            self._settle_group(before[0], before[1].result)

    def _land(self) -> bool:
        """What is on its way is waited for and settled; False when nothing was."""
        flying, self._flying = self._flying, None
        if flying is not None:
            self._settle_group(flying[0], flying[1].result)
        return flying is not None

    def _on_its_way(self) -> list[Entry]:
        return [entry for entry, _ in self._flying[0]] if self._flying is not None else []

    def _asked(self, group: Group) -> tuple[Receipt, ...]:
        return self._centre.send(Batch(entries=tuple(e for _, e in group)))

    def _send_group(self, group: Group) -> None:
        self._settle_group(group, partial(self._asked, group))

    def _settle_group(self, group: Group, ask: Callable[[], tuple[Receipt, ...]]) -> None:
        entries = [entry for entry, _ in group]
        try:
            receipts = {receipt.id: receipt for receipt in ask()}
        except KnownError as error:
            if error.code == "centre_refused" and len(group) > 1:
                self._one_by_one(group)  # one of them is what the centre will not read
            else:
                self._settle_trouble(entries, error)
            return
        except (ValueError, TypeError) as error:
            if len(group) > 1:
                self._one_by_one(group)  # one of them is what cannot be put on the wire
            else:
                self._quarantine(entries[0], error)
            return
        outcomes = [self._outcome(entry, receipts.get(entry.id)) for entry in entries]
        self._journal.sending.settle(outcomes)
        for entry, outcome in zip(entries, outcomes, strict=True):
            self._done.count(outcome.state)
            self._done.sent += outcome.state in (State.ACKED, State.CONFIRMED)
            if outcome.state is State.CONFLICT:
                self._merge(entry, receipts[entry.id])
        self._job.report(self._done.sent, max(self._total, self._done.sent), "job.sync_push")

    def _one_by_one(self, group: Group) -> None:
        for one in group:
            if not self._is_stopped():
                self._send_group([one])

    def _quarantine(self, entry: Entry, error: Exception) -> None:
        """An entry that does not pass our own border: it waits for a person with its reason, nobody for
        it.
        """
        said: JsonObject = {"details": unfit(error)}
        self._journal.sending.settle([Outcome(entry.id, State.QUARANTINED, "entry_unfit", said)])
        self._done.count(State.QUARANTINED)

    def _outcome(self, entry: Entry, receipt: Receipt | None) -> Outcome:
        """Sent is only what a genuine receipt of this very content says."""
        if (
            receipt is None
            or receipt.sha256 != entry.payload_sha256
            or not is_genuine(receipt, self._centre.key)
        ):
            return self._later(entry, "receipt_missing" if receipt is None else "receipt_not_genuine")
        said = receipt.model_dump()
        if receipt.taken:
            return Outcome(entry.id, State.ACKED, None, said)
        if receipt.status == "conflict":
            return Outcome(entry.id, State.CONFLICT, "conflict", said)
        if receipt.status == "waiting":
            return self._later(entry, receipt.code)
        return Outcome(entry.id, State.QUARANTINED, receipt.code or "rejected", said)

    def _later(self, entry: Entry, code: str, retry_after_s: float | None = None) -> Outcome:
        return Outcome(
            entry.id,
            State.RETRY,
            code,
            None,
            next_try(self._clock(), entry.attempts, self._rng, retry_after_s),
        )

    def _settle_trouble(self, entries: list[Entry], error: KnownError) -> None:
        if error.code == "centre_token":
            self._journal.sending.settle(
                [Outcome(entry.id, State.WAIT_AUTH, error.code) for entry in entries]
            )
            self._done.stopped = error
        elif error.details.get("status") == MOVED:
            self._journal.sending.settle([self._later(entry, "offset") for entry in entries])
        elif error.code == "centre_refused" or not error.retry and error.code != "centre_not_itself":
            code = str(error.details.get("reason") or error.code)
            self._journal.sending.settle([Outcome(entry.id, State.QUARANTINED, code) for entry in entries])
            for _ in entries:
                self._done.count(State.QUARANTINED)
        else:
            after = error.details.get("retry_after_s")
            asked = after if isinstance(after, float) and after > 0 else None
            code = "centre_busy" if asked else error.code  # a pause that the centre asked for is waited out
            self._journal.sending.settle([self._later(entry, code, asked) for entry in entries])
            self._done.stopped = error

    def _merge(self, entry: Entry, receipt: Receipt) -> None:
        """Where two people changed different fields both changes are kept, by a new entry; else the engineer
        is asked.
        """
        mine = entry.payload
        if entry.kind != "record" or receipt.current is None:
            return
        base = receipt.base or self._as_imported(str(mine["record"]))
        try:
            merged = merge(str(mine["kind"]), base, mine, receipt.current)
        except WrongValueError:  # what the centre shows is no record
            return
        if merged.conflicts:
            return
        payload = {
            **mine,
            **merged.moments,
            "values": merged.values,
            "action": "removed" if merged.removed else "saved",
        }
        self._journal.add("record", payload, supersedes=entry.id, base=str(receipt.version))
        self._journal.drop_superseded()
        self._done.merged += 1


def envelope(journal: Journal, entry: Entry, well_key_of: Callable[[int], Read | None]) -> EntryIn:
    """An entry as the centre is told of it, by whatever way it goes there."""
    payload, written = entry.payload, entry.as_written
    key: Read | None = part_of(payload, "well_key")
    number = payload["well"] if "well" in payload else part_of(payload, "finding").get("well_id")
    if not key and isinstance(number, int):
        key = well_key_of(number)
    return EntryIn.model_validate(
        {
            "id": entry.id,
            "kind": written.kind,
            "schema_version": entry.schema_version,
            "payload": written.payload,
            "payload_sha256": entry.payload_sha256,
            "created_at": iso(entry.created_at),
            "supersedes": entry.supersedes,
            "base_version": journal.sending.base_of(entry),
            "well": WellKey.model_validate(key) if key else None,
            "attachments": [
                FileRef(sha256=file.sha256, size=file.size, name=file.name) for file in entry.attachments
            ],
        }
    )


def unfit(error: Exception) -> dict[str, str]:
    """Which part of an entry does not fit, and why; never its values."""
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        place = [str(part) for part in first["loc"]]
        return {"field": ".".join(place) or error.title, "reason": shown(first["msg"])}
    if isinstance(error, WrongValueError):
        return {"field": str(error.details["field"]), "reason": error.code}
    return {"field": "", "reason": shown(f"{type(error).__name__} {error}")}


def _of_size(ready: Group) -> list[Group]:
    groups: list[Group] = []
    size = 0
    for one in ready:
        own = len(as_json(one[1].payload))
        if not groups or size + own > MOST_BATCH_BYTES:
            groups.append([])
            size = 0
        groups[-1].append(one)
        size += own
    return groups
