"""What the centre counts, for Prometheus. One set of counters a centre, so that tests can run several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from app.core.clock import utc_now
from app.core.plain import JsonObject
from app.models.values import number_of, part_of, text_of


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
        self.following = Gauge(
            "wellside_stream_following",
            "1 where this centre reads the server now; of several centres one does",
            ("source",),
            registry=self.registry,
        )
        self.gaps = Counter(
            "wellside_stream_gaps",
            "Gaps of a variable that no history filled: what came meanwhile is not here",
            ("source",),
            registry=self.registry,
        )
        self.outbox_oldest = Gauge(
            "wellside_outbox_oldest_seconds",
            "How long the oldest row has waited for ClickHouse",
            registry=self.registry,
        )
        self.delivery = Histogram(
            "wellside_delivery_seconds",
            "From the commit that took a row until ClickHouse has it",
            buckets=(0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200),
            registry=self.registry,
        )
        self.relay_failures = Counter(
            "wellside_relay_failures", "Deliveries that failed, by why", ("code",), registry=self.registry
        )
        self.ready = Gauge(
            "wellside_ready", "1 where both stores answer and every worker is at work", registry=self.registry
        )
        self.worker_up = Gauge(
            "wellside_worker_up", "1 where the worker is at work", ("worker",), registry=self.registry
        )
        self.worker_falls = Gauge(
            "wellside_worker_falls",
            "How often the worker fell and began again since the start",
            ("worker",),
            registry=self.registry,
        )
        self.backup_age = Gauge(
            "wellside_backup_age_seconds",
            "Since the last whole backup; -1 where there is none; only where they are made by the clock",
            ("folder",),
            registry=self.registry,
        )
        self.drift = Gauge(
            "wellside_model_drift",
            "How far labels moved from those that taught the model: share of columns with a PSI over 0.25, "
            "median PSI (index), largest Kolmogorov-Smirnov distance (ks)",
            ("model", "measure"),
            registry=self.registry,
        )
        self.model_loss = Gauge(
            "wellside_model_loss",
            "Log loss of the champion on labels that did not teach it",
            ("model",),
            registry=self.registry,
        )
        self.observed_age = Gauge(
            "wellside_observed_age_seconds",
            "Since models were observed, and since a night was through; only what ever was",
            ("what",),
            registry=self.registry,
        )
        self.night_wells = Gauge(
            "wellside_night_wells",
            "Of the last night: wells made, made by a run before it, set aside",
            ("outcome",),
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)

    def observed(self, seen: Mapping[str, tuple[datetime, JsonObject]], now: datetime) -> None:
        """By the store: learning and nights run in processes of their own."""
        for gauge in (self.drift, self.model_loss, self.observed_age, self.night_wells):
            gauge.clear()
        for name, (at, figures) in seen.items():
            self.observed_age.labels(name).set((now - at).total_seconds())
            model = text_of(figures, "model")
            for measure, value in part_of(figures, "drift").items():
                if isinstance(value, int | float):
                    self.drift.labels(model, measure).set(value)
            if (loss := number_of(figures, "loss")) is not None:
                self.model_loss.labels(model).set(loss)
            for outcome in ("made", "before", "set_aside"):
                if (wells := number_of(figures, outcome)) is not None:
                    self.night_wells.labels(outcome).set(wells)

    def delivered_rows(self, since: Iterable[datetime | None]) -> None:
        """Rows that a centre of an earlier version wrote have no moment."""
        now = utc_now()
        for moment in since:
            if moment is not None:
                self.delivery.observe(max(0.0, (now - moment).total_seconds()))

    def text(self) -> bytes:
        return bytes(generate_latest(self.registry))
