"""A disk that loses its power: what was done to the files of a folder, and what may be left of it.

Durable is only what was synced: a file's content when the file was, its name when its folder was. Of all that
was done since, any part may be there: dropped, in another order, torn at a sector, zeros in its place.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

SECTOR = 512
VARIANTS = ("nothing", "all", "some", "other order", "torn", "sectors", "zeros", "half and zeros")
"""What may become of what was not synced."""
MOST_TURNS = 5_000


@dataclass(frozen=True)
class Op:
    """`what` was done to a file (`file` is its number, whatever it is called), to a name, or was said."""

    what: Literal["made", "written", "cut", "synced", "renamed", "removed", "folder synced", "said"]
    name: str = ""
    file: int = -1
    at: int = 0
    content: bytes = b""
    to: str = ""
    said: Any = None


class Recording:
    """Of the files under one folder. What is there at the beginning is durable."""

    def __init__(self, root: Path) -> None:
        self.root, self.ops = root, list[Op]()
        self._numbers: dict[str, int] = {}
        self.begun = {self.name(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for name in self.begun:
            self._numbers[name] = len(self._numbers)

    def name(self, path: Path | str) -> str:
        return Path(path).relative_to(self.root).as_posix()

    def number(self, path: Path | str, *, new: bool = False) -> int:
        """Of the file under this name; a new one is noted as made."""
        name = self.name(path)
        if new or name not in self._numbers:
            self._numbers[name] = len(self.ops) + 1_000
            self.ops.append(Op("made", name, self._numbers[name]))
        return self._numbers[name]

    def wrote(self, file: int, at: int, content: bytes) -> None:
        self.ops.append(Op("written", file=file, at=at, content=bytes(content)))

    def cut(self, file: int, size: int) -> None:
        self.ops.append(Op("cut", file=file, at=size))

    def synced(self, file: int) -> None:
        self.ops.append(Op("synced", file=file))

    def folder_synced(self, folder: Path | str) -> None:
        self.ops.append(Op("folder synced", self.name(folder)))

    def renamed(self, path: Path | str, to: Path | str) -> None:
        number = self.number(path)
        del self._numbers[self.name(path)]
        self._numbers[self.name(to)] = number
        self.ops.append(Op("renamed", self.name(path), number, to=self.name(to)))

    def removed(self, path: Path | str) -> None:
        if self._numbers.pop(self.name(path), None) is not None:
            self.ops.append(Op("removed", self.name(path)))

    def says(self, promise: Any) -> None:
        """From here on this must be true after every cut."""
        self.ops.append(Op("said", said=promise))


@dataclass
class _File:
    durable: bytes = b""
    pending: list[Op] = field(default_factory=list)


@dataclass(frozen=True)
class Wreck:
    """What is left, and what had been said by then."""

    after: int
    variant: str
    files: dict[str, bytes]
    said: tuple[Any, ...]

    def lay_out(self, folder: Path) -> None:
        """In place of all that was there. Folders stay: to make them takes longer than to fill them."""
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def wrecks(recording: Recording, rng: random.Random, most: int) -> Iterator[Wreck]:
    """The power fails after every operation, again and again, every time in another variant; no state twice.
    So many of them, or as many as there are.
    """
    seen: set[int] = set()
    for turn in range(MOST_TURNS):
        disk = _Disk(recording)
        for number, op in enumerate(recording.ops):
            disk.does(op)
            variant = VARIANTS[(number + turn) % len(VARIANTS)]
            files = disk.after_a_cut(variant, rng)
            state = hash((frozenset(files.items()), len(disk.said)))
            if state in seen:
                continue
            seen.add(state)
            yield Wreck(number + 1, variant, files, tuple(disk.said))
            if len(seen) == most:
                return


class _Disk:
    def __init__(self, recording: Recording) -> None:
        self.files = {
            recording.number(recording.root / name): _File(content)
            for name, content in recording.begun.items()
        }
        self.names = {name: recording.number(recording.root / name) for name in recording.begun}
        self.names_pending: list[Op] = []
        self.said: list[Any] = []

    def does(self, op: Op) -> None:
        if op.what == "made":
            self.files[op.file] = _File()
        if op.what in ("made", "renamed", "removed"):
            self.names_pending.append(op)
        elif op.what in ("written", "cut"):
            self.files[op.file].pending.append(op)
        elif op.what == "synced":
            file = self.files[op.file]
            file.durable, file.pending = _replayed(file.durable, file.pending), []
        elif op.what == "folder synced":
            mine = [one for one in self.names_pending if op.name in _folders_of(one)]
            self.names = _renamed(self.names, mine)
            self.names_pending = [one for one in self.names_pending if one not in mine]
        elif op.what == "said":
            self.said.append(op.said)

    def after_a_cut(self, variant: str, rng: random.Random) -> dict[str, bytes]:
        pending = self.names_pending
        if variant == "nothing":
            names = self.names
        elif variant == "all":
            names = _renamed(self.names, pending)
        elif variant == "other order":  # of names too: whichever of them reached the disk
            names = _renamed(self.names, [op for op in pending if rng.random() < 0.5])
        else:  # a file system that keeps the order of names
            names = _renamed(self.names, pending[: rng.randint(0, len(pending))])
        return {name: self._content(self.files[number], variant, rng) for name, number in names.items()}

    def _content(self, file: _File, variant: str, rng: random.Random) -> bytes:
        if variant == "nothing" or not file.pending:
            return file.durable
        if variant == "all":
            return _replayed(file.durable, file.pending)
        if variant == "some":
            return _replayed(file.durable, [op for op in file.pending if rng.random() < 0.5])
        if variant == "other order":
            some = [op for op in file.pending if rng.random() < 0.7]
            return _replayed(file.durable, rng.sample(some, len(some)))
        if variant == "sectors":
            kept = rng.random()
            return _replayed(
                file.durable, [part for op in file.pending for part in _sectors(op) if rng.random() < kept]
            )
        until = rng.randrange(len(file.pending))
        before, last = file.pending[:until], file.pending[until]
        return _replayed(file.durable, [*before, _damaged(last, variant, rng)])


def _sectors(op: Op) -> list[Op]:
    """Each reaches the disk by itself."""
    if op.what != "written":
        return [op]
    starts = [0, *range(SECTOR - op.at % SECTOR, len(op.content), SECTOR)]
    return [
        Op("written", file=op.file, at=op.at + start, content=op.content[start:end])
        for start, end in zip(starts, [*starts[1:], len(op.content)], strict=True)
    ]


def _damaged(op: Op, variant: str, rng: random.Random) -> Op:
    if op.what != "written" or not op.content:
        return op
    content = op.content
    if variant == "torn":
        content = content[: rng.randrange(0, len(content), min(SECTOR, len(content)))]
    elif variant == "zeros":
        content = bytes(len(content))
    else:
        content = content[: len(content) // 2].ljust(len(content), b"\0")
    return Op("written", file=op.file, at=op.at, content=content)


def _replayed(content: bytes, ops: list[Op]) -> bytes:
    if not ops:
        return content
    whole = bytearray(content)
    for op in ops:
        if op.what == "cut":
            del whole[op.at :]
        elif op.content:
            whole.extend(bytes(max(0, op.at - len(whole))))
            whole[op.at : op.at + len(op.content)] = op.content
    return bytes(whole)


def _renamed(names: dict[str, int], ops: list[Op]) -> dict[str, int]:
    there = dict(names)
    for op in ops:
        if op.what == "made":
            there[op.name] = op.file
        else:
            there.pop(op.name, None)
        if op.what == "renamed":
            there[op.to] = op.file
    return there


def _folders_of(op: Op) -> set[str]:
    """A rename is one thing: it is on the disk with either of its folders."""
    return {Path(name).parent.as_posix() for name in (op.name, op.to) if name}
