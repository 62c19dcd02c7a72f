"""A server of time stamps (RFC 3161) on this machine, by `openssl ts`."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from tests.installer.windows.authority import Authority

SETTINGS = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
"""


@contextmanager
def running(clock: Authority, folder: Path) -> Iterator[str]:
    """Its address, while it runs."""
    (folder / "openssl.cnf").write_text(SETTINGS.format(folder=folder), encoding="ascii")
    (folder / "serial").write_text("01\n", encoding="ascii")

    class Stamps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            content = _stamp(clock, folder)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Stamps)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _stamp(clock: Authority, folder: Path) -> bytes:
    with_what = [
        "-config",
        str(folder / "openssl.cnf"),
        "-signer",
        str(clock.signer),
        "-inkey",
        str(clock.key),
    ]
    order = ["openssl", "ts", "-reply", "-queryfile", str(folder / "query"), "-chain", str(clock.signer)]
    subprocess.run([*order, *with_what, "-out", str(folder / "reply")], capture_output=True, check=True)
    return (folder / "reply").read_bytes()
