"""The key of a request is of one content, and its device's own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from central.stores.request_keys import is_of
from tests.profiles import centre_tables

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_a_key_is_of_one_content_and_another_devices_key_of_that_name_is_another(tmp_path: Path) -> None:
    engine = centre_tables(tmp_path / "centre.sqlite")
    with engine.begin() as connection:
        said = [
            is_of(connection, device, "key", sha256, NOW)
            for device, sha256 in (("a", "1" * 64), ("b", "2" * 64), ("a", "2" * 64), ("a", "1" * 64))
        ]
    assert said == [True, True, False, True]
    engine.dispose()
