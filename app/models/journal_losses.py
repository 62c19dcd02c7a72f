"""What the journal itself has lost: its log was damaged or taken away. Kept until a person was told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from app.core.clock import parse_time
from app.core.errors import KnownError
from app.models.journal_file import LOST, JournalFile

_TOLD = "lost, told"


@dataclass(frozen=True)
class Loss:
    """`saved` entries and `steps` of what became of entries are not there any more; what is there ends at
    `until`. `kept` is the name of the file with what was left of the log, empty when nothing was.
    """

    saved: int
    steps: int
    until: datetime | None
    kept: str

    def error(self) -> KnownError:
        return KnownError(
            "journal_lost", saved=self.saved, steps=self.steps, until=self.until or "—", file=self.kept or "—"
        )


class Losses:
    """Part of the open journal, over the same file; safe to use from any thread."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def untold(self) -> list[Loss]:
        """In the order in which they were noticed."""
        with self._file.reading():
            rows = self._file.execute(
                """SELECT detail FROM event_log WHERE entry_id = '' AND what = ? AND rowid >
                   (SELECT coalesce(max(rowid), 0) FROM event_log WHERE entry_id = '' AND what = ?)
                   ORDER BY rowid""",
                (LOST, _TOLD),
            ).fetchall()
        return [_loss(str(row[0])) for row in rows]

    def note_told(self) -> None:
        with self._file.quietly():
            self._file.log("", _TOLD, "")


def _loss(detail: str) -> Loss:
    told = json.loads(detail)
    until = parse_time(told["until"]) if told["until"] else None
    return Loss(int(told["saved"]), int(told["steps"]), until, str(told["kept"]))
