"""The files of a feed of updates as they lie there: in a folder (a share, a stick), on a web server, at the
centre.

Nothing that comes from here is believed: `services/updates` verifies signatures, lengths and hashes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from app.core.errors import KnownError
from app.sync.transports.secure import client, steadily

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 60.0
PIECE_BYTES = 1 << 18
MISSING = "update_file_missing"
AT_CENTRE = "centre"
"""In place of an address."""
PATH_AT_CENTRE, MODELS_AT_CENTRE = "/v1/updates", "/v1/models/feed"


class Feed(Protocol):
    def pieces(self, path: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """(place in the file, bytes), in order; from `start`, or from the first byte where the other end
        cannot begin in the middle. Raises KnownError (update_file_missing, update_feed_unreachable).
        """

    def close(self) -> None: ...


class FolderFeed:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pieces(self, path: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
        try:
            if not self._folder.is_dir():
                raise KnownError("update_feed_unreachable", feed=str(self._folder), reason="")
            there = self._folder / inside(path)
            if not there.is_file():
                raise KnownError(MISSING, file=path)  # a pipe would be waited for without an end
            with there.open("rb") as file:
                file.seek(start)
                while piece := file.read(PIECE_BYTES):
                    yield start, piece
                    start += len(piece)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise KnownError(MISSING, file=path) from error
        except OSError as error:
            raise _unreachable(str(self._folder), error) from error

    def close(self) -> None:
        """Nothing is kept open."""


class WebFeed:
    """Raises KnownError at construction for an address that is none, or that is in the clear."""

    def __init__(self, url: str, *, token: str = "", ca_file: str = "", proxy: str = "") -> None:
        asks = {"Authorization": f"Bearer {token}"} if token else {}
        self._url = url
        self._client = client(url, TIMEOUT_S, headers=asks, ca_file=ca_file, proxy=proxy)

    def pieces(self, path: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
        import httpx

        # Packed on the way, a length that is said would not be that of the file.
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        try:
            with self._client.stream("GET", f"/{inside(path)}", headers=headers) as answer:
                at = _begins(answer, path, start)
                # As it comes: what broke off is kept to the last byte.
                for piece in steadily(answer.iter_raw(), TIMEOUT_S):
                    yield at, piece
                    at += len(piece)
        except (httpx.HTTPError, TimeoutError) as error:
            raise _unreachable(self._url, error) from error

    def close(self) -> None:
        self._client.close()


def feed_at(
    address: str,
    *,
    centre: str = "",
    token: str = "",
    ca_file: str = "",
    proxy: str = "",
    path: str = PATH_AT_CENTRE,
) -> Feed:
    """`address`: a folder, a web address, or AT_CENTRE for what the `centre` has under `path`. The token goes
    nowhere but there.
    """
    if address == AT_CENTRE:
        return WebFeed(centre.rstrip("/") + path, token=token, ca_file=ca_file, proxy=proxy)
    if address.startswith(("http://", "https://")):
        return WebFeed(address, ca_file=ca_file, proxy=proxy)
    return FolderFeed(Path(address))


def inside(path: str) -> PurePosixPath:
    """A name of a feed leads nowhere but into it."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path or "\0" in path:
        raise KnownError(MISSING, file=path[:200])
    return parts


def _begins(answer: httpx.Response, path: str, start: int) -> int:
    if answer.status_code in (403, 404, 416):
        raise KnownError(MISSING, file=path)
    if answer.status_code not in (200, 206):
        raise KnownError("update_feed_unreachable", feed=str(answer.url.host), reason=str(answer.status_code))
    return start if answer.status_code == 206 else 0


def _unreachable(feed: str, error: Exception) -> KnownError:
    return KnownError("update_feed_unreachable", feed=feed, reason=str(error)[:200])
