"""What says that it was measured after now is set aside with its reason, however it comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from app.core.clock import iso
from app.core.errors import KnownError
from app.importers.ahead import refuse_ahead
from app.models.limits import AHEAD, LATEST, latest_measured, measured
from app.models.wells import ESP, Well, WellId
from central.names.finding import WellFinder
from central.names.tags import TagMap
from central.outbox import checked_card
from central.refusals import Refused
from central.streams.clean import Known, clean, incoming

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
KNOWN = Known(WellFinder([Well(WellId(1), "101", "Северное", "5", ESP)]), TagMap(()))


def sent(*moments: datetime) -> pa.Table:
    count = len(moments)
    return incoming(
        pa.table(
            {
                "well": ["101"] * count,
                "sensor": ["intake_pressure"] * count,
                "timestamp": pa.array(moments, pa.timestamp("us", tz="UTC")),
                "value": [5e6] * count,
            }
        )
    )


def test_a_stream_keeps_what_was_measured_and_sets_the_rest_aside() -> None:
    inside, late = NOW + AHEAD - timedelta(seconds=1), NOW + AHEAD
    cleaned = clean(sent(NOW, inside, late, datetime(2149, 1, 1, tzinfo=UTC)), KNOWN, NOW)
    assert cleaned.readings.column("timestamp").to_pylist() == [NOW, inside]
    assert [(reason, len(rows)) for reason, rows in cleaned.dead] == [("measured_ahead", 2)]
    assert len(clean(cleaned.dead[0][1], KNOWN, late).readings) == 1  # replayed when its time has come


def card(at: str) -> dict[str, Any]:
    return {"at": at, "strokes_per_minute": 5.0, "position_m": [0.0, 1.0, 0.5], "load_n": [1.0, 2.0, 1.5]}


def test_a_card_of_next_year_is_refused_by_the_centre_and_by_the_laptop() -> None:
    assert checked_card(card(iso(NOW)), NOW).taken_at == NOW
    with pytest.raises(Refused) as refused:
        checked_card(card("2027-11-26T12:00:00Z"), NOW)
    assert refused.value.code == "measured_ahead"
    with pytest.raises(KnownError, match="measured_ahead"):
        refuse_ahead(NOW + AHEAD, "card.json", NOW)
    refuse_ahead(NOW, "card.json", NOW)


def test_no_clock_makes_a_moment_that_nothing_holds() -> None:
    assert latest_measured(datetime(2199, 12, 31, 12, tzinfo=UTC)) == LATEST
    with pytest.raises(KnownError, match="value_out_of_limits"):
        measured("1949-01-01T00:00:00Z", "at", NOW)
