"""Records of production: what the page, the paper and the forecast make of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.core.ids import new_id
from app.core.texts import Speaker
from app.core.zones import FieldZone
from app.models.records import Record
from app.models.values import Values
from app.models.wells import Well
from app.reports import produced_words
from app.services.records import entries
from app.services.wells.finding import find_well
from app.services.wells.forecast import forecast
from app.services.wells.production import last_produced, production
from app.services.workspace import Workspace

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
EN, RU = Speaker("en"), Speaker("ru")


def give(workspace: Workspace, well: Well, at: datetime, period: str = "day", **told: float) -> None:
    values: Values = {"period": period, **told}
    entries.save_record(workspace, Record(new_id(), "production", int(well.id), at, None, values))


@pytest.fixture
def well(workspace: Workspace) -> Well:
    return find_well(workspace, "77")


def test_a_well_without_books_has_none(workspace: Workspace, well: Well) -> None:
    assert production(workspace, well) is None
    assert last_produced(workspace, well) is None


def test_the_newest_day_is_told_with_rates_in_the_readers_units_and_the_sums(
    workspace: Workspace, well: Well
) -> None:
    for n in range(3):
        give(workspace, well, BEGAN + timedelta(days=n), oil_m3=10.0, water_m3=30.0, on_stream_s=43_200.0)
    found, last = production(workspace, well), last_produced(workspace, well)
    assert found is not None
    assert last is not None
    assert len(last) == 1
    words = produced_words.last_words(last, RU)
    assert words == produced_words.last_words(found, RU)
    assert "03.01.2020" in words
    assert "жидкость 80" in words
    assert "обводнённость 75" in words
    assert "нефть 30" in produced_words.total_words(found, RU)
    give(workspace, well, BEGAN + timedelta(days=3), oil_m3=0.0, water_m3=0.0, on_stream_s=0.0)
    assert "stood" in produced_words.lines(production(workspace, well), EN)[0]  # type: ignore[arg-type]


def test_a_day_is_told_to_have_stood_where_its_volumes_are_blank_and_not_where_they_are_some(
    workspace: Workspace, well: Well
) -> None:
    """The page told the day before, the overview that it stood; ten cubic metres were not told at all."""
    give(workspace, well, BEGAN, oil_m3=10.0, on_stream_s=86_400.0)
    give(workspace, well, BEGAN + timedelta(days=1), on_stream_s=0.0)
    found, last = production(workspace, well), last_produced(workspace, well)
    assert found is not None
    assert last is not None
    assert produced_words.last_words(found, EN) == produced_words.last_words(last, EN)
    assert "stood" in produced_words.last_words(found, EN)
    give(workspace, well, BEGAN + timedelta(days=2), oil_m3=10.0, on_stream_s=0.0)
    words = produced_words.last_words(last_produced(workspace, well), EN)  # type: ignore[arg-type]
    assert "stood" not in words
    assert "oil 10" in words


@pytest.mark.parametrize("zone", ["UTC+5", "UTC", "UTC-6"])
def test_the_sums_end_with_the_last_day_of_the_books_by_any_clock(
    zone: str, workspace: Workspace, well: Well
) -> None:
    """East of Greenwich they ended a day later than anything was told."""
    speaker = Speaker("en", zone=FieldZone(zone))
    give(workspace, well, BEGAN, oil_m3=10.0)
    give(workspace, well, BEGAN + timedelta(days=29), oil_m3=10.0)
    found = production(workspace, well)
    assert found is not None
    assert "from 2020-01-01 to 2020-01-30" in produced_words.total_words(found, speaker)
    give(workspace, well, datetime(2020, 2, 1, tzinfo=UTC), period="month", oil_m3=10.0)
    found = production(workspace, well)
    assert found is not None
    assert "from 2020-01-01 to 2020-02-29" in produced_words.total_words(found, speaker)


def test_oil_by_mass_is_of_the_wells_own_density(workspace: Workspace, well: Well) -> None:
    fluid: Values = {"oil_relative_density": 0.9}
    entries.save_record(workspace, Record(new_id(), "fluid", int(well.id), BEGAN, None, fluid))
    give(workspace, well, BEGAN, period="month", oil_kg=31 * 900.0, liquid_m3=62.0)
    found = production(workspace, well)
    assert found is not None
    assert found.rates["oil"][0] * 86_400 == pytest.approx(1.0, rel=0.002)
    assert found.water_cut[0] == pytest.approx(0.5, abs=0.002)


def test_months_of_the_books_are_what_a_decline_is_fitted_to(workspace: Workspace, well: Well) -> None:
    rate = 100 * np.exp(-0.03 * np.arange(30))
    for n, liquid in enumerate(rate):
        at = datetime(2020 + n // 12, n % 12 + 1, 1, tzinfo=UTC)
        give(workspace, well, at, period="month", liquid_m3=28 * liquid, on_stream_s=28 * 86_400.0)
    seen = forecast(workspace, well)
    assert seen.decline is not None
    assert len(seen.decline.rate) == 30
    assert seen.decline.rate * 86_400 == pytest.approx(rate, rel=1e-6)
