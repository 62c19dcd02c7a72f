"""What the engine needs of a transport, and how transports tell of trouble.

Every transport turns its library's errors into KnownError at the border: `centre_unreachable` (retry: the
network, or the centre is not well), `centre_busy` (it is well and asks to wait: `retry_after_s` in the
details), `centre_token` (the device must be let in again), `centre_refused` (this request, never as it is;
`status`), `centre_not_itself` (something else answered).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from app.core.errors import KnownError
from app.sync.parcel import Introduction
from app.sync.wire import Batch, Changes, Hello, Receipt, RecordSums

if TYPE_CHECKING:
    import pyarrow as pa


class PushCentre(Protocol):
    """REST: the only way in."""

    @property
    def key(self) -> str:
        """SHA-256 of the device's token."""

    def hello(self) -> Hello: ...

    def send(self, batch: Batch) -> tuple[Receipt, ...]: ...

    def offset(self, sha256: str) -> tuple[int, bool]: ...

    def put_piece(self, sha256: str, offset: int, content: bytes, *, last: bool) -> int: ...

    def file(self, sha256: str) -> bytes: ...

    def lacking(self, entry_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Of these entries (MOST_ASKED at most) those that it has never taken."""

    def introduce(self, public_key: str) -> Introduction: ...

    def signed_in(self, id_token: str) -> str:
        """Says who works here. Returns the name that the centre knows."""

    def record_sums(self, *, whole: bool, wells: bool = False) -> RecordSums: ...

    def record_part(self, well: int, kind: str) -> Changes:
        """All records of one well (the centre's number) and kind, as they are now."""

    def close(self) -> None: ...


class RecordSource(Protocol):
    """Records, wells and decisions in the order of commits: REST or Oracle."""

    def changes(self, after: int, field: str = "") -> Changes:
        """`field`: of that one only."""

    def close(self) -> None: ...


@dataclass(frozen=True)
class Part:
    """A stretch of one well, and of `others` after it: numbers are the centre's, times are UTC, `rows` an
    estimate.
    """

    well: int
    first: datetime
    last: datetime
    rows: int = 0
    others: tuple[int, ...] = ()

    @property
    def wells(self) -> list[int]:
        return [self.well, *self.others]


@dataclass(frozen=True)
class CentralCard:
    card_id: str
    well: int
    taken_at: datetime
    strokes_per_minute: float
    position_m: Any
    load_n: Any
    deleted: bool


@dataclass(frozen=True)
class Sums:
    """Count and checksums of a well's month: equal on both sides when the readings are. `ties`: of which
    value stands where; an older centre says nothing of it.
    """

    count: int
    times: str
    values: str
    quality: int
    ties: str = ""

    def text(self) -> str:
        told = f"{self.count}/{self.times}/{self.values}/{self.quality}"
        return f"{told}/{self.ties}" if self.ties else told


def agree(there: str, here: str) -> bool:
    """Whether what a centre counts is what is counted here, as far as it counts."""
    return there == here or (there.count("/") == 3 and here.startswith(f"{there}/"))


def is_not_asked_there(error: KnownError) -> bool:
    """A query that an older centre has not, a table that its ClickHouse has not."""
    unknown = error.code == "centre_refused" and error.details.get("status") == 404
    return unknown or (error.code == "clickhouse_refused" and "code: 60," in str(error.details.get("reason")))


class ReadingSource(Protocol):
    """Readings and cards in bulk: from the centre, or from a ClickHouse of the site."""

    of_the_centre: bool
    """The centre's own service answers, not a store beside it."""

    def newest(self, wells: list[int]) -> str:
        """How far the centre has announced of these; empty before anything came."""

    def months(self, wells: list[int], since: datetime) -> list[Part]: ...

    def card_months(self, wells: list[int], since: datetime) -> list[Part]: ...

    def announced(self, wells: list[int], after: str, until: str, target: str = ...) -> list[Part]: ...

    def readings(self, part: Part, *, coarse: bool = ...) -> Iterator[pa.Table]: ...

    def cards(self, part: Part) -> list[CentralCard]: ...

    def sums(self, wells: list[int], since: datetime) -> dict[tuple[int, str], Sums]: ...

    def card_sums(self, wells: list[int], since: datetime) -> dict[tuple[int, str], str]: ...

    def made(self, wells: list[int]) -> dict[int, datetime]:
        """Well → when the newest of it was made at the centre."""

    def made_bodies(self, wells: list[int]) -> list[tuple[int, datetime, str]]: ...

    def close(self) -> None: ...
