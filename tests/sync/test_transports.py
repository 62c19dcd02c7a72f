"""The border to the network: whom a token is given to, and what each answer means."""

from __future__ import annotations

import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import clickhouse_connect
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.core.clock import utc_now
from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.models.keys import MasterKey
from app.models.secrets import Secrets
from app.sync.transports.clickhouse import ClickHouseReader
from app.sync.transports.oracle import OracleReader, split_dsn
from app.sync.transports.rest import TRIES_WHEN_BUSY, Rest
from app.sync.transports.secure import check_address
from app.sync.wire import Hello


@contextmanager
def answering(
    status: int, body: bytes, headers: dict[str, str] | None = None, certificate: Path | None = None
) -> Iterator[tuple[int, list[str]]]:
    """(port, tokens that were sent) of a server that answers everything alike."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the server asks for this name

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that does not trust us goes away."""

    server = Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate_of(folder: Path, host: str, days: int = 10) -> Path:
    """A self-signed authority that is its own server."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    address: x509.GeneralName = (
        x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    )
    now = utc_now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}-{days}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


ANOTHERS_GREETING = (
    Hello(nonce="0" * 32, protocol=1, server_time="2026-11-01T12:00:00Z", device="d", fields=(), scopes=())
    .model_dump_json()
    .encode()
)
"""Whole, and of another nonce: somebody who kept an answer."""


def trouble(url: str, **more: str) -> KnownError:
    rest = Rest(url, "wsd_secret", **more)
    try:
        with pytest.raises(KnownError) as caught:
            rest.hello()
    finally:
        rest.close()
    return caught.value


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://centre.example", "centre_needs_tls"),
        ("http://10.0.0.5:8600", "centre_needs_tls"),
        ("ftp://x", "centre_address"),
        ("centre.example", "centre_address"),
        ("https://user:password@centre.example", "centre_address"),
        ("https://", "centre_address"),
    ],
)
def test_an_address_that_would_send_the_token_in_the_clear_or_is_none_is_refused(url: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        Rest(url, "x")
    assert caught.value.code == code
    with pytest.raises(KnownError):
        ClickHouseReader(url, "x", "x")


@pytest.mark.parametrize(
    "begins", ["ftp://", "http://", "https://[::"], ids=["of no kind", "in the clear", "none at all"]
)
def test_of_a_long_address_that_is_refused_the_first_two_hundred_letters_are_told(begins: str) -> None:
    with pytest.raises(KnownError) as caught:
        check_address(begins + "x" * 500)
    assert caught.value.details["url"] == begins + "x" * (200 - len(begins))


@pytest.mark.parametrize(
    ("status", "body", "headers", "code", "retry"),
    [
        (200, b"<html>sign in</html>", {}, "centre_not_itself", False),
        (200, b'{"nonce": "another"}', {}, "centre_not_itself", False),
        (200, ANOTHERS_GREETING, {}, "centre_not_itself", False),
        (302, b"", {"Location": "http://evil.example/"}, "centre_not_itself", False),
        (404, b"{}", {}, "centre_not_itself", False),
        (401, b"{}", {}, "centre_token", False),
        (403, b"{}", {}, "centre_token", False),
        (429, b"", {"Retry-After": "7"}, "centre_busy", True),
        (503, b"", {"Retry-After": "soon"}, "centre_unreachable", True),
        (422, b'{"code": "malformed"}', {}, "centre_refused", False),
    ],
)
def test_each_answer_has_one_meaning(
    status: int, body: bytes, headers: dict[str, str], code: str, retry: bool
) -> None:
    with answering(status, body, headers) as (port, seen):
        error = trouble(f"http://127.0.0.1:{port}")
        assert (error.code, error.retry) == (code, retry)
        assert len(seen) == 1, "a redirection is not followed: the token stays here"
    if status == 429:
        assert error.details["retry_after_s"] == 7.0
    assert "wsd_secret" not in str(error)


def test_nobody_there_is_offline_and_not_an_error_of_ours() -> None:
    error = trouble("http://127.0.0.1:9")
    assert (error.code, error.retry) == ("centre_unreachable", True)


def test_a_certificate_that_nobody_vouches_for_is_refused_and_the_companys_own_is_taken(
    tmp_path: Path,
) -> None:
    good = certificate_of(tmp_path, "127.0.0.1")
    with answering(401, b"{}", certificate=good) as (port, seen):
        assert trouble(f"https://127.0.0.1:{port}").code == "centre_unreachable"
        assert seen == [], "no token before trust"
        assert trouble(f"https://127.0.0.1:{port}", ca_file=str(good)).code == "centre_token"


@pytest.mark.parametrize(
    ("host", "days"), [("other.example", 10), ("127.0.0.1", -1)], ids=["of another host", "expired"]
)
def test_a_certificate_of_another_host_or_time_is_refused_even_when_its_authority_is_known(
    tmp_path: Path, host: str, days: int
) -> None:
    bad = certificate_of(tmp_path, host, days)
    with answering(401, b"{}", certificate=bad) as (port, seen):
        assert trouble(f"https://127.0.0.1:{port}", ca_file=str(bad)).code == "centre_unreachable"
        assert seen == []


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("no certificate")
    with pytest.raises(KnownError) as caught:
        Rest("https://centre.example", "x", ca_file=str(path))
    assert (caught.value.code, caught.value.details["file"]) == ("centre_ca", str(path))


@pytest.mark.parametrize("dsn", ["", "host", "host:1521", "host:port/service", ":1521/x", "host:1521/"])
def test_an_address_that_is_none_of_oracles_is_refused(dsn: str) -> None:
    with pytest.raises(KnownError) as caught:
        split_dsn(dsn)
    assert caught.value.code == "oracle_address"


def test_an_oracle_that_is_not_there_is_offline() -> None:
    reader = OracleReader.at("127.0.0.1:9/x", "x", "secret-password")
    try:
        with pytest.raises(KnownError) as caught:
            reader.changes(0)
    finally:
        reader.close()
    assert (caught.value.code, caught.value.retry) == ("oracle_unreachable", True)
    assert "secret-password" not in str(caught.value)


def test_a_clickhouse_that_is_not_there_is_offline() -> None:
    reader = ClickHouseReader("http://127.0.0.1:9", "x", "secret-password")
    with pytest.raises(KnownError) as caught:
        reader.newest([1])
    assert (caught.value.code, caught.value.retry) == ("clickhouse_unreachable", True)
    assert "secret-password" not in str(caught.value)


def test_a_clickhouse_that_nobody_vouches_for_is_told_no_password(tmp_path: Path) -> None:
    with answering(200, b"", certificate=certificate_of(tmp_path, "127.0.0.1")) as (port, seen):
        reader = ClickHouseReader(f"https://127.0.0.1:{port}", "x", "secret-password")
        with pytest.raises(KnownError, match="clickhouse_unreachable") as caught:
            reader.newest([1])
        assert seen == []
    assert caught.value.details["reason"] == "CERTIFICATE_VERIFY_FAILED"


def refused_by(monkeypatch: pytest.MonkeyPatch, error: Exception) -> KnownError:
    """What is told where ClickHouse's driver raises `error`."""

    def client(**_: Any) -> None:
        raise error

    monkeypatch.setattr(clickhouse_connect, "get_client", client)
    with pytest.raises(KnownError) as caught:
        ClickHouseReader("http://127.0.0.1:9", "x", "y").newest([1])
    return caught.value


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Received ClickHouse exception, code: 516, server response: x", "clickhouse_token"),
        ("Received ClickHouse exception, code: 60, server response: no table", "clickhouse_refused"),
    ],
)
def test_a_password_that_clickhouse_does_not_take_is_told_apart_from_what_else_it_refuses(
    monkeypatch: pytest.MonkeyPatch, said: str, code: str
) -> None:
    error = refused_by(monkeypatch, clickhouse_connect.driver.exceptions.DatabaseError(said))
    assert (error.code, error.retry, error.details["reason"]) == (code, False, said)


