"""The man page, made of the declarations of the commands: what `--help` says, in the same two languages."""

from __future__ import annotations

from typing import Any

from typer.main import get_command

from app.cli import main as commands
from app.cli.help import in_russian

TITLES = {
    "en": ("NAME", "SYNOPSIS", "COMMANDS", "wells on artificial lift, at the pad and without a network"),
    "ru": ("ИМЯ", "ВЫЗОВ", "КОМАНДЫ", "скважины на механизированной добыче: на кусте и без сети"),
}


def page(language: str, version: str, day: str) -> str:
    """In roff, UTF-8."""
    command = get_command(commands.app)
    if language == "ru":
        with in_russian(command):
            return _written(command, language, version, day)
    return _written(command, language, version, day)


def _written(command: Any, language: str, version: str, day: str) -> str:
    name, synopsis, all_commands, what = TITLES[language]
    lines = [
        f'.TH WELLSIDE 1 "{day}" "Wellside {version}" "Wellside"',
        f'.SH "{name}"',
        f"wellside \\- {_escaped(what)}",
        f'.SH "{synopsis}"',
        ".B wellside",
        "[\\-\\-store FILE] [COMMAND ...]",
        *_options(command),
        f'.SH "{all_commands}"',
    ]
    for path, one in _commands(command, ()):
        arguments = [_argument(part) for part in one.params if part.param_type_name == "argument"]
        lines += [f'.SS "{_escaped(" ".join(("wellside", *path, *arguments)))}"', _text(one.help)]
        lines += _options(one)
    return "\n".join(lines) + "\n"


def _commands(command: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    """Leaves, in the order in which they are declared."""
    found = []
    for name, one in command.commands.items():
        below = (*path, name)
        found += _commands(one, below) if hasattr(one, "commands") else [(below, one)]
    return found


def _argument(part: Any) -> str:
    name = part.name.upper() + (" ..." if part.nargs == -1 else "")
    return name if part.required else f"[{name}]"


def _options(command: Any) -> list[str]:
    lines = []
    for one in command.params:
        if one.param_type_name == "option" and one.help:
            names = ", ".join(f"\\fB{_escaped(name)}\\fR" for name in (*one.opts, *one.secondary_opts))
            lines += [".TP", names, _text(one.help)]
    return lines


def _text(words: str | None) -> str:
    """A line that begins with a dot or an apostrophe would be an order to roff."""
    lines = [_escaped(line.strip()) for line in (words or "").splitlines() if line.strip()]
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
