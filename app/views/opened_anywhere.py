"""Forms and dialogs that are opened from anywhere, and what they read from the disk: loaded by a thread that
has nothing else to do. The first of each held the window up for as long as its modules and files took.
"""

from __future__ import annotations

import platform

from app.analysis.catalogue.kinds import CATALOGUE_KINDS
from app.analysis.catalogue.library import built_in
from app.core.texts import LANGUAGES
from app.core.unit_spellings import spelled_units
from app.core.zones import places
from app.services.manual import passages
from app.views.about_dialog import AboutDialog
from app.views.backup_dialogs import BackupDialog, RestoreDialog
from app.views.builder.window import BuilderWindow
from app.views.entry.flow_form import FlowForm
from app.views.entry.form import EntryForm
from app.views.entry.level_form import LevelForm
from app.views.entry.sample_form import SampleForm
from app.views.manual_dialog import ManualDialog
from app.views.settings_dialog import SettingsDialog

OPENED = (
    AboutDialog,
    BackupDialog,
    BuilderWindow,
    EntryForm,
    FlowForm,
    LevelForm,
    ManualDialog,
    RestoreDialog,
    SampleForm,
    SettingsDialog,
)


def load_ahead() -> None:
    """What each keeps once it was asked: units, equipment, the names of places, the manual, what the system
    calls itself.
    """
    spelled_units()
    for kind in CATALOGUE_KINDS:
        built_in(kind)
    for language in LANGUAGES:
        places(language)
        passages(language)
    platform.platform(terse=True)
