"""Every page of the window. To add one: a folder with page.py, here a function and a line in PAGES; title and
keys stand in `page_titles`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.views.context import Context


class Page(Protocol):
    """`open` shows what another page points at, for example a finding."""

    key: str

    def open(self, argument: object) -> None: ...


Maker = Callable[[Context], QWidget]

# Each page's module is loaded when the page is first wanted; plain imports, so that a frozen build finds
# them.


def _overview() -> Maker:
    from app.views.overview.page import OverviewPage

    return OverviewPage


def _trends() -> Maker:
    from app.views.trends.page import TrendsPage

    return TrendsPage


def _cards() -> Maker:
    from app.views.cards.page import CardsPage

    return CardsPage


def _flow() -> Maker:
    from app.views.flow.page import FlowPage

    return FlowPage


def _well_tests() -> Maker:
    from app.views.welltests.page import WellTestsPage

    return WellTestsPage


def _lab() -> Maker:
    from app.views.lab.page import LabPage

    return LabPage


def _records() -> Maker:
    from app.views.records.page import RecordsPage

    return RecordsPage


def _forecast() -> Maker:
    from app.views.forecast.page import ForecastPage

    return ForecastPage


def _advice() -> Maker:
    from app.views.advice.page import AdvicePage

    return AdvicePage


def _field() -> Maker:
    from app.views.field.page import FieldPage

    return FieldPage


def _reports() -> Maker:
    from app.views.reports.page import ReportsPage

    return ReportsPage


def _devices() -> Maker:
    from app.views.devices.page import DevicesPage

    return DevicesPage


def _sync() -> Maker:
    from app.views.sync.page import SyncPage

    return SyncPage


def _work() -> Maker:
    from app.views.my_work.page import WorkPage

    return WorkPage


def _today() -> Maker:
    from app.views.today.page import TodayPage

    return TodayPage


def _alarms() -> Maker:
    from app.views.alarms.page import AlarmsPage

    return AlarmsPage


PAGES: dict[str, Callable[[], Maker]] = {
    "overview": _overview,
    "trends": _trends,
    "cards": _cards,
    "flow": _flow,
    "lab": _lab,
    "welltests": _well_tests,
    "records": _records,
    "forecast": _forecast,
    "reports": _reports,
    "field": _field,
    "advice": _advice,
    "devices": _devices,
    "sync": _sync,
    "my_work": _work,
    "today": _today,
    "alarms": _alarms,
}

_loaded: dict[str, Maker] = {}


def is_loaded(key: str) -> bool:
    return key in _loaded


def load(key: str) -> Maker:
    """What makes the page; its module and the charts take a third of a second, the first time, in whatever
    thread. A key of an earlier version is that of the overview.
    """
    _loaded[key] = PAGES.get(key, _overview)()
    return _loaded[key]


def load_ahead() -> Iterator[str]:
    """Page after page, for a thread that has nothing else to do: nobody waits in the window for the module of
    a page that he turns to for the first time, for a form or a dialog, nor for what makes reports. Yields the
    pages that were loaded.
    """
    for key in PAGES:
        load(key)
        yield key
    from app.views import opened_anywhere
    from app.views.reports import jobs

    opened_anywhere.load_ahead()
    jobs.load_ahead()
