"""Feeds of updates for tests, made by the tool that makes the real ones, and machines that read them."""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.core import installed
from app.core.installed import Pair
from app.core.jobs import Job
from app.core.settings import Settings
from app.core.site import Site
from app.services.updates import releases, updating
from app.services.updates.looked import Looked
from installer import feed as tool
from installer.feed import Keys, Made

RUNTIME = "runtime-aaaaaaaaaaaa"


def layer(root: Path, name: str, journal: int = 1) -> Path:
    """A folder that stands for a layer: what it would run says which it is."""
    folder = root / name
    folder.mkdir(parents=True)
    told = {"version": name.partition("-")[2], "journal": str(journal)}
    (folder / installed.LAYER).write_text(json.dumps(told), encoding="utf-8")
    (folder / "start.py").write_text(f"print({name!r})\n", encoding="utf-8")
    return folder


def packed(folder: Path, out: Path) -> Path:
    archive = out / releases.archive_of(folder.name, updating.platform_key())
    with tarfile.open(archive, "w:xz") as file:
        file.add(folder, folder.name)
    return archive


@dataclass
class Publisher:
    """A feed with its keys."""

    folder: Path
    made: Made = field(init=False)

    def __post_init__(self) -> None:
        self.made = Made(self.folder / "feed", Keys(self.folder / "keys"))
        self.made.init()
        (self.folder / "built").mkdir()

    @property
    def feed(self) -> Path:
        return self.made.folder

    @property
    def root(self) -> bytes:
        return (self.feed / updating.ROOT_FILE).read_bytes()

    def order(self, name: str, *more: str, channel: str = "stable") -> None:
        chosen = [] if name in ("renew", "rotate") else ["--channel", channel]
        keys = str(self.folder / "keys")
        assert tool.main([name, str(self.feed), "--keys", keys, *chosen, *more]) == 0

    def publish(
        self, version: str, *more: str, runtime: str = RUNTIME, channel: str = "stable", journal: int = 1
    ) -> Path:
        """The program's archive."""
        program = layer(self.folder / "built" / f"{channel}-{version}", f"program-{version}", journal)
        archives = [packed(program, self.folder / "built")]
        if runtime != RUNTIME and not (self.folder / "built" / runtime).exists():
            archives.append(packed(layer(self.folder / "built", runtime), self.folder / "built"))
        listed = [word for path in archives for word in ("--archive", str(path))]
        pair = ["--pair", program.name, runtime, "--platform", updating.platform_key()]
        self.order("publish", *pair, *listed, *more, channel=channel)
        return archives[0]

    def in_feed(self, archive: Path) -> Path:
        (found,) = (self.feed / "targets").glob(f"*.{archive.name}")
        return found


@dataclass
class Machine:
    """An installed program of version 0.1.0 and its profile's settings."""

    base: Path
    settings: Settings

    def look(self) -> Looked:
        return updating.look(self.settings, _no_token)

    def fetch(self) -> Looked:
        return updating.prepare(Job(), self.settings, _no_token)

    def starts(self, *, window: bool = True) -> str:
        """The name of the program that a start runs."""
        return installed.choose(self.base, counts=window)[0].name


def machine(folder: Path, feed: Path | str, **settings: object) -> Machine:
    base = folder / "installed"
    for name in ("program-0.1.0", RUNTIME):
        layer(base, name)
    (base / installed.CURRENT).write_text(f"program-0.1.0 {RUNTIME}\n", encoding="ascii")
    own = Settings(folder / "settings.json", Site())
    for key, value in {"update_feed": str(feed), **settings}.items():
        own.set(key, value)
    return Machine(base, own)


def believing(folder: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine whose IT trusts the publisher."""
    site = folder / "site"
    site.mkdir(mode=0o755, parents=True)
    (site / updating.ROOT_FILE).write_bytes(publisher.root)
    monkeypatch.setenv("WELLSIDE_SITE", str(site / "site.toml"))
    monkeypatch.setenv("WELLSIDE_HOME", str(folder / "home"))
    made = machine(folder, publisher.feed)
    monkeypatch.setenv(installed.BASE, str(made.base))
    return made


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "publisher")


@pytest.fixture
def laptop(tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return believing(tmp_path, publisher, monkeypatch)


def pair(version: str) -> Pair:
    return Pair(f"program-{version}", RUNTIME)


def _no_token() -> str:
    return ""
