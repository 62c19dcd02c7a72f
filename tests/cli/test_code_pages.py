"""Every command writes on any code page: a file that `>` makes on Windows, an old terminal, a log without a
locale. A sign that the page lacks ended the command; half of the answer was written.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from app.cli import main as cli
from app.core import console
from tests.cli.test_as_a_process import _python

PAGES = ("cp1251", "cp1252", "cp866", "koi8-r", "ascii", "utf-8")
COMMANDS = (
    ("wells",),
    ("wells", "--json"),
    ("diagnose", "205"),
    ("diagnose", "205", "--json"),
    ("--help",),
    ("import", "--help"),
)


class Paper:
    """What a process of this code page would have written."""

    def __init__(self, page: str, patch: pytest.MonkeyPatch) -> None:
        self._page, self._bytes = page, {name: io.BytesIO() for name in ("stdout", "stderr")}
        for name, kept in self._bytes.items():
            patch.setattr(sys, name, io.TextIOWrapper(kept, page, write_through=True))

    def read(self, name: str = "stdout") -> str:
        return self._bytes[name].getvalue().decode(self._page)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_commands_say_all_of_their_answer_on_any_code_page(
    page: str, language: str, demo_profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLSIDE_LANG", language)
    store = ["--store", str(demo_profile / "cache.duckdb")]
    for command in COMMANDS:
        paper = Paper(page, monkeypatch)
        code = cli.run([*command, *([] if "--help" in command else store)])
        said = paper.read()
        assert (code, paper.read("stderr")) == (0, ""), command
        assert said.strip(), command
        if "--json" in command:
            assert json.loads(said), command


def test_a_document_of_json_says_the_same_on_every_code_page(
    demo_profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLSIDE_LANG", "ru")
    answers = []
    for page in PAGES:
        paper = Paper(page, monkeypatch)
        assert cli.run(["wells", "--json", "--store", str(demo_profile / "cache.duckdb")]) == 0
        answers.append(json.loads(paper.read()))
    assert answers[0][0]["field"] == "Полярное"
    assert all(answer == answers[0] for answer in answers)


def test_a_terminal_that_cannot_show_russian_is_spoken_to_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLSIDE_LANG", "ru")
    Paper("cp1252", monkeypatch)
    assert cli.speaker_of().language == "en"
    Paper("cp866", monkeypatch)
    assert cli.speaker_of().language == "ru"


@pytest.mark.slow
def test_doctor_says_whether_the_program_works_into_a_file_of_windows(store: Path) -> None:
    done = _python("main.py", "doctor", "--store", str(store), PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    assert "+ Python" in done.stdout


@pytest.mark.parametrize(
    ("sign", "plain"),
    [
        ("✓", "+"),
        ("–", "-"),
        ("³", "3"),
        ("σ", "sigma"),
        ("Δ", "delta"),
        ("½", "1/2"),
        ("…", "..."),
        ("╭", "+"),
        ("─", "-"),
        ("│", "|"),
        ("№", "No"),
        ("é", "e"),
        ("ё", "\\u0451"),
        ("\U0001f6e2", "\\U0001f6e2"),
    ],
)
def test_a_sign_that_the_page_lacks_has_a_plain_word_and_a_letter_keeps_its_number(
    sign: str, plain: str
) -> None:
    assert console.plainly(sign) == plain
    assert plain.isascii()
