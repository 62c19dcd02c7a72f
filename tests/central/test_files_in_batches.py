"""Imports in batches: no file is read for nothing, and never two of them lie in memory beside each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import HTTPException

from app.core.clock import utc_now
from app.sync.wire import EntryIn
from central import file_imports
from central.accept import accept
from central.api.app import make_app
from central.api.callers import at_length
from central.api.limits import AtOnce
from central.centre import LONG_AT_ONCE
from central.metrics import Metrics
from central.stores.devices import Device
from tests.central.asked_here import answers
from tests.central.test_own_fields import MINE, THEIRS, card, device, engine, of  # noqa: F401 - a fixture
from tests.central.test_roles import device as with_token
from tests.central.test_roles import here
from tests.profiles import centre_tables


class Files:
    """Which entries' files were read, and how many of them were held at once at most."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        self.held = self.most = 0
        monkeypatch.setattr(file_imports, "prepare", self._prepare)
        monkeypatch.setattr(file_imports, "take", self._take)

    def _prepare(self, _: Any, __: Device, entry: EntryIn, *___: Any) -> Any:
        self.read.append(entry.id)
        self.held += 1
        self.most = max(self.most, self.held)
        return SimpleNamespace()

    def _take(self, *_: Any) -> None:
        self.held -= 1


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    return Files(monkeypatch)


def importing(**more: Any) -> EntryIn:
    return of("import", MINE, {"file": "a.csv"}).model_copy(update=more)


def test_of_a_batch_of_files_one_lies_in_memory_at_a_time_and_the_order_stays(
    engine: sa.Engine,  # noqa: F811
    files: Files,
) -> None:
    """Two hundred that name one file of 60 MB were 70 GB."""
    entries = (importing(), of("card", MINE, card()), importing(), importing(), of("card", MINE, card()))
    said = accept(engine, device(engine, MINE), entries, utc_now)
    assert [one.id for one in said] == [one.id for one in entries]
    assert {one.status for one in said} == {"accepted"}
    assert (files.most, files.read) == (1, [entries[n].id for n in (0, 2, 3)])


def test_for_what_is_known_or_may_not_be_no_file_is_read(engine: sa.Engine, files: Files) -> None:  # noqa: F811
    """A known entry, sent twenty times, took the centre 73 s for nothing."""
    mine, one = device(engine, MINE), importing()
    assert [said.status for said in accept(engine, mine, (one, one, one), utc_now)] == [
        "accepted",
        "duplicate",
        "duplicate",
    ]
    assert files.read == [one.id]
    watching = replace(mine, grants=(("supervisor", "*"),))
    wrong, newer = importing(payload_sha256="0" * 64), importing(schema_version=10_000)
    said = accept(engine, watching, (importing(),), utc_now) + accept(engine, mine, (wrong, newer), utc_now)
    assert [answer.code for answer in said] == ["role_forbids", "hash_differs", "centre_older"]
    assert files.read == [one.id]


def test_an_entrys_id_of_others_tells_nothing_to_who_may_nothing(engine: sa.Engine) -> None:  # noqa: F811
    """A device without a field was told of a bug where the id is somebody's, and of its field where it is
    nobody's.
    """
    theirs, nobody = of("card", THEIRS, card()), replace(device(engine, MINE), fields=())
    accept(engine, device(engine, THEIRS), (theirs,), utc_now)
    unknown = of("card", THEIRS, card())
    codes = [accept(engine, nobody, (one,), utc_now)[0].code for one in (theirs, unknown)]
    assert codes == ["field_not_yours", "field_not_yours"]


def test_one_device_has_two_threads_for_long_work_and_others_have_theirs() -> None:
    centre: Any = SimpleNamespace(long_work=AtOnce(LONG_AT_ONCE), metrics=Metrics())
    with at_length(centre, "one"), at_length(centre, "one"):
        with pytest.raises(HTTPException) as refused, at_length(centre, "one"):
            raise AssertionError
        assert (refused.value.status_code, refused.value.detail) == (429, "too_many_at_once")
        with at_length(centre, "other"):
            pass
    with at_length(centre, "one"):
        assert LONG_AT_ONCE == 2


def test_a_file_is_long_work_wherever_it_comes_in(tmp_path: Path) -> None:
    full = here(centre_tables(tmp_path / "centre.sqlite"))
    full.long_work = AtOnce(0)
    head = {"headers": {"Authorization": f"Bearer {with_token(full.engine)[1]}"}}
    said = answers(
        make_app(full),
        [
            ("POST", "/v1/batches", {"json": {"entries": [importing().model_dump()]}, **head}),
            ("POST", "/v1/files", {"params": {"name": "a.csv"}, "content": b"x", **head}),
            ("POST", "/v1/unsent", {"content": b"x", **head}),
        ],
    )
    full.engine.dispose()
    assert [(one.status_code, one.json()["code"]) for one in said] == [(429, "too_many_at_once")] * 3
