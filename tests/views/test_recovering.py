"""The recovery key in the window: made in the settings, entered where a start finds no key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.site import Site
from app.core.texts import Speaker
from app.services import recovery
from app.services.centre import people, signing_in
from app.services.opening import open_workspace
from app.sync.transports.oidc import Provider
from app.views.main_window import MainWindow
from app.views.recovering import RecoveryDialog
from app.views.settings_dialog import SettingsDialog
from tests.conftest import NOW
from tests.profiles import empty_profile
from tests.sync.provider import CLIENT, ISSUER, ProviderHere

Wait = Callable[[], None]


def test_the_settings_make_a_recovery_key_and_show_it_once(window: MainWindow, settled: Wait) -> None:
    paths = window.context.workspace.paths
    dialog = SettingsDialog(window.context, window)
    assert not recovery.ways(paths).own_key
    dialog.recovery.new.click()
    settled()
    shown = dialog.recovery.key.text()
    assert len(shown.split()) == 4
    assert recovery.ways(paths).own_key
    again = SettingsDialog(window.context, window)
    assert again.recovery.key.text() == ""
    assert recovery.recover(paths, shown) == window.context.workspace.key
    for one in (dialog, again):
        one.deleteLater()


def test_a_start_without_its_key_asks_for_the_recovery_key_until_it_fits(
    qtbot: QtBot, tmp_path: Path
) -> None:
    paths = empty_profile(tmp_path / "p")
    shown = recovery.make(paths)
    paths.key_file.unlink()
    error = KnownError("key_missing", file=str(paths.store), key_file=str(paths.key_file))
    dialog = RecoveryDialog(paths, error, Speaker("en"))
    qtbot.addWidget(dialog)
    dialog.typed.setText("0000-0000 " + shown[10:])
    dialog.use.click()
    assert "Nothing was changed" in dialog.wrong.text()
    assert not paths.key_file.exists()
    dialog.typed.setText(shown.lower())
    with qtbot.waitSignal(dialog.accepted):
        dialog.use.click()
    open_workspace(paths).close()


def test_a_person_signs_in_and_out_in_the_settings(
    window: MainWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Site(oidc_issuer=ISSUER, oidc_client=CLIENT)
    for module in (people, signing_in):
        monkeypatch.setattr(module, "site", lambda: made)
    way = httpx.MockTransport(ProviderHere())
    monkeypatch.setattr(
        signing_in, "provider", lambda _: Provider(ISSUER, CLIENT, lambda: NOW, transport=way)
    )
    monkeypatch.setattr(Job, "pause", lambda *_: None)
    dialog = SettingsDialog(window.context, window)
    dialog.signing_in.enter.click()
    settled()
    assert "Иванов И." in dialog.signing_in.said.text()
    assert people.author_of(window.context.workspace) == "Иванов И."
    dialog.signing_in.leave.click()
    assert people.signed_in(window.context.workspace) is None
    dialog.deleteLater()
