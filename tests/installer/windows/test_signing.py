"""What is signed holds before the authority that signed, and nothing else does: by osslsigncode itself."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from installer.windows import signing
from installer.windows.signing import Signing, signing_of, trouble
from tests.installer.windows import authority, time_server
from tests.installer.windows.authority import Authority
from tests.installer.windows.smallest_exe import smallest_exe

needs_signer = pytest.mark.skipif(
    shutil.which(signing.SIGNER) is None, reason="osslsigncode is not installed"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority.make(tmp_path_factory.mktemp("site"))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.exe"
    path.write_bytes(smallest_exe())
    return path


def said(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "signing.toml"
    path.write_text(text, encoding="utf-8")
    return path


def by_file(site: Authority) -> str:
    return f'[file]\ncertificate = "{site.signer}"\nkey = "{site.key}"\n'


@needs_signer
def test_a_signature_holds_before_its_authority_and_not_before_another(
    site: Authority, program: Path, tmp_path: Path
) -> None:
    signing_of(said(tmp_path, by_file(site))).sign(program)
    assert trouble(program, site.root) == ""
    stranger = authority.make(tmp_path / "stranger")
    assert "certificate verify error" in trouble(program, stranger.root)


@needs_signer
def test_a_program_that_nobody_signed_is_refused(site: Authority, program: Path) -> None:
    assert "No signature found" in trouble(program, site.root)


@needs_signer
@pytest.mark.parametrize("place", [0x90, 0x400, -64])
def test_one_flipped_byte_of_a_signed_program_is_refused(
    site: Authority, program: Path, tmp_path: Path, place: int
) -> None:
    signing_of(said(tmp_path, by_file(site))).sign(program)
    content = bytearray(program.read_bytes())
    content[place] ^= 1
    program.write_bytes(content)
    assert trouble(program, site.root) != ""


@needs_signer
def test_a_certificate_for_something_else_signs_no_program(program: Path, tmp_path: Path) -> None:
    server = authority.make(tmp_path / "server", ExtendedKeyUsageOID.SERVER_AUTH)
    signing_of(said(tmp_path, by_file(server))).sign(program)
    assert "purpose" in trouble(program, server.root)


@needs_signer
def test_the_same_build_is_signed_to_the_same_bytes(
    site: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    how, made = signing_of(said(tmp_path, by_file(site))), []
    for name in ("one.exe", "two.exe"):
        (tmp_path / name).write_bytes(smallest_exe())
        how.sign(tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


@needs_signer
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_time_stamp_is_asked_of_the_server_that_the_site_names(
    site: Authority, program: Path, tmp_path: Path
) -> None:
    clock = authority.make(tmp_path / "clock", ExtendedKeyUsageOID.TIME_STAMPING)
    with time_server.running(clock, tmp_path) as address:
        how = signing_of(said(tmp_path, by_file(site) + f'[time_stamp]\nserver = "{address}"\n'))
        how.sign(program)
    assert trouble(program, site.root, clock.root) == ""
    assert trouble(program, site.root, site.root) != ""  # a stamp of somebody else's clock
    with pytest.raises(SystemExit, match="could not be signed"):
        how.sign(program)


def test_a_service_of_the_site_gets_the_file_and_says_where_the_signed_one_is(
    program: Path, tmp_path: Path
) -> None:
    script = "import sys; open(sys.argv[2], 'wb').write(open(sys.argv[1], 'rb').read() + b'signed')"
    words = ", ".join(f'"{word}"' for word in (sys.executable, "-c", script, "{in}", "{out}"))
    signing_of(said(tmp_path, f"[service]\ncommand = [{words}]\n")).sign(program)
    assert program.read_bytes() == smallest_exe() + b"signed"


def test_a_failed_signature_leaves_the_program_as_it_was(program: Path, tmp_path: Path) -> None:
    how = Signing("service", {"command": [sys.executable, "-c", "import sys; sys.exit('no token')"]})
    with pytest.raises(SystemExit, match=r"program\.exe could not be signed: no token"):
        how.sign(program)
    assert program.read_bytes() == smallest_exe()
    assert [one.name for one in tmp_path.iterdir()] == ["program.exe"]


def test_a_token_is_asked_for_by_its_module_and_the_key_by_its_name(tmp_path: Path) -> None:
    table = (
        '[token]\nmodule = "m.so"\ncertificate = "c.pem"\nkey = "pkcs11:object=w"\npassword_file = "pin"\n'
    )
    order = signing_of(said(tmp_path, table)).order(Path("a.exe"), Path("b.exe"))
    given = ["-pkcs11module", "m.so", "-certs", "c.pem", "-key", "pkcs11:object=w", "-readpass", "pin"]
    assert order[2 : 2 + len(given)] == given


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "one of file, token, service"),
        ('[file]\ncertificate = "c"\nkey = "k"\n[service]\ncommand = []\n', "one of file, token, service"),
        ('[file]\ncertificate = "c"\n', "lacks key"),
        ('[service]\ncommand = ["sign", "{in}"]\n', "needs {in} and {out}"),
    ],
)
def test_what_cannot_be_followed_is_refused_before_anything_is_built(
    tmp_path: Path, text: str, why: str
) -> None:
    with pytest.raises(SystemExit, match=why):
        signing_of(said(tmp_path, text))
