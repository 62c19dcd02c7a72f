"""The MSI holds the layout, byte for byte, and what Windows is told; its tables are read back by msiinfo."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from installer.windows import msi, msi_tables, registered, signing
from tests.installer.windows import authority
from tests.installer.windows.layouts import contents, small

TOOLS = ("wixl", "msibuild", "msiinfo", "msiextract")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


def built(folder: Path, version: str = "0.1.0", text: str = "print(1)\n") -> Path:
    folder.mkdir()
    (folder / "icon.ico").write_bytes(b"\0\0\1\0\0\0")
    target = folder / "wellside.msi"
    msi.build(small(folder / "root", version, text), target, version, folder / "icon.ico")
    return target


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("msi") / "one")


def rows(package: Path, table: str) -> list[dict[str, str]]:
    order = ["msiinfo", "export", str(package), table]
    lines = subprocess.run(order, capture_output=True, check=True).stdout.decode("utf-8").splitlines()
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines[3:]]


def one(package: Path, table: str, **where: str) -> dict[str, str]:
    [found] = [row for row in rows(package, table) if where.items() <= row.items()]
    return found


def test_every_file_of_the_layout_is_inside_as_it_was_and_nothing_else(package: Path, tmp_path: Path) -> None:
    subprocess.run(["msiextract", "-C", str(tmp_path), str(package)], capture_output=True, check=True)
    [inside] = tmp_path.rglob("Wellside")
    assert contents(inside) == contents(package.parent / "root")
    assert len(rows(package, "File")) == len(contents(inside))


def test_the_same_layout_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    first = built(tmp_path / "a")
    told = subprocess.run(
        ["msiinfo", "suminfo", str(first)], capture_output=True, text=True, check=True
    ).stdout
    assert (
        told.count("2026") == 2 == told.count("Sep 21")
    )  # made and saved: the build's moment, not the clock's
    for path in (first.parent / "root").rglob("*"):
        os.utime(path, (0, 0))
    second = tmp_path / "second.msi"
    msi.build(first.parent / "root", second, "0.1.0", first.parent / "icon.ico")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.skipif(shutil.which(signing.SIGNER) is None, reason="osslsigncode is not installed")
def test_a_signed_package_holds_until_one_byte_of_it_is_another(package: Path, tmp_path: Path) -> None:
    site, signed = authority.make(tmp_path / "site"), tmp_path / "signed.msi"
    shutil.copyfile(package, signed)
    signing.Signing("file", {"certificate": site.signer, "key": site.key}).sign(signed)
    assert signing.trouble(signed, site.root) == ""
    content = bytearray(signed.read_bytes())
    content[content.index(b"MSCF") + 100] ^= 1  # in the cabinet
    signed.write_bytes(content)
    assert signing.trouble(signed, site.root) != ""


def test_a_newer_one_takes_the_older_away_within_its_transaction(package: Path) -> None:
    older = one(package, "Upgrade", ActionProperty="WIX_UPGRADE_DETECTED")
    newer = one(package, "Upgrade", ActionProperty="WIX_DOWNGRADE_DETECTED")
    assert older["UpgradeCode"] == newer["UpgradeCode"] == f"{{{msi.UPGRADE_CODE}}}"
    assert (older["VersionMax"], older["Attributes"]) == ("0.1.0", "513")  # another build of it, too
    assert (newer["VersionMin"], newer["Attributes"]) == ("0.1.0", "2")  # only told
    order = {row["Action"]: int(row["Sequence"]) for row in rows(package, "InstallExecuteSequence")}
    assert order["InstallInitialize"] < order["RemoveExistingProducts"] < order["InstallFiles"]


def test_another_content_of_a_version_is_another_product_with_the_same_upgrade_code(
    package: Path, tmp_path: Path
) -> None:
    other = built(tmp_path / "other", text="print(2)\n")
    assert one(other, "Property", Property="ProductCode") != one(package, "Property", Property="ProductCode")
    assert one(other, "Property", Property="UpgradeCode") == one(package, "Property", Property="UpgradeCode")


def test_components_keep_their_identity_while_their_path_does(package: Path, tmp_path: Path) -> None:
    other = built(tmp_path / "other", "0.2.0")
    first, second = ({row["ComponentId"] for row in rows(one_, "Component")} for one_ in (package, other))
    assert len(first & second) == len(first) - 1  # the program's folder bears its version


def test_all_that_windows_is_told_is_in_the_tables_for_whoever_installs(package: Path) -> None:
    told = {(row["Root"], row["Key"], row["Name"]): row["Value"] for row in rows(package, "Registry")}
    of_both = {
        ("-1", value.key, value.name): value.text.replace("{ours}", "[INSTALLDIR]")
        for value in registered.VALUES
    }
    of_machine = {("2", registered.SOURCE, value.name) for value in registered.EVENT_LOG}
    assert of_both.items() <= told.items()
    assert told.keys() - of_both.keys() == of_machine
    assert told[("2", registered.SOURCE, "EventMessageFile")].startswith("#%%SystemRoot%")


def test_an_install_for_one_user_leaves_out_what_only_a_machine_has(package: Path) -> None:
    limited = {row["Component"]: row["Condition"] for row in rows(package, "Component") if row["Condition"]}
    assert limited == dict.fromkeys(("EventLog", "SiteFolder"), msi_tables.PER_MACHINE)
    assert one(package, "Property", Property="ALLUSERS")["Value"] == "1"
    to_user = one(package, "CustomAction", Action="NewUsersFolder")
    assert (to_user["Source"], to_user["Target"]) == ("INSTALLDIR", msi_tables.TO_USER)


def test_a_site_file_beside_the_package_or_named_comes_into_a_folder_that_only_administrators_write(
    package: Path,
) -> None:
    moved = {row["SourceFolder"]: (row["SourceName"], row["DestName"]) for row in rows(package, "MoveFile")}
    assert moved == {"SourceDir": ("site.toml", "site.toml"), "SITEFILE": ("", "site.toml")}
    kept = one(package, "MsiLockPermissionsEx", LockObject="SITEFOLDER")
    assert kept["SDDLText"].startswith("D:PAI")
    assert ";;;BU)" in kept["SDDLText"]
    assert "FA;;;BU" not in kept["SDDLText"]


def test_nothing_of_a_profile_is_removed(package: Path) -> None:
    folders = {row["DefaultDir"] for row in rows(package, "Directory")}
    assert rows(package, "RemoveFile") == []
    assert not {name for name in folders if "AppData" in name}


def test_the_start_menu_leads_to_the_window(package: Path) -> None:
    link = one(package, "Shortcut", Shortcut="StartMenu")
    assert (link["Directory_"], link["Target"]) == ("ProgramMenuFolder", "[INSTALLDIR]wellside.exe")
