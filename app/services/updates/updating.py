"""From the feed to a program that runs from the next start on, and back."""

from __future__ import annotations

import hashlib
import platform
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from app.core import installed, site
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.installed import Pair, Place
from app.core.jobs import Job
from app.core.paths import resources
from app.core.settings import Settings
from app.models.journal_file import SCHEMA_VERSION
from app.services.updates import releases
from app.services.updates.looked import Looked
from app.services.updates.signed import SignedFeed
from app.services.updates.unpacking import unpack
from app.sync.transports.feed import AT_CENTRE, feed_at

ROOT_FILE = "update-root.json"
"""Who signs releases: IT's own beside the site's file, else what came with the program."""
MACHINE, FEED = "machine", "feed"


def place() -> Place:
    """Raises KnownError (update_not_installed): a clone or a wheel is renewed by who made it."""
    where = installed.place()
    if where is None:
        raise KnownError("update_not_installed")
    return where


def look(settings: Settings, token: Callable[[], str], *, again: bool = False) -> Looked:
    """Asks the feed; lays nothing down. A pending update that the feed has taken back does not come. `token`:
    the centre's, for the feed that is there. `again`: a person asks, also for what was given up here.

    Raises KnownError (update_…, centre_needs_tls, centre_ca, site_file…).
    """
    where = place()
    with _written(), _feed(settings, token, where) as feed:
        return _looked(settings, where, feed, again)


def prepare(job: Job, settings: Settings, token: Callable[[], str], *, again: bool = False) -> Looked:
    """Fetches what is offered, verifies it and lays it beside what runs. Raises KnownError as `look`."""
    where = place()
    with _written(), _feed(settings, token, where) as feed:
        looked = _looked(settings, where, feed, again)
        if looked.offered is None or looked.offered.version == looked.pending:
            return looked
        pair = looked.offered.layers[platform_key()]
        for name in (pair.runtime, pair.program):
            if not (where.folder(name) / installed.LAYER).is_file():
                archive = feed.fetch(job, releases.archive_of(name, platform_key()))
                unpack(job, archive, where.root, name)
        feed.forget()
        installed.stage(where, pair)
        installed.clear(where)
    return Looked(looked.running, looked.offered, pair.version)


def back() -> Pair:
    """From the next start on the program before runs, with the profile as it is. Raises KnownError
    (update_no_way_back, update_below_floor, update_journal_newer).
    """
    where = place()
    before = installed.program_before(where)
    if before is None:
        raise KnownError("update_no_way_back")
    if installed.below_floor(where, before):
        raise KnownError("update_below_floor", version=before.version, floor=installed.floor(where))
    if installed.reads_less(where, before):
        raise KnownError("update_journal_newer", version=before.version)
    with _written():
        installed.go_back(where)
    return before


def platform_key() -> str:
    """As `installer/layout` calls what it builds for."""
    systems = {"linux": "linux", "win32": "windows"}
    machines = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
    machine = platform.machine().lower()
    return f"{systems.get(sys.platform, sys.platform)}-{machines.get(machine, machine)}"


def _looked(settings: Settings, where: Place, feed: SignedFeed, again: bool) -> Looked:
    listed = releases.read(feed.read(releases.list_of(settings["update_channel"])))
    running = where.running.version
    if listed.floor != installed.floor(where):  # also a lower one: whoever had the keys once may have lied
        write_atomically(where.root / installed.FLOOR, listed.floor.encode())
    pending = where.told(installed.PENDING)
    listed_still = pending is not None and pending.version in [one.version for one in listed.all]
    if pending and (not listed_still or installed.below_floor(where, pending)):
        (where.root / installed.PENDING).unlink()
        pending = None
    given_up = installed.given_up(where)
    offered = listed.offered(
        running, platform_key(), _machine(where), settings["update_group"], SCHEMA_VERSION
    )
    if offered and offered.version == given_up and not again:
        offered = None  # it did not come up here, or a person went back from it
    return Looked(running, offered, pending.version if pending else "")


@contextmanager
def _feed(settings: Settings, token: Callable[[], str], where: Place) -> Iterator[SignedFeed]:
    address = settings["update_feed"]
    if not address:
        raise KnownError("update_no_feed")
    root = _root()
    feed = feed_at(
        address,
        centre=settings["centre_url"],
        token=token() if address == AT_CENTRE else "",
        ca_file=settings["ca_file"],
        proxy=settings["proxy_url"],
    )
    # What was seen under other signers says nothing.
    state = where.root / FEED / hashlib.sha256(root).hexdigest()[:16]
    with closing(feed):
        yield SignedFeed(feed, state, root)


@contextmanager
def _written() -> Iterator[None]:
    """A full disk, a folder that may not be written to."""
    try:
        yield
    except OSError as error:
        raise KnownError("update_not_written", reason=str(error)[:200]) from error


def _root() -> bytes:
    of_site = site.beside(ROOT_FILE)
    if of_site is not None:
        return of_site
    try:
        return (resources() / ROOT_FILE).read_bytes()
    except OSError as error:
        raise KnownError("update_no_root", file=ROOT_FILE) from error


def _machine(where: Place) -> str:
    """Drawn once; nothing can be told from it but the share that this machine belongs to."""
    path = where.root / MACHINE
    told = installed.line(path)
    if not told:
        told = secrets.token_hex(16)
        write_atomically(path, told.encode())
    return told
