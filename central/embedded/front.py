"""ClickHouse for one machine: the real engine (chdb) behind ClickHouse's HTTP interface, for `make centre`
and the tests.

The real clickhouse-connect client works against it: queries in any format, inserts with deduplication tokens,
bound parameters, error codes. One engine in the process, one query at a time. It is no server for a site:
that is a ClickHouse of its own.
"""

from __future__ import annotations

import base64
import gzip
import re
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

_INSERT = re.compile(
    rb"^\s*INSERT\s+INTO\s+(?P<table>[^\s(]+)\s*(?P<columns>\([^)]*\))?\s*"
    rb"(?:SETTINGS\s+[^\n]*?)?FORMAT\s+(?P<format>\w+)[ \t]*\n?",
    re.I,
)
_FORMAT = re.compile(r"\bFORMAT\s+(\w+)\s*;?\s*$", re.I)
_CODE = re.compile(r"Code: (\d+)")
_TAKEN_SETTINGS = ("insert_deduplication_token", "max_result_rows", "max_execution_time", "max_block_size")
# A reader's own settings, comments and quoted names would get round the checks below; the client's statements
# have none.
_NOT_FOR_READERS = re.compile(
    r"additional_table_filters|/\*|--|#|\bsettings\b(?!\s+(limit|where|order))", re.I
)
_FROM = re.compile(r"\b(?:from|join)\s+([^\s(,;]+)?\s*(\()?", re.I)
_READABLE = re.compile(
    r"wellside\.[a-z_0-9]+$|system\.(settings|one|tables|columns|functions|databases)$", re.I
)
LARGEST_BODY = 512 << 20
FETCH_S = 300


@dataclass(frozen=True)
class Account:
    """`read_only`: SELECT only. `filters`: table → condition, added by the engine to every query of that
    account.
    """

    read_only: bool = True
    filters: Mapping[str, str] = field(default_factory=dict)


Login = Callable[[str, str], Account | None]


class Engine:
    """The chdb session of this process. A folder is used by one process at a time."""

    def __init__(self, folder: Path) -> None:
        from chdb import session  # 300 MB of engine, loaded by whoever embeds it

        folder.mkdir(parents=True, exist_ok=True)
        self._session = session.Session(str(folder))
        self._lock = threading.Lock()
        self._table_functions: frozenset[str] | None = None

    def query(self, sql: str, output: str, parameters: dict[str, Any], settings: dict[str, str]) -> bytes:
        """Raises RuntimeError with ClickHouse's own message."""
        with self._lock:
            for name, value in settings.items():
                self._session.query(f"SET {name} = {_literal(value)}")
            try:
                return bytes(self._session.query(sql, output, params=parameters).bytes())
            finally:
                for name in settings:
                    self._session.query(f"SET {name} = DEFAULT")

    def table_functions(self) -> frozenset[str]:
        """What may stand in the place of a table: files, addresses, other servers. Names that are ordinary
        functions too are let pass only where a table cannot stand.
        """
        if self._table_functions is None:
            names = (
                self.query("SELECT lower(name) FROM system.table_functions", "TabSeparated", {}, {})
                .decode()
                .split()
            )
            self._table_functions = frozenset(names) | {"file", "executable", "dictionary", "dictget"}
        return self._table_functions

    def insert(self, table: str, columns: str, form: str, body: bytes, settings: dict[str, str]) -> None:
        with tempfile.NamedTemporaryFile(suffix=".rows") as file:
            file.write(body)
            file.flush()
            self.query(
                f"INSERT INTO {table} {columns} SELECT * FROM file('{file.name}', '{form}')",
                "Null",
                {},
                settings,
            )

    def close(self) -> None:
        self._session.close()


