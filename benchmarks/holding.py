"""Who holds the way between a laptop and a real centre, as a process of its own: what it makes and sends is
not counted among what the laptop takes. One line a try comes to its standard input (which of `wrong` becomes
of a file, and the end of its name; an empty one: honest again), and is answered when it is so.
`python -m benchmarks.holding URL` says where it listens.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain

import httpx

from tests.centre_process import ROOT

ENDLESS_MB = 3_000
"""What has no end goes on for so long before it is cut."""
Answer = Callable[[bytes], "bytes | Iterator[bytes] | int"]


class Holder:
    """The other end: the process, and what it is told."""

    def __init__(self, centre_url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.holding", centre_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._heard()

    def lies(self, ends: str, number: int) -> None:
        """From now on about files whose names end so."""
        self._tell(f"{number} {ends}")

    def is_honest(self) -> None:
        self._tell("")

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        assert self._heard() == "so"

    def _heard(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


class _Holding(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    centre_url = ""
    ends = ""
    answer: Answer | None = None
    head: dict[str, str] = {}

    def do_GET(self) -> None:
        asked = {name: value for name, value in self.headers.items() if name in ("Authorization", "Range")}
        told = httpx.get(self.centre_url + self.path, headers=asked)
        body: bytes | Iterator[bytes] | int = told.content
        status, head = told.status_code, dict[str, str]()
        if _Holding.answer is not None and self.path.endswith(_Holding.ends):
            body, head = _Holding.answer(told.content), _Holding.head
            status = body if isinstance(body, int) else 200
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in [body] if isinstance(body, bytes) else [] if isinstance(body, int) else body:
            try:
                self.wfile.write(piece)
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        """Nothing."""


def endless(letter: bytes = b" ") -> Answer:
    return lambda _: (letter * (1 << 20) for _ in range(ENDLESS_MB))


def wrong() -> Iterator[tuple[str, Answer, dict[str, str]]]:
    """Name, what becomes of the file, and heads."""
    for share in (0.02, 0.3, 0.6, 0.97):
        yield f"byte at {share}", lambda content, share=share: flipped(content, share), {}  # type: ignore[misc]
        yield f"cut at {share}", lambda content, share=share: content[: int(len(content) * share)], {}  # type: ignore[misc]
    yield "without an end", endless(), {}
    yield "without an end, of lists", endless(b"["), {}
    yield "its own and no end", lambda content: chain([content], endless()(b"")), {}  # type: ignore[arg-type]
    yield "empty", lambda _: b"", {}
    yield "another file of it", lambda _: b'{"signed": {}, "signatures": []}', {}
    yield "nested", lambda _: b"[" * 900_000, {}
    yield "a packed bomb", lambda _: gzip.compress(b" " * (1 << 28)), {"Content-Encoding": "gzip"}
    yield "led to a file", lambda _: 302, {"Location": "file:///etc/passwd"}
    yield "led elsewhere", lambda _: 302, {"Location": "http://127.0.0.1:9/metadata/timestamp.json"}
    yield "the middle of it", lambda content: content[10:], {"Content-Range": "bytes 10-20/21"}
    for status in (401, 403, 404, 416, 418, 500):
        yield f"status {status}", lambda _, status=status: status, {}  # type: ignore[misc]


def flipped(content: bytes, share: float) -> bytes:
    changed = bytearray(content)
    changed[int(len(changed) * share)] ^= 1
    return bytes(changed)


def main() -> None:
    _Holding.centre_url = sys.argv[1]
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Holding)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    tries = list(wrong())
    for line in sys.stdin:
        number, _, _Holding.ends = line.strip().partition(" ")
        _, answer, _Holding.head = tries[int(number)] if number else ("", None, {})
        _Holding.answer = staticmethod(answer) if answer is not None else None  # type: ignore[assignment]
        print("so", flush=True)


if __name__ == "__main__":
    main()
