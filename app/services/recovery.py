"""The way back to a profile whose key is gone: made while it is there, used when it is not."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.core.paths import Paths
from app.core.site import site
from app.models import keys
from app.models.keys import MasterKey, obtain_key
from app.models.recovery import Recovery
from app.models.secrets import Secrets
from app.models.store import database as store

HELPED = ("key_missing", "key_file", "journal_key_or_damage")
"""Trouble of a start that the right key ends."""
_MADE = "recovery key made"


@dataclass(frozen=True)
class Ways:
    """Which there are. `held_by`: the beginning of the fingerprint of IT's key."""

    own_key: bool
    held_by: str


def ways(paths: Paths) -> Ways:
    recovery = Recovery(paths.recovery)
    return Ways(recovery.has_key, recovery.held_by[:16])


def make(paths: Paths) -> str:
    """A recovery key, told once; the one before opens nothing here from now on."""
    key, recovery = obtain_key(paths), Recovery(paths.recovery)
    made = recovery.make(key.secret)
    Secrets(paths.secrets, key).set(_MADE, recovery.mark_of(key.secret))
    return made


def look_after(paths: Paths, key: MasterKey, notices: NoticeBus) -> None:
    """At an opening, while there is a key: what was made and is damaged, gone or an older one would be missed
    on the day on which there is none.
    """
    recovery, secrets = Recovery(paths.recovery), Secrets(paths.secrets, key)
    if not (paths.secrets.exists() or recovery.has_key):
        return
    try:
        made = secrets.get(_MADE)
    except KnownError:
        return  # who wants something of them is told
    try:
        found = recovery.mark_of(key.secret)
    except KnownError as error:
        if error.code != "recovery_damaged":
            notices.error(error)
            return
        found = ""
    if made and made != found:
        notices.error(KnownError("recovery_lost", file=str(paths.recovery)))
    elif found and not made:
        secrets.set(_MADE, found)


def hold_for_site(paths: Paths, key: MasterKey, notices: NoticeBus) -> None:
    """Where IT named its key, the profile's is sealed for it; trouble with that keeps nobody from work."""
    if site().recovery_key:
        try:
            Recovery(paths.recovery).hold(key.secret, site().recovery_key)
        except KnownError as error:
            notices.error(error)


def recover(paths: Paths, typed: str) -> MasterKey:
    """Put the key back where it is looked for. Nothing is changed unless it opens what is here. Raises
    KnownError (written_key_…, recovery_…).
    """
    if not (paths.journal.exists() or paths.store.exists()):
        raise KnownError("store_missing", file=str(paths.store))
    secret = Recovery(paths.recovery).opened(typed)
    if not (keys.fits(paths, secret) if paths.journal.exists() else _opens_cache(paths, secret)):
        raise KnownError("recovery_key_other", file=str(paths.store))
    return keys.put_key(paths, secret)


def _opens_cache(paths: Paths, secret: bytes) -> bool:
    try:
        store.open_to_read(paths.store, MasterKey(secret, False).derive("cache")).close()
    except KnownError as error:
        if error.code == "store_key_wrong":
            return False
        raise
    return True
