"""Other programs of the same user read the profile while the window is open, and have it do what writes.

DuckDB lets one process into a file. Whoever wants to read asks the process that has it, over a local socket
(a named pipe on Windows): both sides prove that they know the profile's key, then the writing is held while
the asker copies the files. The copy is whole, the window's reading goes on, and what is done with the copy
disturbs nobody. The asker copies, not the owner: see `Database.held_still`. What writes is told to the owner
as JSON and done there, by the one process that may.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.paths import Paths
from app.core.plain import JsonObject
from app.core.settings import Settings
from app.models.keys import MasterKey, obtain_key
from app.models.store.database import Database, open_database, open_to_read, wal_of

_log = logging.getLogger("wellside.sharing")
LONGEST_COPY_S = 60.0
"""Whoever copies longer is let go: the window must be able to write again."""
LONGEST_TOLD = 4_000_000
"""Bytes of a command or of its answer."""
_ASKED, _DONE, _DO = b"hold still", b"copied", b"do"
Told = JsonObject
Doing = Callable[[Told], Told]
_numbers = itertools.count(1)


class Sharing:
    """Answers for as long as the profile is open; a thread of its own that sleeps until somebody asks."""

    def __init__(self, paths: Paths, store: Database, key: MasterKey, do: Doing | None = None) -> None:
        """`do` takes what another program wants done, in a thread of its own each."""
        self._paths, self._store, self._do = paths, store, do
        self._listener: Listener | None = None
        self._closing = False
        try:
            self._listener = Listener(None, backlog=4, authkey=_password(key))
            write_atomically(paths.sharing, str(self._listener.address).encode(), durable=False)
        except OSError as error:
            # A machine without local sockets: everything else works, others have to wait for the window.
            _log.warning("the profile cannot be shared with other programs: %s", error)
            self.close()
            return
        self._thread = threading.Thread(target=self._serve, name="sharing", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        assert self._listener is not None
        while True:
            try:
                asker = self._listener.accept()
                if self._closing:
                    asker.close()
                    return
                self._answer(asker)
            except (OSError, EOFError, AuthenticationError) as error:
                if self._closing:
                    return
                _log.info("somebody who asked to read was turned away: %r", error)

    def _answer(self, asker: Connection) -> None:
        asked = asker.recv_bytes(64) if asker.poll(2.0) else b""
        if asked == _DO and self._do is not None:
            # It may take minutes, and who wants to read is not kept waiting for it.
            threading.Thread(target=self._done, args=(asker, self._do), name="handed", daemon=True).start()
            return
        with asker:
            if asked == _ASKED:
                with self._store.held_still() as files:
                    asker.send_bytes(json.dumps([str(path) for path in files]).encode())
                    if asker.poll(LONGEST_COPY_S):
                        asker.recv_bytes(64)

    def _done(self, asker: Connection, do: Doing) -> None:
        with asker:
            try:
                answer = do(dict(json.loads(asker.recv_bytes(LONGEST_TOLD))))
                asker.send_bytes(json.dumps(answer, ensure_ascii=False, default=str).encode())
            except (OSError, EOFError, TypeError, ValueError) as error:
                _log.info("nobody waits for the answer to a command: %r", error)

    def close(self) -> None:
        self._closing = True
        if self._listener is None:
            return
        self._paths.sharing.unlink(missing_ok=True)
        address = self._listener.address
        if hasattr(self, "_thread"):
            with contextlib.suppress(OSError):
                Client(address).close()  # wakes the thread; nothing is told to it, and no answer waited for
            self._thread.join(2.0)  # an asker that hangs keeps nobody from closing the window
        self._listener.close()
        self._listener = None


@dataclass(frozen=True)
class Reading:
    """A profile as it was at one moment, opened to be read."""

    paths: Paths
    settings: Settings
    store: Database
    key: MasterKey
    copies: tuple[Path, ...]

    def close(self) -> None:
        self.store.close()
        for copy in self.copies:
            copy.unlink(missing_ok=True)


def open_reading(paths: Paths, *, scratch: bool = False) -> Reading:
    """A copy of the cache as it is now, whether the window has it open or not. `scratch`: what is computed
    may be put into the copy, which goes with it.

    Also where nobody has it open a copy is read: a program that reads for hours must not keep the window from
    starting. Raises KnownError (store_missing, store_locked, store_older, key_missing, disk_full).
    """
    if not paths.store.exists():
        raise KnownError("store_missing", file=str(paths.store))
    key = obtain_key(paths)
    target = _folder_for_copies(paths) / f"{os.getpid()}-{next(_numbers)}.duckdb"
    try:
        copies = _copied(paths, key, target)
        store = (open_database if scratch else open_to_read)(target, key.derive("cache"))
    except BaseException:
        for name in (target, wal_of(target)):
            name.unlink(missing_ok=True)
        raise
    if scratch:
        copies = (target, wal_of(target))
    elif os.name != "nt":
        # Open files stay readable without a name: nothing is left behind, however this process ends.
        for copy in copies:
            copy.unlink()
        copies = ()
    return Reading(paths, Settings(paths.settings), store, key, copies)


def _copied(paths: Paths, key: MasterKey, target: Path) -> tuple[Path, ...]:
    try:
        own = open_to_read(paths.store, key.derive("cache"))
    except KnownError as error:
        if error.code != "store_locked":
            raise
        with _held_by_owner(paths, key, error) as files:
            return _copy(files, target)
    try:
        with own.held_still() as files:
            return _copy(files, target)
    finally:
        own.close()


def ask_owner(paths: Paths, request: Told, locked: KnownError) -> Told:
    """What the process that has the profile open answers when it has done it. Raises `locked` when it cannot:
    an older one, not ours, or closed meanwhile.
    """
    with _owner(paths, obtain_key(paths), locked) as owner:
        try:
            owner.send_bytes(_DO)
            owner.send_bytes(json.dumps(request, ensure_ascii=False).encode())
            return dict(json.loads(owner.recv_bytes(LONGEST_TOLD)))
        except (OSError, EOFError, ValueError) as error:
            raise locked from error


def _owner(paths: Paths, key: MasterKey, locked: KnownError) -> Connection:
    """Raises `locked` when the process that has the file does not answer: an older one, or not ours."""
    try:
        address = paths.sharing.read_text(encoding="utf-8")
        return Client(address, authkey=_password(key))
    except (OSError, EOFError, ValueError, AuthenticationError) as error:
        raise locked from error


@contextlib.contextmanager
def _held_by_owner(paths: Paths, key: MasterKey, locked: KnownError) -> Iterator[list[Path]]:
    with _owner(paths, key, locked) as owner:
        owner.send_bytes(_ASKED)
        if not owner.poll(LONGEST_COPY_S):
            raise locked
        yield [Path(name) for name in json.loads(owner.recv_bytes(65_536))]
        owner.send_bytes(_DONE)


def _copy(files: list[Path], target: Path) -> tuple[Path, ...]:
    made = []
    for path in files:
        copy = wal_of(target) if path.suffix == ".wal" else target
        try:
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
        except OSError as error:
            raise KnownError("file_not_written", file=str(copy), reason=str(error)) from error
        made.append(copy)
    return tuple(made)


def _folder_for_copies(paths: Paths) -> Path:
    """Made when needed; what a killed reader left behind goes (on Windows only what nobody has open)."""
    folder = paths.folder / "reading"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(paths.folder), reason=str(error)) from error
    for left in folder.iterdir():
        owner = left.name.partition("-")[0]
        if owner != str(os.getpid()) and (os.name == "nt" or not _runs(owner)):
            with contextlib.suppress(OSError):
                left.unlink()
    return folder


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _password(key: MasterKey) -> bytes:
    return bytes.fromhex(key.derive("sharing"))
