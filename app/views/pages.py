"""Every page of the window. To add one: a folder with page.py, here a function and a line in PAGES; title and
keys stand in `page_titles`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.views.context import Context


class Page(Protocol):
    """`open` shows what another page points at, for example a finding."""

    key: str

    def open(self, argument: object) -> None: ...


# Each page's module is loaded when the page is first wanted; plain imports, so that a frozen build finds
# them.


def _overview(context: Context) -> QWidget:
    from app.views.overview.page import OverviewPage

    return OverviewPage(context)


def _trends(context: Context) -> QWidget:
    from app.views.trends.page import TrendsPage

    return TrendsPage(context)


def _cards(context: Context) -> QWidget:
    from app.views.cards.page import CardsPage

    return CardsPage(context)


def _flow(context: Context) -> QWidget:
    from app.views.flow.page import FlowPage

    return FlowPage(context)


def _well_tests(context: Context) -> QWidget:
    from app.views.welltests.page import WellTestsPage

    return WellTestsPage(context)


def _lab(context: Context) -> QWidget:
    from app.views.lab.page import LabPage

    return LabPage(context)


def _records(context: Context) -> QWidget:
    from app.views.records.page import RecordsPage

    return RecordsPage(context)


def _forecast(context: Context) -> QWidget:
    from app.views.forecast.page import ForecastPage

    return ForecastPage(context)


def _advice(context: Context) -> QWidget:
    from app.views.advice.page import AdvicePage

    return AdvicePage(context)


def _field(context: Context) -> QWidget:
    from app.views.field.page import FieldPage

    return FieldPage(context)


def _reports(context: Context) -> QWidget:
    from app.views.reports.page import ReportsPage

    return ReportsPage(context)


def _sync(context: Context) -> QWidget:
    from app.views.sync.page import SyncPage

    return SyncPage(context)


def _work(context: Context) -> QWidget:
    from app.views.my_work.page import WorkPage

    return WorkPage(context)


PAGES: dict[str, Callable[[Context], QWidget]] = {
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
    "sync": _sync,
    "my_work": _work,
}
