"""With whom OPC UA is spoken, and how: by the policy that was asked for, to a server whose certificate a
person has trusted, with a key that nobody else reads.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asyncua.crypto.cert_gen import generate_self_signed_app_certificate
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.user_managers import UserManager
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from app.core.clock import utc_now
from app.core.errors import KnownError
from central.opcua.browsing import variables
from central.opcua.certificates import OWN, between, check, fingerprint, own, trust
from central.opcua.connecting import connected
from central.opcua.servers import OpcServer, server_of, servers_of
from tests.central.at_the_command_line import Line
from tests.central.opcua_server import OpcServerOfTests, opcua_server, pem_of

PASSWORD = "п@роль"


class Users(UserManager):
    def get_user(
        self, iserver: Any, username: Any = None, password: Any = None, certificate: Any = None
    ) -> Any:
        return User(UserRole.User) if (username, password) == ("reader", PASSWORD) else None


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """(PEM of a server's key and certificate, the certificate as DER)."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    names: list[x509.GeneralName] = [
        x509.UniformResourceIdentifier("urn:freeopcua:python:server"),
        x509.DNSName("localhost"),
    ]
    made = generate_self_signed_app_certificate(
        key, "wells", {}, names, [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    )
    return pem_of(tmp_path_factory.mktemp("opcua"), key, made), made.public_bytes(Encoding.DER)


@pytest.fixture(scope="module")
def server(shown: tuple[Path, bytes]) -> Iterator[OpcServerOfTests]:
    with opcua_server(shown[0], users=Users()) as made:
        yield made


def reader(server: OpcServerOfTests, password: str = PASSWORD) -> OpcServer:
    return OpcServer(server.url, user="reader", password=password)


def paths(server: OpcServer, keys: Path) -> list[str]:
    async def asked() -> list[str]:
        async with connected(server, keys) as client:
            return [one.path async for one in variables(client)]

    return asyncio.run(asked())


def refused(server: OpcServer, keys: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        paths(server, keys)
    assert PASSWORD not in str(caught.value)
    return caught.value


def test_a_server_is_spoken_to_when_its_certificate_is_trusted_and_not_before(
    server: OpcServerOfTests, shown: tuple[Path, bytes], tmp_path: Path
) -> None:
    error = refused(reader(server), tmp_path)
    assert (error.code, error.details["sha256"]) == ("opcua_server_unknown", fingerprint(shown[1]))
    trust(tmp_path, own(tmp_path, "another").certificate)
    assert refused(reader(server), tmp_path).code == "opcua_server_unknown", "it trusts another one"
    trust(tmp_path, shown[1])
    assert "Pad5/WELL_101/PINT" in paths(reader(server), tmp_path)
    assert os.stat(tmp_path / OWN).st_mode & 0o777 == 0o600
    assert refused(reader(server, "wrong"), tmp_path).code == "opcua_refused"


@pytest.mark.slow
def test_a_policy_that_is_not_offered_is_told_and_no_weaker_one_taken(
    server: OpcServerOfTests, tmp_path: Path
) -> None:
    asked = server_of(f"{server.url}?policy=Aes256Sha256RsaPss")
    error = refused(asked, tmp_path)
    assert error.code == "opcua_no_policy"
    assert "Basic256Sha256 SignAndEncrypt" in str(error.details["offered"])
    assert refused(server_of(f"{server.url}?policy=None"), tmp_path).code in ("opcua_down", "opcua_refused")


def test_a_server_that_nobody_reaches_is_down(tmp_path: Path) -> None:
    error = refused(server_of("opc.tcp://127.0.0.1:9"), tmp_path)
    assert (error.code, error.retry) == ("opcua_down", True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    own(tmp_path, "here")
    for mode, code in ((0o644, "key_file_open"), (0o620, "key_file_open"), (0o440, "")):
        os.chmod(tmp_path / OWN, mode)
        if code:
            with pytest.raises(KnownError, match=code):
                own(tmp_path, "here")
        else:
            assert own(tmp_path, "another").uri == "urn:here:wellside:centre", "it is made once"


def test_a_certificate_is_trusted_while_it_holds(shown: tuple[Path, bytes], tmp_path: Path) -> None:
    trust(tmp_path, shown[1])
    first, last = between(shown[1])
    check(tmp_path, shown[1], "opc.tcp://here", utc_now())
    for moment in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(KnownError, match="opcua_certificate_old"):
            check(tmp_path, shown[1], "opc.tcp://here", moment)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("opc.tcp://me:secret@server.example:4840/wells?policy=None", "stream_needs_tls"),
        ("opc.tcp://server.example/wells?policy=Basic128Rsa15", "stream_address"),
        ("https://server.example/wells", "stream_address"),
        ("opc.tcp://server.example:port", "stream_address"),
        ("opc.tcp://server.example opc.tcp://server.example:4840/again", "stream_address"),
    ],
)
def test_what_would_go_in_the_clear_or_is_no_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(KnownError, match=code) as caught:
        servers_of(url)
    assert "secret" not in str(caught.value)


def test_an_address_is_taken_apart(tmp_path: Path) -> None:
    first, second = servers_of(
        "opc.tcp://a%40b:p%3Aq@server.example/wells opc.tcp://127.0.0.1:4841?policy=None"
    )
    assert (first.url, first.user, first.password) == ("opc.tcp://server.example:4840/wells", "a@b", "p:q")
    assert (first.policy, first.source) == ("Basic256Sha256", "opcua/server.example:4840")
    assert second.policy == "None"
    assert server_of("opc.tcp://me:p@127.0.0.1?policy=None").password == "p"


@pytest.mark.slow
def test_the_commands_show_trust_browse_and_try(
    line: Line, server: OpcServerOfTests, shown: tuple[Path, bytes]
) -> None:
    url = server.url.replace("://", "://reader:%D0%BF%40%D1%80%D0%BE%D0%BB%D1%8C@")
    (mine,) = line("opcua", "certificate", "--to", str(line.folder / "centre.der"))
    assert fingerprint((line.folder / "centre.der").read_bytes()) == mine["sha256"]
    (told,) = line("opcua", "trust", url)
    assert (told["sha256"], told["trusted"]) == (fingerprint(shown[1]), False)
    assert line("opcua", "trust", url, "--sha256", "00" * 32) == []
    assert line.complaint.startswith("opcua_server_unknown: ")
    (told,) = line("opcua", "trust", url, "--sha256", str(told["sha256"]).upper())
    assert told["trusted"]
    found = {row["path"]: row for row in line("opcua", "browse", url, "--under", "Pad5/WELL_101/")}
    assert found["Pad5/WELL_101/PINT"]["unit"] == "bar"
    assert not found["Pad5/WELL_101/NAME"]["number"]
    line("well", "add", "101", "--field", "Северное", "--pad", "5", "--lift", "ЭЦН")
    line("tag", "add", "Pad5/WELL_{well}/PINT", "--sensor", "Рпр", "--unit", "МПа", "--source", "opcua")
    pressure, summary = line("opcua", "test", url)
    assert (pressure["well"], pressure["sensor"]) == ("Северное/5/101", "intake_pressure")
    assert (pressure["value"], pressure["good"], pressure["history"]) == (5.0, True, True)
    assert (pressure["unit"], pressure["server_says_unit"], pressure["unit_differs"]) == ("МПа", "bar", True)
    assert (summary["meant"], summary["unnamed"], summary["unit_differs"]) == (1, 3, 1)
