"""What another program of the same user wants done is a job of the window like its own."""

from __future__ import annotations

import threading
from typing import Any

from pytestqt.qtbot import QtBot

from app.services.workspace import Workspace
from app.views.handed import HandedCommands
from app.views.main_window import MainWindow


def test_a_command_is_done_in_a_worker_and_the_pages_are_read_anew(
    empty_window: MainWindow, qtbot: QtBot
) -> None:
    here, done = threading.get_ident(), []

    def do(workspace: Workspace, request: dict[str, Any]) -> dict[str, Any]:
        assert threading.get_ident() != here
        return {"said": request["command"]}

    handed = HandedCommands(empty_window, empty_window.context.workspace, do)
    asker = threading.Thread(target=lambda: done.append(handed.ask({"command": "app.cli.files.import_"})))
    with qtbot.waitSignal(empty_window.context.changed, timeout=5000):
        asker.start()
    asker.join(5)
    assert done == [{"said": "app.cli.files.import_"}]
