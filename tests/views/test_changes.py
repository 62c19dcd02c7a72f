"""A page reads again what has changed of what it shows, once and when somebody looks at it; a page that is
not concerned does no work.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.models.changes import ALARMS, CARDS, FINDINGS, WELL_TESTS, Changed
from app.views.main_window import MainWindow
from app.views.pages import PAGES
from app.views.tasks import Task

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]
# What the page of a key starts when it reads, where it is not called like the page.
PURPOSE = {"trends": "trends history", "welltests": "well tests"}
OF_EVERY_WELL = {"field", "today", "well tree"}
PAGES_OF_DATA = sorted(PAGES.keys() - {"sync", "reports", "my_work", "devices"})
WATCHED = {*(PURPOSE.get(key, key) for key in PAGES_OF_DATA), "well tree"}
# A change of the chosen well → what reads again.
READ_BY = {
    WELL_TESTS: {"well tests", "advice"},
    FINDINGS: {"overview", "trends history", "cards", "forecast", *OF_EVERY_WELL},
    ALARMS: {"overview", "alarms", "today", "well tree"},
    "note": {"trends history", "records"},
    "lab_result": {"lab", "flow", "overview", "today"},
}


@pytest.fixture
def started(window: MainWindow, open_well: Open, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The purposes of all that was started since every page was opened."""
    for key in PAGES_OF_DATA:
        open_well(window, "202", key)
    runner, purposes = window.context.runner, []
    start, of_lab = runner.start, f"records {id(window.page('lab').panel.presenter)}"

    def watched(*arguments: object, **named: object) -> Task:
        purpose = str(named.get("purpose", ""))
        by_panel = "lab" if purpose == of_lab else "records"
        purposes.append(by_panel if purpose.startswith("records ") else purpose)
        return start(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "start", watched)
    return purposes


@pytest.mark.slow
def test_only_the_page_that_is_seen_and_shows_what_changed_works_and_a_hidden_one_reads_once_when_it_is_shown(
    window: MainWindow, started: list[str], settled: Wait
) -> None:
    """Both on one window: to open every page of it takes longer than all that is asked."""
    only_what_is_seen_and_changed_works(window, started, settled)
    a_hidden_page_reads_once_when_it_is_shown(window, started, settled)


def only_what_is_seen_and_changed_works(window: MainWindow, started: list[str], settled: Wait) -> None:
    well = window.context.well
    assert well is not None
    changes = {Changed(well.id, frozenset({kind})): who for kind, who in READ_BY.items()}
    changes[Changed(well.id + 1, frozenset({CARDS}))] = OF_EVERY_WELL
    for key in PAGES_OF_DATA:
        window.open_page(key)
        settled()
        for change, who in changes.items():
            started.clear()
            window.context.changed.emit(change)
            settled()
            assert WATCHED & set(started) == who & {PURPOSE.get(key, key), "well tree"}, (key, change)


def a_hidden_page_reads_once_when_it_is_shown(window: MainWindow, started: list[str], settled: Wait) -> None:
    """However much has changed meanwhile."""
    window.open_page("sync")
    settled()
    started.clear()
    well = next(one for one in window.tree.wells() if one.name == "201")
    window.context.choose_well(well)
    settled()
    for _ in range(3):
        window.context.changed.emit(Changed(well.id, frozenset({FINDINGS, ALARMS})))
    settled()
    assert not (WATCHED - OF_EVERY_WELL) & set(started)
    for key in PAGES_OF_DATA:
        started.clear()
        window.open_page(key)
        settled()
        assert started.count(PURPOSE.get(key, key)) == 1, key
        window.open_page("sync")
        window.open_page(key)
        settled()
        assert started.count(PURPOSE.get(key, key)) == 1, f"{key}: nothing has changed since"
