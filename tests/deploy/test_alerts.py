"""Whoever is woken finds a page in both languages, and no page is of an alert that never rings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
OBSERVABILITY, RUNBOOKS = ROOT / "deploy" / "observability", ROOT / "docs" / "runbooks"
PARTS = {
    "en": ("What it means", "Look", "Do", "It is over when"),
    "ru": ("Что это значит", "Посмотреть", "Сделать", "Кончилось, когда"),
}


def _rules() -> dict[str, dict[str, Any]]:
    groups = [
        group
        for file in sorted((OBSERVABILITY / "alerts").glob("*.yml"))
        for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
    ]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


@pytest.mark.parametrize("language", PARTS)
def test_each_alert_has_its_runbook_and_each_runbook_its_alert(language: str) -> None:
    books = {path.stem: path.read_text(encoding="utf-8") for path in (RUNBOOKS / language).glob("*.md")}
    assert set(books) == set(_rules())
    for name, text in books.items():
        assert tuple(re.findall(r"^\*\*(.+?)\.\*\* .{10,}", text, re.M)) == PARTS[language], name


def test_each_alert_says_what_to_do_and_names_its_page() -> None:
    for name, rule in _rules().items():
        assert rule["labels"]["severity"] in ("critical", "warning")
        assert rule["annotations"]["action"]
        assert rule["annotations"]["runbook"] == f"docs/runbooks/en/{name}.md"


def test_each_alert_is_shown_ringing_and_silent() -> None:
    tests = [
        test
        for file in (OBSERVABILITY / "alert_tests").glob("*.yml")
        for test in yaml.safe_load(file.read_text(encoding="utf-8"))["tests"]
    ]
    rings = {one["alertname"] for test in tests for one in test["alert_rule_test"] if one.get("exp_alerts")}
    silent = {test["alert_rule_test"][0]["alertname"] for test in tests if "exp_alerts" not in str(test)}
    assert rings == silent == set(_rules())


def test_commands_that_a_runbook_names_are_there() -> None:
    from central.cli import app

    known = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    known |= {group.name for group in app.registered_groups if group.name}
    named = {
        word
        for path in RUNBOOKS.glob("*/*.md")
        for word in re.findall(r"`central ([a-z-]+)", path.read_text(encoding="utf-8"))
    }
    assert named <= {name.replace("_", "-") for name in known}
