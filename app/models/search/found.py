"""What is put into the index, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.plain import JsonObject

TASKS, FINDINGS, NOTES, EVENTS, REPAIRS, DOCUMENTS, EQUIPMENT, MEASURED = (
    *("tasks", "findings", "notes", "events", "repairs", "documents", "equipment", "measured"),
)
GROUPS = (TASKS, FINDINGS, NOTES, EVENTS, DOCUMENTS, REPAIRS, EQUIPMENT, MEASURED)
"""In the order in which they are shown."""
READ, WAITS, ELSEWHERE = "", "waits", "elsewhere"
"""What a file is: its words are known, they will be read, another laptop has it. Anything else is the code of
the error that its reader told.
"""


@dataclass(frozen=True)
class File:
    """A file of an entry, by the hash of its content."""

    sha256: str
    name: str
    size: int


@dataclass(frozen=True)
class Item:
    """An entry as it is looked up. `text` is what somebody wrote, and is shown round what was found; `head`
    are words of its well, its date, its kind and what is chosen from a list, in every language, which are
    found with it; `titles` by the language. `mark` differs when anything of it does.
    """

    kind: str
    id: str
    group: str
    well: int
    at_us: int
    titles: dict[str, str]
    head: str
    text: str
    mark: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A part of a file: `place` is the page of a PDF or a slide, the row of a sheet, 0 without any; `sheet`
    its name.
    """

    text: str
    place: int = 0
    sheet: str = ""


@dataclass(frozen=True)
class Told:
    """What became of the reading of a file: `left` names what of it was not read."""

    state: str = READ
    details: JsonObject = field(default_factory=dict)
    left: str = ""
    parts: int = 0


@dataclass(frozen=True)
class Hit:
    """`around` is what stands round the words, and [start, end) of each of them in it."""

    group: str
    kind: str
    id: str
    well: int
    at_us: int
    title: str
    around: str
    marks: tuple[tuple[int, int], ...]
    file: File | None = None
    place: int = 0
    sheet: str = ""
    told: Told = field(default_factory=Told)
