"""`wellside report`: one well, a pad, a file each, Excel; and what is said when something is missing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli.common import date_of
from app.cli.main import run
from app.core.errors import KnownError
from app.core.zones import FieldZone
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.services.workspace import Workspace


def store(workspace: Workspace) -> str:
    return str(workspace.paths.store)


@pytest.fixture
def closed_demo(demo_workspace: Workspace) -> str:
    """The demo field, not open in this process."""
    with demo_workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(99), "999", "Полярное", "3", SRP)])
    path = store(demo_workspace)
    demo_workspace.close()
    return path


@pytest.mark.slow
def test_a_pad_goes_into_one_file_or_a_file_each(
    closed_demo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pad.pdf"
    assert run(["report", "--pad", "2", "--template", "pad", "--out", str(out), "--store", closed_demo]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert "pad.pdf" in capsys.readouterr().out
    folder = tmp_path / "each"
    assert (
        run(
            [
                "report",
                "101",
                "201",
                "--template",
                "Паспорт скважины",
                "--each",
                "--out",
                str(folder),
                "--store",
                closed_demo,
            ]
        )
        == 0
    )
    assert sorted(path.name[:20] for path in folder.iterdir()) == [
        "Паспорт_скважины_101",
        "Паспорт_скважины_201",
    ]
    assert (
        run(
            [
                "report",
                "101",
                "--template",
                "regime",
                "--out",
                str(tmp_path / "r.xlsx"),
                "--store",
                closed_demo,
            ]
        )
        == 0
    )
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.slow
def test_a_well_without_data_is_told_with_exit_code_one_and_the_report_still_comes(
    closed_demo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r.pdf"
    assert (
        run(["report", "101", "999", "--template", "passport", "--out", str(out), "--store", closed_demo])
        == 1
    )
    said = capsys.readouterr()
    assert out.read_bytes().startswith(b"%PDF")
    last = said.err.strip().splitlines()[-1]
    assert "999" in last
    assert "101" not in last
    assert (
        run(
            [
                "report",
                "101",
                "--from",
                "2001-01-01",
                "--to",
                "2001-02-01",
                "--template",
                "passport",
                "--out",
                str(out),
                "--store",
                closed_demo,
            ]
        )
        == 1
    )
    assert "101" in capsys.readouterr().err.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pad", "99", "--out", "x.pdf"], "Полярное 1"),
        (["--out", "x.pdf"], "--pad"),
        (["1234", "--out", "x.pdf"], "1234"),
        (["101", "--template", "nope", "--out", "x.pdf"], "dynamometer"),
        (["101", "--out", "x.docx"], "x.docx"),
        (["101", "--from", "yesterday", "--out", "x.pdf"], "yesterday"),
        (["101", "--template", "bad.json", "--out", "x.pdf"], "bad.json"),
    ],
)
def test_what_cannot_be_done_is_one_line_that_says_what_can(
    closed_demo: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.json").write_text(json.dumps({"form": "wellside-report-template", "version": 1}))
    before = sorted(path.name for path in tmp_path.iterdir())
    assert run(["report", *arguments, "--store", closed_demo]) == 1
    assert words in capsys.readouterr().err.strip().splitlines()[-1]
    assert sorted(path.name for path in tmp_path.iterdir()) == before, "nothing half done"


def test_templates_are_listed_by_key_and_name(closed_demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--templates", "--lang", "en", "--store", closed_demo]) == 0
    out = capsys.readouterr().out
    assert "dynamometer" in out
    assert "Dynamometer protocol" in out
    assert run(["report", "101", "--lang", "de", "--out", "x.pdf", "--store", closed_demo]) == 2
    assert run(["report", "101", "--store", closed_demo]) == 2


def test_the_last_day_of_a_period_is_of_the_period() -> None:
    """`--to 2026-10-31` left the 31st out."""
    assert date_of("2026-10-31", FieldZone(), end=True) == datetime(
        2026, 10, 31, 23, 59, 59, 999_999, tzinfo=UTC
    )
    assert date_of("2026-10-31T08:00:00Z", FieldZone(), end=True) == datetime(2026, 10, 31, 8, tzinfo=UTC)
    assert date_of("2026-10-31", FieldZone()) == datetime(2026, 10, 31, tzinfo=UTC)
    assert date_of(None, FieldZone(), end=True) is None


def test_a_day_of_the_command_line_is_the_fields_and_holds_what_has_no_hour() -> None:
    urals, chicago = FieldZone("Asia/Yekaterinburg"), FieldZone("America/Chicago")
    assert date_of("2026-10-01", urals) == datetime(2026, 9, 30, 19, tzinfo=UTC)
    assert date_of("2026-10-01", urals, end=True) == datetime(2026, 10, 1, 18, 59, 59, 999999, tzinfo=UTC)
    assert date_of("2026-10-01", chicago) == datetime(2026, 10, 1, tzinfo=UTC)
    assert date_of("2026-10-01 08:00", urals) == datetime(2026, 10, 1, 3, tzinfo=UTC)
    assert date_of("2026-10-01T08:00+03:00", urals) == datetime(2026, 10, 1, 5, tzinfo=UTC)
    with pytest.raises(KnownError, match="date_value"):
        date_of("1.10.2026", urals)
