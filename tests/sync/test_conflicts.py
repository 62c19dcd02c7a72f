"""Merges of two edits: nothing typed is lost, nothing is asked that need not be, whichever side looks at
it.
"""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.sync.backoff import FIRST_S, LONGEST_S, wait_s
from app.sync.conflicts import merge
from app.sync.wire import Receipt, is_genuine, signed, token_key

FIELDS = ("duration_s", "liquid_m3_per_s", "water_cut", "gas_m3_per_s", "note")
values = st.dictionaries(
    st.sampled_from(FIELDS), st.one_of(st.integers(0, 3), st.sampled_from(["a", "b", "", None])), max_size=5
)


def body(found: dict[str, Any], action: str = "saved") -> dict[str, Any]:
    return {"values": found, "at": "2026-11-20T08:00:00Z", "until": None, "action": action}


def there(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value not in (None, "")}


@given(base=values, mine=values, theirs=values)
def test_every_change_is_in_the_merge_or_asked(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    merged = merge("flow_test", body(base), body(mine), body(theirs))
    old, own, other = there(base), there(mine), there(theirs)
    asked = {one.field.removeprefix("values.") for one in merged.conflicts}
    for key in FIELDS:
        i_changed, they_changed = own.get(key) != old.get(key), other.get(key) != old.get(key)
        differs = own.get(key) != other.get(key)
        assert (key in asked) == (i_changed and they_changed and differs)
        if key not in asked:
            expected = own.get(key) if i_changed else other.get(key)
            assert merged.values.get(key) == expected
    for one in merged.conflicts:
        assert (one.mine, one.theirs) == (own.get(one.field[7:]), other.get(one.field[7:]))


@given(base=values, mine=values, theirs=values)
def test_both_sides_come_to_the_same_where_nothing_is_asked(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one = merge("flow_test", body(base), body(mine), body(theirs))
    other = merge("flow_test", body(base), body(theirs), body(mine))
    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts:
        assert (one.values, one.moments) == (other.values, other.moments)


def test_what_nobody_has_removed_is_not_removed() -> None:
    body = {"values": {"n": 1}, "at": None, "until": None, "action": "saved"}
    assert merge("flow_test", body, body, {**body, "values": {"n": 2}}).removed is False


def test_a_value_and_its_unit_are_one_question() -> None:
    base = {"value": 5.0, "unit": "мг/л", "note": "x"}
    mine, theirs = {**base, "value": 6.0}, {**base, "unit": "г/л"}
    asked = {one.field for one in merge("lab_result", body(base), body(mine), body(theirs)).conflicts}
    assert asked == {"values.value", "values.unit"}


def test_a_removal_against_an_edit_is_always_asked_and_two_removals_never() -> None:
    base, edited = {"note": "a"}, {"note": "b"}
    assert [
        one.field for one in merge("note", body(base), body(edited), body(base, "removed")).conflicts
    ] == ["action"]
    assert [
        one.field for one in merge("note", body(base), body(base, "removed"), body(edited)).conflicts
    ] == ["action"]
    both = merge("note", body(base), body(base, "removed"), body(base, "removed"))
    assert both.removed
    assert both.conflicts == ()


@given(attempts=st.integers(0, 10_000), seed=st.integers(), after=st.one_of(st.none(), st.floats(0, 1e9)))
def test_a_pause_is_never_longer_than_five_minutes_unless_the_centre_asks(
    attempts: int, seed: int, after: float | None
) -> None:
    waited = wait_s(attempts, random.Random(seed), after)
    assert 0 <= waited <= (LONGEST_S if not after else max(LONGEST_S, 24 * 3600.0))
    if attempts <= 1 and not after:
        assert waited <= FIRST_S


@given(changed=st.sampled_from(["id", "sha256", "status", "change_no", "version", "received_at", "code"]))
def test_a_receipt_that_anything_of_was_changed_is_not_genuine(changed: str) -> None:
    key = token_key("wsd_x")
    receipt = signed(
        Receipt(
            id="0" * 8 + "-0000" * 3 + "-" + "0" * 12,
            sha256="0" * 64,
            status="accepted",
            change_no=5,
            version=1,
            received_at="2026-11-20T08:00:00Z",
        ),
        key,
    )
    assert is_genuine(receipt, key)
    assert not is_genuine(receipt, token_key("wsd_y"))
    other = {"change_no": 6, "version": 2, "status": "duplicate"}.get(changed, "1" * 64)
    assert not is_genuine(receipt.model_copy(update={changed: other}), key)
