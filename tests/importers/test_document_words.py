"""What stands in a document is read in the child, with limits; what is wrong with it is told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from app.core.errors import KnownError
from app.importers import IMPORTERS
from app.importers.base import Order
from app.importers.documents import parts
from app.importers.opening import Asked, read_pieces
from app.importers.vocabulary import vocabulary
from app.models.values import rows_of

READER = IMPORTERS["words"]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def words(name: str, content: bytes) -> tuple[list[tuple[str, int, str]], str]:
    assert READER.read is not None
    found = READER.read(Path(name), io.BytesIO(content), Order(vocabulary())).things[0].data
    told = [(str(one["text"]), int(str(one["place"])), str(one["sheet"])) for one in rows_of(found, "parts")]
    return told, str(found["left"])


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(KnownError) as told:
        words(name, content)
    assert told.value.details["file"] == name
    return told.value.code


def pdf(pages: list[str]) -> bytes:
    """As few bytes as a PDF of so many pages may have."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 20 700 Td ({text}) Tj ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 << /Type /Font "
            f"/Subtype /Type1 /BaseFont /Helvetica >> >> >> /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        out + head + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    ).encode()


def zipped(**members: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return zipped(
        **{"word__document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'}
    )


def book(**sheets: list[list[object]]) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(out)
    return out.getvalue()


def test_each_page_of_a_pdf_is_a_part_with_its_number() -> None:
    assert words("a.pdf", pdf(["Title", "", "serial 4711"])) == (
        [("Title", 1, ""), ("serial 4711", 3, "")],
        "",
    )


def test_paragraphs_of_word_are_read_and_what_was_struck_out_is_not() -> None:
    found, left = words(
        "a.docx", docx("Вал", "сломан<w:tab/></w:t></w:r><w:r><w:delText>цел</w:delText></w:r><w:r><w:t>")
    )
    assert (found, left) == ([("Вал сломан", 0, "")], "")


def test_rows_of_a_sheet_say_where_they_stand() -> None:
    content = book(
        Ремонты=[["Скважина", "Причина"], [205, "износ"]], Пусто=[], Насосы=[[None], [None, 4711.0]]
    )
    assert words("a.xlsx", content)[0] == [
        ("Скважина Причина 205 износ", 1, "Ремонты"),
        ("4711", 2, "Насосы"),
    ]


def test_slides_and_open_documents_are_read_too() -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>Схема</a:t></a:p></p:sld>'
    assert words("a.pptx", zipped(**{"ppt__slides__slide2.xml": slide}))[0] == [("Схема", 2, "")]
    text = '<o xmlns:t="t"><t:p>Акт <t:span>о</t:span> ремонте</t:p></o>'
    told = zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": text})
    assert words("a.odt", told)[0] == [("Акт о ремонте", 0, "")]


def test_a_text_of_an_old_code_page_is_read() -> None:
    assert words("a.txt", "Насос заменён".encode("cp1251"))[0] == [("Насос заменён", 0, "")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF-1.4 and then nothing", "words_damaged"),
        ("a.docx", docx("Вал")[:-40], "archive_broken"),
        ("a.docx", zipped(**{"word__document.xml": "<w:document"}), "words_damaged"),
        ("a.docx", zipped(**{"word__document.xml": "<d>" * 5000}), "words_damaged"),
        (
            "a.docx",
            zipped(**{"word__document.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}),
            "xml_entities",
        ),
        ("a.docx", zipped(**{"word__document.xml": b"<d>" + b" " * 40_000_000 + b"</d>"}), "archive_bomb"),
        ("a.docx", zipped(**{"other.xml": "<d/>"}), "words_no_document"),
        ("a.xlsx", zipped(**{"xl__workbook.xml": "<d/>"}), "words_damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "words_no_document"),
        ("a.dwg", b"AC1032", "words_no_document"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_name(name: str, content: bytes, code: str) -> None:
    assert refusal(name, content) == code


@pytest.mark.parametrize(
    ("limit", "value", "left"),
    [("MOST_PARTS", 2, "parts"), ("MOST_LETTERS", 9, "letters"), ("MOST_S", -1.0, "time")],
)
def test_what_is_too_much_is_read_in_part_and_that_is_told(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: float, left: str
) -> None:
    monkeypatch.setattr(parts, limit, value)
    found, told = words("a.pdf", pdf(["one", "two", "three", "four"]))
    assert told == left
    assert len(found) < 4


def test_a_running_text_comes_in_pieces_and_a_line_without_end_is_cut() -> None:
    found = list(parts.in_pieces([(1, "а" * 20_000), (2, "б")]))
    assert [len(one.text) for one in found] == [6000, 6000, 6000, 2002]
    assert [one.place for one in found] == [1, 1, 1, 1]


def test_a_document_is_read_in_the_child_and_can_be_broken_off() -> None:
    told: list[object] = []
    found = read_pieces(Path("a.pdf"), iter([pdf(["serial 4711"])]), READER, Asked(begun=told.append))
    assert rows_of(found.things[0].data, "parts")[0]["text"] == "serial 4711"
    with pytest.raises(KnownError) as error:
        read_pieces(Path("a.pdf"), iter([pdf(["x"])]), READER, Asked(begun=lambda stop: stop()))
    assert error.value.code == "file_too_heavy"


@pytest.mark.slow
def test_a_pdf_of_a_hundred_thousand_pages_is_read_as_far_as_it_is_shown() -> None:
    found = read_pieces(Path("a.pdf"), iter([pdf(["x"] * 100_000)]), READER, Asked(begun=lambda stop: None))
    data = found.things[0].data
    assert (len(rows_of(data, "parts")), data["left"]) == (parts.MOST_PARTS, "parts")
