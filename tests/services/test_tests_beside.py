"""Well tests held against flow tests and against each other: units that leave no sign in the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.analysis.transient.opened import OpenedTest, RefusedTest
from app.core.errors import KnownError
from app.importers.welltest_json import test_from as read
from app.models.records import FlowTest
from app.models.values import Values, part_of, rows_of
from app.models.well_tests import StoredTest
from app.services.wells.tests_beside import NEAR, against_each_other, against_flow_tests
from app.services.wells.well_tests import analyse, opened
from tests.services.test_unlikely_tests import DAYS, RATE, body

AT = datetime(2026, 3, 1, tzinfo=UTC)


def flowed(rate: float, days: float = 10.0, *, valid: bool = True, gas: float | None = None) -> FlowTest:
    at = AT + timedelta(days=days)
    return FlowTest(f"f{days}", 1, at, None, rate, None, None, gas, None, valid)


def said(told: dict[str, Any], *tests: FlowTest) -> list[Values]:
    return against_flow_tests(read(told, Path("t.json")), AT, tests)


@pytest.mark.parametrize(
    ("times", "unit"), [(6.29, "bbl/d"), (1 / 6.29, "bbl/d"), (1 / 24, "m³/h"), (1 / 1440, "m³/min")]
)
def test_a_rate_as_far_off_as_two_units_are_apart_is_asked_about_by_that_unit(
    times: float, unit: str
) -> None:
    [remark] = said({**body(), "rate_m3_per_s": RATE * times}, flowed(RATE), flowed(1.1 * RATE, -20))
    assert remark["code"] == "rate_of_another_unit"
    assert remark["detail"] == {
        "told": pytest.approx(RATE * times),
        "measured": pytest.approx(1.05 * RATE),
        "count": 2,
        "unit": unit,
    }


def test_a_rate_that_is_off_otherwise_is_asked_about_without_a_unit() -> None:
    [remark] = said({**body(), "rate_m3_per_s": 3 * RATE}, flowed(RATE))
    assert remark["code"] == "rate_off_flow_tests"


def test_of_a_rate_that_flow_tests_bear_out_nothing_is_said() -> None:
    assert said(body(), flowed(1.4 * RATE), flowed(0.8 * RATE)) == []
    assert said(body()) == []
    assert said(body(), flowed(RATE / 6, NEAR.days + 1), flowed(RATE / 6, valid=False), flowed(0.0)) == []


def test_what_is_pumped_in_is_held_against_no_flow_test() -> None:
    told = read(body(), Path("t.json"))
    assert against_flow_tests(replace(told, kind="falloff"), AT, [flowed(RATE / 6.29)]) == []


def test_of_a_gas_test_the_rate_of_gas_counts() -> None:
    told = replace(read(body(), Path("t.json")), gas={"relative_density": 0.7})
    assert against_flow_tests(told, AT, [flowed(RATE)]) == []
    [remark] = against_flow_tests(told, AT, [flowed(RATE, gas=RATE * 35.3)])
    assert remark["detail"]["unit"] == "ft³/d"


def test_what_was_taken_stands_under_every_test() -> None:
    answer, _ = analyse(read(body(), Path("t.json")))
    last = rows_of(answer, "quality")[-1]
    assert last["code"] == "taken_as"
    told = part_of(last, "detail")
    assert told == {
        "rate": RATE,
        "hours": pytest.approx(2 * DAYS / 3600),
        "low": min(body()["pressure_pa"]),
        "high": max(body()["pressure_pa"]),
    }


@pytest.mark.slow
def test_storage_that_no_wellbore_has_is_said() -> None:
    """Hours called seconds make it 3,600 times less."""
    hours = body()
    hours["time_s"] = [one / 3600 for one in hours["time_s"]]
    hours["producing_time_s"] /= 3600
    answer, _ = analyse(read(hours, Path("t.json")))
    assert "storage_unlikely" in {one["code"] for one in rows_of(answer, "quality")}
    answer, _ = analyse(read(body(), Path("t.json")))
    assert not {"storage_unlikely", "skin_unlikely"} & {one["code"] for one in rows_of(answer, "quality")}


def test_an_opened_test_asks_about_its_rate() -> None:
    stored = StoredTest("t", 1, AT, "buildup", {**body(), "rate_m3_per_s": RATE * 6.29})
    found = opened(stored, flowed=[flowed(RATE)])
    assert rows_of(found.answer, "quality")[-1]["code"] == "rate_of_another_unit"


def conductive(name: str, permeability: float | None, thickness: float = 10.0) -> OpenedTest:
    stored = StoredTest(name, 1, AT, "buildup", {"thickness_m": thickness})
    return OpenedTest(stored, {"permeability_m2": permeability, "quality": []}, None)


def codes(one: OpenedTest | RefusedTest) -> list[object]:
    assert isinstance(one, OpenedTest)
    return [remark["code"] for remark in rows_of(one.answer, "quality")]


def test_a_test_far_off_the_others_of_its_well_is_asked_about_by_its_kh() -> None:
    refused = RefusedTest(StoredTest("r", 1, AT, "buildup", {}), KnownError("welltest_rates", kind="buildup"))
    found = against_each_other(
        [
            conductive("a", 2e-14),
            refused,
            conductive("b", 1e-14, 20.0),
            conductive("c", 6.29 * 2e-14),
            conductive("d", None),
        ]
    )
    assert found[1] is refused
    assert [codes(found[index]) for index in (0, 2, 3, 4)] == [[], [], ["kh_off"], []]
    [remark] = rows_of(found[3].answer, "quality") if isinstance(found[3], OpenedTest) else [{}]
    assert remark["detail"] == {"times": pytest.approx(6.29), "count": 2}


def test_one_test_alone_is_held_against_none() -> None:
    assert [codes(one) for one in against_each_other([conductive("a", 1e-15)])] == [[]]
