"""A page reads again what has changed of what it shows, once; a page that is not concerned does no work."""

from __future__ import annotations

from collections.abc import Callable

from app.models.changes import CARDS, FINDINGS, WELL_TESTS, Changed
from app.views.main_window import MainWindow
from app.views.pages import PAGES
from app.views.tasks import Task

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]


def test_only_pages_that_show_what_changed_do_any_work(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    open_well(window, "202", "overview")
    for key in PAGES:
        open_well(window, "202", key)
    well = window.context.well
    assert well is not None
    runner, started = window.context.runner, []
    start = runner.start

    def watched(*arguments: object, **named: object) -> Task:
        started.append(str(named.get("purpose", "")))
        return start(*arguments, **named)  # type: ignore[arg-type]

    runner.start = watched  # type: ignore[method-assign]

    def work_of(change: Changed) -> set[str]:
        started.clear()
        window.context.changed.emit(change)
        settled()
        return {purpose.split()[0] if purpose.startswith("records") else purpose for purpose in started}

    tests = work_of(Changed(well.id, frozenset({WELL_TESTS})))
    assert "well tests" in tests
    assert not {"overview", "trends history", "cards", "flow", "forecast", "records", "field"} & tests
    findings = work_of(Changed(well.id, frozenset({FINDINGS})))
    assert {"overview", "trends history", "cards", "field", "well tree", "forecast"} <= findings
    assert not {"well tests", "flow", "records"} & findings
    other = work_of(Changed(well.id + 1, frozenset({CARDS})))
    assert not {"overview", "trends history", "cards", "flow", "well tests", "forecast", "records"} & other
    assert {"field", "well tree"} <= other, "they show every well"
    note = work_of(Changed(well.id, frozenset({"note"})))
    assert {"trends history", "records"} <= note
    assert not {"overview", "cards", "flow", "forecast", "well tests", "field", "well tree"} & note