@pytest.mark.parametrize(
    ("cause", "reason"), [(ConnectionAbortedError(), "ConnectionAbortedError"), (None, "OSError")]
)
def test_trouble_of_a_kind_that_nobody_knows_is_told_by_its_name_without_the_address(
    monkeypatch: pytest.MonkeyPatch, cause: Exception | None, reason: str
) -> None:
    odd = OSError("HTTPConnectionPool(host='10.0.0.5', port=8123): something odd")
    odd.__cause__ = cause
    error = refused_by(monkeypatch, odd)
    assert (error.code, error.retry, error.details["reason"]) == ("clickhouse_unreachable", True, reason)


def test_secrets_are_kept_sealed_and_a_damaged_store_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cache.secrets"
    secrets = Secrets(path, MasterKey(b"k" * 32, in_keyring=True))
    assert secrets.get("token") == ""
    secrets.set("token", "wsd_" + "x" * 2_000)
    secrets.set("password", "p")
    assert Secrets(path, MasterKey(b"k" * 32, in_keyring=True)).get("token").startswith("wsd_")
    assert b"wsd_" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    secrets.set("token", "")
    assert secrets.get("token") == ""
    with pytest.raises(KnownError) as caught:
        Secrets(path, MasterKey(b"o" * 32, in_keyring=True)).get("password")
    assert caught.value.code == "secrets_damaged"


def test_a_centre_that_asks_to_wait_is_waited_for_and_asked_again() -> None:
    waited: list[float] = []
    with answering(429, b'{"code": "too_often"}', {"Retry-After": "3"}) as (port, seen):
        rest = Rest(f"http://127.0.0.1:{port}", "wsd_secret")
        rest.pause = waited.append
        with pytest.raises(KnownError, match="centre_busy"):
            rest.changes(0)
        assert (waited, len(seen)) == ([3.0] * (TRIES_WHEN_BUSY - 1), TRIES_WHEN_BUSY)
        with pytest.raises(KnownError, match="centre_busy"), rest.streamed("/v1/read/newest", b"{}"):
            """Not reached."""
        assert len(seen) == 2 * TRIES_WHEN_BUSY
        rest.close()


def test_a_long_pause_is_not_slept_through_by_one_request() -> None:
    waited: list[float] = []
    with answering(429, b"", {"Retry-After": "3600"}) as (port, seen):
        rest = Rest(f"http://127.0.0.1:{port}", "wsd_secret")
        rest.pause = waited.append
        with pytest.raises(KnownError, match="centre_busy"):
            rest.hello()
        assert (waited, len(seen)) == ([], 1)
        rest.close()


def test_who_waits_for_a_busy_centre_can_be_stopped() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        job.pause(60.0)
    Job().pause(0.0)
