"""A certificate authority that the tests make themselves, with a signer below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

BEGINS = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Authority:
    """`root` is what a verifier trusts, `signer` (with the one above it) and `key` are a site's."""

    root: Path
    signer: Path
    key: Path


def make(folder: Path, use: ObjectIdentifier = ExtendedKeyUsageOID.CODE_SIGNING) -> Authority:
    folder.mkdir(parents=True, exist_ok=True)
    above, below = _key(), _key()
    root = _certificate("Test authority", above, None, above, None)
    leaf = _certificate("Test signer", below, root, above, use)
    made = Authority(folder / "root.pem", folder / "signer.pem", folder / "signer.key")
    pem = serialization.Encoding.PEM
    made.root.write_bytes(root.public_bytes(pem))
    made.signer.write_bytes(leaf.public_bytes(pem) + root.public_bytes(pem))
    plain = serialization.NoEncryption()
    made.key.write_bytes(below.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return made


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: x509.Certificate | None,
    by: rsa.RSAPrivateKey,
    use: ObjectIdentifier | None,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(
        issuer_name=issuer.subject if issuer else subject,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=BEGINS,
        not_valid_after=BEGINS + timedelta(days=3650),
    )
    made = made.add_extension(x509.BasicConstraints(ca=use is None, path_length=None), critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    if use is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([use]), critical=True)
    return made.sign(by, hashes.SHA256())
