"""ClickHouse's HTTP interface before the embedded engine: the real clickhouse-connect client works against
it, with queries in any format, inserts with deduplication tokens, bound parameters, error codes.
"""

from __future__ import annotations

import base64
import gzip
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from central.embedded.engine import Engine

_INSERT = re.compile(
    rb"^\s*INSERT\s+INTO\s+(?P<table>[^\s(]+)\s*(?P<columns>\([^)]*\))?\s*"
    rb"(?:SETTINGS\s+[^\n]*?)?FORMAT\s+(?P<format>\w+)[ \t]*\n?",
    re.I,
)
_FORMAT = re.compile(r"\bFORMAT\s+(\w+)\s*;?\s*$", re.I)
_CODE = re.compile(r"Code: (\d+)")
_TAKEN_SETTINGS = ("insert_deduplication_token", "max_result_rows", "max_execution_time", "max_block_size")
LARGEST_BODY = 512 << 20
FETCH_S = 300


@dataclass(frozen=True)
class Account:
    """`statements`: all that it may send, word for word, with bound values; None: anything. Nothing is
    parsed: a list of what is forbidden cannot hold over a language as rich as SQL.
    """

    password: str
    statements: frozenset[str] | None = None

    def may(self, statement: str) -> bool:
        return self.statements is None or statement in self.statements


class Front(ThreadingHTTPServer):
    """`accounts`: user → Account. Listens at once; answers when it has its engine and serves."""

    engine: Engine

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, accounts: Mapping[str, Account], host: str = "127.0.0.1") -> None:
        super().__init__((host, port), _Handler)
        self.accounts = dict(accounts)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

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
        user, password = self._who(asked)
        account = self.server.accounts.get(user)
        if account is None or not secrets.compare_digest(account.password.encode(), password.encode()):
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
        if insert := _INSERT.match(statement) if account.statements is None else None:
            self._insert(insert, statement, settings)
            return
        sql = statement.decode().rstrip().rstrip(";")
        form = _FORMAT.search(sql)
        output = (
            form.group(1)
            if form
            else self.headers.get("X-ClickHouse-Format") or asked.get("default_format") or "TabSeparated"
        )
        sql = (sql[: form.start()] if form else sql).strip()
        if not account.may(sql):
            self._fail(403, "Code: 164. DB::Exception: not one of this account's statements. (READONLY)")
            return
        parameters = {name[6:]: value for name, value in asked.items() if name.startswith("param_")}
        self._reply(200, self.server.engine.query(sql, output, parameters, settings), output)

    def _insert(self, insert: re.Match[bytes], statement: bytes, settings: dict[str, str]) -> None:
        columns = (insert["columns"] or b"").decode()
        self.server.engine.insert(
            insert["table"].decode(), columns, insert["format"].decode(), statement[insert.end() :], settings
        )
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
