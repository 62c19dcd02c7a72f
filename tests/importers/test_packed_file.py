"""Files packed by gzip, whole, damaged and hostile."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.importers import IMPORTERS
from app.importers.base import Contents, Order
from app.importers.formats.packed_file import IMPORTER
from app.importers.opening import choose_by_head
from app.importers.vocabulary import vocabulary

TABLE = "Скважина;Дата;Рпр, атм\n101;01.10.2026 00:00;50\n101;01.10.2026 01:00;51\n"


def read(content: bytes, name: str = "plain.csv.gz") -> Contents:
    assert choose_by_head(Path(name), content[:65_536]) is IMPORTER
    assert IMPORTER.read is not None
    return IMPORTER.read(Path(name), io.BytesIO(content), Order(vocabulary(), formats=IMPORTERS))


def refused(content: bytes, name: str = "plain.csv.gz") -> str:
    with pytest.raises(KnownError) as caught:
        _everything(read(content, name))
    return caught.value.code


def _everything(contents: Contents) -> None:
    for sheet in contents.sheets:
        for _ in sheet.more() if sheet.more else ():
            pass


@pytest.mark.parametrize("name", ["plain.csv.gz", "plain.gz", "plain.csv", "PLAIN.CSV.GZ"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "cp866"])
def test_a_packed_table_is_read_as_an_unpacked_one(name: str, encoding: str) -> None:
    sheet = read(gzip.compress(TABLE.encode(encoding)), name).sheets[0]
    assert sheet.headers == ("Скважина", "Дата", "Рпр, атм")
    assert sheet.table.num_rows == 2


def test_what_is_inside_may_be_any_format() -> None:
    found = read(gzip.compress(b'[{"well": "101", "time": "2026-10-01", "intake_pressure": 5}]'), "x.json.gz")
    assert found.sheets[0].headers == ("well", "time", "intake_pressure")


def test_several_parts_behind_each_other_are_one_file() -> None:
    lines = TABLE.splitlines(keepends=True)
    packed = b"".join(gzip.compress(line.encode()) for line in lines)
    assert read(packed).sheets[0].table.num_rows == 2


def test_a_bomb_is_refused_long_before_it_is_unpacked() -> None:
    packed = gzip.compress(b"a;b\n" + b"1;2\n" * 5_000_000, 9)
    assert refused(packed) == "archive_bomb"


def test_bombs_within_each_other_are_refused() -> None:
    assert refused(gzip.compress(gzip.compress(TABLE.encode()))) == "archive_nothing"


@pytest.mark.parametrize("cut", [5, 12, 60, -4])
def test_a_packed_file_that_is_cut_off_says_so(cut: int) -> None:
    assert refused(gzip.compress(TABLE.encode())[:cut]) == "packed_broken"


def test_a_damaged_packed_file_says_so() -> None:
    content = bytearray(gzip.compress(TABLE.encode()))
    content[30] ^= 0xFF
    assert refused(bytes(content)) == "packed_broken"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"Rar!\x1a\x07\x01\0", "rar"),
        (b"BZh91AY&SY", "bzip2"),
        (b"\xfd7zXZ\0\0", "xz"),
        (b"x" * 257 + b"ustar\x0000", "tar"),
    ],
)
def test_other_packers_are_refused_by_name(content: bytes, kind: str) -> None:
    with pytest.raises(KnownError) as caught:
        read(content, "readings.7z")
    assert (caught.value.code, caught.value.details["kind"]) == ("file_packed", kind)


def test_a_packed_tar_is_refused_by_name() -> None:
    with pytest.raises(KnownError) as caught:
        read(gzip.compress(b"a.csv" + b"\0" * 252 + b"ustar\x0000"), "many.tar.gz")
    assert (caught.value.code, caught.value.details["kind"]) == ("file_packed", "tar")


def test_a_header_of_gas_is_no_cabinet() -> None:
    assert choose_by_head(Path("gas.csv"), b"MSCF;DATE\n1;2\n").key == "text_table"
