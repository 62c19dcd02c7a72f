"""A layer's archive, verified already, laid into a folder of its own: all of it or nothing."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import leads_elsewhere, sync_folder
from app.core.installed import LAYER
from app.core.jobs import Job
from app.core.units import DAY_S

MOST_FILES, MOST_BYTES, MOST_DEEP = 60_000, 2 << 30, 50
BUILDING = "building-"


def unpack(job: Job, archive: Path, root: Path, name: str) -> Path:
    """`root`/`name`, made of an archive with that one folder. A folder of this name that is there is whole:
    it is called after its version or its content, and comes by one rename. Raises KnownError
    (update_archive, update_not_written).
    """
    final = root / name
    if (final / LAYER).is_file():
        return final
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.rmtree(final, ignore_errors=True)
        building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=root))
        try:
            _forget_killed(root, building)
            _extract(job, archive, building, name)
            if not (building / name / LAYER).is_file():
                raise KnownError("update_archive", file=name, reason=LAYER)
            (building / name).rename(final)
            sync_folder(root)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except (tarfile.TarError, ValueError) as error:  # a NUL in a name
        raise KnownError("update_archive", file=name, reason=str(error)[:200]) from error
    except (OSError, EOFError) as error:
        raise KnownError("update_not_written", reason=str(error)[:200]) from error
    return final


def _forget_killed(root: Path, building: Path) -> None:
    """What an unpacking that was killed left; another window's may be at work, but not for a day."""
    now_s = building.stat().st_mtime
    for left in root.glob(f"{BUILDING}*"):
        with suppress(FileNotFoundError):
            if now_s - left.stat().st_mtime > DAY_S:
                shutil.rmtree(left, ignore_errors=True)


def _extract(job: Job, archive: Path, building: Path, name: str) -> None:
    """Python's own filter keeps members inside; links and devices are in no layer of ours."""
    unpacked = files = 0
    with tarfile.open(archive, "r:*") as packed:
        for member in packed:
            files, unpacked = files + 1, unpacked + member.size
            inside = member.name == name or member.name.startswith(f"{name}/")
            odd = leads_elsewhere(member.name) or member.name.count("/") > MOST_DEEP
            if not inside or not (member.isfile() or member.isdir()) or odd:
                raise KnownError("update_archive", file=name, reason=member.name[:200])
            if files > MOST_FILES or unpacked > MOST_BYTES:
                raise KnownError("update_archive", file=name, reason=f"{files}, {unpacked}")
            packed.extract(member, building, filter="data")
            job.report(files, None, "update.unpacking")
