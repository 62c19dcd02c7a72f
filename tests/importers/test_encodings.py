"""The old code pages: what a file is in is told by the words that its bytes make."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.importers.base import looks_binary
from app.importers.encodings import UndecodableError, Utf8, code_page_of, encoding_of

HERE = Path("file.csv")
PROSE = "Скважина;Дата;Рпр, атм;Примечание\n101;01.10.2026;50;пуск после ТКРС, объём 12\n"


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r", "mac_cyrillic"])
@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        PROSE.upper(),
        "Куст;Скв.;Дата;Qж\n",
        "СКВАЖИНА\tДАТА\tНДИН, М\n",
        "Well;Date;Note\n101;2026-10-01;остановка по ЗСП\n",
        "Дата,Ёмкость,Ток ПЭД (А)\n",
        "№ скв.;Тдв, °С\n" * 3,
    ],
)
def test_russian_words_tell_the_code_page(text: str, encoding: str) -> None:
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("this code page has no such sign")
    assert content.decode(code_page_of(content)) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"123\x83", "123Г"),
        (b"123\xc3", "123Г"),
        (b"T, \xb0C", "T, °C"),
        ("Brønn;Trykk på bunn".encode("cp1252"), "Brønn;Trykk på bunn"),
        ("Débit, m³/j".encode("cp1252"), "Débit, m³/j"),
        ("Bohrlochdruck für Öl".encode("cp1252"), "Bohrlochdruck für Öl"),
        ("Pзатр, атм".encode("cp1251"), "Pзатр, атм"),
        ("Well;КУСТ".encode("cp1251"), "Well;КУСТ"),
        ("Ямбург\n".encode("cp1251") * 2_000, "Ямбург\n" * 2_000),
    ],
)
def test_a_single_letter_or_sign_tells_what_it_can(content: bytes, text: str) -> None:
    assert content.decode(code_page_of(content)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [PROSE, "Well;Date;Pintake, atm\n101;2026-10-01;50\n"])
def test_utf_16_without_its_mark_is_text(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    assert encoding_of(HERE, content) == encoding
    assert not looks_binary(content)


def test_zeros_alone_do_not_make_a_text() -> None:
    assert looks_binary(bytes(range(16)) * 64)
    assert looks_binary(b"\x00\x01\x02\xff" * 500)


def test_one_damaged_letter_does_not_make_utf_8_an_old_code_page() -> None:
    content = (PROSE * 5).encode() + b"\xd0;\n" + PROSE.encode()
    with pytest.raises(KnownError) as refused:
        encoding_of(HERE, content)
    assert refused.value.code == "file_encoding"


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r", "mac_cyrillic"])
def test_letters_that_begin_late_are_read_in_their_code_page(encoding: str) -> None:
    head, rest = b"101;50\n" * 10_000, PROSE.encode(encoding)
    source = Utf8(head, io.BytesIO(rest), "utf-8-sig")
    assert io.BufferedReader(source).read().decode() == head.decode() + PROSE


def test_utf_8_that_breaks_after_its_letters_is_damaged_and_says_where() -> None:
    head = PROSE.encode() * 100
    with pytest.raises(UndecodableError) as refused:
        io.BufferedReader(Utf8(head, io.BytesIO(b"1;\xcf\xf3\xf1\xea\n"), "utf-8-sig")).read()
    assert refused.value.position == len(head) + 2


def test_a_byte_that_is_no_letter_of_the_late_code_page_says_where() -> None:
    rest = PROSE.encode("cp1251") * 3 + b"\x98"
    with pytest.raises(UndecodableError) as refused:
        io.BufferedReader(Utf8(b"1;2\n", io.BytesIO(rest), "utf-8-sig")).read()
    assert refused.value.position == 4 + len(rest) - 1
