"""Well tests beside what else is known of the well: a rate of another unit leaves no sign in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from app.analysis.transient.opened import OpenedTest, RefusedTest
from app.models.records import FlowTest
from app.models.values import Values, number_of, rows_of
from app.models.well_tests import RecordedTest

NEAR = timedelta(days=90)
"""How far off a flow test speaks of the rate before a well test."""

RATE_OFF, KH_OFF = 1.6, 4.0
"""Times: flow tests to 5 … 10 % and three months of a well's life; two tests of one rock, or a layer more."""

FACTORS = {"bbl/d": 6.2898, "m³/h": 24.0, "ft³/d": 35.3147, "m³/min": 1_440.0, "m³/s": 86_400.0}
"""How often what these count goes into what m³/d counts, or the other way."""

AS_FACTOR = 1.25
"""Within that of a factor the unit is named as what may have been meant."""


def against_flow_tests(test: RecordedTest, taken_at: datetime, flowed: Sequence[FlowTest]) -> list[Values]:
    """The rate that flowed before a test against flow tests near it; nothing where there are none."""
    if not test.rates or test.kind in ("injection", "falloff"):
        return []
    near = [one for one in flowed if one.valid and abs(one.taken_at - taken_at) <= NEAR]
    of_gas = test.gas is not None
    measured = [one.gas_m3_per_s if of_gas else one.liquid_m3_per_s for one in near]
    known = [rate for rate in measured if rate]
    told = max(abs(rate) for _, rate in test.rates)
    if not known or not told:
        return []
    usual = float(np.median(known))
    times = told / usual
    if 1 / RATE_OFF <= times <= RATE_OFF:
        return []
    detail: Values = {"told": told, "measured": usual, "count": len(known)}
    for unit, factor in FACTORS.items():
        if any(1 / AS_FACTOR <= ratio / factor <= AS_FACTOR for ratio in (times, 1 / times)):
            return [{"code": "rate_of_another_unit", "detail": {**detail, "unit": unit}}]
    return [{"code": "rate_off_flow_tests", "detail": detail}]


def against_each_other(tests: Sequence[OpenedTest | RefusedTest]) -> tuple[OpenedTest | RefusedTest, ...]:
    """k·h of each test against the middle one of the others, said where it is far off."""
    said = {one.test.id: kh for one in tests if isinstance(one, OpenedTest) and (kh := _kh(one)) is not None}
    return tuple(_beside(one, said) if isinstance(one, OpenedTest) else one for one in tests)


def _beside(one: OpenedTest, said: Mapping[str, float]) -> OpenedTest:
    others = [kh for test, kh in said.items() if test != one.test.id]
    if one.test.id not in said or not others:
        return one
    times = said[one.test.id] / float(np.median(others))
    if 1 / KH_OFF < times < KH_OFF:
        return one
    remark: Values = {"code": "kh_off", "detail": {"times": max(times, 1 / times), "count": len(others)}}
    return replace(one, answer={**one.answer, "quality": [*rows_of(one.answer, "quality"), remark]})


def _kh(one: OpenedTest) -> float | None:
    permeability = number_of(one.answer, "permeability_m2")
    thickness = number_of(one.test.body, "thickness_m")
    return None if not permeability or not thickness else permeability * thickness
