"""The one bridge between worker threads and widgets.

Guarantees: every signal of a Task arrives in the GUI thread; a cancelled task goes mute at once; a queued one
that is cancelled never starts; starting a task of the same purpose cancels the one before, so a stale result
never arrives.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from app.core.jobs import Cancelled, Job, Progress
from app.views.garbage import GuiThreadGarbage

LANES = {"store": 1, "compute": 2, "network": 4, "journal": 1, "modules": 1, "search": 1, "index": 1}


class Task(QObject):
    """A running job as seen from the window."""

    progressed = Signal(Progress)
    partly = Signal(object)  # a part of the result that can be used already (Job.hand_over)
    succeeded = Signal(object)
    failed = Signal(BaseException)
    finished = Signal()  # for the user: nothing more will come
    left_worker = Signal(QObject)  # for the runner, the task itself: no thread touches it any more
    _from_worker = Signal(str, object)

    def __init__(self, parent: QObject, title: str, purpose: str) -> None:
        super().__init__(parent)
        self.title, self.purpose = title, purpose
        self.job = Job(self._report, receiver=self._receive)
        self._from_worker.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._muted = False
        self._future: Future[Any] | None = None

    @property
    def muted(self) -> bool:
        return self._muted

    @property
    def future(self) -> Future[Any] | None:
        return self._future

    def watch(self, future: Future[Any]) -> None:
        self._future = future
        future.add_done_callback(self._on_future_done)

    def cancel(self) -> None:
        """Go mute now; the worker leaves at its next check(), or never starts."""
        if self._muted:
            return
        self._muted = True
        self.job.cancel()
        if self._future is not None:
            self._future.cancel()
        self.finished.emit()

    def _report(self, progress: Progress) -> None:  # worker thread
        self._from_worker.emit("progress", progress)

    def _receive(self, part: object) -> None:  # worker thread
        self._from_worker.emit("part", part)

    def _on_future_done(self, future: Future[Any]) -> None:  # worker thread
        if future.cancelled():
            self._from_worker.emit("error", Cancelled())
            return
        error = future.exception()
        if error is None:
            self._from_worker.emit("done", future.result())
        else:
            self._from_worker.emit("error", error)

    @Slot(str, object)
    def _deliver(self, kind: str, payload: Any) -> None:
        if kind in ("progress", "part"):
            if not self._muted:
                (self.progressed if kind == "progress" else self.partly).emit(payload)
            return
        if not self._muted:
            self._muted = True
            if kind == "done":
                self.succeeded.emit(payload)
            elif not isinstance(payload, Cancelled):
                self.failed.emit(payload)
            self.finished.emit()
        self.left_worker.emit(self)


class TaskRunner(QObject):
    """Lanes: 'store' is serial, for quick reads; 'compute' and 'network' are parallel, long writes go to
    'compute'; 'journal' is for what a person types: it waits for nothing else, nor does 'search'; 'index'
    reads documents for that one.
    """

    started = Signal(QObject)  # a Task with a title: the jobs bar shows it
    failed = Signal(BaseException)  # of a task whose starter gave no handler of its own

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {name: ThreadPoolExecutor(size, name) for name, size in LANES.items()}
        self._alive: set[Task] = set()
        self._by_purpose: dict[str, Task] = {}
        self._garbage = GuiThreadGarbage(self)
        self._closed = False

    def start(
        self,
        work: Callable[..., Any],
        *arguments: Any,
        lane: str = "compute",
        purpose: str = "",
        title: str = "",
        done: Callable[[Any], None] | SignalInstance | None = None,
        failed: Callable[[BaseException], None] | SignalInstance | None = None,
    ) -> Task:
        """Run `work(job, *arguments)`. Handlers are signals or bound methods of QObjects: those are let go of
        with their owner. The `emit` of a signal is not: it would be called when its owner is gone. After the
        shutdown nothing is begun: what a timer still asks for then is nobody's any more.
        """
        if self._closed:
            given_up = Task(self, title, purpose)
            given_up.cancel()
            return given_up
        if purpose and purpose in self._by_purpose:
            self._by_purpose[purpose].cancel()
        task = Task(self, title, purpose)
        self._alive.add(task)
        if purpose:
            self._by_purpose[purpose] = task
        task.left_worker.connect(self._forget)
        if done is not None:
            task.succeeded.connect(done)
        task.failed.connect(failed if failed is not None else self.failed)
        if title:
            self.started.emit(task)
        task.watch(self._lanes[lane].submit(work, task.job, *arguments))
        return task

    @property
    def busy(self) -> bool:
        return bool(self._alive)

    def shown(self) -> list[Task]:
        """The running tasks that the jobs bar shows."""
        return [task for task in self._alive if task.title and not task.muted]

    @Slot(object)
    def _forget(self, task: Task) -> None:
        self._alive.discard(task)
        if self._by_purpose.get(task.purpose) is task:
            del self._by_purpose[task.purpose]
        task.deleteLater()

    def shutdown(self, within_s: float | None = None) -> bool:
        """Cancels all and waits, for `within_s` at most: a call into a dead network cannot be broken off.
        Whether all have left.
        """
        self._closed = True
        for task in list(self._alive):
            task.cancel()
        for pool in self._lanes.values():
            pool.shutdown(wait=within_s is None, cancel_futures=True)
        running = [task.future for task in self._alive if task.future is not None and not task.future.done()]
        left = wait(running, timeout=within_s).not_done if running else set()
        self._garbage.stop()
        return not left
