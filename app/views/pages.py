"""Every page of the window. To add one: a folder with page.py and one line here."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.views.cards.page import CardsPage
from app.views.context import Context
from app.views.overview.page import OverviewPage
from app.views.reports.page import ReportsPage
from app.views.trends.page import TrendsPage


class Page(Protocol):
    """`open` shows what another page points at, for example a finding."""

    key: str

    def open(self, argument: object) -> None: ...


PAGES: tuple[type[QWidget], ...] = (OverviewPage, TrendsPage, CardsPage, ReportsPage)


def make_pages(context: Context) -> dict[str, QWidget]:
    made = [page(context) for page in PAGES]  # type: ignore[arg-type]
    return {cast(Page, page).key: page for page in made}


def page_title(key: str) -> str:
    return {
        "overview": QCoreApplication.translate("Pages", "Overview"),
        "trends": QCoreApplication.translate("Pages", "Trends"),
        "cards": QCoreApplication.translate("Pages", "Cards"),
        "reports": QCoreApplication.translate("Pages", "Reports"),
    }[key]
