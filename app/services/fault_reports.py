"""Reports of the program's own faults: local text files that a person can read, without data and names.

A report says which kind of error came up where in the program: files, functions and lines of code. What an
error says in words is left out (wells, values and paths stand in it); that is in the log, which stays here.
Nothing is sent anywhere unless IT has named an address in the site's file (`fault_reports`).
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
import platform
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.paths import LIBRARIES, Paths
from app.core.site import site
from app.core.texts import Speaker
from app.core.version import program_version

KEPT = 30
SENT = ".sent"
BROKEN_OFF = "broken-off.txt"
"""What the interpreter writes when it ends by itself (a fault of a compiled library)."""
MOST_CHARACTERS = 20_000
_WATCHED: dict[Path, BinaryIO] = {}
"""Open as long as the process lives."""
PROGRAM = Path(__file__).resolve().parents[2]
OUTSIDE = "(outside)"
ESCAPED = re.compile(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})")
"""How the interpreter writes a letter that is not ASCII."""


def report_of(error: BaseException) -> str:
    """Of an error and those that led to it, the first one first."""
    told = "\n".join(_told(one) for one in _chain(error))
    return f"{_head()}\n\n{told}"[:MOST_CHARACTERS]


def keep(paths: Paths, report: str, at: datetime) -> Path | None:
    """The file; the same fault is kept once. None where nothing can be written: a report is no reason for
    another fault.
    """
    folder = folder_of(paths)
    mark = hashlib.sha256(report.encode()).hexdigest()[:10]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        known = next(folder.glob(f"*-{mark}*.txt"), None)
        if known is not None:
            return known
        for old in sorted(folder.glob("20*.txt"))[: -(KEPT - 1)]:
            old.unlink()
        path = folder / f"{at:%Y-%m-%dT%H%M%SZ}-{mark}.txt"
        write_atomically(path, report.encode(), durable=False)
    except OSError:
        return None
    return path


def folder_of(paths: Paths) -> Path:
    return paths.logs / "faults"


def watch(paths: Paths, at: datetime) -> Path | None:
    """From now on a fault that ends the interpreter leaves its frames in a file. What the run before left
    there is made a report, and told.
    """
    left = folder_of(paths) / BROKEN_OFF
    kept = None
    try:
        left.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = left.read_text(encoding="utf-8", errors="replace") if left.exists() else ""
        if text.strip():
            lines = [_without_place(line) for line in text.splitlines()]
            kept = keep(paths, "\n".join([_head(), "", *lines])[:MOST_CHARACTERS], at)
        _WATCHED[left] = left.open("wb")
        faulthandler.enable(_WATCHED[left])
    except OSError:
        return kept
    return kept


def waiting(paths: Paths) -> list[Path]:
    """Reports that nobody was sent, the oldest first; none where IT has named no address."""
    if not site().fault_reports:
        return []
    return sorted(path for path in folder_of(paths).glob("20*.txt") if not path.stem.endswith(SENT))


def send(paths: Paths, *, ca_file: str = "", proxy: str = "") -> int:
    """How many went. Raises KnownError (centre_address, centre_needs_tls, centre_ca, reports_not_taken)."""
    from app.sync.transports.plain_post import post_text

    sent = 0
    for path in waiting(paths):
        post_text(site().fault_reports, path.read_text(encoding="utf-8"), ca_file=ca_file, proxy=proxy)
        path.rename(path.with_name(f"{path.stem}{SENT}.txt"))
        sent += 1
    return sent


def _head() -> str:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"Wellside {program_version()} · Python {platform.python_version()} · {system}"


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found and len(found) < 8:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found[::-1]


def _told(error: BaseException) -> str:
    """Its kind and its frames. A KnownError's code is told where it is the program's own word."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    known = isinstance(error, KnownError) and Speaker().has(f"error.{error.code}")
    code = f" ({error.code})" if isinstance(error, KnownError) and known else ""
    return "\n".join([f"{kind}{code}", *_frames(error.__traceback__)])


def _frames(trace: TracebackType | None) -> Iterator[str]:
    """A line of code that is ours or a library's holds no data; of others there is a number and no more."""
    for frame in traceback.extract_tb(trace):
        where = _inside(frame.filename)
        yield f"  {where}:{frame.lineno} {frame.name if where != OUTSIDE else ''}".rstrip()
        if frame.line and where != OUTSIDE:
            yield f"      {frame.line}"


def _inside(filename: str) -> str:
    """Where in the program or its libraries: the folders above are a person's. A file of somebody else may be
    called after a person or a well, and so may what is no file.
    """
    path = Path(filename)
    for root in (PROGRAM, LIBRARIES, Path(os.__file__).parent, Path(sys.base_prefix)):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return filename if filename.startswith("<frozen ") else OUTSIDE


def _without_place(line: str) -> str:
    head, quote, rest = line.partition('File "')
    filename, end, tail = rest.rpartition('", line ')
    if not end:
        return line
    where = _inside(ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), filename))
    return f"{head}{quote}{where}{end}{tail if where != OUTSIDE else tail.partition(' ')[0]}"
