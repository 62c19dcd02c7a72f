"""Kafka: offsets are committed after ClickHouse has the batch; a batch read twice has the same token and the
same keys.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core.clock import from_us
from app.core.errors import KnownError
from central.centre import Centre
from central.logs import log
from central.streams.buffer import ROWS_A_BATCH, Batcher, Message
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
        self.worker = Worker("kafka", self._run)

    def start(self) -> None:
        self.worker.start()

    def close(self) -> None:
        self.worker.close()

    def _run(self) -> None:
        from confluent_kafka import Consumer

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
        consumer.subscribe([self._topic])
        batch = Batcher(self._centre, "kafka")
        try:
            while not self.worker.stop.is_set():
                for message in consumer.consume(10_000, POLL_S):
                    if message.error() is None:
                        place = f"{message.topic()}.{message.partition()}.{message.offset()}"
                        body, topic = message.value() or b"", str(message.topic())
                        batch.add(Message(body, topic, place, came_at(message)))
                self._centre.metrics.buffered.labels("kafka").set(len(batch))
                if (batch.due or len(batch) >= ROWS_A_BATCH) and batch.flush(self.worker.stop, _told):
                    _committed(consumer)
                    self._measure(consumer)
                elif batch.empty:
                    batch.idle()
        finally:
            if not batch.empty and batch.flush(self.worker.stop, _told):
                _committed(consumer)
            consumer.close()

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
    """The group may be sharing out its partitions at this moment: whoever has them then reads these messages
    again, and their rows are known.
    """
    from confluent_kafka import KafkaException

    try:
        consumer.commit(asynchronous=False)
    except KafkaException as error:
        log("kafka", state="not committed", reason=str(error)[:200])


def came_at(message: Any) -> datetime | None:
    """When the broker has had it: the same whenever it is read again."""
    kind, at_ms = message.timestamp()
    return from_us(at_ms * 1_000) if kind and at_ms > 0 else None


def _lost(error: Any) -> None:
    log("kafka", state="lost", reason=str(error)[:200])


def _told(error: KnownError) -> None:
    log("kafka", state="store", reason=str(error.details.get("reason", ""))[:200])
