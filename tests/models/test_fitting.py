"""Values that came from elsewhere: each is of the sort its field is, or the record is kept aside."""

from __future__ import annotations

import pytest

from app.core.plain import Json
from app.models.holding import fits
from app.models.kinds import KINDS

FLOW = {"liquid_m3_per_s": 0.001, "duration_s": 3600, "valid": True}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("liquid_m3_per_s", "x"),
        ("liquid_m3_per_s", None),
        ("liquid_m3_per_s", float("nan")),
        ("liquid_m3_per_s", 10**400),
        ("liquid_m3_per_s", -(10**30)),
        ("liquid_m3_per_s", True),
        ("liquid_m3_per_s", {"a": 1}),
        ("valid", 1),
        ("valid", "yes"),
        ("note", 7),
        ("note", ["a"]),
    ],
)
def test_a_flow_test_of_another_sort_of_values_is_none(key: str, value: Json) -> None:
    assert fits(KINDS["flow_test"], FLOW)
    assert not fits(KINDS["flow_test"], {**FLOW, key: value})


def test_what_another_program_has_within_wider_limits_or_beside_is_ours_too() -> None:
    assert fits(KINDS["flow_test"], {**FLOW, "liquid_m3_per_s": 1e12, "of_next_year": object(), "note": None})
    assert not fits(KINDS["flow_test"], {"duration_s": 3600}), "what every flow test says is not there"
    assert fits(KINDS["flow_test"], {"liquid_m3_per_s": 1}), "what has a default need not be said"


def test_rows_and_moments_of_a_record_are_looked_at_too() -> None:
    kind = next(kind for kind in KINDS for field in kind.fields if field.type == "rows")
    rows = next(field for field in kind.fields if field.type == "rows")
    cell = next(cell for cell in rows.cells if cell.type == "number")
    needed = {field.key: _some(field.type) for field in kind.fields if field.required}
    assert fits(kind, {**needed, rows.key: [{cell.key: 1.5}, {cell.key: None}]})
    for wrong in (5, {"a": 1}, [7], [{cell.key: "x"}], [{cell.key: 10**400}]):
        assert not fits(kind, {**needed, rows.key: wrong})
    timed, time = next((one, field) for one in KINDS for field in one.fields if field.type == "time")
    needed = {field.key: _some(field.type) for field in timed.fields if field.required}
    assert fits(timed, {**needed, time.key: "2026-11-20T08:00:00Z"})
    assert not fits(timed, {**needed, time.key: "0001-01-01T00:00:00+23:59"})


def _some(type_: str) -> Json:
    return {"number": 1.0, "flag": True, "rows": [], "time": "2026-11-20T08:00:00Z"}.get(type_, "x")
