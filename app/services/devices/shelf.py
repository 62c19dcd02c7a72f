"""The profiles of devices at hand: what ships, the site's, one's own; taking one in and giving one away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import hand_over, write_atomically
from app.core.paths import Paths, resources, site_devices
from app.devices.profile import Profile
from app.devices.read_profile import read_profile


def folders(paths: Paths) -> tuple[Path, ...]:
    """Later ones stand over earlier ones."""
    return resources() / "devices", site_devices(), paths.devices


def files(paths: Paths) -> dict[str, Path]:
    """Key → file: a profile is called like its file."""
    return {file.stem: file for folder in folders(paths) for file in sorted(folder.glob("*.json"))}


def all_of(paths: Paths) -> Iterator[tuple[str, Path, Profile | KnownError]]:
    """Each with its profile, or what is wrong with it."""
    for key, file in sorted(files(paths).items()):
        try:
            yield key, file, read_profile(file)
        except KnownError as error:
            yield key, file, error


def find(paths: Paths, name: str) -> Profile:
    """By key, or a file that is named. Raises KnownError (device_unknown, what is wrong with the file)."""
    known = files(paths)
    if name in known:
        return read_profile(known[name])
    if Path(name).suffix.lower() == ".json":
        return read_profile(Path(name))
    raise KnownError("device_unknown", name=name[:80], known=", ".join(sorted(known)))


def add(paths: Paths, file: Path) -> Profile:
    """A file of somebody else becomes one's own, when it is good. Raises KnownError."""
    profile = read_profile(file)
    put(paths, profile.key, file.read_bytes())
    return profile


def put(paths: Paths, key: str, content: bytes) -> Path:
    """What has been checked. Raises KnownError (file_not_written)."""
    target = paths.devices / f"{key}.json"
    try:
        paths.devices.mkdir(mode=0o700, exist_ok=True)
        write_atomically(target, content)
    except OSError as error:
        raise KnownError("file_not_written", file=str(target), reason=str(error)) from error
    return target


def share(paths: Paths, name: str, to: Path) -> Path:
    """Raises KnownError."""
    return hand_over(to, Path(find(paths, name).file).read_bytes())
