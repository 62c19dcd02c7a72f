"""Kafka: where it is read stands in the centre's database, kept with what came (`kafka_places`); the group of
Kafka shares out the partitions, and is told of the offsets for whoever looks there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.clock import from_us
from app.core.errors import KnownError
from central.centre import Centre
from central.logs import log, reason_of
from central.stores.leases import OvertakenError
from central.streams.buffer import ROWS_A_BATCH, Batcher, Message
from central.streams.kafka_places import KafkaPlaces
from central.streams.securing import kafka_settings
from central.worker import Worker

GROUP = "wellside-centre"
POLL_S = 0.2


class KafkaFollower:
    """`address`: host:port[,host:port]/topic."""

    def __init__(self, centre: Centre, address: str) -> None:
        servers, slash, self._topic = address.partition("/")
        if not slash or not servers or not self._topic:
            raise KnownError("stream_address", url=address[:200])
        self._centre, self._servers = centre, servers
        self._secured = kafka_settings(centre.config.kafka_settings, servers)
        self._begins = True
        self.worker = Worker("kafka", self._run)

    def start(self) -> None:
        self.worker.start()

    def close(self) -> None:
        self.worker.close()

    def _run(self) -> None:
        from confluent_kafka import Consumer

        self._begins = True
        consumer = Consumer(
            {
                **self._secured,
                "bootstrap.servers": self._servers,
                "group.id": GROUP,
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                # A centre that died holds its partitions no longer than this.
                "session.timeout.ms": 10_000,
                "queued.max.messages.kbytes": 65_536,
                "error_cb": _lost,
                "topic.metadata.refresh.interval.ms": 2_000,
                "allow.auto.create.topics": True,
            }
        )
        consumer.subscribe([self._topic], on_assign=self._shared_out, on_revoke=self._shared_out)
        places = KafkaPlaces(self._centre, "kafka", self._topic)
        batch = Batcher(self._centre, "kafka", keeping=places.keeping)
        try:
            while not self.worker.stop.is_set():
                came = consumer.consume(10_000, POLL_S)
                if self._begins:
                    self._begin(consumer, batch, places)
                    continue
                for message in came:
                    if message.error() is None:
                        topic, partition, offset = _place(message)
                        places.came(partition, offset)
                        body, place = message.value() or b"", f"{topic}.{partition}.{offset}"
                        batch.add(Message(body, topic, place, came_at(message), schema_of(message)))
                self._centre.metrics.buffered.labels("kafka").set(len(batch))
                if (batch.due or len(batch) >= ROWS_A_BATCH) and self._written(consumer, batch):
                    self._measure(consumer)
                elif batch.empty:
                    batch.idle()
        finally:
            if not batch.empty and not self._begins:
                self._written(consumer, batch)
            consumer.close()

    def _shared_out(self, consumer: Any, partitions: Any) -> None:
        """The group gives or takes partitions: what is held is nobody's until the database is asked."""
        self._begins = True

    def _begin(self, consumer: Any, batch: Batcher, places: KafkaPlaces) -> None:
        """At the places that the database says; what came before that is forgotten, and comes again."""
        from confluent_kafka import KafkaException

        batch.drop()
        try:
            places.begin(consumer)
        except (KafkaException, sa.exc.DBAPIError) as error:
            log("kafka", state="waits", reason=str(getattr(error, "orig", error))[:200])
            self.worker.stop.wait(POLL_S)
            return
        self._begins = False

    def _written(self, consumer: Any, batch: Batcher) -> bool:
        try:
            written = batch.flush(self.worker.stop, _told)
        except OvertakenError:
            log("kafka", state="overtaken", reason="another centre has these messages")
            self._begins = True
            return False
        if written:
            _committed(consumer)
        return written

    def _measure(self, consumer: Any) -> None:
        from confluent_kafka import KafkaException

        lag = 0
        for partition in consumer.position(consumer.assignment()):
            try:
                _, high = consumer.get_watermark_offsets(partition, timeout=0.5, cached=True)
            except KafkaException:
                continue
            lag += max(0, high - max(partition.offset, 0))
        self._centre.metrics.lag.labels("kafka").set(lag)


def _committed(consumer: Any) -> None:
    """The group may be sharing out its partitions at this moment: what counts is kept already."""
    from confluent_kafka import KafkaException

    try:
        consumer.commit(asynchronous=False)
    except KafkaException as error:
        log("kafka", state="not committed", reason=str(error)[:200])


def _place(message: Any) -> tuple[str, int, int]:
    return str(message.topic()), int(message.partition()), int(message.offset())


def schema_of(message: Any) -> str:
    """Of its header `schema`; the last one counts."""
    found = [value for name, value in message.headers() or () if name == "schema" and value]
    return found[-1].decode("ascii", "replace")[:70] if found else ""


def came_at(message: Any) -> datetime | None:
    """When the broker has had it: the same whenever it is read again."""
    kind, at_ms = message.timestamp()
    return from_us(at_ms * 1_000) if kind and at_ms > 0 else None


def _lost(error: Any) -> None:
    log("kafka", state="lost", reason=str(error)[:200])


def _told(error: KnownError) -> None:
    log("kafka", state="store", reason=reason_of(error))
