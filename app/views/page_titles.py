"""What the pages are called. It knows no page, so that every page may ask it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def page_title(key: str) -> str:
    return {
        "overview": QCoreApplication.translate("Pages", "Overview"),
        "trends": QCoreApplication.translate("Pages", "Trends"),
        "cards": QCoreApplication.translate("Pages", "Cards"),
        "flow": QCoreApplication.translate("Pages", "Flow and levels"),
        "lab": QCoreApplication.translate("Pages", "Lab"),
        "welltests": QCoreApplication.translate("Pages", "Well tests"),
        "records": QCoreApplication.translate("Pages", "Events"),
        "forecast": QCoreApplication.translate("Pages", "Forecast"),
        "reports": QCoreApplication.translate("Pages", "Reports"),
        "field": QCoreApplication.translate("Pages", "Field"),
        "sync": QCoreApplication.translate("Pages", "Sync"),
    }[key]
