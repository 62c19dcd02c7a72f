"""TLS and accounts of brokers: settings that IT writes into a file of its own, and a client's certificate."""

from __future__ import annotations

import ssl
from pathlib import Path

from app.core.addresses import LOOPBACK
from app.core.errors import KnownError

_ALLOWED = ("security.protocol", "ssl.", "sasl.")
_WHOSE_NAME = "ssl.endpoint.identification.algorithm"
"""A certificate is of the broker's own name, and nobody says otherwise."""
_SEALED = ("ssl", "sasl_ssl")


def kafka_settings(file: Path | None, servers: str) -> dict[str, str]:
    """Lines `key=value` as librdkafka names them, of TLS and accounts only. Raises KnownError
    (file_unreadable, value_wrong, stream_needs_tls).
    """
    if file is None:
        return {}
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise KnownError("file_unreadable", file=str(file), reason=type(error).__name__) from error
    found: dict[str, str] = {}
    for line in lines:
        key, _, value = (part.strip() for part in line.partition("="))
        if not key or key.startswith("#"):
            continue
        if not key.startswith(_ALLOWED) or key == _WHOSE_NAME:
            raise KnownError("value_wrong", field="kafka settings", value=key[:60])
        found[key] = value
    in_the_clear = found.get("security.protocol", "plaintext").lower() not in _SEALED
    outside = any(one.rpartition(":")[0] not in LOOPBACK for one in servers.split(","))
    if in_the_clear and outside and "sasl.password" in found:
        raise KnownError("stream_needs_tls", url=f"security.protocol=SASL_SSL ({servers})")
    return found


def mqtt_tls(ca: str, certificate: str, key: str) -> ssl.SSLContext:
    """The system's authorities and the company's own; with a certificate the broker knows who we are.
    Raises KnownError (centre_ca).
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    for file, load in (
        (ca, lambda: context.load_verify_locations(cafile=ca)),
        (certificate, lambda: context.load_cert_chain(certificate, key or None)),
    ):
        if file:
            try:
                load()
            except (OSError, ssl.SSLError) as error:
                raise KnownError("centre_ca", file=file, reason=str(error)) from error
    return context
