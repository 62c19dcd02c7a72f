"""The MSI: what IT's tools distribute. Written as WiX, compiled by wixl, finished by queries of msibuild.

One package for both contexts: per machine by itself, per user with `ALLUSERS=2 MSIINSTALLPERUSER=1`. Every
folder is a component whose GUID comes from its path; layers are called after their content, so that another
content is another component. A newer version takes the older one away first.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from installer import packing
from installer.layout import digest_of
from installer.windows import msi_tables, registered
from installer.windows.launchers import WINDOWED

COMPILER = "wixl"
FILES, ICON = "files", "wellside.ico"
NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
OURS = uuid.UUID("4f1c1d0e-6f0f-5f0b-9b7e-2f3f0a3c9d11")
"""What the identities of a package are made below."""
UPGRADE_CODE = str(uuid.uuid5(OURS, "upgrade")).upper()
PROPERTIES = {
    "ALLUSERS": "1",  # the command line's word is the stronger one
    "ARPNOMODIFY": "1",  # there is one feature; repair and removal stay
    "ARPPRODUCTICON": ICON,
    "MSIFASTINSTALL": "1",  # no restore point for each laptop of a hundred
}


def build(root: Path, target: Path, version: str, icon: Path) -> None:
    """`root` is a finished layout (layout.py) with its launchers."""
    if moment := os.environ.get(packing.EPOCH):
        for path in (icon, *root.rglob("*")):
            os.utime(path, (int(moment), int(moment)))  # a cabinet keeps when its files were written
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "wellside.wxs"
        # wixl finds files below its source only.
        (Path(folder) / FILES).symlink_to(root.resolve())
        shutil.copyfile(icon, Path(folder) / ICON)
        source.write_bytes(ElementTree.tostring(wix(root, version), encoding="utf-8"))
        target.unlink(missing_ok=True)
        subprocess.run([COMPILER, "-a", "x64", "-o", str(target), str(source)], check=True)
    msi_tables.finish(target, UPGRADE_CODE, version, _guid(f"package {version} {identity(root)}"))


def wix(root: Path, version: str) -> Element:
    content = identity(root)
    wix_ = Element("Wix", xmlns=NAMESPACE)
    product = SubElement(
        wix_,
        "Product",
        Id=_guid(f"product {version} {content}"),
        Name="Wellside",
        Language="1033",
        Version=version,
        Manufacturer="Wellside",
        UpgradeCode=UPGRADE_CODE,
    )
    SubElement(product, "Package", InstallerVersion="500", Compressed="yes")
    newer = "A newer Wellside is installed: remove it first."
    SubElement(product, "MajorUpgrade", DowngradeErrorMessage=newer)
    SubElement(product, "Media", Id="1", Cabinet="wellside.cab", EmbedCab="yes")
    for name, value in PROPERTIES.items():
        SubElement(product, "Property", Id=name, Value=value)
    SubElement(product, "Icon", Id=ICON, SourceFile=ICON)
    feature = Element("Feature", Id="Whole", Title="Wellside", Level="1")
    _folders(product, feature, root)
    _site(feature, product)
    product.append(feature)
    return wix_


def identity(root: Path) -> str:
    """Of all that is inside: what lies at the top, and the sums of the layers."""
    text = "\n".join(
        f"{digest_of(path)} {path.relative_to(root)}"
        for path in (*root.glob("*/SHA256SUMS"), *root.glob("*"))
        if path.is_file()
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _folders(product: Element, feature: Element, root: Path) -> None:
    top = SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    SubElement(top, "Directory", Id="ProgramMenuFolder")
    data = SubElement(top, "Directory", Id="CommonAppDataFolder")
    SubElement(data, "Directory", Id="SITEFOLDER", Name="wellside")
    programs = SubElement(top, "Directory", Id="ProgramFiles64Folder")
    ours = SubElement(programs, "Directory", Id="INSTALLDIR", Name="Wellside")
    _registered(_component(ours, feature, "Registered"))
    of_machine = _component(ours, feature, "EventLog")
    _values(of_machine, registered.EVENT_LOG, "HKLM")
    _folder(ours, feature, root, root)


def _folder(element: Element, feature: Element, folder: Path, root: Path) -> None:
    inside = sorted(folder.iterdir(), key=lambda path: path.name)
    if files := [path for path in inside if path.is_file()]:
        component = _component(element, feature, f"folder {folder.relative_to(root).as_posix()}")
        for number, path in enumerate(files):
            about = {
                "Id": _id("f", path, root),
                "Name": path.name,
                "Source": f"{FILES}/{path.relative_to(root).as_posix()}",
            }
            SubElement(component, "File", about | ({"KeyPath": "yes"} if number == 0 else {}))
    for path in inside:
        if path.is_dir():
            below = SubElement(element, "Directory", Id=_id("d", path, root), Name=path.name)
            _folder(below, feature, path, root)


def _component(element: Element, feature: Element, name: str) -> Element:
    short = name if name.isalpha() else f"c{hashlib.sha256(name.encode()).hexdigest()[:24]}"
    component = SubElement(element, "Component", Id=short, Guid=_guid(f"component {name}"), Win64="yes")
    SubElement(feature, "ComponentRef", Id=short)
    return component


def _registered(component: Element) -> None:
    SubElement(
        component,
        "Shortcut",
        Id="StartMenu",
        Directory="ProgramMenuFolder",
        Name="Wellside",
        Target=f"[INSTALLDIR]{WINDOWED}",
        WorkingDirectory="INSTALLDIR",
        Icon=ICON,
    )
    _values(component, registered.VALUES, "HKMU")


def _values(component: Element, values: tuple[registered.Value, ...], root: str) -> None:
    for number, value in enumerate(values):
        text = value.text.replace("{ours}", "[INSTALLDIR]")
        kind = "integer" if value.kind == "integer" else "string"
        about = {"Root": root, "Key": value.key, "Type": kind, "Value": text}
        if value.name:
            about["Name"] = value.name
        if number == 0:
            about["KeyPath"] = "yes"
        SubElement(component, "RegistryValue", about)


def _site(feature: Element, product: Element) -> None:
    place = SubElement(product, "DirectoryRef", Id="SITEFOLDER")
    SubElement(_component(place, feature, "SiteFolder"), "CreateFolder")


def _id(kind: str, path: Path, root: Path) -> str:
    return kind + hashlib.sha256(path.relative_to(root).as_posix().encode()).hexdigest()[:24]


def _guid(of: str) -> str:
    return str(uuid.uuid5(OURS, of)).upper()
