"""Certificates of OPC UA: the centre's own, made once, and those of servers, each trusted by a person who
compared its fingerprint. A server that is not among them is not spoken to.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically

OWN, TRUSTED = "own.pem", "trusted"
DAYS = 3_650
"""A certificate that ended by itself would stop all reading at once, some night."""
KEY_BITS = 2_048
"""As much as every policy takes."""
_OTHERS = stat.S_IRWXO | stat.S_IWGRP


@dataclass(frozen=True)
class OwnCertificate:
    """Both as DER; `uri` is what the certificate calls us."""

    certificate: bytes
    key: bytes
    uri: str

    @property
    def sha256(self) -> str:
        return fingerprint(self.certificate)


def fingerprint(certificate: bytes) -> str:
    return hashlib.sha256(certificate).hexdigest()


def own(folder: Path, host: str) -> OwnCertificate:
    """Key and certificate stand in one file that only the centre's account reads. Raises KnownError
    (folder_not_writable, key_file_open, centre_ca).
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    file = folder / OWN
    try:
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(file, _made(host))
        if os.name != "nt" and file.stat().st_mode & _OTHERS:
            raise KnownError("key_file_open", file=str(file))
        content = file.read_bytes()
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(folder), reason=str(error)) from error
    try:
        key = serialization.load_pem_private_key(content, None)
        certificate = x509.load_pem_x509_certificate(content)
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        (uri,) = names.get_values_for_type(x509.UniformResourceIdentifier)
    except (ValueError, TypeError, x509.ExtensionNotFound) as error:
        raise KnownError("centre_ca", file=str(file), reason=str(error)[:200]) from error
    der, plain = serialization.Encoding.DER, serialization.NoEncryption()
    return OwnCertificate(
        certificate.public_bytes(der),
        key.private_bytes(der, serialization.PrivateFormat.PKCS8, plain),
        uri,
    )


def _made(host: str) -> bytes:
    from asyncua.crypto.cert_gen import generate_self_signed_app_certificate
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import ExtendedKeyUsageOID

    key = rsa.generate_private_key(public_exponent=65_537, key_size=KEY_BITS)
    names = [x509.UniformResourceIdentifier(f"urn:{host}:wellside:centre"), x509.DNSName(host)]
    usage = [ExtendedKeyUsageOID.CLIENT_AUTH]
    certificate = generate_self_signed_app_certificate(key, "Wellside centre", {}, names, usage, DAYS)
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    return key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + certificate.public_bytes(pem)


def trust(folder: Path, certificate: bytes) -> Path:
    """Raises KnownError (folder_not_writable)."""
    file = folder / TRUSTED / f"{fingerprint(certificate)}.der"
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(file, certificate)
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(folder), reason=str(error)) from error
    return file


def check(folder: Path, certificate: bytes, url: str, now: datetime) -> None:
    """By its content, whatever its file is called. Raises KnownError (opcua_server_unknown,
    opcua_certificate_old).
    """
    said = fingerprint(certificate)
    files = [*folder.glob("*.der"), *folder.glob(f"{TRUSTED}/*.der")]
    if not any(fingerprint(file.read_bytes()) == said for file in files):
        raise KnownError("opcua_server_unknown", url=url, sha256=said)
    first, last = between(certificate)
    if not first <= now <= last:
        raise KnownError("opcua_certificate_old", url=url, first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}")


def between(certificate: bytes) -> tuple[datetime, datetime]:
    """From when until when it holds."""
    from cryptography import x509

    found = x509.load_der_x509_certificate(certificate)
    return found.not_valid_before_utc, found.not_valid_after_utc


def subject_of(certificate: bytes) -> str:
    from cryptography import x509

    return x509.load_der_x509_certificate(certificate).subject.rfc4514_string()
