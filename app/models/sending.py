"""The way of entries to the centre: which go next, how each fared, what the centre has shown to have."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import replace
from datetime import datetime, timedelta

from app.core.clock import parse_time, sortable
from app.models.entries import NEXT, UNSENT, Entry, Outcome, State
from app.models.journal_file import ENTRY, JournalFile
from app.models.values import number_of

LONGEST_PAUSE_S, LONGEST_ASKED_S = 300.0, 24 * 3600.0
"""Nobody waits longer for a try of his own, or because the centre asked for it (`centre_busy`). A moment that
is farther off was written down by a clock that was wrong: it is none.
"""
_IN_VAIN = "next_try_at > CASE error WHEN 'centre_busy' THEN :asked ELSE :own END"
_FREE = """NOT EXISTS (SELECT 1 FROM entry b WHERE b.id = e.supersedes
    AND b.state IN ('retry', 'sending', 'quarantined', 'conflict'))"""
# The first ones of each state by its index: of a hundred thousand that wait two hundred are looked at.
_NEXT = " UNION ALL ".join(
    f"SELECT * FROM (SELECT rowid FROM entry e WHERE {which} AND {_FREE} ORDER BY rowid LIMIT :limit)"
    for which in (
        "state = 'queued'",
        "state = 'wait_auth'",
        f"state = 'retry' AND (coalesce(next_try_at, '') <= :now OR {_IN_VAIN})",
    )
)


class Sending:
    """Part of the open journal, over the same file; safe to use from any thread."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def claim(self, limit: int) -> list[Entry]:
        """The next ones to be sent, in the order they were made, now on their way, this try counted. An entry
        waits for the one it supersedes.
        """
        now, (asked, own) = sortable(self._file.clock()), self._farthest()
        with self._file.quietly():
            rows = self._file.execute(
                f"SELECT {ENTRY} FROM entry WHERE rowid IN ({_NEXT}) ORDER BY rowid LIMIT :limit",
                {"now": now, "limit": limit, "asked": asked, "own": own},
            ).fetchall()
            self._file.execute_each(
                "UPDATE entry SET state = 'sending', attempts = attempts + 1 WHERE id = ?",
                [(row[0],) for row in rows],
            )
            claimed = self._file.entries_of(rows)
        return [replace(one, state=State.SENDING, attempts=one.attempts + 1) for one in claimed]

    def settle(self, outcomes: list[Outcome]) -> None:
        """Many at once, in one transaction. Raises ValueError for a step that the protocol does not have."""
        if not outcomes:
            return
        with self._file.changing():
            states = self._file.states([outcome.entry_id for outcome in outcomes])
            for outcome in outcomes:
                before = states.get(outcome.entry_id)
                if before is None or outcome.state not in NEXT[before]:
                    raise ValueError(
                        f"entry {outcome.entry_id}: {before or 'unknown'} cannot become {outcome.state}"
                    )
                states[outcome.entry_id] = outcome.state
            self._file.execute_each(
                """UPDATE entry SET state = ?, error = ?, receipt = coalesce(?, receipt), next_try_at = ?,
                   attempts = max(attempts - ?, 0) WHERE id = ?""",
                [_row(outcome) for outcome in outcomes],
            )
            self._file.log_each([(one.entry_id, str(one.state), one.error or "") for one in outcomes])

    def back_to_the_queue(self, entry_ids: list[str]) -> None:
        """What was claimed and not sent after all waits again; what was settled stays as it is."""
        with self._file.reading():
            states = self._file.states(entry_ids)
        left = [one for one in entry_ids if states.get(one) is State.SENDING]
        self.settle([Outcome(one, State.QUEUED) for one in left])

    def fold(self) -> None:
        """At the end of a run: who copies the file and knows nothing of its log has all that is saved."""
        self._file.fold()

    def superseded(self) -> frozenset[str]:
        """The entries in whose place another one here came, by their ids; they need not be here."""
        with self._file.reading():
            rows = self._file.execute(
                "SELECT supersedes FROM entry WHERE supersedes IS NOT NULL AND state NOT IN ('draft', "
                "'discarded')"
            ).fetchall()
        return frozenset(str(row[0]) for row in rows)

    def base_of(self, entry: Entry) -> int | None:
        """The centre's version that the person saw: as noted, else what was last taken of the entries before
        it.
        """
        if entry.base or not entry.supersedes:
            return int(entry.base) if entry.base else None
        one: Entry | None = entry
        with self._file.reading():
            while one is not None:
                if one.base:
                    return int(one.base)
                if (
                    one is not entry
                    and one.state in (State.ACKED, State.CONFIRMED)
                    and one.receipt
                    and (version := number_of(one.receipt, "version"))
                ):
                    return int(version)
                one = self._file.entry(one.supersedes) if one.supersedes else None
        return None

    def unsent_after(self, entry_id: str) -> list[Entry]:
        """What was saved later than this entry and was not taken yet; nothing after one that is not here."""
        places = ", ".join("?" for _ in UNSENT)
        with self._file.reading():
            rows = self._file.execute(
                f"""SELECT {ENTRY} FROM entry WHERE rowid > (SELECT rowid FROM entry WHERE id = ?)
                    AND state IN ({places}) ORDER BY rowid""",
                (entry_id, *map(str, UNSENT)),
            ).fetchall()
            return self._file.entries_of(rows)

    def next_try_at(self) -> datetime | None:
        """When the first of those that wait for another try may go; None when nothing waits for a time."""
        asked, own = self._farthest()
        with self._file.reading():
            row = self._file.execute(
                f"""SELECT min(CASE WHEN {_IN_VAIN} THEN :now ELSE next_try_at END) FROM entry
                    WHERE state = 'retry'""",
                {"asked": asked, "own": own, "now": sortable(self._file.clock())},
            ).fetchone()
            return parse_time(row[0]) if row and row[0] else None

    def _farthest(self) -> tuple[str, str]:
        """Of a pause that the centre asked for, and of any other."""
        now = self._file.clock()
        asked, own = (now + timedelta(seconds=seconds) for seconds in (LONGEST_ASKED_S, LONGEST_PAUSE_S))
        return sortable(asked), sortable(own)

    def network_is_up(self) -> None:
        """The centre has just answered: what waited for nothing but a connection need not wait out its
        pause.
        """
        with self._file.quietly():
            self._file.execute(
                "UPDATE entry SET next_try_at = NULL WHERE state = 'retry' AND error = 'centre_unreachable'"
            )

    def confirm(self, entry_ids: list[str]) -> int:
        """The centre's own stream showed them: they are there. Returns how many were waiting for that."""
        with self._file.reading():
            states = self._file.states(entry_ids)
        known = [one for one in dict.fromkeys(entry_ids) if states.get(one) is State.ACKED]
        self.settle([Outcome(one, State.CONFIRMED) for one in known])
        return len(known)

    def taken_up_to(self, change_no: int) -> list[Entry]:
        """The centre's stream was read up to here: what it took before that is in it, also when this program
        ended between reading the stream and noting so.
        """
        return [entry for entry in self._taken(State.ACKED) if _change_no(entry) <= change_no]

    def taken(self) -> dict[str, int]:
        """Entries that a centre has taken, in the order they were made → the number of the change."""
        return {entry.id: _change_no(entry) for entry in self._taken(State.ACKED, State.CONFIRMED)}

    def unshown(self) -> list[str]:
        """Entries that a centre has taken, and whose change it has not shown."""
        return [entry.id for entry in self._taken(State.ACKED)]

    def send_again(self, entry_ids: Container[str]) -> int:
        """Entries that the centre had taken and has no more, because it was set back: they are sent once
        more.
        """
        again = [entry for entry in self.taken() if entry in entry_ids]
        self.settle([Outcome(entry, State.QUEUED, "centre_set_back") for entry in again])
        return len(again)

    def _taken(self, *states: State) -> list[Entry]:
        with self._file.reading():
            return [entry for entry in self._file.entries(*states) if entry.receipt]


def _row(outcome: Outcome) -> tuple[object, ...]:
    return (
        str(outcome.state),
        outcome.error,
        json.dumps(outcome.receipt, ensure_ascii=False) if outcome.receipt else None,
        sortable(outcome.next_try_at) if outcome.next_try_at else None,
        int(outcome.state in (State.WAIT_AUTH, State.QUEUED)),  # waiting for a sign-in is nobody's attempt
        outcome.entry_id,
    )


def _change_no(entry: Entry) -> int:
    """The centre's number of the change that took it in; a receipt of old times may have none."""
    return int(number_of(entry.receipt or {}, "change_no") or 0)
