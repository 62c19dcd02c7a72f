"""What the centre counts, for Prometheus. One set of counters a centre, so that tests can run several."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "wellside_requests", "Requests by route and status", ("route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "wellside_request_seconds", "Time to answer", ("route",), registry=self.registry
        )
        self.refused = Counter(
            "wellside_refused", "Requests refused before they were read", ("status",), registry=self.registry
        )
        self.entries = Counter(
            "wellside_entries", "Entries by what became of them", ("status",), registry=self.registry
        )
        self.readings = Counter(
            "wellside_readings", "Readings taken, by source", ("source",), registry=self.registry
        )
        self.dead_letters = Counter(
            "wellside_dead_letters",
            "Messages set aside, by source and reason",
            ("source", "reason"),
            registry=self.registry,
        )
        self.dead_lost = Counter(
            "wellside_dead_letters_lost",
            "Messages that were only counted: the dead letters had no room left",
            ("source", "reason"),
            registry=self.registry,
        )
        self.dead_held = Gauge(
            "wellside_dead_letters_held",
            "Letters that wait for a replay, by source and reason",
            ("source", "reason"),
            registry=self.registry,
        )
        self.dead_oldest = Gauge(
            "wellside_dead_letters_oldest_seconds", "Age of the oldest letter", registry=self.registry
        )
        self.dead_bytes = Gauge(
            "wellside_dead_letters_bytes", "What the dead letters take", registry=self.registry
        )
        self.dead_limit = Gauge(
            "wellside_dead_letters_limit_bytes", "What they may take at most", registry=self.registry
        )
        self.waiting = Gauge("wellside_outbox_rows", "Rows that wait for ClickHouse", registry=self.registry)
        self.lag = Gauge(
            "wellside_stream_lag_messages", "Messages not yet read", ("source",), registry=self.registry
        )
        self.buffered = Gauge(
            "wellside_stream_buffered", "Readings held in memory", ("source",), registry=self.registry
        )

    def text(self) -> bytes:
        return bytes(generate_latest(self.registry))
