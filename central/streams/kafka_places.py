"""Where a reader of Kafka stands: its offsets lie in the centre's database, in one transaction with what was
set aside, and not in Kafka alone. Whoever writes holds its partitions' rows; a reader that was taken for dead
finds that another has gone on, forgets what it holds, and begins where that one is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from central.centre import Centre
from central.ingest import Aside, Dead, set_aside_in
from central.logs import log
from central.stores import offsets
from central.stores.engine import changing, changing_in, reading

ASKED_S = 10.0


class KafkaPlaces:
    """`source`: as dead letters have it."""

    def __init__(self, centre: Centre, source: str, topic: str) -> None:
        self._centre, self._source, self._topic = centre, source, topic
        self._cluster = ""
        self._first: dict[int, int] = {}
        self._after: dict[int, int] = {}
        self._aside: dict[str, Dead] = {}

    def begin(self, consumer: Any) -> None:
        """The partitions that the group has given to this reader, from where the database says. Raises
        KafkaException, DBAPIError.
        """
        self.forget()
        given = consumer.assignment()
        self._cluster = str(consumer.list_topics(self._topic, ASKED_S).cluster_id or "")[:100]
        for one, committed in zip(given, consumer.committed(given, ASKED_S), strict=True):
            one.offset = self._kept(one.partition, committed.offset, *_there(consumer, one))
        consumer.assign(given)

    def came(self, partition: int, offset: int) -> None:
        self._first.setdefault(partition, offset)
        self._after[partition] = offset + 1

    def forget(self) -> None:
        self._first, self._after, self._aside = {}, {}, {}

    @contextmanager
    def keeping(self) -> Iterator[Aside]:
        """Around a try to write what came: when it ends well, what was set aside and the offsets are kept
        together. Raises OvertakenError before anything is written.
        """
        engine = self._centre.engine
        # What a try that failed has set aside is kept by the next one: its rows are written.
        if engine.dialect.name == "sqlite":  # one process, and one writer, which must not be kept waiting
            with reading(engine) as connection:
                offsets.check(connection, self._cluster, self._topic, self._first)
            yield self._noted
            with changing(engine) as connection:
                offsets.check(connection, self._cluster, self._topic, self._first)
                self._keep(connection)
        else:
            with engine.begin() as connection:
                offsets.check(connection, self._cluster, self._topic, self._first)
                yield self._noted
                with changing_in(connection):
                    self._keep(connection)
        self.forget()

    def _noted(self, dead: Dead, token: str) -> None:
        """Once, however often it is tried: as it was when its rows were written."""
        if dead:
            self._aside.setdefault(token, dead)

    def _keep(self, connection: Any) -> None:
        for token, dead in self._aside.items():
            set_aside_in(connection, self._centre, self._source, dead, token)
        offsets.put(connection, self._cluster, self._topic, self._after, self._centre.clock())

    def _kept(self, partition: int, committed: int, low: int, high: int) -> int:
        """Messages that Kafka itself has let go are told; a topic that was made anew is read from its
        beginning.
        """
        now, first_time = self._centre.clock(), committed if committed >= 0 else low
        with self._centre.engine.begin() as connection:
            kept = offsets.begin(connection, self._cluster, self._topic, partition, first_time, now)
            if low <= kept <= high:
                return kept
            offsets.put(connection, self._cluster, self._topic, {partition: low}, now)
        self._centre.metrics.gaps.labels(self._source).inc()
        state = "let go by Kafka" if kept < low else "topic made anew"
        log("kafka", state=state, partition=partition, kept=kept, first=low, last=high)
        return low


def _there(consumer: Any, partition: Any) -> tuple[int, int]:
    """(the first offset that Kafka has still, the one after its last)."""
    low, high = consumer.get_watermark_offsets(partition, timeout=ASKED_S)
    return int(low), int(high)
