"""`--help` speaks the reader's language."""

from __future__ import annotations

import pytest
import typer

from app.cli.help import russian, texts_of
from app.cli.main import app, run


def test_every_sentence_of_the_help_has_its_russian() -> None:
    told = russian()
    missing = [text for text in texts_of(typer.main.get_command(app)) if " ".join(text.split()) not in told]
    assert missing == []


def test_no_russian_is_kept_of_what_nobody_says_any_more() -> None:
    said = {" ".join(text.split()) for text in texts_of(typer.main.get_command(app))}
    assert set(russian()) - said == {"Show this message and exit."}


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [("ru", ("Вызов:", "Ключи", "Скважина, если файл"), "Options"), ("en", ("Usage:", "Options"), "Ключи")],
)
def test_the_help_is_said_in_the_language_that_is_set(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    words: tuple[str, ...],
    others: str,
) -> None:
    monkeypatch.setenv("WELLSIDE_LANG", language)
    monkeypatch.setenv("COLUMNS", "120")
    assert run(["import", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in words)
    assert others not in said
