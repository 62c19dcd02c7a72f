"""Readings and cards from the centre: it answers named queries as streams of Arrow, with the wells of the
device's fields put in. No SQL leaves the laptop.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.core.errors import KnownError
from app.models.whole_tables import whole
from app.sync.queries import Asked, Query
from app.sync.transports.bulk import BulkReader
from app.sync.transports.rest import Rest

if TYPE_CHECKING:
    import pyarrow as pa


class RestReader(BulkReader):
    """Raises KnownError like Rest. It speaks through `rest`, which is closed by whoever made it."""

    of_the_centre = True

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    def tables(self, query: Query, bound: Mapping[str, object]) -> Iterator[pa.Table]:
        import pyarrow as pa

        asked = Asked.model_validate(bound).model_dump_json(exclude_none=True).encode()
        with self._rest.streamed(f"/v1/read/{query.name}", asked) as pieces:
            try:
                yield from tables_of(pieces)
            except (ValueError, OSError, pa.ArrowException) as error:
                raise KnownError("centre_unreachable", retry=True, reason=f"Arrow: {error}"[:200]) from error

    def close(self) -> None:
        """Nothing of its own is open."""


def tables_of(pieces: Iterator[bytes]) -> Iterator[pa.Table]:
    """Of a stream of Arrow in pieces. Raises ValueError, OSError, ArrowException for what is none."""
    import pyarrow as pa

    # Buffered: Arrow takes what is less than it asked for as the end.
    with pa.ipc.open_stream(io.BufferedReader(_Body(pieces))) as stream:
        for batch, _ in whole(stream):
            yield pa.Table.from_batches([batch])


class _Body(io.RawIOBase):
    """Pieces of a body as a file that is read on."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        count = min(len(into), len(self._left))
        into[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
