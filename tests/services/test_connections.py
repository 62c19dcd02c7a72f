"""An address alone is no connection, and is not taken for one."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.errors import KnownError
from app.core.settings import Settings
from app.core.site import Site
from app.services.centre import connections
from app.services.centre.connections import CLICKHOUSE, CLICKHOUSE_PASSWORD

URL = "https://clickhouse.example:8443"


def made_of(secrets: dict[str, str], **settings: str) -> Any:
    profile = Settings(Path(os.devnull) / "none", Site())
    profile._values = {"clickhouse_user": "reader", **settings}
    return SimpleNamespace(
        settings=profile,
        secrets=SimpleNamespace(get=lambda name: secrets.get(name, "")),
    )


def test_an_address_of_clickhouse_without_its_password_is_no_connection_and_is_told() -> None:
    alone = made_of({}, clickhouse_url=URL)
    assert not connections.is_set_up(alone)
    assert connections.connect(alone).problems[CLICKHOUSE].code == "clickhouse_password_missing"
    with pytest.raises(KnownError, match="clickhouse_password_missing"):
        connections.set_up(made_of({}), {"clickhouse_url": URL}, {})


def test_with_its_password_it_is_one() -> None:
    whole = made_of({CLICKHOUSE_PASSWORD: "x"}, clickhouse_url=URL)
    assert connections.is_set_up(whole)
    made = connections.connect(whole)
    assert not made.problems
    made.close()


def test_beside_a_centre_it_is_not_asked_for() -> None:
    beside = made_of({connections.TOKEN: "wsd_x"}, clickhouse_url=URL, centre_url="https://centre.example")
    assert connections.is_set_up(beside)
    made = connections.connect(beside)
    assert not made.problems
    made.close()
