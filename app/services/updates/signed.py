"""A feed that is signed by the rules of The Update Framework: python-tuf verifies, here is only how files
come to it and what its refusals are called.

Somebody who holds the server, the share or the wire can withhold updates. He can not pass off an old state as
the newest (freeze, rollback), files of two states as one (mix and match), or other files as ours; a key that
leaked is replaced by a root that the keys before have signed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tuf.api import exceptions
from tuf.api.metadata import TargetFile
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.signed_feeds import METADATA, TARGETS
from app.sync.transports.feed import MISSING, Feed

REFUSED = (
    (exceptions.ExpiredMetadataError, "update_feed_expired"),
    (exceptions.UnsignedMetadataError, "update_feed_unsigned"),
    (exceptions.BadVersionNumberError, "update_feed_older"),
    (exceptions.LengthOrHashMismatchError, "update_feed_mixed"),
    (exceptions.DownloadLengthMismatchError, "update_feed_mixed"),
    (exceptions.RepositoryError, "update_feed_malformed"),
    (exceptions.DownloadError, "update_feed_malformed"),
)
LIST_BYTES = 1 << 20
ARCHIVE_BYTES = 1 << 30
"""More than that is no list of releases, and no layer of the program."""


class SignedFeed:
    """`state`: a folder of one's own, where what was seen last is kept. `root`: who is believed at first."""

    def __init__(self, feed: Feed, state: Path, root: bytes) -> None:
        self._feed = feed
        self._parts = state / "parts"
        metadata = state / "metadata"
        with _told():
            for folder in (metadata, self._parts):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._updater = _WithoutLink(
                str(metadata),
                METADATA,
                target_base_url=TARGETS,
                fetcher=_Fetched(feed),
                config=UpdaterConfig(max_root_rotations=64),
                bootstrap=root,
            )

    def read(self, name: str) -> bytes:
        """A small file of the newest state. Raises KnownError (update_feed_…, update_file_missing)."""
        with _told():
            target = self._target(name, LIST_BYTES)
            with tempfile.TemporaryDirectory() as own:  # not another process's, in the middle of writing
                path = Path(own) / "list"
                self._updater.download_target(target, str(path))
                return path.read_bytes()

    def fetch(self, job: Job, name: str) -> Path:
        """A large file, whole and verified; what came before a connection broke is not asked for again.
        Raises KnownError (as `read`; update_file_wrong for bytes that are not the signed ones).
        """
        with _told():
            target = self._target(name, ARCHIVE_BYTES)
            sha256 = target.hashes.get("sha256", "")
            if len(sha256) != 64 or not sha256.isalnum():
                raise KnownError("update_feed_malformed", reason=name)
            part = self._parts / sha256
            if not _is_whole(target, part):
                self._bring(job, target, part, sha256)
                if not _is_whole(target, part):
                    part.unlink(missing_ok=True)
                    raise KnownError("update_file_wrong", file=name)
            return part

    def forget(self) -> None:
        """What was fetched, and what was left of fetches that nobody ended."""
        for part in self._parts.iterdir():
            part.unlink(missing_ok=True)

    def _target(self, name: str, most: int) -> TargetFile:
        target = self._updater.get_targetinfo(name)
        if target is None:
            raise KnownError(MISSING, file=name)
        if target.length > most:
            raise KnownError("update_feed_malformed", reason=f"{name}: {target.length}")
        return target

    def _bring(self, job: Job, target: TargetFile, part: Path, sha256: str) -> None:
        there = part.stat().st_size if part.exists() else 0
        if there >= target.length:
            part.unlink()
            there = 0
        folder, _, name = target.path.rpartition("/")
        path = f"{TARGETS}{folder + '/' if folder else ''}{sha256}.{name}"
        with part.open("ab") as file:
            for at, piece in self._feed.pieces(path, there):
                job.check()
                if at != file.tell():  # the other end began anew
                    file.truncate(at)
                    file.seek(at)
                if at + len(piece) > target.length:
                    raise KnownError("update_file_wrong", file=target.path)
                file.write(piece)
                job.report(at + len(piece), target.length, "update.fetching")


class _WithoutLink(Updater):
    """`root.json` as a link is for those who bring no root. Many sticks and Windows know no links."""

    def _update_root_symlink(self) -> None:
        """Nothing reads it here."""


class _Fetched(FetcherInterface):
    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            for _, piece in self._feed.pieces(url):
                yield piece
        except KnownError as error:
            if error.code == MISSING:  # how it learns that there is no newer root
                raise exceptions.DownloadHTTPError(url, 404) from error
            raise


def _is_whole(target: TargetFile, part: Path) -> bool:
    with suppress(OSError, exceptions.LengthOrHashMismatchError), part.open("rb") as file:
        target.verify_length_and_hashes(file)
        return True
    return False


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (exceptions.RepositoryError, exceptions.DownloadError) as error:
        code = next(code for kind, code in REFUSED if isinstance(error, kind))
        raise KnownError(code, reason=str(error)[:200]) from error
    except OSError as error:
        raise KnownError("update_not_written", reason=str(error)) from error
