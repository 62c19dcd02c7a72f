"""A real centre, its command of the night, and laptops: one that sent the tests, another one, and one of
another field.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.clock import utc_now
from app.core.ids import new_id
from app.core.jobs import Job
from app.models.records import Record
from app.models.store import made, records
from app.services.centre import sync
from app.services.records import entries
from app.services.wells.finding import find_well
from app.services.wells.made import of_centre
from tests.centre_process import CentreProcess, laptop, new_field

TESTS = 14


def night(centre: CentreProcess) -> dict[str, Any]:
    """As the clock calls it."""
    ran = centre.command("nightly", "--clickhouse-port", str(centre.clickhouse_port), within_s=300)
    assert ran.returncode == 0, ran.stderr[-3000:]
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


@pytest.mark.slow
def test_what_is_made_in_the_night_comes_to_the_laptops_of_its_field_and_is_read_without_a_network(
    centre: CentreProcess, tmp_path: Path
) -> None:
    field, now = new_field(), utc_now()
    with (
        laptop(tmp_path / "a", centre, field) as one,
        laptop(tmp_path / "b", centre, field, wells=False) as other,
        laptop(tmp_path / "c", centre, new_field(), wells=False) as stranger,
    ):
        well = find_well(one, "77")
        for month in range(TESTS):
            at = now - timedelta(days=30 * (TESTS - month))
            values = {"duration_s": 14_400.0, "liquid_m3_per_s": 1e-3 * 0.96**month, "valid": True}
            entries.save_record(one, Record(new_id(), "flow_test", int(well.id), at, None, values))
        assert sync.run(Job(), one).sent == TESTS
        assert not sync.run(Job(), other).problems
        assert made.every(other.store) == {}, "nothing was made yet"
        told = night(centre)
        assert (told["made"], told["set_aside"]) == (told["wells"], 0)
        assert night(centre)["made"] == 0, "the same night again"
        assert sync.run(Job(), other).changed
        assert len(made.every(other.store)) == len(records.wells(other.store))
        assert sync.run(Job(), other).quiet
        other.settings.set("centre_url", "https://nowhere.invalid")
        there = of_centre(other, find_well(other, "77"))
        assert there is not None
        assert there.forecast is not None
        assert there.forecast.decline is not None
        assert len(there.forecast.decline.rate) == TESTS
        assert not sync.run(Job(), stranger).problems
        assert made.every(stranger.store) == {}, "another field"
    ahead = centre.operator().query(
        "SELECT count() FROM wellside.made_series FINAL "
        "WHERE quantity = 'liquid_rate' AND well_id IN {wells:Array(UInt32)}",
        parameters={"wells": centre.numbers(field)},
    )
    assert ahead.result_rows[0][0] > 10
