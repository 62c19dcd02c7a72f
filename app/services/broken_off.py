"""A restore of a profile that was killed: what it left goes, the key among it too, and it is said."""

from __future__ import annotations

import shutil

from app.core.files import sync_folder
from app.core.paths import Paths
from app.models.store.database import wal_of


def cleared(paths: Paths) -> bool:
    """Whether there was one that has to be done again. The journal comes last of what a restore puts in
    place: without one the cache, attachments and secrets are the copy's, or of a profile that nobody used.
    """
    if not paths.restoring.exists():
        return False
    undone = not paths.journal.exists() or (paths.restoring / "journal").exists()
    if not paths.journal.exists():
        shutil.rmtree(paths.blobs, ignore_errors=True)
        for path in (paths.store, wal_of(paths.store), paths.secrets, paths.recovery):
            path.unlink(missing_ok=True)
        sync_folder(paths.folder)
    shutil.rmtree(paths.restoring, ignore_errors=True)
    return undone
