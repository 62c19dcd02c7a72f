"""The named questions about readings: their parameters, and what may be put into them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from app.sync.queries import NAMED, QUERIES, READINGS, Asked, Query

AT = datetime(2026, 5, 1, tzinfo=UTC)


def test_each_is_known_by_its_name_and_asks_for_wells_alone_of_those_it_may_see() -> None:
    assert [NAMED[query.name] for query in QUERIES] == list(QUERIES)
    for query in QUERIES:
        assert "wells" in query.parameters, query.name
        assert query.sql.count("well_id IN {wells:Array(UInt32)}") == query.sql.count("wellside."), query.name


def test_parameters_are_those_that_stand_in_the_text() -> None:
    assert READINGS.parameters == {"wells", "first", "last"}
    assert NAMED["announced"].parameters == {"wells", "after", "until", "target"}
    assert Query("x", "SELECT 1").parameters == frozenset()


def test_what_a_query_asks_for_is_bound_and_the_rest_is_left() -> None:
    asked = Asked(wells=[3, 7], first=AT, last=AT, since=AT)
    assert READINGS.bound(asked) == {"wells": [3, 7], "first": AT, "last": AT}


@pytest.mark.parametrize("lacks", ["first", "last"])
def test_a_query_that_lacks_one_is_not_asked(lacks: str) -> None:
    given: dict[str, Any] = {"wells": [3], "first": AT, "last": AT}
    assert READINGS.bound(Asked(**{key: one for key, one in given.items() if key != lacks})) is None


@pytest.mark.parametrize(
    "allowed",
    [
        {"wells": []},
        {"wells": [0, (1 << 32) - 1]},
        {"wells": [1] * 20_000},
        {"wells": [], "first": datetime(1900, 1, 1, tzinfo=UTC)},
        {"wells": [], "last": datetime(2261, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)},
        {"wells": [], "after": "2026-05-01 00:00:00"},
        {"wells": [], "until": "2026-05-01 00:00:00.123456"},
        {"wells": [], "target": "dynamograms"},
    ],
)
def test_the_worst_that_may_be_asked_is_taken(allowed: dict[str, Any]) -> None:
    assert Asked(**allowed).model_dump(exclude_none=True) == allowed


@pytest.mark.parametrize(
    "refused",
    [
        {},
        {"wells": [-1]},
        {"wells": [1 << 32]},
        {"wells": [1] * 20_001},
        {"wells": [], "first": datetime(1899, 12, 31, 23, 59, tzinfo=UTC)},
        {"wells": [], "last": datetime(2262, 1, 1, tzinfo=UTC)},
        {"wells": [], "since": datetime(2026, 5, 1)},
        {"wells": [], "after": "2026-05-01T00:00:00"},
        {"wells": [], "after": "2026-05-01 00:00:00.1234567"},
        {"wells": [], "until": "2026-05-01 00:00:00' OR 1"},
        {"wells": [], "until": "9999-99-99 99:99:99"},
        {"wells": [], "after": "0000-00-00 00:00:00"},
        {"wells": [], "after": "2262-01-01 00:00:00"},
        {"wells": [], "target": "devices"},
        {"wells": [], "sql": "SELECT 1"},
    ],
)
def test_just_beyond_it_is_refused_and_so_is_every_other_word(refused: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Asked(**refused)


def test_what_was_asked_is_not_changed_on_its_way() -> None:
    asked = Asked(wells=[1])
    with pytest.raises(ValidationError):
        asked.wells = [2]  # type: ignore[misc]
