"""What the named queries answer, whoever answers them: rows in, parts, cards and sums out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from app.core.errors import KnownError
from app.sync import queries
from app.sync.queries import Query
from app.sync.transports.base import Part, Sums, agree
from app.sync.transports.bulk import BulkReader

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
FIRST, LAST = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 31, 12, tzinfo=UTC)


class Answers(BulkReader):
    """Gives these tables to any question, and remembers it."""

    def __init__(self, *tables: pa.Table) -> None:
        self._tables = tables
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def tables(self, query: Query, bound: dict[str, Any]) -> Iterator[pa.Table]:
        self.asked.append((query.name, bound))
        yield from self._tables


def rows(*of: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(of))


READ = pa.table(
    {
        "well_id": pa.array([7], pa.uint32()),
        "sensor_type": pa.array([4], pa.uint8()),
        "timestamp": pa.array([FIRST], pa.timestamp("us", tz="UTC")),
        "value": pa.array([5.0], pa.float32()),
        "quality": pa.array([0], pa.uint8()),
        "deleted": pa.array([0], pa.uint8()),
    }
)
MONTH = {"well_id": 7, "first": FIRST, "last": LAST, "n": 4320}


def test_a_store_beside_the_centre_is_not_the_centre_and_answers_nothing_by_itself() -> None:
    assert not BulkReader.of_the_centre
    with pytest.raises(NotImplementedError):
        list(BulkReader().tables(queries.NEWEST, {}))


def test_the_newest_announcement_is_told_and_none_is_an_empty_text() -> None:
    reader = Answers(rows({"n": 3, "announced_at": "2026-05-31 12:00:00.5"}))
    assert reader.newest([7, 8]) == "2026-05-31 12:00:00.5"
    assert reader.asked == [("newest", {"wells": [7, 8]})]
    assert Answers(rows({"n": 0, "announced_at": "1970-01-01 00:00:00"})).newest([7]) == ""
    assert Answers().newest([7]) == ""


@pytest.mark.parametrize(("ask", "name"), [("months", "months"), ("card_months", "card_months")])
def test_months_are_parts_of_a_well_in_the_order_they_came(ask: str, name: str) -> None:
    reader = Answers(rows(MONTH, {**MONTH, "well_id": 3}), rows({**MONTH, "n": 1}))
    assert getattr(reader, ask)([3, 7], SINCE) == [
        Part(7, FIRST, LAST, 4320),
        Part(3, FIRST, LAST, 4320),
        Part(7, FIRST, LAST, 1),
    ]
    assert reader.asked == [(name, {"wells": [3, 7], "since": SINCE})]


def test_what_was_announced_is_asked_between_two_announcements_and_of_readings_when_nothing_is_said() -> None:
    reader = Answers(rows(MONTH))
    assert reader.announced([7], "a", "b") == [Part(7, FIRST, LAST, 4320)]
    assert reader.announced([7], "a", "b", "dynamograms") == [Part(7, FIRST, LAST, 4320)]
    bound = {"after": "a", "until": "b", "wells": [7]}
    assert reader.asked == [
        ("announced", {**bound, "target": "sensor_readings"}),
        ("announced", {**bound, "target": "dynamograms"}),
    ]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-05-01T00:00:00Z",
        FIRST.replace(tzinfo=None),
        FIRST,
        FIRST.astimezone(timezone(timedelta(hours=5))),
    ],
    ids=["text", "without a zone", "in UTC", "in another zone"],
)
def test_a_moment_is_of_utc_however_it_is_told(moment: Any) -> None:
    class Rows(Answers):
        def _rows(self, query: Query, bound: dict[str, Any]) -> list[dict[str, Any]]:
            return [{**MONTH, "first": moment}]

    [part] = Rows().months([7], SINCE)
    assert (part.first, part.first.utcoffset()) == (FIRST, timedelta(0))


def test_readings_are_asked_of_a_part_with_all_its_wells_finely_or_coarsely() -> None:
    table = READ
    reader = Answers(table, table)
    part = Part(7, FIRST, LAST, 10, (8, 9))
    assert list(reader.readings(part)) == [table, table]
    assert list(reader.readings(part, coarse=True)) == [table, table]
    bound = {"wells": [7, 8, 9], "first": FIRST, "last": LAST}
    assert reader.asked == [("readings", bound), ("coarse", bound)]


def test_cards_keep_their_points_as_arrays_and_their_own_points_each() -> None:
    def of(card: str, points: list[float], *, deleted: int) -> dict[str, Any]:
        told = {"card_id": card, "well_id": 7, "taken_at": FIRST, "strokes_per_minute": 6}
        return {**told, "position_m": points, "load_n": [2 * one for one in points], "deleted": deleted}

    first_two = rows(of("a", [1.0, 2.0], deleted=0), of("b", [3.0], deleted=1))
    reader = Answers(first_two, pa.Table.from_pylist([of("c", [], deleted=0)], first_two.schema))
    first, second, third = reader.cards(Part(7, FIRST, LAST))
    assert (first.card_id, first.well, first.taken_at) == ("a", 7, FIRST)
    assert (first.strokes_per_minute, first.deleted) == (6.0, False)
    assert isinstance(first.position_m, np.ndarray)
    assert (first.position_m.tolist(), first.load_n.tolist()) == ([1.0, 2.0], [2.0, 4.0])
    assert (second.position_m.tolist(), second.load_n.tolist(), second.deleted) == ([3.0], [6.0], True)
    assert third.position_m.tolist() == []
    assert reader.asked == [("cards", {"wells": [7], "first": FIRST, "last": LAST})]


def test_sums_are_by_well_and_month_with_their_texts_as_they_are() -> None:
    times = "123456789012345678901"
    told = {
        "well_id": 7,
        "month": "2026-05",
        "n": 3,
        "times": times,
        "levels": "-5",
        "marks": 2,
    }
    reader = Answers(rows(told, {**told, "month": "2026-06", "n": 4}))
    assert reader.sums([7], SINCE) == {
        (7, "2026-05"): Sums(3, times, "-5", 2),
        (7, "2026-06"): Sums(4, times, "-5", 2),
    }
    assert Sums(3, "12", "-5", 2).text() == "3/12/-5/2"
    told |= {"ties": "99"}
    assert Answers(rows(told)).sums([7], SINCE) == {(7, "2026-05"): Sums(3, times, "-5", 2, "99")}
    assert Sums(3, "12", "-5", 2, "99").text() == "3/12/-5/2/99"
    assert reader.asked == [("sums", {"wells": [7], "since": SINCE})]


def test_cards_are_counted_by_well_and_month() -> None:
    told = {"well_id": 7, "month": "2026-05", "n": 3, "hashes": "12", "speeds": "5"}
    reader = Answers(rows(told))
    assert reader.card_sums([7], SINCE) == {(7, "2026-05"): "3/12/5"}
    assert reader.asked == [("card_sums", {"wells": [7], "since": SINCE})]


@pytest.mark.parametrize(
    ("there", "here", "same"),
    [
        ("3/12/-5/2/99", "3/12/-5/2/99", True),
        ("3/12/-5/2/98", "3/12/-5/2/99", False),
        ("3/12/-5/2", "3/12/-5/2/99", True),
        ("3/12/-5/2", "3/12/-5/21/99", False),
        ("", "3/12/-5/2/99", False),
        ("3/12/5", "3/12/5", True),
        ("3/12", "3/12/5", False),
    ],
)
def test_an_older_centre_is_compared_by_what_it_counts(there: str, here: str, same: bool) -> None:
    assert agree(there, here) is same


def test_a_part_knows_all_its_wells_and_guesses_no_rows() -> None:
    assert Part(7, FIRST, LAST).wells == [7]
    assert Part(7, FIRST, LAST, others=(8, 9)).wells == [7, 8, 9]
    assert Part(7, FIRST, LAST).rows == 0


def changed(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


FAR = pa.array([2**62], pa.timestamp("us", tz="UTC"))


@pytest.mark.parametrize(
    "table",
    [
        READ.drop_columns(["value"]),
        changed(READ, "value", pa.array([None], pa.float32())),
        changed(READ, "value", pa.array(["much"])),
        changed(READ, "value", pa.array([{"much": 1.0}])),
        changed(READ, "timestamp", pa.array([True])),
        changed(READ, "sensor_type", pa.array([300])),
        changed(READ, "timestamp", FAR),
        changed(READ, "timestamp", pa.array(["today"])),
    ],
    ids=[
        "no value",
        "null",
        "a text",
        "an object",
        "a truth",
        "a number too great",
        "a moment that nothing has",
        "no moment",
    ],
)
def test_readings_that_are_none_are_not_the_centres_and_no_fault_of_ours(table: pa.Table) -> None:
    with pytest.raises(KnownError, match="centre_not_itself"):
        list(Answers(table).readings(Part(7, FIRST, LAST)))


@pytest.mark.parametrize("wrong", [{"announced_at": "soon"}, {"announced_at": None}, {"n": 1}, {}])
def test_a_newest_moment_that_is_none_is_not_remembered(wrong: dict[str, Any]) -> None:
    """It was kept as the mark to go on from, and no sync after it came further."""
    with pytest.raises(KnownError, match="centre_not_itself"):
        Answers(rows({"n": 3, **wrong} if wrong else {"x": 1})).newest([7])


def test_months_cards_and_sums_that_are_none_are_not_the_centres() -> None:
    card = {"card_id": "a", "well_id": 7, "taken_at": FIRST, "strokes_per_minute": 6, "deleted": 0}
    told = {"well_id": 7, "month": "2026-13", "n": 3, "times": "1", "levels": "1", "marks": 0}
    part = Part(7, FIRST, LAST)
    for table, ask in (
        (rows({**MONTH, "first": None}), lambda reader: reader.months([7], SINCE)),
        (rows({**MONTH, "well_id": "x"}), lambda reader: reader.announced([7], "", "")),
        (rows({**card, "position_m": [1.0, 2.0], "load_n": [1.0]}), lambda reader: reader.cards(part)),
        (rows({**card, "position_m": 1.0, "load_n": 1.0}), lambda reader: reader.cards(part)),
        (rows({**card, "position_m": [1.0], "load_n": [float("nan")]}), lambda reader: reader.cards(part)),
        (rows(told), lambda reader: reader.sums([7], SINCE)),
    ):
        with pytest.raises(KnownError, match="centre_not_itself"):
            ask(Answers(table))


def test_an_answer_about_a_well_that_nobody_asked_about_is_not_the_centres() -> None:
    """Whoever took it looked for that well among those that are carried, and the sync broke."""
    night = {"well_id": 7, "made_at": FIRST, "body": "{}"}
    month = {"well_id": 7, "month": "2026-05", "n": 3, "times": "1", "levels": "1", "marks": 0}
    assert Answers(rows(night)).made([7]) == {7: FIRST}
    assert Answers(rows(night)).made_bodies([7]) == [(7, FIRST, "{}")]
    for table, ask in (
        (rows(night), lambda reader: reader.made([8])),
        (rows(night), lambda reader: reader.made_bodies([8])),
        (rows(month), lambda reader: reader.sums([8], SINCE)),
    ):
        with pytest.raises(KnownError, match="centre_not_itself"):
            ask(Answers(table))


@pytest.mark.parametrize("part", [Part(8, FIRST, LAST), Part(7, LAST, LAST), Part(7, SINCE, SINCE)])
def test_readings_that_are_not_of_the_part_that_was_asked_for_are_not_the_centres(part: Part) -> None:
    """A moment of another year stayed for ever: no comparison and no leaving of old months comes to it."""
    with pytest.raises(KnownError) as refused:
        list(Answers(READ).readings(part))
    assert refused.value.code == "centre_not_itself"
