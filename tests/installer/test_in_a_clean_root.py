"""The .deb as a machine gets it: installed into a root that has nothing but Debian, used there, purged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from app.core.installed import LAYER
from app.services.updates import updating
from installer import cpython, program, runtime, updates
from installer.layout import LINUX, PROGRAM, SUMS, Layer, files_of, finish
from installer.linux import deb
from tests.e2e.conftest import screen
from tests.e2e.hand import NEEDS_A_SCREEN, Hand, until
from tests.services.feeds import Publisher

__all__ = ["screen"]
pytestmark = [pytest.mark.slow, *NEEDS_A_SCREEN]
ON_DEBIAN = Path("/etc/debian_version").exists()
SOURCES = "/etc/apt/sources.list.d/debian.sources"
PATIENCE_S = 900
MOST_BYTES = 400_000_000
PERSON = "/srv/engineer"
PAGE, DRAWN = (400, 120, 1346, 728), 0.1
"""Where the page stands in the window, and the share of it that has another colour than its ground when its
charts are there: while the well is being read that is a thousandth, a line of text.
"""


ALONE = ("unshare", "--mount", "--propagation", "private")
"""With mounts of its own, which end with it: what is killed leaves no /dev of this machine below a folder
that somebody removes.
"""
INSIDE = 'mount --rbind /dev "$0/dev" && mount --rbind /proc "$0/proc" && exec chroot "$0" "$@"'


class Root:
    """A Debian of its own, with this machine's sources of packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inside = (*ALONE, "sh", "-c", INSIDE, str(folder))

    def __call__(self, *order: str, well: bool = True, **more: str) -> str:
        """What an order in it says; it has to end well, or badly."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": PERSON, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [*self.inside, *order],
            env={**environment, "WELLSIDE_LANG": "en", **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert (done.returncode == 0) is well, done.stdout
        return done.stdout

    def files(self) -> set[str]:
        """Of the whole root, but what apt and dpkg note for themselves and what processes have."""
        found = self(
            *("find", "/", "-xdev", "(", "-path", "/var", "-o", "-path", "/proc", "-o", "-path", "/tmp"),
            *("-o", "-path", "/dev", "-o", "-path", "/etc/ld.so.cache", ")", "-prune", "-o", "-print"),
        )
        return set(found.splitlines())


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Layer, Layer]:
    out = tmp_path_factory.mktemp("installers")
    lower, upper = runtime.build(out, LINUX, cpython.bring), program.build(out)
    assert lower.wrong() + upper.wrong() == []
    installed = sum(path.stat().st_size for layer in (upper, lower) for path in files_of(layer.folder))
    assert installed < MOST_BYTES
    return upper, lower


@pytest.fixture(scope="module")
def package(layers: tuple[Layer, Layer]) -> Path:
    upper, lower = layers
    return deb.build(upper.folder.parent, upper, lower, quick=True)


@pytest.fixture(scope="module")
def root(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Root:
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None or not ON_DEBIAN:
        pytest.skip("a clean root is made by root, with mmdebstrap, on Debian")
    folder = tmp_path_factory.mktemp("clean") / "root"
    release = subprocess.run(
        ["sh", "-c", ". /etc/os-release && echo $VERSION_CODENAME"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    order = [
        *ALONE,
        "mmdebstrap",
        "--quiet",
        "--variant=minbase",
        "--include=ca-certificates",
        release,
        str(folder),
    ]
    sources = [SOURCES] if Path(SOURCES).exists() else []
    made = subprocess.run([*order, *sources], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"no Debian is to be had here: {made.stderr[-300:]}")
    for name in ("resolv.conf", "hosts"):
        shutil.copy(f"/etc/{name}", folder / "etc" / name)
    (folder / PERSON[1:]).mkdir()
    shutil.copy(package, folder / PERSON[1:] / package.name)
    return Root(folder)


@pytest.mark.skipif(shutil.which("lintian") is None, reason="lintian is not here")
def test_lintian_finds_nothing_wrong_with_the_package(package: Path) -> None:
    """Only a package for tests goes without compression."""
    quick = "uses-no-compression-for-control-tarball,uses-no-compression-for-data-tarball"
    order = ["lintian", "--fail-on", "error,warning", "--suppress-tags", quick, str(package)]
    done = subprocess.run(order, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stdout


def _apt(root: Root, *order: str) -> None:
    root("apt-get", "-y", "-qq", *order, DEBIAN_FRONTEND="noninteractive")


def test_installed_used_updated_and_taken_away_it_leaves_nothing_but_the_profile(
    root: Root, package: Path, layers: tuple[Layer, Layer], screen: str, tmp_path: Path
) -> None:
    _apt(root, "update")
    _apt(root, "--no-install-recommends", "install", "fonts-dejavu-core")
    before = root.files()
    _apt(root, "--no-install-recommends", "install", f"{PERSON}/{package.name}")
    assert "can run" in root("wellside", "doctor")
    root("wellside", "demo", "--wells", "2", "--days", "7")
    well = root("wellside", "wells").split()[2]
    assert root("wellside", "diagnose", well)
    root("wellside", "report", well, "--out", f"{PERSON}/report.pdf")
    assert len(pypdfium2.PdfDocument(root.folder / PERSON[1:] / "report.pdf")) > 0
    _window(root, screen, tmp_path)
    _without_a_model(root, well)
    _updated_and_back(root, *layers, tmp_path)
    profile = root.files()
    _apt(root, "purge", "wellside")
    _apt(root, "autoremove", "--purge")
    left = root.files() - before
    assert {path for path in left if not path.startswith(PERSON)} == set()
    assert {path for path in profile if path.startswith(f"{PERSON}/.local/share/wellside")} <= left


def _window(root: Root, screen: str, tmp_path: Path) -> None:
    """It comes up on a screen and shows something."""
    started = subprocess.Popen(
        [
            *root.inside,
            "/usr/bin/env",
            "-i",
            "PATH=/usr/bin:/bin",
            f"HOME={PERSON}",
            "LC_ALL=C.UTF-8",
        ]
        + [f"DISPLAY={screen}", "WELLSIDE_LANG=en", "/usr/bin/wellside"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        Hand(screen).window("Wellside")
        picture = tmp_path / "window.png"
        until(lambda: _drawn(screen, picture) > DRAWN, "a page with charts on it")
    finally:
        started.terminate()
        said, _ = started.communicate(timeout=60)
    assert "Traceback" not in said, said


def _drawn(screen: str, target: Path) -> float:
    """The share of the page that has something on it; the whole screen is photographed into `target`."""
    code = "import sys; from PySide6.QtWidgets import QApplication; a = QApplication([]); "
    code += "sys.exit(not a.primaryScreen().grabWindow(0).save(sys.argv[1]))"
    environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    subprocess.run([sys.executable, "-c", code, str(target)], env=environment, check=True)
    page = Image.open(target).convert("RGB").crop(PAGE)
    counts = [count for count, _ in page.getcolors(1 << 24) or ()]
    return 1 - max(counts) / sum(counts) if len(counts) > 1 else 0.0


def _updated_and_back(root: Root, upper: Layer, lower: Layer, tmp_path: Path) -> None:
    """The next version comes out of a feed on a share, runs, and makes way for the one before; what was
    installed is not touched, and the wells are there in both.
    """
    newer = _next_version(upper, tmp_path)
    publisher = Publisher(tmp_path / "publisher")
    archives = updates.build(tmp_path / "archives", LINUX, newer, quick=True)
    listed = [word for path in archives for word in ("--archive", str(path))]
    publisher.order("publish", "--pair", newer.name, lower.name, "--platform", LINUX.key, *listed)
    shutil.copytree(publisher.feed, root.folder / PERSON[1:] / "feed")
    site = root.folder / "etc/wellside"
    site.mkdir()
    (site / "site.toml").write_text(f'[defaults]\nupdate_feed = "{PERSON}/feed"\n')
    (site / updating.ROOT_FILE).write_bytes(publisher.root)
    installed = root("dpkg", "--verify", "wellside")
    wells = root("wellside", "wells")
    assert _running(root) == program.version()
    assert newer.about["version"] in root("wellside", "update", "fetch")
    assert _running(root) == newer.about["version"]
    assert root("wellside", "wells") == wells
    assert "can run" in root("wellside", "doctor")
    root("wellside", "update", "back")
    assert _running(root) == program.version()
    assert root("wellside", "wells") == wells
    assert root("dpkg", "--verify", "wellside") == installed
    shutil.rmtree(site)


def _next_version(upper: Layer, folder: Path) -> Layer:
    building = folder / "building"
    shutil.copytree(upper.folder, building)
    for sealing in (LAYER, SUMS):
        (building / sealing).unlink()
    version = f"{program.version()}.1"
    return finish(building, PROGRAM, {**upper.about, "version": version}, version)


def _running(root: Root) -> str:
    return str(json.loads(root("wellside", "update", "look", "--json"))["running"])


def _without_a_model(root: Root, well: str) -> None:
    """A file that is gone is told by whoever needs it, and by `doctor`."""
    [model] = (root.folder / "usr/lib/wellside").glob("program-*/app/resources/models/card_ranker.npz")
    aside = model.rename(model.with_suffix(".aside"))
    try:
        for order in (("diagnose", well), ("report", well, "--out", f"{PERSON}/report.pdf"), ("doctor",)):
            assert "card_ranker.npz" in root("wellside", *order, well=False)
    finally:
        aside.rename(model)
