"""Readings go to wells of the fields that their device has now."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.clock import iso
from app.sync.wire import as_json
from central.api.readings import _take
from central.stores import devices
from tests.central.a_site import AT, NORTH, NOW, SOUTH, Site


@pytest.mark.parametrize(("fields", "taken"), [((NORTH,), 0), ((SOUTH,), 1), ((NORTH, SOUTH), 1)])
def test_a_field_that_was_taken_away_or_given_counts_from_the_next_request(
    site: Site, fields: tuple[str, ...], taken: int
) -> None:
    site.well("101", SOUTH)
    with site.engine.begin() as connection:
        device, _ = devices.add(connection, "gateway", (NORTH, SOUTH), ("readings",), NOW)
    request: Any = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(names={}, centre=site.centre)))
    row = {"well": "101", "sensor": "frequency", "timestamp": iso(AT), "value": 50.0, "unit": "Hz"}
    body = as_json({"readings": [row]})

    def said(now: tuple[str, ...]) -> int:
        return _take(request, replace(device, fields=now), "application/json", body, "").taken

    assert said((NORTH, SOUTH)) == 1
    assert said(fields) == taken
