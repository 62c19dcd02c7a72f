"""Which program of an installed Wellside runs: the one that was installed, or an update that lies beside it.

    ROOT/current       one line, "PROGRAM RUNTIME": two folders of ROOT or of what was installed
    ROOT/pending       the same: what runs from the next start on; it has been verified
    ROOT/before        the same: what `back` goes back to
    ROOT/trying        how often a new program was started that has not yet shown its window
    ROOT/went_back     the version that was given up: its cache may be newer than this program
    ROOT/floor         what is older is not run any more, not even as a way back

What was installed has such a `current` too (`installer/layout`) and is never touched: its `start.py` is what
runs first. On a stick ROOT is `updates` beside it; where a package manager keeps the folder (`managed_by`),
or it may not be written to, ROOT lies with the user's data. What was installed runs as soon as it is newer:
IT's package is never held back by an update.

`start.py` of the installed program asks here before anything else is loaded; nothing but Python is needed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.core.files import write_atomically
from app.core.paths import profile_at

BASE = "WELLSIDE_ROOT"
"""In the environment of a program that was started by its launcher: the folder of what was installed."""
CURRENT, PENDING, BEFORE, TRYING, WENT_BACK = "current", "pending", "before", "trying", "went_back"
FLOOR = "floor"
LAYER, MANAGED = "layer.json", "managed_by"
TRIES = 2
"""A new program that did not get its window up so often makes way for the one before."""
VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){1,3}", re.ASCII)
NAME = re.compile(r"(program|runtime)-[0-9A-Za-z.]{1,64}")


@dataclass(frozen=True)
class Pair:
    """Names of folders."""

    program: str
    runtime: str

    @property
    def version(self) -> str:
        return self.program.partition("-")[2]


@dataclass(frozen=True)
class Place:
    """`base`: what was installed. `root`: where updates lie."""

    base: Path
    root: Path

    def folder(self, name: str) -> Path:
        """Of a layer, wherever it lies."""
        own = self.root / name
        return own if own.is_dir() else self.base / name

    def is_whole(self, pair: Pair) -> bool:
        return all((self.folder(name) / LAYER).is_file() for name in (pair.program, pair.runtime))

    def told(self, which: str) -> Pair | None:
        """What a file says; None where it says nothing that is there."""
        pair = _pair_in(self.root / which)
        return pair if pair and self.is_whole(pair) else None

    @property
    def installed(self) -> Pair:
        """Raises OSError or ValueError where nothing is installed."""
        pair = _pair_in(self.base / CURRENT)
        if pair is None:
            raise ValueError(str(self.base))
        return pair

    @property
    def running(self) -> Pair:
        """What is in force: an update, unless what was installed is newer."""
        own = self.told(CURRENT)
        return (
            own
            if own and is_newer(own.version, than=self.installed.version, or_same=True)
            else self.installed
        )


def place() -> Place | None:
    """None for a program that nobody installed: a clone, a wheel."""
    given = os.environ.get(BASE)
    return place_of(Path(given)) if given else None


def place_of(base: Path) -> Place:
    here = os.access(base, os.W_OK) and not (base / MANAGED).exists()
    return Place(base, base / "updates" if here else profile_at().folder / "program")


def choose(base: Path, *, counts: bool) -> tuple[Path, Path]:
    """(program's folder, runtime's) to run. A pending update comes into force here and nowhere else: never in
    the middle of work. `counts`: the window is wanted, so that a new program that fails to bring it up is
    found out. Whatever is wrong with the updates, what was installed runs.
    """
    where = place_of(base)
    with suppress(OSError, ValueError):  # what cannot be noted changes nothing of what is in force
        if not take_over(where) and counts:
            _count(where)
    try:
        pair = where.running
    except (OSError, ValueError):
        pair = where.installed
    return where.folder(pair.program), where.folder(pair.runtime)


def take_over(where: Place) -> bool:
    """What was pending is in force, and the one before is kept for a way back; whether anything was. Done
    again after it was broken off anywhere, or by two starts at once, it ends the same; what is no newer than
    what is in force never replaces it.
    """
    pending = where.told(PENDING)
    newer = pending is not None and is_newer(pending.version, than=where.running.version)
    if pending and newer:
        name_pair(where.root / BEFORE, where.running)
        write_atomically(where.root / TRYING, b"1")
        name_pair(where.root / CURRENT, pending)
    if pending:
        (where.root / PENDING).unlink(missing_ok=True)
        (where.root / WENT_BACK).unlink(missing_ok=True)
    return newer


def confirm(where: Place) -> None:
    """The window is up: the new program stays, and the one before the one before is not needed any more."""
    trying = where.root / TRYING
    if trying.exists():
        trying.unlink()
        clear(where)


def stage(where: Place, pair: Pair) -> None:
    """From the next start on. Both folders are there, whole."""
    name_pair(where.root / PENDING, pair)


def go_back(where: Place) -> Pair | None:
    """From the next start on, the program before runs; None where there is none. What was given up is noted
    first: whatever breaks this off, it is not offered again.
    """
    before = way_back(where)
    if before is not None:
        write_atomically(where.root / WENT_BACK, where.running.version.encode())
        (where.root / PENDING).unlink(missing_ok=True)
        name_pair(where.root / CURRENT, before)
        (where.root / BEFORE).unlink(missing_ok=True)
    (where.root / TRYING).unlink(missing_ok=True)
    return before


def way_back(where: Place) -> Pair | None:
    """The program before, where nothing forbids it."""
    before = program_before(where)
    return before if before and not (below_floor(where, before) or reads_less(where, before)) else None


def program_before(where: Place) -> Pair | None:
    """None that a newer package of IT's would not let run."""
    before = where.told(BEFORE)
    if before is None or before == where.running:
        return None
    stands = is_newer(before.version, than=where.installed.version, or_same=True)
    return before if stands else None


