"""Opens a profile: settings, key, journal, cache; what is damaged is mended from the journal and told."""

from __future__ import annotations

import os

from app.core import installed
from app.core.clock import Clock, utc_now
from app.core.errors import KnownError
from app.core.notices import Notice, NoticeBus, Severity
from app.core.paths import Paths
from app.core.settings import Settings
from app.models.journal import Journal
from app.models.keys import is_only_mine, obtain_key
from app.models.store import database as store
from app.models.store import unread
from app.services import broken_off, recovery
from app.services.learnt import state as learnt
from app.services.records import applying
from app.services.workspace import Workspace


def open_workspace(paths: Paths, notices: NoticeBus | None = None, clock: Clock = utc_now) -> Workspace:
    """A cache that is damaged, or of a newer program that was given up, is set aside, a new one made and
    filled from the journal, and a notice says so.

    The key is sealed for the site's IT where the site says so.

    Raises KnownError (store_*, journal_*, key_missing, disk_full, folder_not_writable).
    """
    notices = notices or NoticeBus()
    _refuse_closed_folder(paths)
    if broken_off.cleared(paths):
        notices.publish(Notice(Severity.WARNING, "notice.restore_broken_off", {"folder": str(paths.folder)}))
    settings = Settings(paths.settings)
    for problem in settings.problems:
        notices.error(problem)
    key = obtain_key(paths)
    key_has_opened_before = paths.journal.exists()
    # Told when it is made; `doctor` tells it whenever asked.
    if not key.in_keyring and not key_has_opened_before:
        told = "notice.key_in_file" if is_only_mine(paths.key_file) else "notice.key_in_open_file"
        notices.publish(Notice(Severity.WARNING, told, {"file": str(paths.key_file)}))
    journal = Journal(paths.journal, paths.blobs, key.derive("journal"), clock)
    rebuilt = False
    try:
        try:
            database = store.open_database(paths.store, key.derive("cache"))
        except KnownError as error:
            # A flipped byte in the header reads like a wrong key; the journal has just shown that the key is
            # right.
            damaged_header = error.code == "store_key_wrong" and key_has_opened_before
            # Gone back to an older program: the cache is made anew, the one of the newer is kept.
            too_new = error.code == "store_newer" and installed.gave_up() != ""
            if error.code != "store_corrupt" and not damaged_header and not too_new:
                raise
            told = "notice.cache_of_newer" if too_new else "notice.cache_rebuilt"
            aside = store.set_aside(paths.store)
            database = store.open_database(paths.store, key.derive("cache"))
            rebuilt = True
            notices.publish(Notice(Severity.WARNING, told, {"file": aside.name}))
    except BaseException:
        journal.close()
        raise
    _tell_losses(journal, notices)
    recovery.look_after(paths, key, notices)
    recovery.hold_for_site(paths, key, notices)
    workspace = Workspace(paths, settings, database, journal, notices, key, clock)
    applying.settle_drafts(workspace)
    if rebuilt or not applying.is_filled(workspace):
        applying.replay(workspace)
    applying.read_as_now(workspace)
    applying.bring_in_what_waits(workspace)
    applying.bring_in_what_was_cut_off(workspace)
    _read_again(workspace)
    learnt.start(paths)
    return workspace


def _tell_losses(journal: Journal, notices: NoticeBus) -> None:
    """What was saved and is not in the journal any more, whoever opened it when that was noticed."""
    losses = journal.losses.untold()
    for loss in losses:
        notices.error(loss.error())
    if losses:
        journal.losses.note_told()


def _read_again(workspace: Workspace) -> None:
    """What another version of the program could not read of the centre's records."""
    if not unread.any_at_all(workspace.store):
        return
    from app.sync.pull import read_again  # the protocol is loaded only when there is something

    read_again(workspace.store, workspace.journal)


def _refuse_closed_folder(paths: Paths) -> None:
    if not os.access(paths.folder, os.W_OK | os.X_OK):
        raise KnownError("folder_not_writable", folder=str(paths.folder), reason="")
