"""What the program is made of: every package has a licence that its set may have, and the bill names it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from tools import bill
from tools.bill import Part

ROOT = Path(__file__).resolve().parents[2]


@cache
def parts(of: str) -> tuple[Part, ...]:
    return tuple(bill.parts_of(ROOT / "requirements" / f"{bill.SETS[of]}.txt"))


@pytest.mark.parametrize("of", ["laptop", "centre"])
def test_every_licence_is_known_and_none_is_of_the_gpl(of: str) -> None:
    assert [why for part in parts(of) if (why := bill.trouble(part, of))] == []


def test_what_is_under_the_lgpl_on_a_laptop_is_qt_and_nothing_else() -> None:
    under = {part.name for part in parts("laptop") if "LGPL" in part.licence}
    assert under == {"pyside6-essentials", "shiboken6"}


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("Apache-2.0 AND BSD-2-Clause", True),
        ("GPL-2.0-only OR GPL-3.0-only", False),
        ("MIT AND GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("LGPL-3.0-only", False),
        ("SSPL-1.0", False),
        ("", False),
    ],
)
def test_a_planted_licence_is_judged(licence: str, allowed: bool) -> None:
    assert (bill.trouble(Part("planted", "1", licence), "laptop") == "") == allowed


def test_words_that_nobody_has_read_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bill.READ_BY_HAND, "pypdfium2", ("other words", "MIT"))
    assert bill.licence_of("pypdfium2") == ""
    assert bill.licence_of("a-package-that-is-not-there") == ""


def test_the_bill_names_every_locked_package_and_is_the_same_each_time(tmp_path: Path) -> None:
    assert bill.main([str(tmp_path)]) == 0
    first = (tmp_path / "bill-laptop.json").read_text(encoding="utf-8")
    told = json.loads(first)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", told["serialNumber"])
    locked = (ROOT / "requirements/run.txt").read_text(encoding="utf-8")
    pinned = {line.split("==")[0].lower() for line in locked.splitlines() if "==" in line and line[0] != " "}
    assert {one["name"] for one in told["components"]} == pinned
    refs = {one["bom-ref"] for one in told["components"]}
    graph = {one["ref"]: one["dependsOn"] for one in told["dependencies"]}
    assert set(graph) - {told["metadata"]["component"]["bom-ref"]} == refs
    assert all(set(needed) <= refs for needed in graph.values())
    assert any("httpcore" in one for one in graph[next(ref for ref in refs if "/httpx@" in ref)])
    assert bill.main([str(tmp_path)]) == 0
    assert (tmp_path / "bill-laptop.json").read_text(encoding="utf-8") == first


def test_what_a_package_needs_is_named_as_the_lock_names_it() -> None:
    """`backports.zstd` was no package of the lock, and that it is needed was in no bill."""
    client = next(part for part in parts("laptop") if part.name == "clickhouse-connect")
    assert "backports-zstd" in client.needs
