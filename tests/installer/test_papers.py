"""What goes with packages: the bill names what is in the folder, sums and signatures notice a byte."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from installer import papers, runtime
from installer.layout import PROGRAM, RUNTIME, Layer, finish
from installer.linux.signing import Detached, detached_of, inside_of
from installer.trimming import locked_names
from installer.windows import listed

SITE = """[detached]
command = ["gpg", "--batch", "-u", "authority@test.example", "--detach-sign", "--output", "{out}", "{in}"]
verify = ["gpg", "--batch", "--verify", "{out}", "{in}"]
"""
INSIDE = """
[inside]
command = ["debsigs", "--sign=origin", "-k", "authority@test.example", "{in}"]
verify = ["gpg", "--batch", "--verify", "{out}", "{in}"]
"""


@pytest.fixture
def layers(tmp_path: Path) -> tuple[Layer, Layer]:
    """A runtime with the names of what it would have and nothing else."""
    locked = locked_names(runtime.wanted(runtime.LOCKED.read_text(encoding="utf-8")))
    # pywin32-ctypes is of the other system, and needed by `keyring` there
    versions = {name: importlib.metadata.version(name) for name in locked - {"pywin32-ctypes"}}
    return made_of(tmp_path, versions, "linux-x64", "3.11.7")


def made_of(folder: Path, versions: dict[str, str], platform: str, python: str) -> tuple[Layer, Layer]:
    lower, upper = folder / "lower", folder / "upper"
    upper.mkdir()
    for name, version in versions.items():
        about = lower / "packages" / f"{name.replace('-', '_')}-{version}.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(name)
    return (
        finish(upper, PROGRAM, {"version": "9.8.7"}, "9.8.7"),
        finish(lower, RUNTIME, {"platform": platform, "python": python}),
    )


def test_the_bill_of_windows_names_its_own_packages_in_their_versions(tmp_path: Path) -> None:
    held = listed.locked(runtime.wanted(runtime.LOCKED.read_text(encoding="utf-8")), "3.11.9")
    held["numpy"] = "0.0.1"
    layers = made_of(tmp_path, held, "windows-x64", "3.11.9")
    written = {path.name: path for path in papers.write(tmp_path, *layers)}
    told = json.loads(written["wellside-9.8.7-windows-x64.cdx.json"].read_text(encoding="utf-8"))
    named = {one["name"]: one["version"] for one in told["components"]}
    extra = {"oracledb", "sqlalchemy"}
    assert {name: version for name, version in named.items() if name not in extra | {"cpython"}} == held
    assert named["cpython"] == "3.11.9"


def test_the_bill_names_every_package_of_the_folder_and_the_interpreter(
    layers: tuple[Layer, Layer], tmp_path: Path
) -> None:
    written = {path.name: path for path in papers.write(tmp_path, *layers)}
    told = json.loads(written["wellside-9.8.7-linux-x64.cdx.json"].read_text(encoding="utf-8"))
    named = {one["name"]: one["version"] for one in told["components"]}
    assert named["cpython"] == "3.11.7"
    assert named["duckdb"] == importlib.metadata.version("duckdb")
    assert {"pip", "setuptools", "pywin32-ctypes"} & named.keys() == set()
    assert {"sqlalchemy", "oracledb"} <= named.keys(), "the extra is handed out, too"
    assert "| numpy |" in written["wellside-9.8.7-linux-x64-licences.md"].read_text(encoding="utf-8")
    assert "Ввод" in written["wellside-9.8.7-news.ru.md"].read_text(encoding="utf-8")
    assert "### Added" in written["wellside-9.8.7-news.en.md"].read_text(encoding="utf-8")


def test_a_package_that_no_bill_names_stops_the_build(layers: tuple[Layer, Layer], tmp_path: Path) -> None:
    (layers[1].folder / "packages" / "stranger-2.0.dist-info").mkdir()
    with pytest.raises(SystemExit, match="stranger"):
        papers.write(tmp_path, *layers)


def test_sums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    for name in ("b.deb", "a.tar.xz"):
        (tmp_path / name).write_text(name)
    sums = papers.sums(tmp_path, [tmp_path / "b.deb", tmp_path / "a.tar.xz"])
    assert [line.split()[1] for line in sums.read_text().splitlines()] == ["a.tar.xz", "b.deb"]
    order = ["sha256sum", "--check", "--quiet", sums.name]
    assert subprocess.run(order, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "c.msi").write_text("of another system")
    assert papers.sums(tmp_path, [tmp_path / "c.msi"]) == sums
    assert [line.split()[1] for line in sums.read_text().splitlines()] == ["a.tar.xz", "b.deb", "c.msi"]
    assert subprocess.run(order, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "b.deb").write_text("other")
    assert subprocess.run(order, cwd=tmp_path, capture_output=True, check=False).returncode == 1


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Detached:
    """A key that nobody else has, made for one test."""
    if shutil.which("gpg") is None:
        pytest.skip("GnuPG is not here")
    (tmp_path / "keys").mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(tmp_path / "keys"))
    order = [
        "gpg",
        "--batch",
        "--quiet",
        "--passphrase",
        "",
        "--quick-generate-key",
        "authority@test.example",
    ]
    subprocess.run([*order, "ed25519", "sign", "never"], check=True, capture_output=True)
    (tmp_path / "site.toml").write_text(SITE)
    return detached_of(tmp_path / "site.toml")


def test_a_signature_holds_until_one_byte_is_another(authority: Detached, tmp_path: Path) -> None:
    package = tmp_path / "wellside_9.8.7_amd64.deb"
    package.write_bytes(bytes(range(256)) * 8)
    assert authority.sign(package).name == "wellside_9.8.7_amd64.deb.sig"
    assert authority.trouble(package) == ""
    content = bytearray(package.read_bytes())
    content[700] ^= 1
    package.write_bytes(content)
    assert "BAD signature" in authority.trouble(package)


def test_what_cannot_be_signed_stops_the_build(tmp_path: Path) -> None:
    package = tmp_path / "package.deb"
    package.write_text("1")
    with pytest.raises(SystemExit, match=r"package\.deb could not be signed"):
        Detached(("false", "{in}", "{out}"), ("true", "{in}", "{out}"), ".sig").sign(package)
    with pytest.raises(SystemExit, match="does not hold"):
        Detached(("cp", "{in}", "{out}"), ("false", "{in}", "{out}"), ".sig").sign(package)
    (tmp_path / "site.toml").write_text('[detached]\ncommand = ["sign", "{in}"]\n')
    with pytest.raises(SystemExit, match="command needs"):
        detached_of(tmp_path / "site.toml")


@pytest.mark.skipif(shutil.which("debsigs") is None, reason="debsigs is not here")
def test_a_package_carries_its_signature_until_one_byte_of_it_is_another(
    authority: Detached, tmp_path: Path
) -> None:
    package = _small_deb(tmp_path)
    site = tmp_path / "site.toml"
    site.write_text(SITE + INSIDE)
    inside = inside_of(site)
    assert inside is not None
    assert "no _gpgorigin" in inside.trouble(package)
    inside.sign(package)
    assert inside.trouble(package) == ""
    order = ["dpkg-deb", "--field", package, "Version"]
    assert subprocess.run(order, capture_output=True, text=True, check=True).stdout == "9.8.7\n"
    whole = package.read_bytes()
    at = whole.index(b"data.tar") + 200
    package.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert "BAD signature" in inside.trouble(package)
    package.write_bytes(whole + b"more.txt".ljust(48) + b"2         `\n\n\n")
    assert inside.trouble(package) != ""
    package.write_bytes(whole)
    with pytest.raises(SystemExit, match="could not be signed"):
        replace(inside, command=("false", "{in}")).sign(package)
    assert package.read_bytes() == whole
    site.write_text(SITE)
    assert inside_of(site) is None


def _small_deb(folder: Path) -> Path:
    control = folder / "tree" / "DEBIAN" / "control"
    control.parent.mkdir(parents=True)
    told = {"Package": "wellside", "Version": "9.8.7", "Architecture": "all", "Maintainer": "IT <it@example>"}
    control.write_text("".join(f"{name}: {value}\n" for name, value in told.items()) + "Description: x\n")
    package = folder / "wellside_9.8.7_all.deb"
    order = ["dpkg-deb", "--root-owner-group", "--build", folder / "tree", package]
    subprocess.run(order, check=True, capture_output=True)
    return package