def below_floor(where: Place, pair: Pair) -> bool:
    return is_newer(floor(where), than=pair.version)


def floor(where: Place) -> str:
    return line(where.root / FLOOR)


def reads_less(where: Place, pair: Pair) -> bool:
    """Whether entries that the running program writes may be of a form that this one does not know."""
    return _form_of_entries(where, pair) < _form_of_entries(where, where.running)


def _form_of_entries(where: Place, pair: Pair) -> int:
    """Nought where a layer says none: every other one may be newer."""
    try:
        said = about(where.folder(pair.program)).get("journal", "1")
    except (OSError, ValueError):
        return 0
    return int(said) if said.isascii() and said.isdecimal() else 0


def given_up(where: Place) -> str:
    """The version that was gone back from; empty where none was, or where it runs all the same."""
    try:
        told = line(where.root / WENT_BACK)
        return "" if told == where.running.version else told
    except (OSError, ValueError):
        return ""


def gave_up() -> str:
    """As `given_up`, of this program."""
    where = place()
    return given_up(where) if where else ""


def clear(where: Place) -> None:
    """Layers of updates that no file names go; what was installed is not ours to remove."""
    named = {where.running, where.installed, where.told(PENDING), where.told(BEFORE)}
    kept = {name for pair in named if pair for name in (pair.program, pair.runtime)}
    for folder in where.root.iterdir():
        if NAME.fullmatch(folder.name) and folder.name not in kept and folder.is_dir():
            with suppress(OSError):  # the seal first: what a kill leaves of it is no layer any more
                (folder / LAYER).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)


def about(folder: Path) -> dict[str, str]:
    """What a layer says of itself. Raises OSError or ValueError."""
    told = json.loads((folder / LAYER).read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        raise ValueError(str(folder))
    return {str(key): str(value) for key, value in told.items()}


def is_newer(version: str, *, than: str, or_same: bool = False) -> bool:
    """Versions are numbers with points; what is none is older than all."""
    mine, other = _numbers(version), _numbers(than)
    return mine > other or (or_same and mine == other)


def line(path: Path) -> str:
    """What a small file says; empty where it says nothing."""
    try:
        return path.read_text(encoding="ascii").strip()[:80]
    except (OSError, ValueError):
        return ""


def _numbers(version: str) -> tuple[int, ...]:
    if not VERSION.fullmatch(version):
        return ()
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return (0, *numbers)


def _count(where: Place) -> None:
    """One more start of a program that has yet to show itself; after the last the one before is in force."""
    path = where.root / TRYING
    if not path.exists():
        return
    tries = {str(number).encode(): number for number in range(TRIES)}.get(
        path.read_bytes()[:9].strip(), TRIES
    )
    if tries < TRIES:
        write_atomically(path, str(tries + 1).encode())
    else:
        go_back(where)


def _pair_in(path: Path) -> Pair | None:
    try:
        names = path.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None
    kinds = [name.partition("-")[0] for name in names if NAME.fullmatch(name)]
    return Pair(*names) if kinds == ["program", "runtime"] else None


def name_pair(path: Path, pair: Pair) -> None:
    """Replaced in one go: a launcher reads the old line or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomically(path, f"{pair.program} {pair.runtime}\n".encode("ascii"), mode=0o644)
