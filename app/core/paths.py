"""Where the program keeps its files. The profile of one user is one folder, readable by that user only."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

LIBRARIES = Path(platformdirs.__file__).parents[1]
"""Where what others wrote lies, as it is found: also by a link."""


@dataclass(frozen=True)
class Paths:
    """`store` is the cache file; everything else of the profile lies beside it."""

    store: Path

    @property
    def folder(self) -> Path:
        return self.store.parent

    @property
    def journal(self) -> Path:
        return self.store.with_suffix(".journal.sqlite")

    @property
    def blobs(self) -> Path:
        return self.store.with_suffix(".blobs")

    @property
    def search(self) -> Path:
        """The index of words: made anew when it is not there."""
        return self.store.with_suffix(".search.sqlite")

    @property
    def key_file(self) -> Path:
        return self.store.with_suffix(".key")

    @property
    def recovery(self) -> Path:
        return self.store.with_suffix(".recovery")

    @property
    def secrets(self) -> Path:
        return self.store.with_suffix(".secrets")

    @property
    def restoring(self) -> Path:
        """Where a copy is unpacked. It goes last: while it is there, a restore has not come to its end."""
        return self.store.with_suffix(".restoring")

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    @property
    def header_words(self) -> Path:
        """The user's own words for headers, beside resources/headers.json."""
        return self.folder / "headers.json"

    @property
    def catalogue(self) -> Path:
        """The user's own equipment, over that of resources/catalogue and of the site."""
        return self.folder / "catalogue.json"

    @property
    def devices(self) -> Path:
        """The user's own profiles of devices, over those of resources/devices and of the site."""
        return self.folder / "devices"

    @property
    def device_state(self) -> Path:
        """How far the archives of devices have been read."""
        return self.folder / "devices.json"

    @property
    def models(self) -> Path:
        """Models that the centre taught: the one in force, the one before, and which is which."""
        return self.folder / "models"

    @property
    def session(self) -> Path:
        return self.folder / "session.json"

    @property
    def sharing(self) -> Path:
        """Where the process that has the store open is to be asked by others."""
        return self.store.with_suffix(".sharing")

    @property
    def logs(self) -> Path:
        return self.folder / "logs"


def profile_at(store: Path | None = None) -> Paths:
    """The user's own profile, or the one around `store` (`--store F`), whether it is there or not."""
    if store is None:
        root = os.environ.get("WELLSIDE_HOME") or platformdirs.user_data_dir("wellside", appauthor=False)
        store = Path(root) / "cache.duckdb"
    return Paths(Path(store).expanduser().absolute())


def profile_paths(store: Path | None = None) -> Paths:
    """As `profile_at`; makes the folder."""
    paths = profile_at(store)
    if not paths.folder.exists():
        paths.folder.mkdir(parents=True, mode=0o700)
    return paths


def demo_store() -> Path:
    """The demo field has a profile of its own: it never mixes with real wells."""
    return profile_paths().folder / "demo" / "cache.duckdb"


def site_file() -> Path:
    """What IT decides for this machine (`core/site`)."""
    given = os.environ.get("WELLSIDE_SITE")
    if given:
        return Path(given)
    folders = [Path(folder) for folder in _site_folders()]
    files = [folder / name for folder in folders for name in ("site.toml", "site.json")]
    return next((file for file in files if file.exists()), files[0])


def _site_folders() -> list[str]:
    """Where a package of the system puts it, and where earlier versions looked for it."""
    usual = platformdirs.site_config_dir("wellside", appauthor=False)
    return ["/etc/wellside", usual] if sys.platform.startswith("linux") else [usual]


def site_catalogue() -> Path:
    """Equipment of this site, for all who work on this machine: beside the site's file."""
    return site_file().with_name("catalogue.json")


def site_devices() -> Path:
    """Profiles of devices that IT sets for all who work on this machine: a folder beside the site's file."""
    return site_file().with_name("devices")


def site_views() -> Path:
    """Views of the trends that IT sets for all who work on this machine: a folder beside the site's file."""
    return site_file().with_name("trend-views")


def resources() -> Path:
    """Icons, fonts, texts, translations: inside the package as the wheel installs it, beside the package in
    the repository, or inside the frozen build.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
