"""Brokers are spoken to by TLS, with a certificate of our own where they ask for one."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from app.core.errors import KnownError
from central.streams.securing import kafka_settings, mqtt_tls
from tests.sync.test_transports import certificate_of

SEALED = (
    "# of IT\nsecurity.protocol = SASL_SSL\nssl.ca.location=/etc/ca.pem\nsasl.username=w\nsasl.password=p=q\n"
)


def settings(folder: Path, text: str) -> Path:
    file = folder / "kafka.properties"
    file.write_text(text, encoding="utf-8")
    return file


def test_kafka_is_told_of_tls_and_of_the_account(tmp_path: Path) -> None:
    found = kafka_settings(settings(tmp_path, SEALED), "broker.example:9093")
    assert found["security.protocol"] == "SASL_SSL"
    assert (found["ssl.ca.location"], found["sasl.password"]) == ("/etc/ca.pem", "p=q")
    assert kafka_settings(None, "broker.example:9093") == {}


@pytest.mark.parametrize(
    ("text", "servers", "code"),
    [
        ("sasl.password=p\nsecurity.protocol=SASL_PLAINTEXT", "broker.example:9092", "stream_needs_tls"),
        ("sasl.password=p", "127.0.0.1:9092,broker.example:9092", "stream_needs_tls"),
        ("group.id=another", "127.0.0.1:9092", "value_wrong"),
        ("ssl.endpoint.identification.algorithm=none", "127.0.0.1:9092", "value_wrong"),
        ("enable.ssl.certificate.verification=false", "127.0.0.1:9092", "value_wrong"),
    ],
)
def test_what_would_go_in_the_clear_or_is_not_its_to_say_is_refused(
    tmp_path: Path, text: str, servers: str, code: str
) -> None:
    with pytest.raises(KnownError) as refused:
        kafka_settings(settings(tmp_path, text), servers)
    assert refused.value.code == code
    assert refused.value.details.get("value") != "p"


def test_a_password_stays_on_this_machine_without_tls(tmp_path: Path) -> None:
    assert kafka_settings(settings(tmp_path, "sasl.password=p"), "127.0.0.1:9092")["sasl.password"] == "p"
    with pytest.raises(KnownError, match="file_unreadable"):
        kafka_settings(tmp_path / "none", "127.0.0.1:9092")


def test_mqtt_has_the_companys_authority_and_its_own_certificate(tmp_path: Path) -> None:
    own = str(certificate_of(tmp_path, "127.0.0.1"))
    context = mqtt_tls(own, own, "")
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert len(context.get_ca_certs()) > len(ssl.create_default_context().get_ca_certs())
    for wrong in ((str(tmp_path / "none"), "", ""), ("", str(tmp_path / "none"), "")):
        with pytest.raises(KnownError, match="centre_ca"):
            mqtt_tls(*wrong)
