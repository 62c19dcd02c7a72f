"""What was open when the program ended: kept between versions, and no damage to it stops a start."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from app.core import version
from app.core.notices import NoticeBus
from app.views import session
from app.views.period import Period
from app.views.session import Session
from app.views.session_keeper import SessionKeeper

DAMAGED = ["x", -1.5, [], {}, True, None, 1 << 70, "\ud800", "\x00", "наст", [["30d"]], 1e308]


@given(st.dictionaries(st.sampled_from([*asdict(Session()), "version"]), st.sampled_from(DAMAGED)))
def test_whatever_damages_a_value_of_the_session_the_others_are_kept(body: dict) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.json"
        path.write_text(json.dumps({"well": 3, "page": "cards", "clean": False} | body))
        kept = session.load(path)
        for key, value in asdict(kept).items():
            assert session.FITS[key](value)
        assert kept.well == (3 if "well" not in body else kept.well)
        assert kept.page == ("cards" if "page" not in body else "overview")
        assert kept.clean is (body["clean"] if body.get("clean") is True else "clean" in body)


def test_every_field_of_the_session_is_looked_at() -> None:
    assert list(session.FITS) == list(asdict(Session()))
    assert all(session.FITS[key](value) for key, value in asdict(Session()).items())


@pytest.mark.parametrize(("since", "until"), [(5, 5), (6, 5), (None, 5), (5, None)])
def test_a_period_that_is_none_is_not_opened(tmp_path: Path, since: int | None, until: int | None) -> None:
    path = tmp_path / "session.json"
    session.save(path, Session(period_from_us=since, period_to_us=until))
    parent = QObject()
    assert SessionKeeper(path, NoticeBus(), Session, parent).period is None
    session.save(path, Session(period_from_us=5, period_to_us=6))
    assert SessionKeeper(path, NoticeBus(), Session, parent).period == Period("30d", 5, 6)


def test_the_session_keeps_what_a_newer_version_left_in_it(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_text('{"version": 5, "well": 3, "page": "cards", "open_maps": [1, 2]}')
    kept = session.load(path)
    assert (kept.well, kept.page) == (3, "cards")
    kept.page = "trends"
    session.save(path, kept)
    stored = json.loads(path.read_text())
    assert (stored["page"], stored["open_maps"], stored["version"]) == ("trends", [1, 2], 5)


def test_the_version_that_a_session_is_written_with_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(version, "version", lambda name: asked.append(name) or "1.2.3")
    version.program_version.cache_clear()
    assert [version.program_version() for _ in range(3)] == 3 * ["1.2.3"]
    assert asked == ["wellside"]
    version.program_version.cache_clear()
