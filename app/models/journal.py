"""The journal: what a person entered or imported here and the centre has not confirmed yet.

Encrypted SQLite with a log (journal_mode=WAL) that is on the disk before a transaction is over
(synchronous=EXTRA): `tests/faults/power` cuts its power at every write. Attachments lie beside it, encrypted,
each under the SHA-256 of its content, and are on the disk before the entry that names them. Only after `add`
returned may a screen say "saved".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.clock import Clock, utc_now
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.plain import JsonObject
from app.models import upcasting
from app.models.blobs import Blobs
from app.models.canonical import payload_hash
from app.models.entries import NEXT, UNSENT, Entry, State
from app.models.journal_file import ENTRY, JournalFile, known_errors
from app.models.journal_losses import Losses
from app.models.sending import Sending

_NOT_SHOWN, _SHOWN = "not shown", "shown"


class Journal:
    """Open with the profile's derived key. Safe to use from any thread: one statement at a time."""

    def __init__(self, path: Path, blobs: Path, key_hex: str, clock: Clock = utc_now) -> None:
        self.blobs = Blobs(
            blobs, hashlib.blake2b(b"blobs", key=bytes.fromhex(key_hex), digest_size=32).digest()
        )
        self._path = path
        with known_errors(path):
            blobs.mkdir(mode=0o700, exist_ok=True)
        self._file = JournalFile(path, key_hex, clock)
        self.sending = Sending(self._file)
        self.losses = Losses(self._file)

    def close(self) -> None:
        self._file.close()

    @contextmanager
    def held_still(self) -> Iterator[Path]:
        """The file as it lies on the disk, whole: who wants to write waits."""
        with self._file.held_still() as path:
            yield path

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Called after each change, in the thread that made it. Returns the call that ends the
        subscription.
        """
        return self._file.on_change(listener)

    # ---- what a person does --------------------------------------------------------------------------------

    def add(
        self,
        kind: str,
        payload: JsonObject,
        attachments: tuple[tuple[str, bytes | Path], ...] = (),
        *,
        entry_id: str | None = None,
        supersedes: str | None = None,
        base: str | None = None,
        draft: bool = False,
    ) -> Entry:
        """On the disk when this returns. The same `entry_id` again returns what is there: a double click
        saves once.
        """
        with known_errors(self._path):
            stored = tuple(self.blobs.put(name, content) for name, content in attachments)
        text, digest = payload_hash(payload)
        entry_id = entry_id or new_id()
        state = State.DRAFT if draft else State.QUEUED
        with self._file.changing():
            existing = self._file.entry(entry_id)
            if existing is not None and existing.state is not State.DRAFT:
                if existing.payload_sha256 != digest:
                    raise KnownError("entry_is_final", id=entry_id)
                return existing
            now = self._file.clock()
            made = Entry(
                entry_id,
                kind,
                payload,
                digest,
                now,
                state,
                stored,
                supersedes,
                base=base,
                schema_version=upcasting.version_of(kind, payload),
            )
            self._file.add(made, kind, text, now.astimezone().strftime("%z"))
            self._file.log(entry_id, "added", f"{kind} {state}")
        entry = self.get(entry_id)
        assert entry is not None
        return entry

    def take_over(self, said: Entry, zone: str, by: str) -> bool:
        """An entry that another laptop of the site (`by`) saved, as it was written; its files are in `blobs`
        already. False when it is here. Raises KnownError (entry_is_final) when another one has its id.
        """
        written = said.as_written
        text, digest = payload_hash(written.payload)
        if digest != said.payload_sha256:
            raise KnownError("entry_is_final", id=said.id)
        with self._file.changing():
            existing = self._file.entry(said.id)
            if existing is not None:
                if existing.payload_sha256 != digest:
                    raise KnownError("entry_is_final", id=said.id)
                return False
            self._file.add(said, written.kind, text, zone)
            self._file.log(said.id, "taken over", by)
        return True

    def discard(self, entry_id: str, reason: str) -> None:
        """Only what the centre has not taken, and only with a reason; the entry stays readable."""
        if not reason.strip():
            raise KnownError("reason_missing")
        self.move(entry_id, State.DISCARDED, reason=reason)

    # ---- what becomes of an entry; its way to the centre is `sending` --------------------------------------

    def move(
        self, entry_id: str, state: State, *, error: str | None = None, reason: str | None = None
    ) -> Entry:
        """Raises ValueError for a step that the protocol does not have."""
        with self._file.changing():
            entry = self._file.entry(entry_id)
            if entry is None:
                raise KnownError("entry_unknown", id=entry_id)
            if state not in NEXT[entry.state]:
                raise ValueError(f"entry {entry_id}: {entry.state} cannot become {state}")
            self._file.execute(
                "UPDATE entry SET state = ?, error = ?, reason = coalesce(?, reason), attempts = attempts "
                "+ ? WHERE id = ?",
                (state, error, reason, int(state is State.SENDING), entry_id),
            )
            self._file.log(entry_id, str(state), error or reason or "")
        moved = self.get(entry_id)
        assert moved is not None
        return moved

    def drop_superseded(self) -> int:
        """A refused or conflicting entry in whose place a later one stands is done with; it stays readable. A
        change of one record does not stand in its import's place.
        """
        with self._file.reading():
            rows = self._file.execute(
                """SELECT e.id, b.id FROM entry e JOIN entry b ON b.supersedes = e.id
                   WHERE e.state IN ('quarantined', 'conflict') AND b.state NOT IN ('draft', 'discarded')
                   AND (e.kind <> 'import' OR b.kind = 'import_undone')"""
            ).fetchall()
        for entry_id, later in rows:
            entry = self.get(str(entry_id))
            if entry is not None and State.DISCARDED in NEXT[entry.state]:
                self.move(str(entry_id), State.DISCARDED, reason=f"replaced by {later}")
        return len(rows)

    def counts(self) -> dict[State, int]:
        """As of the last change; asks nothing and waits for nobody, so that a window may ask as it draws."""
        return self._file.counts

    def note_not_shown(self, entry_id: str, why: str) -> None:
        """The entry is saved here, and the cache could not take it."""
        with self._file.quietly():
            self._file.log(entry_id, _NOT_SHOWN, why)

    def note_shown(self, entry_id: str) -> None:
        with self._file.quietly():
            self._file.log(entry_id, _SHOWN, "")

    def not_shown(self) -> list[Entry]:
        """What was noted so and has not been shown since, in the order it was made."""
        with self._file.reading():
            rows = self._file.execute(
                f"""SELECT {ENTRY} FROM entry WHERE state NOT IN ('draft', 'discarded') AND id IN (
                        SELECT entry_id FROM event_log WHERE what IN (?, ?) GROUP BY entry_id
                        HAVING max(CASE WHEN what = ? THEN rowid ELSE 0 END)
                             > max(CASE WHEN what = ? THEN rowid ELSE 0 END))
                    ORDER BY rowid""",
                (_NOT_SHOWN, _SHOWN, _NOT_SHOWN, _SHOWN),
            ).fetchall()
            return self._file.entries_of(rows)

    def note_taken_back(self, entry_id: str, by: str) -> None:
        """`by` is the entry that undoes this one. Of an entry that was never sent and is given up, a name
        that no entry has.
        """
        with self._file.quietly():
            self._file.log(entry_id, "taken back", by)

    def taken_back(self) -> dict[str, tuple[str, str]]:
        """Entry → (what undoes it, when that was noted), in the order of the undoing."""
        with self._file.reading():
            rows = self._file.execute(
                "SELECT entry_id, detail, at FROM event_log WHERE what = 'taken back' ORDER BY rowid"
            ).fetchall()
            return {str(entry): (str(by), str(at)) for entry, by, at in rows}

    # ---- reading -------------------------------------------------------------------------------------------

    def pending_records(self) -> frozenset[str]:
        """Records with something that the centre has not taken yet: a pull leaves them as they are here."""
        places = ", ".join("?" for _ in UNSENT)
        with self._file.reading():
            rows = self._file.execute(
                f"""SELECT DISTINCT json_extract(payload, '$.record') FROM entry INDEXED BY entry_record
                    WHERE kind = 'record' AND state IN ({places})""",
                tuple(map(str, UNSENT)),
            ).fetchall()
            of_before = [e.payload.get("record") for e in self._of_before() if e.state in UNSENT]
            return frozenset(str(name) for name in (*(row[0] for row in rows), *of_before) if name)

    def get(self, entry_id: str) -> Entry | None:
        with self._file.reading():
            return self._file.entry(entry_id)

    def last_of_record(self, record_id: str) -> Entry | None:
        """The newest entry about one record that is not a draft."""
        with self._file.reading():
            row = self._file.execute(
                f"SELECT {ENTRY} FROM entry WHERE kind = 'record' AND state NOT IN ('draft', 'discarded')"
                " AND json_extract(payload, '$.record') = ? ORDER BY rowid DESC LIMIT 1",
                (record_id,),
            ).fetchall()
            if row:
                return self._file.entries_of(row)[0]
            of_before = [e for e in self._of_before() if e.payload.get("record") == record_id]
            return of_before[-1] if of_before else None

    def _of_before(self) -> list[Entry]:
        """Records that were written as something else before they were records: SQL does not find them."""
        places = ", ".join("?" for _ in upcasting.NOW_RECORDS)
        rows = self._file.execute(
            f"SELECT {ENTRY} FROM entry WHERE kind <> 'record' AND kind IN ({places}) "
            "AND state NOT IN ('draft', 'discarded') "
            "ORDER BY rowid",
            upcasting.NOW_RECORDS,
        ).fetchall()
        return self._file.entries_of(rows)

    def entries(self, *states: State) -> list[Entry]:
        """In the order they were made, whatever the clock did; all of them when no state is named."""
        with self._file.reading():
            return self._file.entries(*states)

    def newest(self, states: tuple[State, ...], limit: int) -> list[Entry]:
        """The last ones made that are in one of these states, newest first: what a list shows of many."""
        each = " UNION ALL ".join(
            "SELECT * FROM (SELECT rowid FROM entry WHERE state = ? ORDER BY rowid DESC LIMIT ?)"
            for _ in states
        )
        asked = [value for state in states for value in (str(state), limit)]
        with self._file.reading():
            rows = self._file.execute(
                f"SELECT {ENTRY} FROM entry WHERE rowid IN ({each}) ORDER BY rowid DESC LIMIT ?",
                (*asked, limit),
            ).fetchall()
            return self._file.entries_of(rows)

    def of_other_kinds(self, kinds: tuple[str, ...], states: tuple[State, ...]) -> list[Entry]:
        """Other than records, as they were written, in these states; nothing else is even unpacked."""
        named, told = (", ".join("?" for _ in some) for some in (kinds, states))
        with self._file.reading():
            rows = self._file.execute(
                f"""SELECT {ENTRY} FROM entry WHERE kind <> 'record' AND kind IN ({named})
                    AND state IN ({told}) ORDER BY rowid""",
                (*kinds, *map(str, states)),
            ).fetchall()
            return self._file.entries_of(rows)

    def unsent_count(self) -> int:
        return sum(self._file.counts.get(state, 0) for state in UNSENT)

    def log(self, entry_id: str | None = None) -> list[tuple[str, str, str]]:
        """(time, what, detail) of one entry or of all, oldest first."""
        with self._file.reading():
            return list(
                self._file.execute(
                    "SELECT at, what, detail FROM event_log WHERE ? IS NULL OR entry_id = ? ORDER BY rowid",
                    (entry_id, entry_id),
                )
            )

    def check(self) -> str:
        """SQLite's own integrity check: "ok" or what is wrong."""
        return self._file.check()
