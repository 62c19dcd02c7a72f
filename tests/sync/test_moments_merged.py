"""Moments of a record are merged as its values are, and what either side took away is heard of."""

from __future__ import annotations

from typing import Any

import pytest

from app.sync.conflicts import COMPUTED, TOGETHER, FieldConflict, Merge, merge

EIGHT, NINE, TEN = (f"2026-11-20T{hour:02}:00:00Z" for hour in (8, 9, 10))


def body(values: dict[str, Any] | None = None, action: str = "saved", **when: Any) -> dict[str, Any]:
    return {"values": values or {}, "action": action, **when}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "moments", "asked"),
    [
        ({"at": EIGHT}, {"at": EIGHT}, {"at": EIGHT}, {"at": EIGHT}, []),
        ({"at": EIGHT}, {"at": EIGHT}, {"at": NINE}, {"at": NINE}, []),
        ({"at": EIGHT}, {"at": NINE}, {"at": EIGHT}, {"at": NINE}, []),
        ({"at": EIGHT}, {"at": NINE}, {"at": TEN}, {"at": NINE}, ["at"]),
        ({"at": EIGHT}, {"at": EIGHT}, {"at": EIGHT, "until": NINE}, {"at": EIGHT, "until": NINE}, []),
        (
            {"at": EIGHT, "until": NINE},
            {"at": EIGHT, "until": NINE},
            {"at": EIGHT},
            {"at": EIGHT, "until": None},
            [],
        ),
        ({"at": EIGHT, "until": NINE}, {"at": EIGHT}, {"at": EIGHT, "until": NINE}, {"at": EIGHT}, []),
        (
            {"at": EIGHT, "well_key": "a"},
            {"at": EIGHT, "well_key": "b"},
            {"at": NINE, "well_key": "a"},
            {"at": NINE, "well_key": "b"},
            [],
        ),
    ],
)
def test_a_moment_is_taken_from_who_moved_it_and_is_none_where_it_was_taken_away(
    base: dict[str, Any],
    mine: dict[str, Any],
    theirs: dict[str, Any],
    moments: dict[str, Any],
    asked: list[str],
) -> None:
    found = merge("note", body(**base), body(**mine), body(**theirs))
    assert found.moments == moments
    assert [one.field for one in found.conflicts] == asked
    assert found.values == {}


def test_what_came_from_the_other_side_is_named_and_a_conflict_has_all_three() -> None:
    base = {"n": 1, "m": 1, "k": 1}
    found = merge("note", body(base), body({**base, "n": 2, "k": 3}), body({**base, "m": 5, "k": 4}))
    assert found.values == {"n": 2, "m": 5, "k": 3}
    assert found.taken == ("m",)
    assert found.conflicts == (FieldConflict("values.k", 1, 3, 4),)


def test_without_what_both_started_from_everything_that_differs_is_asked() -> None:
    found = merge("note", None, body({"n": 1, "m": 2}), body({"n": 1, "k": 3}))
    assert found.values == {"n": 1, "m": 2, "k": 3}
    assert found.conflicts == ()
    asked = merge("note", None, body({"n": 1}), body({"n": 2}))
    assert asked.conflicts == (FieldConflict("values.n", None, 1, 2),)


@pytest.mark.parametrize("kind", sorted(TOGETHER))
def test_fields_that_mean_something_together_are_taken_together(kind: str) -> None:
    for group in TOGETHER[kind]:
        base: dict[str, Any] = dict.fromkeys(group, "x")
        theirs = {**base, group[-1]: "y"}
        found = merge(kind, body(base), body(base), body(theirs))
        assert (found.values, found.taken) == (theirs, group)
        mine = {**base, group[0]: "z"}
        asked = merge(kind, body(base), body(mine), body(theirs))
        assert asked.values == mine
        assert [one.field for one in asked.conflicts] == [f"values.{group[0]}", f"values.{group[-1]}"]


def test_what_the_program_computed_is_the_centres_where_it_has_it() -> None:
    name = "values.confidence"
    assert name in COMPUTED["finding_decision"]
    base, mine, theirs = ({"confidence": one} for one in (0.5, 0.6, 0.7))
    found = merge("finding_decision", body(base), body(mine), body(theirs))
    assert (found.values, found.conflicts, found.taken) == (theirs, (), ())
    assert merge("finding_decision", body(base), body(mine), body({})).values == mine
    other = merge("flow_test", body(base), body(mine), body(theirs))
    assert [one.field for one in other.conflicts] == [name]


@pytest.mark.parametrize(
    ("mine", "theirs", "conflicts", "removed"),
    [
        ("removed", "removed", (), True),
        ("removed", "saved", (FieldConflict("action", "saved", "removed", "saved"),), True),
        ("saved", "removed", (FieldConflict("action", "saved", "saved", "removed"),), False),
    ],
)
def test_a_removal_keeps_mine_and_says_who_removed(
    mine: str, theirs: str, conflicts: tuple[FieldConflict, ...], removed: bool
) -> None:
    found = merge(
        "note", body({"n": 1}, at=EIGHT), body({"n": 2}, mine, at=NINE), body({"n": 3}, theirs, at=TEN)
    )
    assert found == Merge({"n": 2}, {"at": NINE}, conflicts, removed)
