"""ClickHouse's own engine (chdb) in this process."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path


class Engine:
    """The chdb session of this process, in a folder that is there. One query at a time."""

    def __init__(self, folder: Path) -> None:
        from chdb import session  # 300 MB of engine, loaded by whoever embeds it

        self._incoming = folder.resolve() / "incoming"
        shutil.rmtree(self._incoming, ignore_errors=True)  # of a process that was killed in the middle
        self._incoming.mkdir(mode=0o700)
        self._session = session.Session(str(folder))
        self._lock = threading.Lock()

    def query(
        self, sql: str, output: str, parameters: Mapping[str, object], settings: dict[str, str]
    ) -> bytes:
        """Raises RuntimeError with ClickHouse's own message."""
        with self._lock:
            for name, value in settings.items():
                self._session.query(f"SET {name} = {_literal(value)}")
            try:
                return bytes(self._session.query(sql, output, params=parameters).bytes())
            finally:
                for name in settings:
                    self._session.query(f"SET {name} = DEFAULT")

    def insert(self, table: str, columns: str, form: str, body: bytes, settings: dict[str, str]) -> None:
        with tempfile.NamedTemporaryFile(suffix=".rows", dir=self._incoming) as file:
            file.write(body)
            file.flush()
            self.query(
                f"INSERT INTO {table} {columns} SELECT * FROM file('{file.name}', '{form}')",
                "Null",
                {},
                settings,
            )


def _literal(value: str) -> str:
    return value if value.isdecimal() else "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
