r"""Group policies of Windows: what a domain's administrators set for all its machines, by the settings'
declarations (the templates in `installer/policies` are made from the same).

`HKLM\Software\Policies\Wellside` locks a setting, its key `Recommended` gives a default; the same under HKCU
for one user, below those of the machine. Only administrators write there.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.core.declared_settings import SETTINGS
from app.core.plain import Json
from app.core.setting import Setting

KEY, RECOMMENDED = r"Software\Policies\Wellside", "Recommended"
HIVES = ("HKLM", "HKCU")
Values = Callable[[str, str], dict[str, str | int]]
"""(hive, key) → what stands there by name; nothing where there is no such key."""


@dataclass(frozen=True)
class Policy:
    key: str
    value: Json
    source: str
    locked: bool


def of_machine() -> list[Policy]:
    return list(read(_registry)) if sys.platform == "win32" else []


def read(values: Values) -> Iterator[Policy]:
    """Those of the machine before those of the user; names that no setting has are told on as they are."""
    declared = {setting.key: setting for setting in SETTINGS}
    for key, locked in ((KEY, True), (rf"{KEY}\{RECOMMENDED}", False)):
        for hive in HIVES:
            for name, raw in values(hive, key).items():
                value = meant(declared[name], raw) if name in declared else raw
                yield Policy(name, value, rf"{hive}\{key}", locked)


def meant(setting: Setting, raw: str | int) -> Json:
    """A number or a text of the registry as the setting has it; what does not fit stays for its check.

    >>> from app.core.declared_settings import SETTINGS
    >>> declared = {setting.key: setting for setting in SETTINGS}
    >>> meant(declared["glove_mode"], 1), meant(declared["live_interval_s"], "0.5")
    (True, 0.5)
    """
    if setting.kind == "bool" and raw in (0, 1):
        return raw == 1
    if setting.kind == "float":
        try:
            return float(str(raw).replace(",", "."))
        except ValueError:
            return raw
    return raw


def _registry(hive: str, key: str) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    if sys.platform == "win32":
        import winreg

        root = {"HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCU": winreg.HKEY_CURRENT_USER}[hive]
        with contextlib.suppress(FileNotFoundError), winreg.OpenKey(root, key) as opened:
            for number in range(winreg.QueryInfoKey(opened)[1]):
                name, value, kind = winreg.EnumValue(opened, number)
                if kind in (winreg.REG_SZ, winreg.REG_DWORD):
                    found[name] = value
    return found
