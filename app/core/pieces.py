"""A stream in pieces of one size, each with whether it is the last: what is sealed bit by bit is cut so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def of_a_size(parts: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Whole pieces and the rest, whatever the parts are; one empty piece when there is nothing.

    >>> list(of_a_size([b"ab", b"cde"], 2))
    [(b'ab', False), (b'cd', False), (b'e', True)]
    """
    buffer = b""
    for part in parts:
        buffer += part
        while len(buffer) > size:
            yield buffer[:size], False
            buffer = buffer[size:]
    yield buffer, True
