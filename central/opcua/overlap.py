"""What history and the subscription both bring at a session's beginning, taken once."""

from __future__ import annotations

from central.opcua.values import Told

SLACK_US = 60 * 1_000_000
"""A server's clock may be behind ours."""


class Overlap:
    def __init__(self) -> None:
        self._since_us = 0
        self._known: dict[str, set[tuple[int, int, str]]] = {}

    def begin(self, now_us: int) -> None:
        """A subscription starts now: it begins with the value that each variable has, however old."""
        self._since_us = now_us - SLACK_US
        self._known = {}

    def note(self, key: str, said: Told) -> None:
        """From history. The newest one may be older than the session, and is what the subscription tells
        first.
        """
        known = self._known.setdefault(key, set())
        if said.at_us < self._since_us:
            known.clear()
        known.add(_of(said))

    def knows(self, key: str, said: Told) -> bool:
        """The same value again with another status is another one."""
        known = self._known.get(key)
        if known is None:
            return False
        if _of(said) in known:
            known.discard(_of(said))
            return True
        return False


def _of(said: Told) -> tuple[int, int, str]:
    return said.at_us, said.status, repr(said.value)
