"""Files over versions and their names; notices; safe text, pieces and ids; names of packages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.core import version
from app.core.errors import KnownError
from app.core.files import hand_over, leads_elsewhere, plain_name
from app.core.ids import is_of_a_file, new_id
from app.core.notices import MOST_KEPT, Notice, NoticeBus, Severity
from app.core.pieces import of_a_size
from app.core.spreadsheets import safe_text
from app.core.versioned import Form, read, refuse_newer, version_of

AT = datetime(2026, 5, 20, 21, 30, tzinfo=UTC)
FORM = Form(3, {2: {"old": "new"}, 3: {"new": "newest"}}, {3: {"newest": lambda value: value * 2}})


def test_keys_go_through_every_rename_that_is_newer_than_their_file() -> None:
    assert FORM.current({"old": 1}) == {"newest": 2}
    assert FORM.current({"version": 2, "new": 1, "old": 7}) == {"newest": 2, "old": 7}
    assert FORM.current({"version": 3, "new": 1}) == {"new": 1}
    assert FORM.current({"old": 1, "newest": 5}) == {"newest": 5}, "the new name stands"


def test_a_file_stays_of_the_newest_version_that_wrote_it() -> None:
    assert FORM.stamped({"a": 1}) == {"version": 3, "a": 1}
    assert FORM.stamped({"a": 1}, 5)["version"] == 5
    for body in ({}, {"version": "3"}, {"version": True}, {"version": None}):
        assert version_of(body) == 0
    assert version_of({"version": 4}) == 4


def test_what_is_no_object_is_refused_and_a_newer_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for text in ("[1]", "7", "{", "[" * 200_000):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r".+"):
            read(path)
        refuse_newer(path, 1)
    path.write_text(json.dumps({"version": 2}), encoding="utf-8")
    refuse_newer(path, 2)
    with pytest.raises(KnownError, match="template_newer"):
        refuse_newer(path, 1)
    refuse_newer(tmp_path / "none.json", 1)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Мой вид №1 (куст-5)", "Мой вид №1 (куст-5)"),
        (" a/b:c ", "a_b_c"),
        ("..", ""),
        ("", ""),
        ("x" * 100, "x" * 80),
        (".hidden", "hidden"),
    ],
)
def test_a_name_of_a_thing_is_a_name_of_a_file_on_any_system(given: str, kept: str) -> None:
    assert plain_name(given) == kept


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("a/b.json", False),
        ("a..b/..c", False),
        ("/a", True),
        ("a/../../b", True),
        ("a\\..\\b", True),
        ("C:b", True),
    ],
)
def test_a_name_in_an_archive_leads_nowhere_else_on_any_system(name: str, elsewhere: bool) -> None:
    assert leads_elsewhere(name) is elsewhere


def test_a_file_for_somebody_else_is_readable_by_others_or_told_not_to_be_written(tmp_path: Path) -> None:
    out = hand_over(tmp_path / "a.json", b"x")
    assert out.read_bytes() == b"x"
    assert out.stat().st_mode & 0o777 == 0o644
    with pytest.raises(KnownError) as told:
        hand_over(tmp_path / "none" / "a.json", b"x")
    assert told.value.code == "file_not_written"
    assert told.value.details["file"].endswith("a.json")
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_the_last_notices_are_kept_newest_first_and_errors_carry_their_code() -> None:
    bus, heard = NoticeBus(), []
    stop = bus.subscribe(heard.append)
    for count in range(MOST_KEPT + 5):
        bus.publish(Notice(Severity.INFO, "a", {"count": count}))
    assert len(heard) == MOST_KEPT + 5
    kept = bus.said()
    assert len(kept) == MOST_KEPT
    assert kept[0].notice.details["count"] == MOST_KEPT + 4
    assert kept[-1].notice.details["count"] == 5
    stop()
    stop()
    bus.error(KnownError("well_unknown", well="7", near="8"))
    assert len(heard) == MOST_KEPT + 5
    last = bus.said()[0].notice
    assert (last.severity, last.code, last.details) == (
        Severity.ERROR,
        "error.well_unknown",
        {"well": "7", "near": "8"},
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 900", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"]
)
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert safe_text(text) == f"'{text}"


def test_what_is_no_formula_leaves_as_it_is_and_a_moment_as_iso() -> None:
    for value in ("5-10", "a=b", "", -5, 1.5, None):
        assert safe_text(value) == value
    assert safe_text(AT) == "2026-05-20T21:30:00Z"


@pytest.mark.parametrize(
    ("parts", "pieces"),
    [
        ([], [(b"", True)]),
        ([b"abcd"], [(b"ab", False), (b"cd", True)]),
        ([b"a", b"", b"bcde"], [(b"ab", False), (b"cd", False), (b"e", True)]),
        ([b"a"], [(b"a", True)]),
    ],
)
def test_a_stream_is_cut_into_pieces_and_the_last_one_is_known(parts: list[bytes], pieces: list[Any]) -> None:
    assert list(of_a_size(parts, 2)) == pieces


def test_an_id_of_ours_is_told_from_one_that_a_file_gave() -> None:
    assert not is_of_a_file(new_id())
    assert is_of_a_file("9f86d081884c7d65")


def test_what_the_program_runs_with_is_named_as_a_lock_file_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [("jaraco.Context", "6"), ("Typing_Extensions", "4"), ("numpy", "2"), ("numpy", "2"), (None, "1")]
    found = [SimpleNamespace(name=name, version=number) for name, number in there]
    monkeypatch.setattr(version, "distributions", lambda: found)
    assert version.installed_packages() == ("jaraco-context==6", "numpy==2", "typing-extensions==4")
