"""What an MSI needs and wixl has no words for: rows put in by msibuild after it."""

from __future__ import annotations

import os
import struct
import subprocess
import time
from pathlib import Path

from installer import packing
from installer.windows import registered

FINISHER = "msibuild"
FILETIME = b"\x40\0\0\0"
"""What comes before a moment in the summary."""
PER_USER = 'ALLUSERS="" OR (ALLUSERS=2 AND MSIINSTALLPERUSER=1)'
PER_MACHINE = f"NOT ({PER_USER})"
OF_MACHINE = ("EventLog", "SiteFolder")
"""Components that an install for one user leaves out."""
ONLY_OURS = "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
"""The site's folder: the system and administrators write, everybody reads (the program obeys no other)."""
HKCU, HKLM = 1, 2
RAW_64_BIT, SET_DIRECTORY = 18, 51
TO_USER = "[LocalAppDataFolder]Programs\\Wellside\\"

SEQUENCE = {
    "AppSearch": (50, ""),
    "ResolveSource": (850, "NOT Installed"),
    "MachinesFolder": (910, f'INSTALLDIR="" AND MACHINESFOLDER AND {PER_MACHINE}'),
    "UsersFolder": (
        911,
        f'INSTALLDIR="" AND USERSFOLDER AND ({PER_USER} OR (Installed AND NOT MACHINESFOLDER))',
    ),
    "NewUsersFolder": (912, f'INSTALLDIR="" AND ({PER_USER})'),
    "MoveFiles": (3800, ""),
}
"""Action → (place, condition). A folder that somebody chose is found again by an upgrade and a removal."""


def finish(package: Path, upgrade_code: str, version: str, revision: str) -> None:
    """In one call: each writes the whole package anew."""
    queries = [*_conditions(), *_upgrade(upgrade_code, version), *_folders(), *_site(), *_sequence()]
    about = ["Wellside", "Wellside", "x64;1033", f"{{{revision}}}"]
    begun = time.time()
    for words in (["-q", *queries], ["-s", *about]):
        done = subprocess.run([FINISHER, str(package), *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{FINISHER} could not finish {package.name}: {done.stdout + done.stderr}")
    package.write_bytes(without_clock(package.read_bytes(), begun))


def without_clock(content: bytes, begun: float) -> bytes:
    """Both moments of the summary (made, saved) are the build's where it has one: the same input then gives
    the same bytes.
    """
    moment = os.environ.get(packing.EPOCH)
    if moment is None:
        return content
    wanted = FILETIME + struct.pack("<Q", _filetime(int(moment)))
    least, most = _filetime(begun - 2), _filetime(time.time() + 2)
    at = content.find(FILETIME)
    while at >= 0:
        if least <= struct.unpack_from("<Q", content, at + len(FILETIME))[0] <= most:
            content = content[:at] + wanted + content[at + len(wanted) :]
        at = content.find(FILETIME, at + 1)
    return content


def _filetime(unix: float) -> int:
    """Tenths of microseconds since 1601."""
    return int((unix + 11_644_473_600) * 10_000_000)


def _conditions() -> list[str]:
    # wixl has a number of its own for "the machine's or the user's", and no values with variables.
    values = [
        "UPDATE `Registry` SET `Root` = -1 WHERE `Root` = 4",
        *(
            f"UPDATE `Registry` SET `Value` = '#%{value.text}' WHERE `Name` = '{value.name}'"
            for value in registered.EVENT_LOG
            if value.kind == "expandable"
        ),
    ]
    return values + [
        f"UPDATE `Component` SET `Condition` = '{PER_MACHINE}' WHERE `Component` = '{name}'"
        for name in OF_MACHINE
    ]


def _upgrade(code: str, version: str) -> list[str]:
    """Within the transaction, so that a failed upgrade leaves the older version; another build of the same
    version counts as older (513: with the upper limit, features stay).
    """
    older = "'WIX_UPGRADE_DETECTED'"
    return [
        "UPDATE `InstallExecuteSequence` SET `Sequence` = 1501 WHERE `Action` = 'RemoveExistingProducts'",
        f"DELETE FROM `Upgrade` WHERE `ActionProperty` = {older}",
        "INSERT INTO `Upgrade` (`UpgradeCode`, `VersionMax`, `Attributes`, `ActionProperty`)"
        f" VALUES ('{{{code}}}', '{version}', 513, {older})",
    ]


def _folders() -> list[str]:
    found = {"MACHINESFOLDER": HKLM, "USERSFOLDER": HKCU}
    queries = [
        "INSERT INTO `RegLocator` (`Signature_`, `Root`, `Key`, `Name`, `Type`)"
        f" VALUES ('Find{name}', {root}, 'Software\\Wellside', 'Folder', {RAW_64_BIT})"
        for name, root in found.items()
    ]
    queries += [
        f"INSERT INTO `AppSearch` (`Property`, `Signature_`) VALUES ('{name}', 'Find{name}')"
        for name in found
    ]
    set_to = {"MachinesFolder": "[MACHINESFOLDER]", "UsersFolder": "[USERSFOLDER]", "NewUsersFolder": TO_USER}
    return queries + [
        "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`)"
        f" VALUES ('{action}', {SET_DIRECTORY}, 'INSTALLDIR', '{text}')"
        for action, text in set_to.items()
    ]


def _site() -> list[str]:
    """A file beside the package, or the one that SITEFILE names, becomes the site's."""
    columns = "`FileKey`, `Component_`, `SourceName`, `DestName`, `SourceFolder`, `DestFolder`, `Options`"
    place = "'SiteFolder', '{}', 'site.toml', '{}', 'SITEFOLDER', 0"
    return [
        "CREATE TABLE `MoveFile` (`FileKey` CHAR(72) NOT NULL, `Component_` CHAR(72) NOT NULL,"
        " `SourceName` CHAR(255) LOCALIZABLE, `DestName` CHAR(255) LOCALIZABLE, `SourceFolder` CHAR(72),"
        " `DestFolder` CHAR(72) NOT NULL, `Options` SHORT NOT NULL PRIMARY KEY `FileKey`)",
        f"INSERT INTO `MoveFile` ({columns}) VALUES ('SiteBeside', {place.format('site.toml', 'SourceDir')})",
        f"INSERT INTO `MoveFile` ({columns}) VALUES ('SiteNamed', {place.format('', 'SITEFILE')})",
        "CREATE TABLE `MsiLockPermissionsEx` (`MsiLockPermissionsEx` CHAR(72) NOT NULL,"
        " `LockObject` CHAR(72) NOT NULL, `Table` CHAR(32) NOT NULL, `SDDLText` CHAR(255) NOT NULL,"
        " `Condition` CHAR(255) PRIMARY KEY `MsiLockPermissionsEx`)",
        "INSERT INTO `MsiLockPermissionsEx` (`MsiLockPermissionsEx`, `LockObject`, `Table`, `SDDLText`)"
        f" VALUES ('SiteFolder', 'SITEFOLDER', 'CreateFolder', '{ONLY_OURS}')",
    ]


def _sequence() -> list[str]:
    return [
        "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`)"
        f" VALUES ('{action}', '{condition}', {place})"
        for action, (place, condition) in SEQUENCE.items()
    ]
