"""The centre on one screen, and which runbook is due."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from central import outbox
from central.cli import main
from central.commands import status
from central.stores import devices
from central.stores.engine import changing
from tests.central.a_site import Site

NEWEST = datetime(2026, 11, 26, 11, 59, tzinfo=UTC)


class Answering:
    def ping(self) -> bool:
        return True

    def query(self, sql: str, parameters: object = None) -> list[tuple[Any, ...]]:
        return [] if "rolled_up" in sql else [(NEWEST, 3)]


def _at(monkeypatch: pytest.MonkeyPatch, now: datetime, store: Answering | None) -> None:
    monkeypatch.setattr(status, "utc_now", lambda: now)
    monkeypatch.setattr(status, "running", lambda *_: store)


def test_a_centre_that_fares_well_needs_nobody(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.well("101")
    with changing(site.engine) as connection:
        devices.add(connection, "laptop", ("Северное",), devices.LAPTOP_SCOPES, site.now)
    _at(monkeypatch, site.now, Answering())
    [told] = site.command("status", "--json")
    assert (told["wells"], told["devices"], told["outbox_rows"], told["needs"]) == (1, 1, 0, [])
    assert told["newest_rows"] == "2026-11-26T11:59:00Z"


def test_what_waits_and_who_does_not_answer_is_told_by_the_name_of_its_runbook(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    body = {"at": "2026-11-24T08:00:00Z", "values": {"liquid_m3_per_s": 0.001}, "action": "saved"}
    monkeypatch.setattr(outbox, "utc_now", lambda: site.now)
    with changing(site.engine) as connection:
        outbox.flow_rate(connection, "r", 1, 1, body)
    site.brings(("nobody/knows", {"tag": "T1", "v": 5.0}))
    _at(monkeypatch, site.now + timedelta(days=8), None)
    [told] = site.command("status", "--json", "--backups", str(tmp_path))
    assert told["needs"] == ["CentreNotReady", "OutboxStands", "DeadLettersWait", "BackupOld"]
    assert told["outbox_waits_s"] == 8 * 86_400


def test_it_fits_on_one_screen(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _at(monkeypatch, site.now, Answering())
    monkeypatch.setattr(sys, "argv", ["central", "status", "--data", str(site.command.folder)])
    main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert lines[-1].split() == ["needs", "—"]
