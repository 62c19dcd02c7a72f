"""Fetched in one thread while another writes: nothing is lost between them, nothing is left running."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pyarrow as pa
import pytest

from app.core.jobs import Cancelled, Job
from app.sync import fetching as piecewise
from app.sync.fetching import ahead as fetched_ahead
from app.sync.fetching import pieces as pieces_of
from app.sync.transports.base import Part
from tests.conftest import NOW


def fetching() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name == "fetch ahead"]


def test_what_is_fetched_comes_in_its_order_and_the_thread_ends() -> None:
    assert list(fetched_ahead(Job(), iter(range(50)), most=3)) == list(range(50))
    assert fetching() == []


def test_nothing_to_fetch_is_nothing() -> None:
    assert list(fetched_ahead(Job(), iter(()))) == []


def test_an_error_of_the_fetching_is_raised_where_its_rows_are_waited_for_after_those_that_came() -> None:
    def breaking() -> Iterator[int]:
        yield 1
        yield 2
        raise OSError("cut")

    got: list[int] = []
    ahead = fetched_ahead(Job(), breaking())
    with pytest.raises(OSError, match="cut"):
        got.extend(ahead)
    assert got == [1, 2]
    assert fetching() == []


def test_no_more_is_fetched_than_may_be_held() -> None:
    fetched: list[int] = []

    def counting() -> Iterator[int]:
        for i in range(100):
            fetched.append(i)
            yield i

    ahead = fetched_ahead(Job(), counting(), most=4)
    next(ahead)
    waiting = threading.Event()
    waiting.wait(0.05)
    assert len(fetched) <= 7, "one given out, four held, one in the hand"
    ahead.close()
    assert fetching() == []


def test_who_stops_reading_stops_the_fetching() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield 1

    for one in fetched_ahead(Job(), endless(), most=2):
        assert one == 1
        break
    assert fetching() == []


def test_a_cancelled_job_is_told_also_when_all_had_come() -> None:
    job = Job()
    ahead = fetched_ahead(job, iter(range(3)))
    assert next(ahead) == 0
    job.cancel()
    with pytest.raises(Cancelled):
        list(ahead)


def test_a_cancelled_job_fetches_no_further() -> None:
    job, fetched = Job(), []

    def cancelling() -> Iterator[int]:
        for i in range(100):
            fetched.append(i)
            if i == 5:
                job.cancel()
            yield i

    with pytest.raises(Cancelled):
        list(fetched_ahead(job, cancelling()))
    assert fetched == list(range(6))


# ---- what is written at once -------------------------------------------------------------------------------


def table(*values: int) -> pa.Table:
    return pa.table({"n": list(values)})


def part(well: int) -> Part:
    return Part(well, NOW, NOW)


def pieces(*fetched: tuple[str, pa.Table | None], **wells: int) -> list[tuple[list[int], list[str]]]:
    parts = {name: part(well) for name, well in wells.items()}
    return [(t.column("n").to_pylist(), names) for t, names in pieces_of(iter(fetched), parts)]


def test_small_parts_are_written_together() -> None:
    got = pieces(("a", table(1)), ("a", None), ("b", table(2)), ("b", None), a=1, b=2)
    assert got == [([1, 2], ["a", "b"])]


def test_a_piece_ends_where_the_wells_begin_anew() -> None:
    """The next month: rows of a piece are in order as they stand."""
    got = pieces(("a", table(1)), ("a", None), ("b", table(2)), ("b", None), a=2, b=1)
    assert got == [([1], ["a"]), ([2], ["b"])]


def test_a_part_that_is_not_all_there_is_not_called_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piecewise, "MOST_ROWS", 2)
    got = pieces(("a", table(1, 2)), ("a", table(3)), ("a", None), a=1)
    assert got == [([1, 2], []), ([3], ["a"])]


def test_a_piece_that_is_full_ends_with_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piecewise, "ROWS_AT_ONCE", 2)
    got = pieces(("a", table(1, 2)), ("a", table(3)), ("a", None), ("b", table(4)), ("b", None), a=1, b=2)
    assert got == [([1, 2, 3], ["a"]), ([4], ["b"])]


def test_parts_without_rows_make_no_piece_and_those_beside_others_are_finished_with_them() -> None:
    assert pieces(("a", None), a=1) == []
    assert pieces(("a", None), ("b", table(1)), ("b", None), a=1, b=2) == [([1], ["a", "b"])]


@pytest.mark.parametrize(
    ("rows", "cut"),
    [((2, 1), [2, 1]), ((1, 1), [2]), ((3, 1), [3, 1]), ((1, 1, 1), [2, 1]), ((2, 2, 1), [2, 2, 1])],
)
def test_a_piece_is_full_at_its_last_row(
    monkeypatch: pytest.MonkeyPatch, rows: tuple[int, ...], cut: list[int]
) -> None:
    """A part is cut inside when so many rows are held and the next ones come."""
    monkeypatch.setattr(piecewise, "MOST_ROWS", 2)
    got = pieces(*(("a", table(*range(n))) for n in rows), ("a", None), a=1)
    assert [len(values) for values, _ in got] == cut
    assert [names for _, names in got] == [[]] * (len(got) - 1) + [["a"]]


def test_rows_of_one_well_after_another_count_for_the_same_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piecewise, "ROWS_AT_ONCE", 3)
    fetched: list[tuple[str, pa.Table | None]] = []
    for name in "abcde":
        fetched += [(name, table(1)), (name, None)]
    got = pieces(*fetched, a=1, b=2, c=3, d=4, e=4)
    assert got == [([1, 1, 1], ["a", "b", "c"]), ([1, 1], ["d", "e"])]


def test_a_piece_that_went_is_begun_anew_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piecewise, "ROWS_AT_ONCE", 2)
    parts = {name: Part(1, NOW, NOW, 0, (5,)) for name in "ab"} | {"c": part(3), "d": part(4)}
    fetched = [(name, one) for name in "abcd" for one in (table(1), None)]
    got = [(t.num_rows, names) for t, names in pieces_of(iter(fetched), parts)]
    assert got == [(1, ["a"]), (1, ["b"]), (2, ["c", "d"])], "a part ends with its last well"