def _literal(value: str) -> str:
    return (
        value
        if re.fullmatch(r"\d+|\{.*\}", value)
        else "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    )


def may_read(statement: str, table_functions: frozenset[str]) -> bool:
    """One SELECT over tables of ours, and nothing that opens a file, an address or another process."""
    if not re.match(r"\s*(SELECT|WITH)\b", statement, re.I) or ";" in statement.rstrip().rstrip(";"):
        return False
    plain = re.sub(r"'(?:[^'\\]|\\.|'')*'", "''", statement).replace("`", "").replace('"', "")
    if _NOT_FOR_READERS.search(plain):
        return "from system.settings" in plain.lower() and not re.search(
            r"additional_table_filters|/\*|--", plain
        )
    if any(name.lower() in table_functions for name in re.findall(r"\b(\w+)\s*\(", plain)):
        return False
    return all(bracket or _READABLE.match(name) for name, bracket in _FROM.findall(plain))


class Front(ThreadingHTTPServer):
    """`login` decides who asks; `serve_forever` in a thread, `close` at the end."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, engine: Engine, port: int, login: Login, host: str = "127.0.0.1") -> None:
        super().__init__((host, port), _Handler)
        self.engine, self.login = engine, login
        self.faults: list[str] = []
        """For tests: "503", "drop_before", "drop_after", each used up by one insert."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self.serve_forever, name="clickhouse front", daemon=True)
        thread.start()
        return thread

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away in the middle of an answer is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = FETCH_S
    disable_nagle_algorithm = (
        True  # head and body are two writes: the second would wait for the other side's delayed answer
    )
    server: Front

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are counted by the service, not printed."""

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/ping":
            self._reply(200, b"Ok.\n")
        else:
            self._answer(b"")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = self._chunked()
        elif length > LARGEST_BODY:
            self._reply(413, b"Code: 307. DB::Exception: too large\n")
            return
        else:
            body = self.rfile.read(length)
        self._answer(_decoded(body, self.headers.get("Content-Encoding", "")))

    def _chunked(self) -> bytes:
        parts, total = [], 0
        while (size := int(self.rfile.readline().split(b";")[0], 16)) > 0:
            total += size
            if total > LARGEST_BODY:
                raise ConnectionError("too large")
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _answer(self, body: bytes) -> None:
        asked = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        account = self.server.login(*self._who(asked))
        if account is None:
            self._fail(403, "Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)")
            return
        text = asked.get("query", "").encode()
        statement = text + (b"\n" if text and body else b"") + body
        try:
            self._run(statement, asked, account)
        except RuntimeError as error:
            self._fail(400 if "SYNTAX" in str(error) else 404 if "UNKNOWN" in str(error) else 500, str(error))

    def _who(self, asked: dict[str, str]) -> tuple[str, str]:
        basic = self.headers.get("Authorization", "")
        if basic.startswith("Basic "):
            try:
                user, _, password = base64.b64decode(basic[6:]).decode().partition(":")
            except ValueError:
                return "", ""
            return user, password
        return self.headers.get("X-ClickHouse-User", asked.get("user", "")), self.headers.get(
            "X-ClickHouse-Key", asked.get("password", "")
        )

    def _run(self, statement: bytes, asked: dict[str, str], account: Account) -> None:
        settings = {name: asked[name] for name in _TAKEN_SETTINGS if name in asked}
        insert = _INSERT.match(statement)
        if account.read_only:
            plain = statement.decode("utf-8", "replace")
            if insert or not may_read(plain, self.server.engine.table_functions()):
                self._fail(403, "Code: 164. DB::Exception: the account is read-only. (READONLY)")
                return
            if account.filters:
                pairs = ", ".join(f"'{table}': '{condition}'" for table, condition in account.filters.items())
                settings["additional_table_filters"] = "{" + pairs + "}"
        if insert:
            self._insert(insert, statement, settings)
            return
        sql = statement.decode().rstrip().rstrip(";")
        form = _FORMAT.search(sql)
        output = (
            form.group(1)
            if form
            else self.headers.get("X-ClickHouse-Format") or asked.get("default_format") or "TabSeparated"
        )
        sql = sql[: form.start()] if form else sql
        parameters = {name[6:]: value for name, value in asked.items() if name.startswith("param_")}
        self._reply(200, self.server.engine.query(sql, output, parameters, settings), output)

    def _insert(self, insert: re.Match[bytes], statement: bytes, settings: dict[str, str]) -> None:
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault == "503":
            self._fail(503, "Code: 202. DB::Exception: too many simultaneous queries")
            return
        if fault == "drop_before":
            self.connection.close()
            return
        columns = (insert["columns"] or b"").decode()
        self.server.engine.insert(
            insert["table"].decode(), columns, insert["format"].decode(), statement[insert.end() :], settings
        )
        if fault == "drop_after":
            self.connection.close()
            return
        self._reply(200, b"")

    def _fail(self, status: int, text: str) -> None:
        code = _CODE.search(text)
        self._reply(status, text.encode(), code=code.group(1) if code else "1002")

    def _reply(self, status: int, body: bytes, form: str = "", code: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/octet-stream")
        if form:
            self.send_header("X-ClickHouse-Format", form)
        if code:
            self.send_header("X-ClickHouse-Exception-Code", code)
        self.end_headers()
        self.wfile.write(body)


def _decoded(body: bytes, encoding: str) -> bytes:
    """A body may be several compressed frames, one after the other."""
    if encoding == "gzip":
        return gzip.decompress(body)
    if encoding == "lz4":
        import lz4.frame

        parts = []
        while body:
            decoder = lz4.frame.LZ4FrameDecompressor()
            parts.append(decoder.decompress(body))
            body = decoder.unused_data or b""
        return b"".join(parts)
    if encoding == "zstd":
        import zstandard

        return zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True).read()
    return body
