"""What can be done from anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.core.texts import Speaker
from app.services.demo.marks import FIELD as DEMO
from app.views.builder.building import Building
from app.views.commands.command import NO_WELL, NO_WELLS, SET_BY_IT, Command, always, said
from app.views.context import Context
from app.views.demo_field import DemoField
from app.views.dialogs import Dialogs
from app.views.importing import Importing
from app.views.merging.merging import Merging
from app.views.my_work.taking_back import TakingBack
from app.views.page_titles import NAMES, PageName, page_title
from app.views.syncing import Syncing
from app.views.well_tree import WellTree


class Desk(Protocol):
    """The window, as commands know it."""

    context: Context
    dialogs: Dialogs
    tree: WellTree
    importing: Importing
    syncing: Syncing
    demo: DemoField
    building: Building
    merging: Merging
    taking_back: TakingBack

    def open_page(self, key: str, argument: object = None) -> None: ...

    def new_entry(self) -> None: ...

    def open_palette(self) -> None: ...

    def close(self) -> bool: ...


def _well(desk: Desk) -> str:
    if not desk.tree.wells():
        return _wells(desk)
    return "" if desk.context.well is not None else NO_WELL


def _locked(key: str) -> Callable[[Desk], str]:
    def obstacle(desk: Desk) -> str:
        said = desk.context.workspace.settings.set_by(key)
        return SET_BY_IT if said is not None and said.locked else ""

    return obstacle


def _wells(desk: Desk) -> str:
    return "" if desk.tree.wells() else NO_WELLS


def _centre(desk: Desk) -> str:
    if not desk.syncing.is_set_up:
        return QT_TRANSLATE_NOOP("Commands", "no connection to the centre is set up")
    return QT_TRANSLATE_NOOP("Commands", "it is running") if desk.syncing.running else ""


def _clipboard(desk: Desk) -> str:
    if desk.importing.can_paste():
        return ""
    return QT_TRANSLATE_NOOP("Commands", "neither a table nor files have been copied")


def _demo(desk: Desk) -> str:
    if desk.demo.running:
        return QT_TRANSLATE_NOOP("Commands", "it is running")
    here = any(well.field_name == DEMO for well in desk.tree.wells())
    return "" if here else QT_TRANSLATE_NOOP("Commands", "it is not here")


def _empty(desk: Desk) -> str:
    if not desk.tree.wells():
        return ""
    return QT_TRANSLATE_NOOP("Commands", "only into an empty profile, and there are wells in this one")


def _no_wells(desk: Desk) -> str:
    if desk.demo.running:
        return QT_TRANSLATE_NOOP("Commands", "it is running")
    return QT_TRANSLATE_NOOP("Commands", "there are wells already") if desk.tree.wells() else ""


def _page(name: PageName) -> Command[Desk]:
    return Command(
        f"page.{name.key}",
        lambda speaker: page_title(name.key),
        lambda desk: desk.open_page(name.key),
        (name.keys,),
        obstacle=_wells if name.tab else always,
        in_menu=name.key in ("overview", "trends", "cards"),
    )


def _other_language(speaker: Speaker) -> str:
    return "English" if speaker.language == "ru" else "Русский"


def _other_language_short(speaker: Speaker) -> str:
    return "EN" if speaker.language == "ru" else "RU"


IMPORT: Command[Desk] = Command(
    "files.import",
    said(QT_TRANSLATE_NOOP("Commands", "Import files…")),
    lambda desk: desk.importing.ask_files(),
    ("Ctrl+O",),
    tip=said(QT_TRANSLATE_NOOP("Commands", "Tables, dynamograms, documents from files")),
    short=said(QT_TRANSLATE_NOOP("Commands", "Import…")),
)
ENTRY: Command[Desk] = Command(
    "entry.new",
    said(QT_TRANSLATE_NOOP("Commands", "New entry…")),
    lambda desk: desk.new_entry(),
    ("Ctrl+N",),
    obstacle=_well,
    tip=said(QT_TRANSLATE_NOOP("Commands", "Flow test, level, sample, event, document of this well")),
    short=said(QT_TRANSLATE_NOOP("Commands", "New entry")),
    in_menu=True,
)
WELL: Command[Desk] = Command(
    "well.build",
    said(QT_TRANSLATE_NOOP("Commands", "Well builder…")),
    lambda desk: desk.building.open_chosen(),
    ("Ctrl+B",),
    obstacle=_well,
    tip=said(QT_TRANSLATE_NOOP("Commands", "Name, lift, pump, rods, unit, survey and fluid in one window")),
)
NEW_WELL: Command[Desk] = Command(
    "well.new",
    said(QT_TRANSLATE_NOOP("Commands", "New well…")),
    lambda desk: desk.building.open_new(),
    ("Ctrl+Shift+N",),
    in_menu=True,
)
MERGE: Command[Desk] = Command(
    "well.merge",
    said(QT_TRANSLATE_NOOP("Commands", "Merge with another well…")),
    lambda desk: desk.merging.open_chosen(desk.tree.wells()),
    obstacle=_well,
    tip=said(QT_TRANSLATE_NOOP("Commands", "Two wells that turned out to be one; nothing is written over")),
)
REPORT: Command[Desk] = Command(
    "report.hand_over",
    said(QT_TRANSLATE_NOOP("Commands", "Report of this well")),
    lambda desk: desk.open_page("reports", "hand over"),
    ("Ctrl+P",),
    obstacle=_well,
    tip=said(QT_TRANSLATE_NOOP("Commands", "The last used template; Enter saves it")),
    short=said(QT_TRANSLATE_NOOP("Commands", "Report")),
)
LANGUAGE: Command[Desk] = Command(
    "view.language",
    _other_language,
    lambda desk: desk.context.next_language(),
    obstacle=_locked("language"),
    short=_other_language_short,
)
THEME: Command[Desk] = Command(
    "view.theme",
    said(QT_TRANSLATE_NOOP("Commands", "Next theme")),
    lambda desk: desk.context.next_theme(),
    obstacle=_locked("theme"),
    tip=said(QT_TRANSLATE_NOOP("Commands", "Theme: light, dark, sunlight")),
    short=lambda speaker: "◐",
)
GLOVE: Command[Desk] = Command(
    "view.glove",
    said(QT_TRANSLATE_NOOP("Commands", "Glove mode on or off")),
    lambda desk: desk.context.turn_glove(),
    ("Ctrl+G",),
    obstacle=_locked("glove_mode"),
    tip=said(QT_TRANSLATE_NOOP("Commands", "Large letters and targets, for gloves")),
    short=lambda speaker: "",
)
SETTINGS: Command[Desk] = Command(
    "settings",
    said(QT_TRANSLATE_NOOP("Commands", "Settings")),
    lambda desk: desk.dialogs.settings(),
    ("Ctrl+,",),
    short=lambda speaker: "⚙",
)
WINDOW: tuple[Command[Desk], ...] = (
    *(_page(name) for name in NAMES),
    Command(
        "well.find",
        said(QT_TRANSLATE_NOOP("Commands", "Find: a well, a command, an entry, a document")),
        lambda desk: desk.tree.find(),
        ("Ctrl+F",),
        obstacle=_wells,
        tip=said(QT_TRANSLATE_NOOP("Commands", "By any word, also of what stands in documents")),
    ),
    Command(
        "palette",
        said(QT_TRANSLATE_NOOP("Commands", "Any command or well by a few letters")),
        lambda desk: desk.open_palette(),
        ("Ctrl+K",),
    ),
    Command(
        "period",
        said(QT_TRANSLATE_NOOP("Commands", "Period by its dates…")),
        lambda desk: desk.context.period_asked.emit(),
        ("Ctrl+T",),
        obstacle=_well,
    ),
    IMPORT,
    Command(
        "files.paste",
        said(QT_TRANSLATE_NOOP("Commands", "Import what was copied")),
        lambda desk: desk.importing.paste(),
        ("Ctrl+V",),
        obstacle=_clipboard,
        tip=said(QT_TRANSLATE_NOOP("Commands", "A range of a spreadsheet, or files of the file manager")),
    ),
    ENTRY,
    WELL,
    NEW_WELL,
    MERGE,
    REPORT,
    Command(
        "work.back",
        said(QT_TRANSLATE_NOOP("Commands", "Take back what was done last")),
        lambda desk: desk.taking_back.last(),
        ("Ctrl+Z",),
        tip=said(
            QT_TRANSLATE_NOOP("Commands", "An entry, a change, a deletion, a decision, a note, an import")
        ),
    ),
    Command(
        "work.again",
        said(QT_TRANSLATE_NOOP("Commands", "Do again what was taken back last")),
        lambda desk: desk.taking_back.again(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
    ),
    Command(
        "sync.now",
        said(QT_TRANSLATE_NOOP("Commands", "Sync now")),
        lambda desk: desk.syncing.sync_now(),
        ("F5",),
        obstacle=_centre,
    ),
    SETTINGS,
    LANGUAGE,
    THEME,
    GLOVE,
    Command(
        "demo.build",
        said(QT_TRANSLATE_NOOP("Commands", "Build the demo field")),
        lambda desk: desk.demo.build(),
        obstacle=_no_wells,
    ),
    Command(
        "demo.remove",
        said(QT_TRANSLATE_NOOP("Commands", "Remove the demo field…")),
        lambda desk: desk.demo.ask_to_remove(),
        obstacle=_demo,
    ),
    Command(
        "centre.join",
        said(QT_TRANSLATE_NOOP("Commands", "Connect to the centre…")),
        lambda desk: desk.dialogs.join(),
        tip=said(QT_TRANSLATE_NOOP("Commands", "By a code or a file from IT")),
    ),
    Command(
        "profile.backup",
        said(QT_TRANSLATE_NOOP("Commands", "Backup of the profile…")),
        lambda desk: desk.dialogs.backup(),
        tip=said(QT_TRANSLATE_NOOP("Commands", "Everything in one file under a passphrase, checked")),
    ),
    Command(
        "profile.restore",
        said(QT_TRANSLATE_NOOP("Commands", "Restore a backup…")),
        lambda desk: desk.dialogs.restore(),
        obstacle=_empty,
        tip=said(QT_TRANSLATE_NOOP("Commands", "The profile of another laptop, into an empty one")),
    ),
    Command(
        "help.manual",
        said(QT_TRANSLATE_NOOP("Commands", "Manual")),
        lambda desk: desk.dialogs.manual(),
        ("F1",),
    ),
    Command(
        "help.control",
        said(QT_TRANSLATE_NOOP("Commands", "What is this?")),
        lambda desk: desk.dialogs.explain(),
        ("Shift+F1",),
        tip=said(QT_TRANSLATE_NOOP("Commands", "The control that has the focus or is under the pointer")),
    ),
    Command(
        "help.keys",
        said(QT_TRANSLATE_NOOP("Commands", "Keys")),
        lambda desk: desk.dialogs.keys(),
        ("Ctrl+F1",),
    ),
    Command(
        "about",
        said(QT_TRANSLATE_NOOP("Commands", "About Wellside")),
        lambda desk: desk.dialogs.about(),
        tip=said(QT_TRANSLATE_NOOP("Commands", "Version, models, where the data lie, plug-ins")),
    ),
    Command(
        "quit",
        said(QT_TRANSLATE_NOOP("Commands", "Quit")),
        lambda desk: desk.close(),
        ("Ctrl+Q",),
    ),
)
