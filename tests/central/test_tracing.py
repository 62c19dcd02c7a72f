"""A trace from a laptop's entry to ClickHouse, by ids that every version of a laptop sends."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.requests import Request
from starlette.responses import Response

from central import outbox, relay, tracing
from central.api.app import _counted
from central.stores.engine import changing, reading
from central.stores.tables import OUTBOX
from tests.central.a_site import Site

ENTRY = "019ab3c4-0000-7000-8000-000000000001"
SAVED = datetime(2026, 11, 24, 8, tzinfo=UTC)
BEGAN, ENDED = SAVED + timedelta(hours=30), SAVED + timedelta(hours=30, seconds=2)


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    kept = InMemorySpanExporter()
    tracing.begin(kept)
    yield kept
    tracing.close()


def _row_of(site: Site, entry: str) -> None:
    body = {"at": "2026-11-24T08:00:00Z", "values": {"liquid_m3_per_s": 0.001}, "action": "saved"}
    with changing(site.engine) as connection, tracing.written_under(entry):
        outbox.flow_rate(connection, entry, 1, 1, body)


def test_an_entry_is_one_trace_from_the_moment_it_was_saved_until_clickhouse_has_it(
    site: Site, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site.clickhouse, "insert_rows", lambda *_: None, raising=False)
    _row_of(site, ENTRY)
    tracing.taken(ENTRY, "record", "2026-11-24T08:00:00Z", BEGAN, ENDED)
    site.delivers()
    told = {span.name: span for span in spans.get_finished_spans()}
    assert set(told) == {"laptop: entry", "centre: entry", "clickhouse: flow_rates"}
    assert {span.context.trace_id for span in told.values()} == {uuid.UUID(ENTRY).int}
    root = told["laptop: entry"]
    assert root.parent is None
    assert (root.start_time, root.end_time) == (SAVED.timestamp() * 1e9, ENDED.timestamp() * 1e9)
    for name in ("centre: entry", "clickhouse: flow_rates"):
        assert told[name].parent.span_id == root.context.span_id


def test_rows_that_go_over_together_are_told_in_the_trace_of_each(
    site: Site, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site.clickhouse, "insert_rows", lambda *_: None, raising=False)
    entries = [str(uuid.UUID(int=uuid.UUID(ENTRY).int + step)) for step in range(3)]
    for entry in entries:
        _row_of(site, entry)
    site.delivers()
    assert {span.context.trace_id for span in spans.get_finished_spans()} == {
        uuid.UUID(entry).int for entry in entries
    }


@pytest.mark.parametrize(
    "said",
    [
        "2027-01-01T00:00:00Z",
        "2026-11-24T99:99Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "1969-12-31T23:59:59Z",
    ],
)
def test_a_clock_that_is_ahead_none_or_of_no_time_that_a_span_has_makes_no_span_that_ends_before_it_begins(
    said: str, spans: InMemorySpanExporter
) -> None:
    tracing.taken(ENTRY, "record", said, BEGAN, ENDED)
    for span in spans.get_finished_spans():
        assert span.start_time == BEGAN.timestamp() * 1e9
        assert span.end_time == ENDED.timestamp() * 1e9


def test_a_request_goes_on_in_the_trace_of_who_asked_and_one_that_is_none_begins_its_own(
    spans: InMemorySpanExporter,
) -> None:
    given = tracing.of_entry(ENTRY)
    for asked in (given, "00-zz", given.replace("00-", "99-", 1)):
        with tracing.request("GET /v1/hello", asked):
            pass
    first, *others = spans.get_finished_spans()
    assert f"{first.context.trace_id:032x}" == given[3:35]
    assert all(span.parent is None for span in others)


def test_without_a_collector_nothing_is_traced_and_rows_go_over_as_before(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(site.clickhouse, "insert_rows", lambda table, *_: sent.append(table), raising=False)
    _row_of(site, ENTRY)
    with reading(site.engine) as connection:
        assert connection.execute(sa.select(OUTBOX.c.trace)).scalar_one() == ""
    assert relay.deliver(site.engine, site.clickhouse) == 1  # type: ignore[arg-type]
    assert sent == ["flow_rates"]


def test_a_request_is_called_by_its_route_and_not_by_the_id_in_its_address(
    spans: InMemorySpanExporter, site: Site
) -> None:
    site.centre.refusals = SimpleNamespace(note=lambda *_: None)

    async def asked() -> None:
        scope = {"type": "http", "method": "PUT", "path": f"/v1/entries/{ENTRY}", "headers": []}
        scope |= {"query_string": b"", "app": SimpleNamespace(state=SimpleNamespace(centre=site.centre))}
        scope |= {"route": SimpleNamespace(path="/v1/entries/{entry_id}")}

        async def answered(_: Request) -> Response:
            return Response()

        await _counted(Request(scope), answered)

    asyncio.run(asked())
    assert [span.name for span in spans.get_finished_spans()] == ["PUT /v1/entries/{entry_id}"]
