"""Works of one day, one after the other, each killed where it writes: in a child that is no more from that
line on. Then the next start, and the same work again.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.points.killing import Kill, killing, noting
from tests.faults.points.listing import Point

State = dict[str, Any]
KILLED = 9


@dataclass(frozen=True)
class Step:
    """`do` in a folder that the steps before have left, the work itself inside `around`; `state`: what a
    person would find there, after a start that does what every start does. `between`: it has moments of its
    own, each of them whole.
    """

    name: str
    do: Callable[[Path, AbstractContextManager[object]], object]
    state: Callable[[Path], State]
    between: bool = False


@dataclass(frozen=True)
class Told:
    """A step without a kill: what it found and left, and the points that it came to."""

    step: Step
    at: Path
    before: State
    after: State
    hits: Counter[tuple[str, int]]


def told(steps: tuple[Step, ...], home: Path, points: tuple[Point, ...]) -> list[Told]:
    """All of them, each in a copy of what those before have left."""
    found = []
    home.mkdir()
    (home / "0").mkdir()
    for number, step in enumerate(steps):
        at, then = home / str(number), home / str(number + 1)
        before = step.state(at)
        shutil.copytree(at, then)
        hits = Counter[tuple[str, int]]()
        step.do(then, _noted(hits, points))
        found.append(Told(step, at, before, step.state(then), hits))
    return found


@contextlib.contextmanager
def _noted(into: Counter[tuple[str, int]], points: tuple[Point, ...]) -> Iterator[None]:
    with noting(points) as hits:
        yield
    into.update(hits)


def kills(one: Told, points: tuple[Point, ...]) -> list[Kill]:
    met = [point for point in points if one.hits.get((point.file, point.line))]
    return [
        Kill(point, hit, after)
        for point in met
        for hit in dict.fromkeys((1, one.hits[point.file, point.line]))
        for after in (False, True)
    ]


def killed(one: Told, kill: Kill) -> bool:
    """Whether it was. What it left is whole, and the work can be done again; AssertionError says what is
    not.
    """
    with tempfile.TemporaryDirectory(dir=one.at.parent) as folder:
        at = Path(folder) / "at"
        shutil.copytree(one.at, at)
        was = _dies(one.step, kill, at)
        found = in_child(lambda: one.step.state(at))
        if not one.step.between:
            assert found in (one.before, one.after), _other(one.before, one.after, found)
        if found != one.after:
            in_child(lambda: _done(one.step, at))
            again = in_child(lambda: one.step.state(at))
            assert again == one.after, _other(one.after, one.after, again)
        return was


def _done(step: Step, at: Path) -> None:
    step.do(at, contextlib.nullcontext())


def _dies(step: Step, kill: Kill, at: Path) -> bool:
    """None of its endings (`finally`) is gone through."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            step.do(at, killing(kill, lambda: os._exit(KILLED)))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def in_child(work: Callable[[], Any]) -> Any:
    """Its answer. A cache is never open in the process that is forked."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        answer = None
        try:
            answer = [True, work()]
        finally:
            with os.fdopen(writes, "w", encoding="utf-8") as out:
                json.dump(answer or [False, traceback.format_exc()], out)
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as told_there:
        done, found = json.load(told_there)
    os.waitpid(child, 0)
    assert done, found
    return found


def _other(before: State, after: State, found: State) -> str:
    """Only what is neither as before nor as after."""
    names = dict.fromkeys((*before, *after, *found))
    wrong = [name for name in names if found.get(name) not in (before.get(name), after.get(name))]
    said = wrong or [name for name in names if before.get(name) != after.get(name)]
    return "\n".join(
        f"{name}: {before.get(name)} → {after.get(name)}, found {found.get(name)}" for name in said
    )[:3000]
