"""Readings fetched in a thread while what came before is written, in pieces that are worth a transaction."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from app.core.jobs import Cancelled, Job
from app.sync.transports.base import Part

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE, MOST_ROWS = 1_000_000, 2_500_000
T = TypeVar("T")


def pieces(
    tables: Iterator[tuple[str, pa.Table | None]], parts: dict[str, Part]
) -> Iterator[tuple[pa.Table, list[str]]]:
    """(rows, parts that are complete with them). Parts come well after well, month before month: a piece that
    ends with its month is in order as it stands, and one that ends with a part lies apart from what is
    stored. Only a very long part is cut inside.
    """
    import pyarrow as pa

    held: list[pa.Table] = []
    finished: list[str] = []
    rows, last_well = 0, -1
    for name, table in tables:
        if table is None:
            finished.append(name)
        well = parts[name].well
        full = rows >= (ROWS_AT_ONCE if table is None else MOST_ROWS)
        if held and (full or well < last_well):
            yield pa.concat_tables(held), finished
            held, finished, rows = [], [], 0
        if table is not None:
            held.append(table)
            rows += table.num_rows
        last_well = parts[name].wells[-1]
    if held:
        yield pa.concat_tables(held), finished


def ahead(job: Job, tables: Iterator[T], most: int = 8) -> Iterator[T]:
    """The next ones are fetched while one is worked on; at most `most` are held."""
    held: queue.Queue[T | BaseException | None] = queue.Queue(most)
    stop = threading.Event()

    def put(one: T | BaseException | None) -> None:
        while not stop.is_set():
            try:
                held.put(one, timeout=0.2)
                return
            except queue.Full:
                continue

    def fetch() -> None:
        try:
            for table in tables:
                put(table)
                if stop.is_set() or job.cancelled:
                    break
            put(None)
        except BaseException as error:  # noqa: BLE001 - told in the thread that waits for it
            put(error)

    thread = threading.Thread(target=fetch, name="fetch ahead")
    thread.start()
    try:
        while (one := held.get()) is not None:
            if isinstance(one, BaseException):
                raise one
            yield one
        if job.cancelled:
            raise Cancelled
    finally:
        stop.set()
        thread.join()
