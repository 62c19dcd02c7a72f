"""What Windows is told of the program: the same for the MSI and the EXE. `{ours}` is its folder with a `\\`.

Files of others are not taken over: we stand in "open with", and under "default apps" a person, or IT by its
policy, may choose us.
"""

from __future__ import annotations

from dataclasses import dataclass

from installer.windows.launchers import CONSOLE, WINDOWED

CLASSES = r"Software\Classes"
OPENED = {".las": ("Wellside.las", "LAS"), ".json": ("Wellside.json", "Dynamometer card, report template")}
"""Suffix → class and what it is."""
LINK = "wellside"


@dataclass(frozen=True)
class Value:
    """`kind` is string, expandable or integer; the root is the machine's or the user's."""

    key: str
    name: str
    text: str
    kind: str = "string"


def _opens(key: str, what: str) -> tuple[Value, ...]:
    return (
        Value(key, "", what),
        Value(rf"{key}\DefaultIcon", "", rf"{{ours}}{WINDOWED},0"),
        Value(rf"{key}\shell\open\command", "", rf'"{{ours}}{WINDOWED}" "%1"'),
    )


def _files() -> tuple[Value, ...]:
    told: list[Value] = []
    for suffix, (name, what) in OPENED.items():
        told += _opens(rf"{CLASSES}\{name}", what)
        told.append(Value(rf"{CLASSES}\{suffix}\OpenWithProgids", name, ""))
        told.append(Value(r"Software\Wellside\Capabilities\FileAssociations", suffix, name))
    return tuple(told)


VALUES = (
    Value(r"Software\Wellside", "Folder", "{ours}"),
    *_files(),
    *_opens(rf"{CLASSES}\{LINK}", "URL:Wellside"),
    Value(rf"{CLASSES}\{LINK}", "URL Protocol", ""),
    Value(r"Software\Wellside\Capabilities", "ApplicationName", "Wellside"),
    Value(r"Software\Wellside\Capabilities", "ApplicationDescription", "Wells on artificial lift"),
    Value(r"Software\Wellside\Capabilities\UrlAssociations", LINK, LINK),
    Value(r"Software\RegisteredApplications", "Wellside", r"Software\Wellside\Capabilities"),
    *(
        Value(rf"Software\Microsoft\Windows\CurrentVersion\App Paths\{name}", "", f"{{ours}}{name}")
        for name in (WINDOWED, CONSOLE)
    ),
)

SOURCE = r"SYSTEM\CurrentControlSet\Services\EventLog\Application\Wellside"
EVENT_LOG = (
    # Windows's own file of messages: each of its numbers shows the text that comes with it.
    Value(SOURCE, "EventMessageFile", r"%SystemRoot%\System32\EventCreate.exe", "expandable"),
    Value(SOURCE, "TypesSupported", "7", "integer"),
)
"""Under HKLM: only where it is installed for the machine."""
