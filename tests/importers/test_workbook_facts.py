"""What an .xlsx says beside its values is found, however its parts are read."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.importers import workbook_facts
from app.importers.workbook_facts import facts_of

_BOOK = b'<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
_RELATIONS = b'<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'


def _book(sheet: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + sheet + b"</worksheet>")
    return content.getvalue()


@pytest.mark.parametrize("piece", range(11, 60, 7))
def test_a_formula_or_a_hidden_row_is_found_wherever_the_pieces_end(
    monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(workbook_facts, "PIECE", piece)
    formula = facts_of(_book(b'<row r="3"><c r="B3"><f>A1+A2</f></c></row>')).of("a")
    hidden = facts_of(_book(b'<row r="3" hidden="1"><c r="B3"><v>1</v></c></row>')).of("a")

    assert formula.without_value == [(2, 1)]
    assert hidden.hidden_lines == (3,)


def test_a_sheet_of_plain_numbers_says_nothing() -> None:
    assert facts_of(_book(b'<row r="3"><c r="B3"><v>1</v></c></row>')).sheets == {}
