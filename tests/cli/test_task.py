"""`wellside task`: what is to be done, without a window."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.notices import NoticeBus
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.services.opening import open_workspace
from tests.conftest import Said
from tests.profiles import empty_profile


@pytest.fixture
def store(tmp_path: Path) -> Path:
    paths = empty_profile(tmp_path / "profile")
    workspace = open_workspace(paths, NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "123Г", "Северное", "5", SRP)])
    workspace.settings.set("task_rules", "уровень раз в 1 сут: ШГН")
    workspace.close()
    return paths.store


def test_a_task_is_set_taken_and_closed_by_its_name(said: Callable[..., Said], store: Path) -> None:
    day = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    code, out, errors = said(
        "task", "add", "123Г", "visit", "--until", day, "--note", "ключи", "--store", store
    )
    assert (code, errors) == (0, "")
    assert "123Г · Visit · until " in out
    assert "ключи" in out
    name = out.split()[0]
    assert said("task", "take", name, "--who", "Петров", "--store", store)[0] == 0
    _, out, _ = said("task", "list", "--json", "--store", store)
    (task,) = json.loads(out)
    assert (task["who"], task["state"], task["until"][:10]) == ("Петров", "taken", day)
    assert said("task", "done", name, "--store", store)[0] == 0
    assert "Nothing to do" in said("task", "list", "--store", store)[1]


def test_what_cannot_be_meant_is_refused_by_words(said: Callable[..., Said], store: Path) -> None:
    for arguments, words in (
        (("add", "123Г", "dance"), "dance"),
        (("add", "123Г", "visit", "--until", "завтра"), "завтра"),
        (("done", "0000"), "0000"),
    ):
        code, out, errors = said("task", *arguments, "--store", store)
        assert (code, out) == (1, "")
        assert words in errors


def test_the_rules_of_the_site_set_what_is_due_once(said: Callable[..., Said], store: Path) -> None:
    assert said("task", "rules", "--store", store)[1] == "Measure the level: every 1 d: Rod pump\n"
    assert "Tasks set: 1" in said("task", "plan", "--store", store)[1]
    assert "Tasks set: 0" in said("task", "plan", "--store", store)[1]
