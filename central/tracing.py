"""Traces (OpenTelemetry, W3C) from a laptop's entry to ClickHouse.

An entry's own id is the id of its trace: laptops of every version send it, and whoever has the id of an entry
finds its way. The laptop's part of the way is told when the centre takes the entry, from the moment when it
was saved. Without an address of a collector nothing is kept and nothing is loaded.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from opentelemetry import trace
from opentelemetry.context import Context

from app.core.clock import EPOCH, parse_time
from central.logs import log

TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-0[0-9a-f]")
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
"""OpenTelemetry's own variable."""
_HERE: ContextVar[str] = ContextVar("traceparent", default="")
_PLANTED: ContextVar[tuple[int, int] | None] = ContextVar("planted_ids", default=None)


def begin(exporter: Any = None) -> Any:
    """Spans go to the collector of the environment from now on, or to `exporter`. Returns who sends them,
    None where the packages (`traces`) are not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
        from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
    except ImportError as error:
        log("traces", state="not installed", reason=str(error)[:200])
        return None

    class Ids(RandomIdGenerator):
        """Random but for the root of an entry's trace."""

        def generate_trace_id(self) -> int:
            planted = _PLANTED.get()
            return planted[0] if planted else super().generate_trace_id()

        def generate_span_id(self) -> int:
            planted = _PLANTED.get()
            return planted[1] if planted else super().generate_span_id()

    provider = TracerProvider(
        resource=Resource.create({"service.name": "wellside-centre"}),
        id_generator=Ids(),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(
        SimpleSpanProcessor(exporter) if exporter is not None else BatchSpanProcessor(OTLPSpanExporter())
    )
    Tracing.provider = provider
    return provider


class Tracing:
    """Who makes spans: nobody until begin()."""

    provider: Any = None

    @classmethod
    def tracer(cls) -> trace.Tracer:
        provider = cls.provider or trace.NoOpTracerProvider()
        found: trace.Tracer = provider.get_tracer("wellside")
        return found


def close() -> None:
    """What waits to be sent is sent."""
    if Tracing.provider is not None:
        Tracing.provider.shutdown()
        Tracing.provider = None


def of_entry(entry_id: str) -> str:
    """The traceparent of an entry's root: the same at every sending, whoever computes it."""
    trace_id = uuid.UUID(entry_id).hex
    span_id = hashlib.blake2b(trace_id.encode(), digest_size=8).hexdigest()
    return f"00-{trace_id}-{span_id}-01"


def here() -> str:
    """The traceparent under which rows are written now; empty where nothing is traced."""
    if _HERE.get() or Tracing.provider is None:
        return _HERE.get()
    asked = trace.get_current_span().get_span_context()
    return f"00-{asked.trace_id:032x}-{asked.span_id:016x}-01" if asked.is_valid else ""


@contextmanager
def written_under(entry_id: str) -> Iterator[None]:
    """Rows for ClickHouse of this entry belong to its trace."""
    before = _HERE.set(of_entry(entry_id) if Tracing.provider is not None else "")
    try:
        yield
    finally:
        _HERE.reset(before)


@contextmanager
def request(route: str, given: str) -> Iterator[trace.Span]:
    """`given`: the caller's own traceparent, if it sent one."""
    with Tracing.tracer().start_as_current_span(
        route, context=_context(given), kind=trace.SpanKind.SERVER
    ) as span:
        yield span


def taken(entry_id: str, kind: str, saved_at: str, began: datetime, ended: datetime) -> None:
    """After the commit that took it: its root at the laptop, and the centre's work under it. A laptop's clock
    may be ahead: then its part has no length.
    """
    if Tracing.provider is None:
        return
    try:
        saved = min(parse_time(saved_at), began)
    except ValueError:  # an hour 25: the entry is taken, and its trace begins here
        saved = began
    if saved < EPOCH:  # a span has no such time, and with it those that are sent beside it would be lost
        saved = began
    root, tracer = of_entry(entry_id), Tracing.tracer()
    about = {"entry.id": entry_id, "entry.kind": kind}
    planted = _PLANTED.set((int(root[3:35], 16), int(root[36:52], 16)))
    try:
        laptop = tracer.start_span("laptop: entry", Context(), attributes=about, start_time=_ns(saved))
    finally:
        _PLANTED.reset(planted)
    laptop.end(_ns(ended))
    asked = trace.get_current_span().get_span_context()
    links = [trace.Link(asked)] if asked.is_valid else []
    centre = tracer.start_span(
        "centre: entry", _context(root), attributes=about, links=links, start_time=_ns(began)
    )
    centre.end(_ns(ended))


@contextmanager
def delivery(target: str, parents: list[str]) -> Iterator[None]:
    """Rows of several entries go over together: a span in the trace of each."""
    tracer = Tracing.tracer()
    spans = [
        tracer.start_span(f"clickhouse: {target}", context=_context(parent), kind=trace.SpanKind.CLIENT)
        for parent in dict.fromkeys(parents)
        if parent and Tracing.provider is not None
    ]
    try:
        yield
    except Exception as error:
        for span in spans:
            span.set_status(trace.StatusCode.ERROR, type(error).__name__)
        raise
    finally:
        for span in spans:
            span.end()


def _context(traceparent: str) -> Context:
    found = TRACEPARENT.fullmatch(traceparent)
    if found is None:
        return Context()
    of = trace.SpanContext(
        int(found[1], 16), int(found[2], 16), True, trace.TraceFlags(trace.TraceFlags.SAMPLED)
    )
    return trace.set_span_in_context(trace.NonRecordingSpan(of), Context())


def _ns(moment: datetime) -> int:
    return int(moment.timestamp() * 1e6) * 1000
