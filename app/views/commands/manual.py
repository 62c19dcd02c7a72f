"""The page of the manual that lists every command: made of the registry, in the language now switched on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.core.texts import Speaker
from app.views.commands.command import Command, translated
from app.views.commands.registry import PLACES

TITLE = QT_TRANSLATE_NOOP("Commands", "Commands and keys")
INTRODUCTION = QT_TRANSLATE_NOOP(
    "Commands",
    "Ctrl+K finds every command by a few letters of its name. What is not possible now stands there grey, "
    "with its reason.",
)
COLUMNS = (
    QT_TRANSLATE_NOOP("Commands", "Command"),
    QT_TRANSLATE_NOOP("Commands", "Keys"),
    QT_TRANSLATE_NOOP("Commands", "More"),
)


def page(speaker: Speaker) -> str:
    lines = [f"# {translated(TITLE)}", "", translated(INTRODUCTION)]
    for title, commands in PLACES.values():
        lines += ["", f"## {translated(title)}", ""]
        lines += [f"| {' | '.join(translated(column) for column in COLUMNS)} |", "|---|---|---|"]
        lines += [_row(command, speaker) for command in commands]
    return "\n".join(lines) + "\n"


def _row(command: Command[Any], speaker: Speaker) -> str:
    keys = " ".join(f"`{keys}`" for keys in command.keys)
    tip = "" if command.tip is None else command.tip(speaker)
    return f"| {command.words(speaker).rstrip('…')} | {keys} | {tip} |"
