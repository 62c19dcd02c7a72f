"""Every command, by where it can be given: the manual and the tests read them here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.views.commands.alarms import ALARMS
from app.views.commands.builder import BUILDER
from app.views.commands.cards import CARDS
from app.views.commands.chart import CHART
from app.views.commands.command import Command
from app.views.commands.entries import ENTRIES
from app.views.commands.saving import FORM, LIST, REPORT
from app.views.commands.tree import TREE
from app.views.commands.window import WINDOW

# place → (what the manual calls it, its commands)
PLACES: dict[str, tuple[str, tuple[Command[Any], ...]]] = {
    "window": (QT_TRANSLATE_NOOP("Commands", "Anywhere in the window"), WINDOW),
    "tree": (QT_TRANSLATE_NOOP("Commands", "In the list of wells"), TREE),
    "entries": (QT_TRANSLATE_NOOP("Commands", "New entries of the chosen well"), ENTRIES),
    "chart": (QT_TRANSLATE_NOOP("Commands", "On a chart over time"), CHART),
    "cards": (QT_TRANSLATE_NOOP("Commands", "On the page of cards"), CARDS),
    "alarms": (QT_TRANSLATE_NOOP("Commands", "On the page of alarms"), ALARMS),
    "report": (QT_TRANSLATE_NOOP("Commands", "On the page of reports"), REPORT),
    "list": (QT_TRANSLATE_NOOP("Commands", "In a list of records"), LIST),
    "form": (QT_TRANSLATE_NOOP("Commands", "In a form"), FORM),
    "builder": (QT_TRANSLATE_NOOP("Commands", "In the well builder"), BUILDER),
}
DIALOGS = ("form", "builder")
"""Over the window, so that its keys are not the window's."""
