"""`--help` in Russian: the English of options and commands is the key, as in the window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from typer import rich_utils

from app.core.paths import resources

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": "Аргументы",
    "COMMANDS_PANEL_TITLE": "Команды",
    "OPTIONS_PANEL_TITLE": "Ключи",
    "DEFAULT_STRING": "[по умолчанию: {}]",
    "REQUIRED_LONG_STRING": "[обязательно]",
}
"""What Typer calls the parts of a help, by its own names."""


@cache
def russian() -> dict[str, str]:
    told = json.loads((resources() / "help_ru.json").read_text(encoding="utf-8"))
    return {_plain(english): str(said) for english, said in told.items()}


@contextmanager
def in_russian(command: Any) -> Iterator[None]:
    """A command with all that stand below it. What Typer calls the parts of a help is its module's: put back
    when it has been said.
    """
    before = {name: getattr(rich_utils, name) for name in _PANELS}
    _told(command)
    try:
        for name, said in _PANELS.items():
            setattr(rich_utils, name, said)
        yield
    finally:
        for name, said in before.items():
            setattr(rich_utils, name, said)


def texts_of(command: Any) -> list[str]:
    """Every sentence of a command's help and of those below it, in English."""
    found = [text for text in (command.help, *(getattr(p, "help", None) for p in command.params)) if text]
    return found + [text for one in getattr(command, "commands", {}).values() for text in texts_of(one)]


def _told(command: Any) -> None:
    command.help = _said(command.help)
    command.short_help = _said(command.short_help)
    command.options_metavar = "[КЛЮЧИ]"
    if getattr(command, "subcommand_metavar", None):
        command.subcommand_metavar = "КОМАНДА [АРГУМЕНТЫ]..."
    for option in command.params:
        if getattr(option, "help", None):
            option.help = _said(option.help)
    help_of_help, usage = command.get_help_option, command.get_usage

    def asked(ctx: Any) -> Any:
        option = help_of_help(ctx)
        if option is not None:
            option.help = _said(option.help)
        return option

    command.get_help_option = asked
    command.get_usage = lambda ctx: usage(ctx).replace("Usage:", "Вызов:", 1)
    for below in getattr(command, "commands", {}).values():
        _told(below)


def _said(text: str | None) -> str | None:
    return None if text is None else russian().get(_plain(text), text)


def _plain(text: str) -> str:
    return " ".join(text.split())
