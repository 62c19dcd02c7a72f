"""The tables of the fault runs: what was run is written down, what was not stays as it stands."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults import reliability
from tools import write_reliability as tool

AT = 1_795_000_000  # 2026-11-18


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("PAGE", "KEPT", "TRIED"):
        monkeypatch.setattr(tool, name, tmp_path / name)
    (tmp_path / "PAGE").write_text(f"before\n{tool.BEGIN}\nLast full run: x\n\n| a |\n{tool.END}\nafter\n")
    return tmp_path / "PAGE"


def ran(page: Path, **tried: int) -> list[str]:
    """The page after this was run."""
    told = {what: {"tries": count, "of": "points"} for what, count in tried.items()}
    (file := page.with_name("TRIED")).write_text(json.dumps(told))
    os.utime(file, (AT, AT))
    assert tool.main() == 0
    return page.read_text(encoding="utf-8").splitlines()


def test_a_run_by_itself_leaves_what_was_not_run_as_it_stands(page: Path) -> None:
    ran(page, kills=482, cuts=1_000)
    lines = ran(page, kills=500)
    assert lines[:5] == ["before", tool.BEGIN, "Last full run: x", "", "| a |"]
    assert lines[-4:] == [
        "| kills | 500 | points | 0 | 2026-11-18 |",
        "| cuts | 1,000 | points | 0 | 2026-11-18 |",
        tool.END,
        "after",
    ]


def test_a_whole_run_writes_its_campaigns_anew(page: Path) -> None:
    row = {"faults": 2, "saved": 3, "there": 3, "readings": 50, "kinds": {}}
    page.with_name("KEPT").write_text(json.dumps({"kill -9": row}))
    lines = ran(page, kills=1)
    assert "| kill -9 | 2 | 3 | 3 | 0 | 0 of 50 |" in lines
    assert "| a |" not in lines


def test_what_was_run_on_another_day_keeps_its_own(page: Path) -> None:
    """Runs are noted in one file: the last of them gave its day to all."""
    row = {"faults": 2, "saved": 3, "there": 3, "readings": 50, "kinds": {}, "at": "2026-11-02"}
    page.with_name("KEPT").write_text(json.dumps({"kill -9": row}))
    page.with_name("TRIED").write_text(
        json.dumps({"kills": {"tries": 1, "of": "points", "at": "2026-11-03"}})
    )
    assert tool.main() == 0
    lines = page.read_text(encoding="utf-8").splitlines()
    assert "Last full run: 2026-11-02, `make faults`, two cores." in lines
    assert "| kills | 1 | points | 0 | 2026-11-03 |" in lines


def test_a_run_notes_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLSIDE_FAULT_RUN", "1")
    monkeypatch.setattr(reliability, "TRIED", tmp_path / "tried.json")
    began = datetime.now(UTC)
    reliability.tried("kills", 1, "points")
    noted = json.loads((tmp_path / "tried.json").read_text(encoding="utf-8"))
    assert noted["kills"].pop("at") in {f"{when:%Y-%m-%d}" for when in (began, datetime.now(UTC))}
    assert noted == {"kills": {"tries": 1, "of": "points"}}


def test_without_a_run_nothing_is_written(page: Path) -> None:
    before = page.read_text()
    assert tool.main() == 1
    assert page.read_text() == before
