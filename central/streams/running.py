"""The streams that a centre was told to follow, each in a thread of its own."""

from __future__ import annotations

from central.centre import Centre


class Streams:
    def __init__(self, centre: Centre) -> None:
        self._followers: list[object] = []

    def start(self) -> None: ...

    def close(self) -> None: ...
