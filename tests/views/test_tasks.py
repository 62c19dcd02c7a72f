"""The bridge between threads and widgets keeps its guarantees."""

from __future__ import annotations

import gc
import re
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from app.core.jobs import Job
from app.core.zones import FieldZone
from app.views.plots.pane import PenSpec
from app.views.plots.time_chart import TimeChart
from app.views.tasks import Task, TaskRunner
from app.views.theme import LIGHT

MAIN = threading.main_thread()


class Box(QObject):
    """Takes what arrives and remembers in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: list[threading.Thread] = []
        self.values: list[object] = []

    @Slot(object)
    def take(self, value: object) -> None:
        self.threads.append(threading.current_thread())
        self.values.append(value)


def test_a_result_arrives_in_the_gui_thread(runner: TaskRunner, qtbot: QtBot) -> None:
    box = Box()
    runner.start(lambda job: 42, done=box.take)
    qtbot.waitUntil(lambda: box.values == [42], timeout=2000)
    assert box.threads == [MAIN]


def test_a_plain_function_is_called_in_the_gui_thread_too(runner: TaskRunner, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    runner.start(lambda job: 1, done=lambda _: threads.append(threading.current_thread()))
    qtbot.waitUntil(lambda: len(threads) == 1, timeout=2000)
    assert threads == [MAIN]


def test_an_error_reaches_its_handler_or_else_the_windows(runner: TaskRunner, qtbot: QtBot) -> None:
    def fail(job: Job) -> None:
        raise ValueError("no such well")

    box, window = Box(), Box()
    runner.failed.connect(window.take)
    runner.start(fail, failed=box.take)
    qtbot.waitUntil(lambda: len(box.values) == 1, timeout=2000)
    assert window.values == []
    runner.start(fail)
    qtbot.waitUntil(lambda: [str(value) for value in window.values] == ["no such well"], timeout=2000)


def test_a_cancelled_task_is_silent_at_once_and_its_worker_leaves(runner: TaskRunner, qtbot: QtBot) -> None:
    started, left = threading.Event(), threading.Event()

    def slow(job: Job) -> None:
        started.set()
        try:
            for i in range(10_000):
                time.sleep(0.005)
                job.report(i, 10_000)
        finally:
            left.set()

    box = Box()
    task = runner.start(slow, done=box.take, failed=box.take)
    task.progressed.connect(box.take)
    assert started.wait(2)
    with qtbot.waitSignal(task.finished, timeout=1000):
        task.cancel()
    heard = len(box.values)
    assert left.wait(2)
    qtbot.wait(50)
    assert len(box.values) == heard


def test_a_queued_task_that_is_cancelled_never_starts(runner: TaskRunner, qtbot: QtBot) -> None:
    ran: list[int] = []
    gate = threading.Event()
    runner.start(lambda job: gate.wait(2), lane="store")
    second = runner.start(lambda job: ran.append(1), lane="store")
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy, timeout=3000)
    assert ran == []


def test_a_task_of_the_same_purpose_replaces_the_one_before(runner: TaskRunner, qtbot: QtBot) -> None:
    """However fast they come, only the answer to the last question arrives."""
    box = Box()
    for number in range(30):
        runner.start(lambda job, n: n, number, lane="store", purpose="window", done=box.take)
    qtbot.waitUntil(lambda: not runner.busy, timeout=3000)
    assert box.values == [29]


class Page(QObject):
    shown = Signal(Job)


def test_a_result_for_a_page_that_is_gone_is_dropped(runner: TaskRunner, qtbot: QtBot) -> None:
    page, gate = Page(), threading.Event()
    runner.start(lambda job: gate.wait(3), done=page.shown)
    shiboken6.delete(page)
    gate.set()
    with qtbot.captureExceptions() as caught:
        qtbot.waitUntil(lambda: not runner.busy, timeout=3000)
    assert not caught


def test_no_task_hands_its_result_to_the_emit_of_a_signal_that_may_be_gone() -> None:
    views = Path(__file__).resolve().parents[2] / "app" / "views"
    handed = re.compile(r"(done|failed)=[\w.]+\.emit\b")
    sources = sorted(views.rglob("*.py"))
    assert len(sources) > 50
    assert [str(path) for path in sources if handed.search(path.read_text(encoding="utf-8"))] == []


def test_the_store_lane_answers_in_order(runner: TaskRunner, qtbot: QtBot) -> None:
    box = Box()
    for number in range(20):
        runner.start(lambda job, n: n, number, lane="store", done=box.take)
    qtbot.waitUntil(lambda: len(box.values) == 20, timeout=3000)
    assert box.values == list(range(20))


def test_progress_comes_ten_times_a_second_and_the_last_one_always(runner: TaskRunner, qtbot: QtBot) -> None:
    def work(job: Job) -> None:
        for i in range(2000):
            job.report(i, 1999)

    box = Box()
    task = runner.start(work)
    task.progressed.connect(box.take)
    with qtbot.waitSignal(task.finished, timeout=3000):
        pass
    assert 1 <= len(box.values) < 20
    assert getattr(box.values[-1], "done", None) == 1999


def test_finished_and_cancelled_tasks_are_deleted(runner: TaskRunner, qtbot: QtBot) -> None:
    gone: list[int] = []

    def work(job: Job) -> None:
        for k in range(20):
            job.report(k, 20)
            time.sleep(0.001)

    for i in range(20):
        task = runner.start(work, lane="store")
        task.destroyed.connect(lambda *_: gone.append(1))
        if i % 2:
            task.cancel()
    qtbot.waitUntil(lambda: len(gone) == 20, timeout=8000)
    assert not runner.busy


def test_an_answer_for_a_widget_that_is_gone_is_dropped(runner: TaskRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    box = Box()
    runner.start(lambda job: gate.wait(2), lane="compute", done=box.take)
    values = box.values
    box.deleteLater()
    del box
    qtbot.wait(30)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy, timeout=3000)
    assert values == []


def test_shutting_down_waits_for_the_workers_and_says_nothing_more(qtbot: QtBot) -> None:
    runner = TaskRunner()
    box = Box()
    left: list[int] = []

    def slow(job: Job) -> None:
        time.sleep(0.1)
        left.append(1)

    runner.start(slow, done=box.take)
    time.sleep(0.03)
    runner.shutdown()
    qtbot.wait(30)
    assert (left, box.values) == ([1], [])


class _Raw(QObject):
    fired = Signal(object, bool)


@pytest.mark.slow
def test_2000_signals_and_300_painted_frames_leave_the_counts_of_none_and_true_alone(qtbot: QtBot) -> None:
    """PySide6 6.12 loses one reference a signal and a frame on Python 3.11, until the interpreter dies."""
    if sys.version_info >= (3, 12):
        pytest.skip("None and True are immortal from Python 3.12 on")
    raw, box = _Raw(), Box()
    raw.fired.connect(box.take)
    chart = TimeChart(LIGHT, "en", FieldZone())
    qtbot.addWidget(chart)
    chart.resize(400, 300)
    chart.set_pens([[PenSpec("p", "p", "pressure", "p, MPa", "#1F5FA8")]])
    minutes = np.arange(500, dtype=np.int64) * 60_000_000
    chart.set_data("p", minutes, np.sin(minutes / 1e9), minutes[:0], np.empty(0), 600.0)
    with qtbot.waitExposed(chart):
        chart.show()
    gc.collect()  # what earlier tests left must not go in between, and take its references along
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(2000):
        raw.fired.emit(None, True)
    box.values.clear()
    for frame in range(300):
        chart.set_window_us(frame * 60_000_000, (frame + 100) * 60_000_000)
        chart.grab()
    after = sys.getrefcount(None), sys.getrefcount(True)
    # One lost a frame would be 300, one a signal 2,000.
    assert after[0] >= before[0] - 250
    assert after[1] >= before[1] - 250
    chart.hide()


def test_the_task_knows_no_thread_of_its_own(runner: TaskRunner, qtbot: QtBot) -> None:
    task = runner.start(lambda job: None, title="x")
    assert isinstance(task, Task)
    assert task.thread() is runner.thread()
    qtbot.waitUntil(lambda: not runner.busy, timeout=2000)


def test_after_the_shutdown_nothing_is_begun_and_nothing_is_raised(qtbot: QtBot) -> None:
    """A timer of a window that was just closed raised into the event loop."""
    runner = TaskRunner()
    assert runner.shutdown()
    begun: list[object] = []
    task = runner.start(begun.append, title="late", purpose="late")
    qtbot.wait(20)
    assert (begun, task.muted, runner.busy, runner.shown()) == ([], True, False, [])
