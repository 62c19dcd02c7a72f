"""What the pages are called and which keys open them. It knows no page, so that every page may ask it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True)
class PageName:
    """`tab` is a page of a well; where the work is, is asked in the bar above."""

    key: str
    title: str
    keys: str
    tab: bool = True


NAMES = (
    PageName("overview", QT_TRANSLATE_NOOP("Pages", "Overview"), "Ctrl+1"),
    PageName("trends", QT_TRANSLATE_NOOP("Pages", "Trends"), "Ctrl+2"),
    PageName("cards", QT_TRANSLATE_NOOP("Pages", "Cards"), "Ctrl+3"),
    PageName("flow", QT_TRANSLATE_NOOP("Pages", "Flow and levels"), "Ctrl+4"),
    PageName("lab", QT_TRANSLATE_NOOP("Pages", "Lab"), "Ctrl+5"),
    PageName("welltests", QT_TRANSLATE_NOOP("Pages", "Well tests"), "Ctrl+6"),
    PageName("records", QT_TRANSLATE_NOOP("Pages", "Events"), "Ctrl+7"),
    PageName("forecast", QT_TRANSLATE_NOOP("Pages", "Forecast"), "Ctrl+8"),
    PageName("reports", QT_TRANSLATE_NOOP("Pages", "Reports"), "Ctrl+9"),
    PageName("field", QT_TRANSLATE_NOOP("Pages", "Field"), "Ctrl+0"),
    PageName("advice", QT_TRANSLATE_NOOP("Pages", "What to set"), "Ctrl+Shift+A"),
    PageName("devices", QT_TRANSLATE_NOOP("Pages", "Instruments"), "Ctrl+Shift+I"),
    PageName("sync", QT_TRANSLATE_NOOP("Pages", "Sync"), "Ctrl+Shift+S", tab=False),
    PageName("my_work", QT_TRANSLATE_NOOP("Pages", "My work"), "Ctrl+H", tab=False),
    PageName("today", QT_TRANSLATE_NOOP("Pages", "Today"), "Ctrl+Shift+D", tab=False),
    PageName("alarms", QT_TRANSLATE_NOOP("Pages", "Alarms"), "Ctrl+Shift+L", tab=False),
)
TABS = tuple(name.key for name in NAMES if name.tab)
_TITLES = {name.key: name.title for name in NAMES}


def page_title(key: str) -> str:
    return QCoreApplication.translate("Pages", _TITLES[key])
