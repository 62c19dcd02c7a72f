"""Where is connected to and how: nothing in the clear, nobody led elsewhere, nobody held by an end that
drips.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.errors import KnownError
from app.sync.transports import secure

# ---- addresses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://centre.example/below", ""),
        ("http://127.0.0.1:8080", ""),
        ("http://localhost", ""),
        ("http://[::1]:9000", ""),
        ("http://centre.example", "centre_needs_tls"),
        ("http://127.0.0.2", "centre_needs_tls"),
        ("ftp://centre.example", "centre_address"),
        ("//centre.example", "centre_address"),
        ("https://", "centre_address"),
        ("https://name@centre.example", "centre_address"),
        ("https://:word@centre.example", "centre_address"),
        ("https://[::1", "centre_address"),
    ],
)
def test_only_addresses_under_tls_or_of_this_machine_are_taken(url: str, code: str) -> None:
    if not code:
        secure.check_address(url)
        return
    with pytest.raises(KnownError) as caught:
        secure.check_address(url)
    assert (caught.value.code, caught.value.details["url"]) == (code, url)


# ---- certificates ------------------------------------------------------------------------------------------


def test_certificates_are_always_looked_at_and_older_protocols_are_not_spoken() -> None:
    context = secure.tls("")
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_the_companys_authority_is_taken_and_one_that_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import truststore

    loaded: list[str] = []
    monkeypatch.setattr(
        truststore.SSLContext, "load_verify_locations", lambda self, cafile: loaded.append(cafile)
    )
    secure.tls("")
    assert loaded == []
    secure.tls(str(tmp_path / "own.pem"))
    assert loaded == [str(tmp_path / "own.pem")]
    monkeypatch.undo()
    for name in ("missing.pem", "odd.pem"):
        (tmp_path / "odd.pem").write_text("no certificate")
        with pytest.raises(KnownError) as caught:
            secure.tls(str(tmp_path / name))
        assert (caught.value.code, caught.value.details["file"]) == ("centre_ca", str(tmp_path / name))


# ---- clients -----------------------------------------------------------------------------------------------


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """How a client was made."""
    made: dict[str, Any] = {}
    monkeypatch.setattr(httpx, "Client", lambda **given: made.update(given))
    monkeypatch.setattr(secure, "tls", lambda ca_file: f"certificates of {ca_file or 'the system'}")
    return made


def test_a_client_verifies_follows_nobody_and_says_who_it_is(options: dict[str, Any]) -> None:
    secure.client("https://centre.example/below//", 60.0)
    assert options == {
        "base_url": "https://centre.example/below",
        "headers": {"User-Agent": "wellside"},
        "verify": "certificates of the system",
        "proxy": None,
        "timeout": httpx.Timeout(60.0, connect=secure.CONNECT_S),
        "follow_redirects": False,
        "transport": None,
    }


def test_a_client_takes_what_the_site_says_of_it(options: dict[str, Any]) -> None:
    secure.client(
        "https://centre.example", 5.0, headers={"A": "b"}, ca_file="own.pem", proxy="http://proxy:3128"
    )
    assert options["headers"] == {"User-Agent": "wellside", "A": "b"}
    assert (options["verify"], options["proxy"]) == ("certificates of own.pem", "http://proxy:3128")
    assert options["timeout"] == httpx.Timeout(5.0, connect=secure.CONNECT_S)


def test_in_place_of_the_network_no_certificate_is_asked_for(options: dict[str, Any]) -> None:
    stand_in = httpx.MockTransport(lambda _: httpx.Response(200))
    secure.client("https://centre.example", 5.0, transport=stand_in)
    assert (options["verify"], options["transport"]) == (True, stand_in)


def test_a_client_of_an_address_in_the_clear_is_not_made(options: dict[str, Any]) -> None:
    with pytest.raises(KnownError, match="centre_needs_tls"):
        secure.client("http://centre.example", 5.0)
    assert options == {}


# ---- answers that drip -------------------------------------------------------------------------------------


class Dripping:
    """Pieces by the second: (when it comes [s], its bytes)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *pieces: tuple[float, int]) -> None:
        self.pieces, self.now = pieces, 100.0
        monkeypatch.setattr("app.sync.transports.secure.time.monotonic", lambda: self.now)

    def __iter__(self) -> Iterator[bytes]:
        for at, size in self.pieces:
            self.now = 100.0 + at
            yield bytes(size)


@pytest.mark.parametrize(
    ("pieces", "come"),
    [
        (((1.0, 1), (9.0, 1), (10.0, 1)), 3),  # within the time it may be as little as it is
        (((1.0, 1), (11.0, 1), (12.0, 1)), None),
        (((1.0, 1), (11.0, 1_998), (12.0, 1)), None),
        (((1.0, 1), (11.0, 1_999), (12.0, 1)), 3),
        (((1.0, 1_000), (11.0, 1_000), (20.0, 1), (21.0, 1)), 4),
        (((1.0, 1_000), (11.0, 1_000), (20.0, 1), (21.1, 1)), None),  # counted anew from there
        (((1.0, 1_000), (11.0, 1_000), (20.0, 1), (21.1, 1_999)), 4),
        (((500.0, 2_000), (1_000.0, 2_000)), 2),
        ((), 0),
    ],
)
def test_an_end_that_brings_less_than_the_slowest_line_holds_nobody(
    monkeypatch: pytest.MonkeyPatch, pieces: tuple[tuple[float, int], ...], come: int | None
) -> None:
    dripping = Dripping(monkeypatch, *pieces)
    if come is None:
        with pytest.raises(TimeoutError, match=r"\d+ B / 10 s"):
            list(secure.steadily(dripping, 10.0))
    else:
        assert [len(one) for one in secure.steadily(dripping, 10.0)] == [size for _, size in pieces][:come]


def test_what_had_come_is_told_when_an_end_drips(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TimeoutError, match="^7 B / 10 s$"):
        list(secure.steadily(Dripping(monkeypatch, (1.0, 3), (11.0, 4)), 10.0))
