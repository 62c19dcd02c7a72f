"""Work in slices: what was typed does not wait for its end, what is newer takes its place, and a page is seen
when all of it is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.views.context import Context
from app.views.main_window import MainWindow
from app.views.overview.page import OverviewPage
from app.views.read_of_well import ReadOfWell
from app.views.slices import Slices
from app.views.turns import ENOUGH_S

Wait = Callable[[], None]


def steps(done: list[int], count: int = 5, longer: float = 1.2) -> Iterator[None]:
    for number in range(count):
        time.sleep(longer * ENOUGH_S)
        done.append(number)
        yield


def test_other_work_of_the_window_comes_between_two_slices(qtbot: QtBot) -> None:
    parent, done, between = QObject(), list[int](), list[int]()
    slices = Slices(parent)
    slices.begin(steps(done))
    assert done == [0]
    QTimer.singleShot(0, lambda: between.append(len(done)))
    qtbot.waitSignal(slices.ended, timeout=2_000).wait()
    assert done == [0, 1, 2, 3, 4]
    assert between[0] < 5


def test_newer_work_takes_the_place_of_what_is_left_and_dropped_work_is_never_done(qtbot: QtBot) -> None:
    parent, older, newer = QObject(), list[int](), list[int]()
    slices, ends = Slices(parent), list[None]()
    slices.ended.connect(lambda: ends.append(None))
    slices.begin(steps(older))
    slices.begin(steps(newer, 2))
    qtbot.waitUntil(lambda: bool(ends), timeout=2_000)
    assert (older, newer, len(ends)) == ([0], [0, 1], 1)
    slices.begin(steps(older))
    slices.drop()
    qtbot.wait(20)
    assert (older, len(ends), slices.at_work) == ([0, 0], 1, False)


def test_work_that_its_last_step_begins_is_done_to_its_end() -> None:
    parent, newer = QObject(), list[int]()
    slices, ends = Slices(parent), list[list[int]]()
    slices.ended.connect(lambda: ends.append(list(newer)))

    def begins_another() -> Iterator[None]:
        yield
        slices.begin(steps(newer, 3))

    slices.begin(begins_another())
    while slices.at_work:
        slices.finish()
    assert ends == [[0, 1, 2]]


def test_a_step_that_fails_ends_the_work_and_who_needs_it_all_has_it_at_once() -> None:
    def failing() -> Iterator[None]:
        yield
        raise ValueError("of a step")

    parent, ends, done = QObject(), list[None](), list[int]()
    slices = Slices(parent)
    slices.ended.connect(lambda: ends.append(None))
    with pytest.raises(ValueError, match="of a step"):
        slices.begin(failing())
    assert (len(ends), slices.at_work) == (1, False)
    slices.begin(steps(done, 3))
    slices.finish()
    assert (done, len(ends)) == ([0, 1, 2], 2)


def test_what_was_read_is_put_there_before_it_is_read_anew(
    context: Context, as_window: Callable[[QWidget], None]
) -> None:
    """What is asked for now was taken for what came of it: a view waited for pens that were not there."""
    page, done, asked = QWidget(), list[int](), list[list[int]]()
    as_window(page)
    seen = ReadOfWell(context, page, lambda: asked.append(list(done)))
    seen.fill(steps(done, 3))
    assert len(done) < 3
    seen._read()
    assert asked == [[0, 1, 2]]
    assert page.updatesEnabled()


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_a_page_stays_covered_until_its_last_step_and_another_well_drops_the_others(
    window: MainWindow, settled: Wait
) -> None:
    page = window.page("overview")
    assert isinstance(page, OverviewPage)
    seen, context, done = page.presenter._seen, window.context, list[int]()
    here = context.well
    assert here is not None
    other = next(well for well in window.tree.wells() if well.id != here.id)
    assert seen.cover.isHidden()
    seen.fill(steps(done))
    assert not page.updatesEnabled(), "half of it would be seen"
    context.well_changed.emit(other)
    assert not seen.cover.isHidden()
    assert page.updatesEnabled()
    settled()
    assert done == [0], "the rest was of the well before"


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_a_page_that_was_not_filled_to_its_end_stays_covered_until_it_is(
    window: MainWindow, settled: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.page("overview")
    assert isinstance(page, OverviewPage)
    seen, context = page.presenter._seen, window.context
    other = next(well for well in window.tree.wells() if context.well is None or well.id != context.well.id)
    for read in (lambda: context.choose_well(other), seen.wanted):  # the first time, and again
        with monkeypatch.context() as broken, qtbot.captureExceptions() as raised:
            broken.setattr(page.values, "show_values", lambda _: 1 // 0)
            read()
            settled()
        assert [kind for kind, *_ in raised] == [ZeroDivisionError]
        assert not seen.cover.isHidden(), "the values are those of before"
        assert page.updatesEnabled()
        seen.wanted()
        settled()
        assert seen.cover.isHidden()
