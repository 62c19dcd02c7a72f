"""What a data engineer types wrongly is told in words, and so is every trouble that a centre knows."""

from __future__ import annotations

import sys

import pytest

from app.core.texts import LANGUAGES, Speaker
from central.cli import main
from tests.core.test_core import codes_in_source


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        (("tag", "add"), "PATTERN"),
        (("learn", "step", "fly"), "publish, observe"),
        (("dead", "show", "surplus"), "surplus"),
        (("status", "--backups"), "--backups"),
        (("rows", "rebuild", "--from", "2027-13-01"), "--well"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_is_told_and_ends_with_two(
    typed: tuple[str, ...], named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of it ended in the trace of a bug and with 1: Typer's exceptions are click's no more."""
    monkeypatch.setattr(sys, "argv", ["central", *typed])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert named.casefold() in capsys.readouterr().err.casefold()


def test_every_trouble_that_a_centre_knows_has_words_in_both_languages() -> None:
    """An address with a slip of the pen was answered by "stream_address (url=…)" alone."""
    codes = codes_in_source("KnownError", package="central")
    assert len(codes) > 60
    for language in LANGUAGES:
        assert not {code for code in codes if not Speaker(language).has(f"error.{code}")}
