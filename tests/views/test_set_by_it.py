"""What IT has locked is shown as such in the window, and nothing there changes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.core import settings as kept
from app.core.site import Said, Site
from app.views.main_window import MainWindow
from app.views.settings_dialog import SettingsDialog
from app.views.sync.connections_dialog import ConnectionsDialog
from tests.views.hands import CTRL, press

Wait = Callable[[], None]
FILE = "/etc/wellside/site.toml"
SITE = Site(
    settings={
        "glove_mode": Said(False, FILE, locked=True),
        "company": Said("Site", FILE, locked=True),
        "time_zone": Said("Europe/Oslo", FILE, locked=False),
        "centre_url": Said("https://centre.example", FILE, locked=True),
    }
)


@pytest.fixture
def ruled(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> MainWindow:
    monkeypatch.setattr(kept, "site", lambda: SITE)
    window: MainWindow = request.getfixturevalue("empty_window")
    return window


def test_locked_fields_are_grey_and_say_who_has_set_them(ruled: MainWindow, settled: Wait) -> None:
    settings = ruled.context.workspace.settings
    dialog = SettingsDialog(ruled.context, ruled)
    locked = {key for key, field in dialog.fields.items() if not field.isEnabled()}
    assert locked == {"glove_mode", "company"}
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert told.count(f"Set by IT: {FILE}") == 2
    assert f"IT's default: {FILE}" in told
    assert dialog.fields["company"].text() == "Site"  # type: ignore[attr-defined]
    dialog.fields["author"].setText("Ivanov")  # type: ignore[attr-defined]
    dialog._save()
    settled()
    assert (settings["author"], settings["company"]) == ("Ivanov", "Site")
    dialog.deleteLater()


def test_the_address_of_the_centre_is_its_and_the_rest_can_be_saved(ruled: MainWindow) -> None:
    dialog = ConnectionsDialog(ruled.context, ruled)
    assert not dialog.fields["centre_url"].isEnabled()
    assert dialog.fields["sync_days"].isEnabled()
    assert f"Set by IT: {FILE}" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.deleteLater()


def test_a_key_that_would_change_what_is_locked_says_why_it_does_not(
    ruled: MainWindow, settled: Wait
) -> None:
    press(Qt.Key.Key_G, CTRL, on=ruled)
    settled()
    assert ruled.context.workspace.settings["glove_mode"] is False
    assert "IT has set this for the machine" in ruled.bottom.words.text()
