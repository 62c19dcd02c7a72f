"""Packages for Linux, of layers as small as can be: the same bytes twice, everything in its place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from app.core.jobs import Job
from app.services.updates.unpacking import unpack
from installer import elf, packing, updates
from installer.layout import LINUX, PROGRAM, RUNTIME, Layer, finish
from installer.linux import deb, man, portable

MOMENT = "1700000000"
WITH_DPKG = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is of Debian and its like")
Layers = tuple[Layer, Layer]


@pytest.fixture
def layers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layers:
    """A program of one file on a Python that is a script."""
    monkeypatch.setenv(packing.EPOCH, MOMENT)
    lower, upper = tmp_path / "lower", tmp_path / "upper"
    (lower / "python" / "bin").mkdir(parents=True)
    python = lower / "python" / "bin" / "python3"
    python.write_text('#!/bin/sh\necho "home=$WELLSIDE_HOME" "$@"\n')
    python.chmod(0o755)
    (lower / "packages").mkdir()
    (lower / "packages" / "one.py").write_text("1")
    upper.mkdir()
    (upper / "start.py").write_text("pass\n")
    return finish(upper, PROGRAM, {"version": "9.8.7"}, "9.8.7"), finish(lower, RUNTIME, {})


def _listed(package: Path) -> dict[str, str]:
    """Path → mode, owner and time, as dpkg tells them."""
    said = subprocess.run(["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True)
    lines = (line.split(maxsplit=5) for line in said.stdout.splitlines())
    return {path: f"{mode} {owner} {day} {clock}" for mode, owner, _, day, clock, path in lines}


@WITH_DPKG
def test_the_same_layers_are_the_same_package_whenever_it_is_built(
    layers: Layers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    one = [deb.build(first, *layers, quick=True), portable.build(first, *layers, quick=True)]
    for path in (layers[0].folder / "start.py", layers[1].folder / "packages" / "one.py"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    before = os.umask(0o077)
    try:
        other = [deb.build(second, *layers, quick=True), portable.build(second, *layers, quick=True)]
    finally:
        os.umask(before)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    monkeypatch.setenv(packing.EPOCH, "1700000060")
    assert deb.build(second, *layers, quick=True).read_bytes() != one[0].read_bytes()


@WITH_DPKG
def test_everything_of_a_package_is_roots_and_in_its_place(layers: Layers, tmp_path: Path) -> None:
    package = deb.build(tmp_path, *layers, quick=True)
    listed = _listed(package)
    assert package.name == "wellside_9.8.7_amd64.deb"
    assert {told.split()[1] for told in listed.values()} == {"root/root"}
    assert {tuple(told.split()[2:]) for told in listed.values()} == {("2023-11-14", "22:13")}
    started = "./usr/lib/wellside/wellside", f"./usr/lib/wellside/{layers[1].name}/python/bin/python3"
    assert all(listed[path].startswith("-rwxr-xr-x") for path in started)
    assert listed["./usr/lib/wellside/program-9.8.7/start.py"].startswith("-rw-r--r--")
    for path in ("applications/org.wellside.Wellside.desktop", "mime/packages/org.wellside.Wellside.xml"):
        assert f"./usr/share/{path}" in listed
    for size in ("16x16", "512x512"):
        assert f"./usr/share/icons/hicolor/{size}/apps/org.wellside.Wellside.png" in listed
    assert "./usr/lib/wellside/managed_by" in listed, "no update of a feed goes in there"
    assert not [path for path in listed if path.startswith(("./home", "./opt", "./var", "./etc"))]
    control = subprocess.run(["dpkg-deb", "--info", package], capture_output=True, text=True, check=True)
    assert not {"postinst", "postrm", "prerm"} & set(control.stdout.split()), "nothing runs as root"


def test_a_portable_folder_keeps_its_profile_beside_where_one_is_made(layers: Layers, tmp_path: Path) -> None:
    with tarfile.open(portable.build(tmp_path, *layers, quick=True)) as packed:
        packed.extractall(tmp_path / "stick", filter="tar")
    [folder] = (tmp_path / "stick").iterdir()
    environment = {"PATH": os.environ["PATH"]}
    started = [str(folder / "wellside"), "doctor"]
    said = subprocess.run(started, env=environment, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["home=", "-I", f"{folder}/program-9.8.7/start.py", "doctor"]
    (folder / "profile").mkdir()
    said = subprocess.run(started, env=environment, capture_output=True, text=True, check=True).stdout
    assert said.split()[0] == f"home={folder / 'profile'}"
    told = {**environment, "WELLSIDE_HOME": "/elsewhere"}
    said = subprocess.run(started, env=told, capture_output=True, text=True, check=True).stdout
    assert said.split()[0] == "home=/elsewhere"


def test_a_layer_packed_for_a_feed_is_the_layer_where_it_is_unpacked(layers: Layers, tmp_path: Path) -> None:
    archives = updates.build(tmp_path / "feed", LINUX, *layers, quick=True)
    assert [path.name for path in archives] == [f"{layer.name}.linux-x64.tar.xz" for layer in layers]
    for layer, archive in zip(layers, archives, strict=True):
        unpacked = Layer(unpack(Job(), archive, tmp_path / "laptop", layer.name))
        assert (unpacked.about, unpacked.wrong()) == (layer.about, [])
    python = tmp_path / "laptop" / layers[1].name / "python" / "bin" / "python3"
    assert os.access(python, os.X_OK)


def test_a_folder_that_is_not_whole_says_so(layers: Layers, tmp_path: Path) -> None:
    portable.assemble(tmp_path / "root", *layers)
    (tmp_path / "root" / layers[1].name / "python" / "bin" / "python3").unlink()
    done = subprocess.run([tmp_path / "root" / "wellside"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not whole" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")
def test_what_a_library_asks_of_the_system_is_read_from_it(tmp_path: Path) -> None:
    shutil.copy("/bin/sh", tmp_path / "sh")
    asked, glibc = elf.asked_of_the_system(tmp_path)
    assert "libc.so.6" in asked
    assert 2 < glibc < 99
    assert deb.of_the_system(tmp_path)["depends"][0] == f"libc6 (>= 2.{glibc})"


def test_a_library_that_no_package_is_known_for_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elf, "asked_of_the_system", lambda folder: ({"libc.so.6", "libodd.so.3"}, 31))
    with pytest.raises(SystemExit, match=r"libodd\.so\.3"):
        deb.of_the_system(tmp_path)


def test_an_archive_knows_nothing_of_when_and_where_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(packing.EPOCH, MOMENT)
    for place in ("here", "there"):
        folder = tmp_path / place / "wellside"
        folder.mkdir(parents=True)
        (folder / "b").write_text("b")
        (folder / "a").write_text("a")
        packing.archive(folder, tmp_path / f"{place}.zip")
    assert (tmp_path / "here.zip").read_bytes() == (tmp_path / "there.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "here.zip").namelist() == ["wellside/a", "wellside/b"]


@pytest.mark.parametrize(("language", "word"), [("en", "Build the demo field"), ("ru", "Построить")])
def test_the_man_page_has_every_command(language: str, word: str) -> None:
    text = man.page(language, "9.8.7", "2026-11-27")
    for command in ("wellside demo", "wellside diagnose", "wellside recovery", "wellside catalogue"):
        assert f'.SS "{command}' in text
    assert word in text
    assert "\\fB\\-\\-json\\fR" in text


@pytest.mark.parametrize(
    ("tool", "name"),
    [
        (["desktop-file-validate"], "org.wellside.Wellside.desktop"),
        (["appstreamcli", "validate", "--no-net"], "org.wellside.Wellside.metainfo.xml"),
    ],
)
def test_what_a_desktop_is_told_is_what_it_understands(tool: list[str], name: str, tmp_path: Path) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not here")
    text = (deb.HERE / "share" / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace("@VERSION@", "9.8.7").replace("@DATE@", "2026-11-27"))
    done = subprocess.run([*tool, tmp_path / name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
