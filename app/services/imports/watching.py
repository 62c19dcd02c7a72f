"""A folder whose files are taken as they appear: imported ones go into `imported`, the others into
`rejected`, with the reason.

A file is taken when it has stopped growing, and never twice: it has left the folder, and its content is known
by its hash.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.texts import Speaker
from app.models.store import records
from app.models.well_names import Registry
from app.services.imports.importing import ImportReport, import_file
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace

IMPORTED, REJECTED = "imported", "rejected"


@dataclass(frozen=True)
class Taken:
    file: str
    report: ImportReport | None = None
    error: KnownError | None = None

    def words(self, speaker: Speaker) -> str:
        if self.error is not None:
            return speaker.error(self.error)
        assert self.report is not None
        code = "notice.imported_before" if self.report.already else "cli.imported"
        return speaker.say(
            code, file=self.file, added=self.report.added, changed=self.report.changed, same=self.report.same
        )


class Watch:
    """Raises KnownError (watch_folder) when there is no such folder or it cannot be written to."""

    def __init__(self, workspace: Workspace, folder: Path, options: ImportOptions) -> None:
        self._workspace, self._folder, self._options = workspace, folder, options
        self._sizes: dict[Path, tuple[int, float]] = {}
        try:
            for name in (IMPORTED, REJECTED):
                (folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise KnownError("watch_folder", folder=str(folder), reason=str(error)) from error

    def look(self, *, settled: bool = False) -> list[Taken]:
        """One look. `settled`: nobody is writing there now, so nothing need be seen twice before it is
        taken.
        """
        sizes = {path: size for path in self._files() if (size := _size(path)) is not None}
        ready = [path for path, size in sizes.items() if settled or self._sizes.get(path) == size]
        self._sizes = sizes
        return [self._take(path) for path in ready]

    def _files(self) -> list[Path]:
        """Those of the folder, and of its subfolders that are named as a well."""
        wells = Registry(records.named_in_files(self._workspace.store))
        try:
            inside = sorted(self._folder.iterdir())
            folders = [
                path
                for path in inside
                if path.is_dir() and path.name not in (IMPORTED, REJECTED) and wells.find(path.name)
            ]
            found = [
                path
                for folder in (self._folder, *folders)
                for path in sorted(folder.iterdir())
                if path.is_file()
            ]
        except OSError as error:
            raise KnownError("watch_folder", folder=str(self._folder), reason=str(error)) from error
        return [path for path in found if not path.name.startswith((".", "~$"))]

    def _take(self, path: Path) -> Taken:
        options = self._options
        if path.parent != self._folder:
            options = replace(options, usual_well=path.parent.name)
        try:
            report = import_file(self._workspace, path, options)
        except KnownError as error:
            if error.retry:
                return Taken(path.name, error=error)  # held by another program: it stays, and is tried again
            self._put_away(path, REJECTED, error)
            return Taken(path.name, error=error)
        self._put_away(path, IMPORTED, None)
        return Taken(path.name, report)

    def _put_away(self, path: Path, where: str, error: KnownError | None) -> None:
        """The reason first: no file is ever rejected without a word."""
        target = self._free(self._folder / where / path.name)
        try:
            if error is not None:
                words = self._workspace.settings.speaker().error(error)
                write_atomically(
                    target.with_name(target.name + ".reason.txt"),
                    (words + "\n").encode("utf-8-sig"),
                    mode=0o644,
                )
            os.replace(path, target)
        except OSError as problem:
            raise KnownError("watch_folder", folder=str(self._folder), reason=str(problem)) from problem

    @staticmethod
    def _free(target: Path) -> Path:
        """Another file of that name was here before: both stay."""
        number, free = 1, target
        while free.exists():
            number += 1
            free = target.with_name(f"{target.stem} ({number}){target.suffix}")
        return free


def _size(path: Path) -> tuple[int, float] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime
