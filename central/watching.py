"""A folder whose files are taken as they appear, by the same importers as on a laptop: into `imported`, or
with the reason into `rejected`.

A subfolder of it is a field's; files lying in the folder itself are nobody's and are rejected.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from app.core.errors import KnownError
from app.core.files import write_atomically
from central.centre import Centre
from central.file_upload import upload
from central.kept import kept, name_of_the_centre
from central.logs import log
from central.stores.devices import Device
from central.stores.engine import database_down
from central.stores.leases import Lease
from central.tagged_files import take_tagged
from central.worker import Worker, told_bug

LOOK_S = 1.0
IMPORTED, REJECTED = "imported", "rejected"
MOST_BYTES = 512 << 20
FOLDER_NAME = ".wellside-folder"
LONGEST_FILE_S = 600.0
"""After so long without a sign of life from who takes this folder's files another centre does."""


class FolderFollower:
    def __init__(self, centre: Centre, folder: Path) -> None:
        self._centre, self._folder = centre, folder
        self._sizes: dict[Path, tuple[int, float]] = {}
        self.worker = Worker("folder", self._run)
        try:
            for name in (IMPORTED, REJECTED):
                (folder / name).mkdir(parents=True, exist_ok=True)
            # Centres that watch one folder find one name in it; each its own folder, another name in each.
            own = kept(folder, FOLDER_NAME, secrets.token_hex(8))
            holder = name_of_the_centre(centre.config.folder)
            self._lease = Lease(centre.engine, f"folder/{own}"[:30], holder, patience_s=LONGEST_FILE_S)
        except OSError as error:
            raise KnownError("watch_folder", folder=str(folder), reason=str(error)) from error

    def start(self) -> None:
        self.worker.start()

    def close(self) -> None:
        self.worker.close()
        self._lease.give_back()

    def _run(self) -> None:
        while not self.worker.stop.wait(LOOK_S):
            try:
                if self._lease.held():
                    self.look()
            except OSError as error:
                log("folder", reason=str(error)[:200])
            except sa.exc.DBAPIError as error:
                log("folder", code=database_down(error).code)

    def look(self) -> int:
        """One look; a file is taken when it has stopped growing. Returns how many were taken or rejected."""
        sizes = {path: (about.st_size, about.st_mtime) for path in self._files() if (about := path.stat())}
        ready = [path for path, size in sizes.items() if self._sizes.get(path) == size]
        self._sizes = sizes
        return sum(self._take(path) for path in ready if self._lease.held())

    def _files(self) -> list[Path]:
        folders = [
            self._folder,
            *(p for p in sorted(self._folder.iterdir()) if p.is_dir() and p.name not in (IMPORTED, REJECTED)),
        ]
        return [
            path
            for folder in folders
            for path in sorted(folder.iterdir())
            if path.is_file() and not path.name.startswith((".", "~$"))
        ]

    def _take(self, path: Path) -> bool:
        try:
            came = _identity(path)
            reason = self._tried(path)
            if reason is None:
                return False
            if _identity(path) != came:
                log("folder", file=path.name, code="changed")
                return False  # another one lies under its name by now: that one was not read
        except FileNotFoundError:
            return False  # another centre has taken it, or who brought it has taken it away
        self._put_away(path, reason)
        log("folder", file=path.name, code=reason[:200] or "imported")
        return True

    def _tried(self, path: Path) -> str | None:
        """Why it is not taken, "" where it is; None: it is tried again. Raises FileNotFoundError where it is
        gone.
        """
        field = path.parent.name if path.parent != self._folder else ""
        try:
            if not field:
                raise KnownError("folder_without_field", file=path.name)
            if path.stat().st_size > MOST_BYTES:
                raise KnownError(
                    "file_too_large", file=path.name, size=path.stat().st_size >> 20, limit=MOST_BYTES >> 20
                )
            return self._read(field, path)
        except KnownError as error:
            if error.retry:
                log("folder", file=path.name, code=error.code)
                return None
            return str(error)
        except sa.exc.DBAPIError as error:
            log("folder", file=path.name, code=database_down(error).code)
            return None
        except Exception as error:
            if isinstance(error, FileNotFoundError) and not path.exists():
                raise
            told_bug("folder", error)
            return f"centre_failed: {type(error).__name__}"

    def _read(self, field: str, path: Path) -> str:
        """By the table of tags, or by the importers. Returns why it was not taken."""
        by_tags = take_tagged(self._centre, field, path)
        if by_tags is not None:
            aside = {reason: len(rows) for reason, rows in by_tags.dead}
            log("folder", file=path.name, readings=len(by_tags.readings), set_aside=sum(aside.values()))
            return ""
        device = Device(f"folder/{field}"[:36], f"folder {field}", ("files",), (field,), "0" * 64)
        receipt = upload(self._centre, device, path.name, path.read_bytes(), "")
        return "" if receipt.taken else f"{receipt.code} {receipt.details}"

    def _put_away(self, path: Path, reason: str) -> None:
        target = self._folder / (REJECTED if reason else IMPORTED) / path.name
        number = 1
        while target.exists():
            number += 1
            target = target.with_name(f"{path.stem} ({number}){path.suffix}")
        if reason:  # first: no file is ever rejected without a word
            write_atomically(
                target.with_name(target.name + ".reason.txt"), (reason + "\n").encode(), mode=0o644
            )
        os.replace(path, target)


def _identity(path: Path) -> tuple[int, int, int]:
    """Of a file; another one of the same name has another. Raises OSError where it is gone."""
    about = path.stat()
    return about.st_ino, about.st_size, about.st_mtime_ns
