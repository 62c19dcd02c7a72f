"""The rule above all of an import: six things that no file may pass without a word, each in a Russian and in
an English file; the window, the command line and its JSON say the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.core.texts import Speaker
from app.services.imports.words import remark_words
from app.views.main_window import MainWindow
from app.views.preview.dialog import ImportDialog
from tests.conftest import Said

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]
Command = Callable[..., Said]
RU = "Дата;Скважина;Рпр, атм;F, Гц\n13.10.2026;{well};50;50\n14.10.2026;{well};51;50\n"
EN = "Date,Well,PIP (psi),Freq (Hz)\n2026-10-13,{well},800,50\n2026-10-14,{well},801,50\n"
MARKS = "Дата;Скважина;Рпр, атм;Qж, м3/сут\n13.10.2026;{well};50,5;1.456\n14.10.2026;{well};51,5;987\n"


@dataclass(frozen=True)
class Case:
    """`code` is said; `refused`: with what the file is turned away until somebody answers."""

    name: str
    text: str
    code: str
    refused: str = ""


CASES = [
    Case("a rows lost ru", RU + "15.10.2026;{well};;\n", "import.rows_without_values"),
    Case("a rows lost en", EN + "Field total,,1601,100\n", "import.row_left_out"),
    Case("b column unused ru", RU.replace("F, Гц", "Кзап"), "import.column_unused"),
    Case("b column unused en", EN.replace("Freq (Hz)", "Gas gravity"), "import.column_unused"),
    Case("c unit unknown ru", RU.replace("Рпр, атм", "Рпр, кгс/см"), "unit_unknown", "unit_unknown"),
    Case("c unit unknown en", EN.replace("(psi)", "(psj)"), "unit_unknown", "unit_unknown"),
    Case(
        "d second reading ru",
        RU.replace("F, Гц", "Обв").replace(";50\n", ";0,5\n"),
        "share_unit",
        "share_unit",
    ),
    Case(
        "d second reading en",
        EN.replace("2026-10-1", "10/0").replace(",{", "/2026,{"),
        "date_order",
        "date_order",
    ),
    Case("d decided ru", MARKS, "import.number_marks"),
    Case("d marks asked ru", MARKS.replace("987", "1.235"), "number_marks", "number_marks"),
    Case(
        "d assumed en",
        EN.replace("PIP (psi)", "PIP").replace(",800,", ",5.1,").replace(",801,", ",5.2,"),
        "import.unit_assumed",
    ),
    Case("e sentinel ru", RU + "15.10.2026;{well};-9999;50\n", "import.sentinels"),
    Case("e bad word en", EN + "2026-10-15,{well},Bad Input,50\n", "value_bad_word"),
    Case("f two at once ru", RU + "14.10.2026;{well};90;50\n", "twin_values", "twin_values"),
    Case("f the same twice en", EN + "2026-10-14,{well},801,50\n", "import.repeated"),
]


def _file(tmp_path: Path, text: str, well: str) -> Path:
    file = tmp_path / f"of_{well}.csv"
    file.write_text(text.format(well=well), encoding="utf-8")
    return file


def _seen(window: MainWindow, file: Path, settled: Wait) -> ImportDialog:
    window.importing.take([file])
    settled()
    dialog = window.importing.dialog
    assert dialog is not None
    return dialog


def _shown(dialog: ImportDialog) -> str:
    """All that the preview says in words."""
    asked = [button.accessibleName() for key in dialog.questions.buttons.values() for button in key.values()]
    return "\n".join(
        [dialog.summary.words.text(), dialog.summary.remarks.text(), *asked, *dialog.model.titles().values()]
    )


def _told(said: Command, file: Path, store: Path) -> tuple[dict[str, Any], str]:
    """(the preview's JSON, what the import prints)"""
    _, out, _ = said("import", file, "--preview", "1", "--json", "--store", store)
    _, printed, errors = said("import", file, "--dry-run", "--store", store)
    return json.loads(out)[0], f"{printed}\n{errors}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_no_file_may_pass_without_a_word_is_said_alike_in_three_places(
    window: MainWindow, open_well: Open, settled: Wait, said: Command, store: Path, tmp_path: Path, case: Case
) -> None:
    open_well(window, "101", "lab")
    told, printed = _told(said, _file(tmp_path, case.text, "123"), store)
    dialog = _seen(window, _file(tmp_path, case.text, "101"), settled)
    shown = _shown(dialog)
    speaker = Speaker("en")
    remarks = [one for one in told["remarks"] if one["code"] == case.code]
    problems = [one for one in told["problems"] if one["code"] == case.code]
    assert remarks or problems, told
    for one in remarks:
        words = remark_words(told["kind"], one["code"], one["detail"], speaker)
        assert words in printed
        assert words.replace("of_123", "of_101").replace("123", "101") in shown
    for one in problems:
        assert f"line {one['line']}" in printed
        assert str(one["line"]) in shown
        assert one["value"] in printed
    (sheet,) = told["sheets"]
    assert sheet["warnings"] or case.refused
    for words in (printed, dialog.summary.words.text()):
        assert case.refused or ("doubtful" in words and " 0 doubtful" not in words)
    assert (told["refused"] or {}).get("code", "") == case.refused
    assert dialog.import_button.isEnabled() is not bool(case.refused)
    dialog.reject()


@pytest.mark.parametrize("text", [RU, EN], ids=["ru", "en"])
def test_of_a_plain_file_nothing_is_asked_and_nothing_doubted(
    window: MainWindow, open_well: Open, settled: Wait, said: Command, store: Path, tmp_path: Path, text: str
) -> None:
    open_well(window, "101", "lab")
    told, printed = _told(said, _file(tmp_path, text, "123"), store)
    dialog = _seen(window, _file(tmp_path, text, "101"), settled)
    assert (told["remarks"], told["problems"], told["refused"]) == ([], [], None)
    assert [sheet["warnings"] for sheet in told["sheets"]] == [0]
    assert "0 doubtful" in printed
    assert "0 doubtful" in dialog.summary.words.text()
    assert not dialog.questions.buttons
    assert dialog.import_button.isEnabled()
    dialog.reject()
