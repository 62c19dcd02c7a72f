"""A kill at one point: the laptop, or the centre, is no more from that line on. Nothing is put into the
program for it: the interpreter's own trace is, where a test asks for it, and nowhere else.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

from tests.faults.points.listing import Point, points
from tests.faults.simulated.centre import Died


@dataclass(frozen=True)
class Kill:
    """`hit`: when the point is come to so often; `after`: when it was done, not before."""

    point: Point
    hit: int
    after: bool


@contextmanager
def noting(chosen: tuple[Point, ...] | None = None) -> Iterator[Counter[tuple[str, int]]]:
    """(file, line) → how often each point was come to."""
    hits: Counter[tuple[str, int]] = Counter()
    lines = {(point.file, point.line) for point in chosen or points()}
    files = {file for file, _ in lines}

    def local(frame: FrameType, event: str, _: Any) -> Any:
        place = frame.f_code.co_filename, frame.f_lineno
        if event == "line" and place in lines:
            hits[place] += 1
        return local

    with _tracing(lambda frame: local if frame.f_code.co_filename in files else None):
        yield hits


def _dies() -> NoReturn:
    raise Died


@contextmanager
def killing(kill: Kill, die: Callable[[], NoReturn] = _dies) -> Iterator[None]:
    met = 0
    doing: FrameType | None = None

    def local(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal met, doing
        if doing is frame:
            sys.settrace(None)
            die()
        if event == "line" and frame.f_lineno == kill.point.line:
            met += 1
            if met == kill.hit:
                if not kill.after:
                    sys.settrace(None)
                    die()
                doing = frame
        return local

    def wanted(frame: FrameType) -> Any:
        code = frame.f_code
        return local if code.co_name == kill.point.function and code.co_filename == kill.point.file else None

    with _tracing(wanted):
        yield


@contextmanager
def _tracing(wanted: Any) -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(lambda frame, event, _: wanted(frame))
    try:
        yield
    finally:
        sys.settrace(before)
