"""Files of the profile between versions of the program: nothing that another version wrote is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.core import settings as declared
from app.core.declared_settings import SETTINGS
from app.core.settings import Settings
from app.core.versioned import Form

RENAMED = Form(3, {2: {"colours": "theme"}, 3: {"theme": "look", "who": "author"}})


def body_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_key_of_a_newer_version_survives_a_change_of_another_setting(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 9, "theme": "dark", "map_layer": "relief"}')
    settings = Settings(path)
    settings.set("language", "en")
    assert body_of(path) == {"version": 9, "theme": "dark", "map_layer": "relief", "language": "en"}


def test_a_choice_that_only_a_newer_version_has_is_kept_until_somebody_chooses_another(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "night", "author": "И. Петров"}')
    settings = Settings(path)
    assert settings["theme"] == "light"
    settings.set("author", "П. Иванов")
    assert body_of(path)["theme"] == "night"
    settings.set("theme", "dark")
    assert body_of(path)["theme"] == "dark"


def test_a_settings_file_that_cannot_be_read_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"company": "НГДУ-3", ')
    Settings(path).set("theme", "dark")
    assert body_of(path)["theme"] == "dark"
    assert (tmp_path / "settings.json.damaged").read_text() == '{"company": "НГДУ-3", '


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"colours": "dark", "who": "И"}, {"look": "dark", "author": "И"}),
        ({"version": 2, "theme": "dark"}, {"look": "dark"}),
        ({"version": 3, "theme": "a word of its own by now"}, {"theme": "a word of its own by now"}),
        ({"version": 1, "theme": "old", "look": "new"}, {"look": "new"}),
        ({"version": True, "theme": "dark"}, {"look": "dark"}),
    ],
)
def test_a_renamed_key_is_found_under_its_new_name(written: dict[str, Any], read: dict[str, Any]) -> None:
    assert RENAMED.current(written) == read


def test_settings_go_through_the_table_of_renamed_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 1, "colours": "dark"}')
    monkeypatch.setattr(declared, "FORM", Form(2, {2: {"colours": "theme"}}))
    settings = Settings(path)
    assert settings["theme"] == "dark"
    settings.set("language", "en")
    assert body_of(path) == {"version": 2, "theme": "dark", "language": "en"}


def test_a_renamed_key_leads_to_a_setting_that_there_is() -> None:
    known = {setting.key for setting in SETTINGS}
    renamed = [pair for pairs in declared.FORM.renames.values() for pair in pairs.items()]
    later = {old for old, _ in renamed}
    for old, new in renamed:
        assert old not in known, f"{old} is renamed and still declared"
        assert new in known | later


def test_half_a_sign_that_another_version_left_does_not_stop_the_writing(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"author": "\\ud800", "company": "Нефть"}', encoding="utf-8")
    settings = Settings(path)
    assert [problem.code for problem in settings.problems] == ["setting_text"]
    assert settings["author"] == ""
    settings.set("theme", "dark")
    assert body_of(path) == {"version": 2, "author": "\ud800", "company": "Нефть", "theme": "dark"}
