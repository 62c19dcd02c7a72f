"""A parcel by its description: read and written here a second time, from what the module's head says."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.clock import iso
from app.core.errors import KnownError
from app.sync import parcel
from app.sync.parcel import Introduction
from app.sync.wire import EntryIn, FileRef
from central.stores.devices import Device
from central.stores.site_keys import SiteKeys
from tests.central.test_api import entry
from tests.conftest import NOW

SITE = SiteKeys(b"s" * 32, b"k" * 32)
SEED = b"a" * 32
FIELDS = ("Южное", "Северное")
KEYS = SITE.of_fields(FIELDS)
MAGIC = b"WSUNSENT1\n"


def introduced(*fields: str) -> Introduction:
    device = Device("d1", "laptop A", ("push",), fields, "")
    return SITE.introduce(device, parcel.public_of(SEED), NOW)


def with_files(*contents: bytes) -> parcel.Item:
    refs = tuple(
        FileRef(sha256=hashlib.sha256(content).hexdigest(), size=len(content), name="a.pdf")
        for content in contents
    )
    one = entry(FIELDS[0]).model_copy(update={"attachments": refs})
    return one, [(ref, [content]) for ref, content in zip(refs, contents, strict=True)]


def written(*items: parcel.Item, fields: tuple[str, ...] = FIELDS, entries: int | None = None) -> bytes:
    out = io.BytesIO()
    count = len(items) if entries is None else entries
    parcel.write(out, introduced(*FIELDS), SEED, items, fields=fields, entries=count, made_at=iso(NOW))
    return out.getvalue()


def cipher_of(header: dict[str, Any]) -> AESGCM:
    secret = b"".join(bytes.fromhex(KEYS[field]) for field in sorted(header["fields"]))
    salt = bytes.fromhex(header["salt"])
    return AESGCM(HKDF(hashes.SHA256(), 32, salt, b"wellside unsent 1").derive(secret))


def read_by_hand(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """(header, the pieces in the clear); its signature is right."""
    assert content.startswith(MAGIC)
    body, signature = content[:-64], content[-64:]
    public = Ed25519PrivateKey.from_private_bytes(SEED).public_key()
    public.verify(signature, hashlib.sha256(body).digest())
    end = body.index(b"\n", len(MAGIC)) + 1
    head, left, pieces = body[len(MAGIC) : end], body[end:], list[bytes]()
    header = json.loads(head)
    cipher = cipher_of(header)
    while left:
        length = int.from_bytes(left[:4], "big")
        sealed, left = left[4 : 4 + length], left[4 + length :]
        nonce = len(pieces).to_bytes(11, "big") + (b"\x01" if not left else b"\x00")
        pieces.append(cipher.decrypt(nonce, sealed, head))
    return header, pieces


def by_hand(header: dict[str, Any], pieces: list[bytes]) -> bytes:
    head = json.dumps(header, ensure_ascii=False).encode() + b"\n"
    cipher, body = cipher_of(header), MAGIC + head
    for number, piece in enumerate(pieces):
        nonce = number.to_bytes(11, "big") + bytes([number == len(pieces) - 1])
        sealed = cipher.encrypt(nonce, piece, head)
        body += len(sealed).to_bytes(4, "big") + sealed
    return body + Ed25519PrivateKey.from_private_bytes(SEED).sign(hashlib.sha256(body).digest())


def read(content: bytes, keys: dict[str, str] = KEYS) -> list[parcel.Part]:
    file = io.BytesIO(content)
    return list(parcel.opened(file, parcel.checked(file, SITE.public), keys))


def refused(content: bytes, keys: dict[str, str] = KEYS) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read(content, keys)
    return caught.value


def test_it_is_written_as_it_is_described() -> None:
    content = bytes(range(256)) * 6_000
    item = with_files(content, b"", b"\n{}\n")
    header, pieces = read_by_hand(written(item, (entry(FIELDS[1]), [])))
    assert (header["fields"], header["entries"], header["made_at"]) == (list(FIELDS), 2, iso(NOW))
    assert [len(piece) for piece in pieces[:-1]] == [1 << 20], "pieces of a mebibyte, the rest in the last"
    said = item[0].model_dump_json().encode() + b"\n" + content + b"\n{}\n"
    assert b"".join(pieces)[: len(said)] == said
    assert len(bytes.fromhex(header["salt"])) == 32
    other, _ = read_by_hand(written(item))
    assert other["salt"] != header["salt"]


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_what_is_described_is_read_however_it_is_cut_into_pieces(size: int) -> None:
    item = with_files(b"first", b"", b"second one")
    header, pieces = read_by_hand(written(item))
    whole = b"".join(pieces)
    cut = [whole[at : at + size] for at in range(0, len(whole), size)]
    entry_in, *files = read(by_hand(header, cut))
    assert entry_in == item[0]
    first, empty, second = item[0].attachments
    assert files == [(first, b"first", True), (empty, b"", True), (second, b"second one", True)]


def test_a_file_comes_in_pieces_of_which_the_last_alone_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "PIECE", 64)
    contents = [b"a" * size for size in (63, 64, 65, 128, 129)]
    parts = [part for part in read(written(with_files(*contents))) if not isinstance(part, EntryIn)]
    seen = [(ref.size, len(piece), last) for ref, piece, last in parts]
    assert seen == [
        (63, 63, True),
        (64, 64, True),
        (65, 64, False),
        (65, 1, True),
        (128, 64, False),
        (128, 64, True),
        (129, 64, False),
        (129, 64, False),
        (129, 1, True),
    ]


def test_a_parcel_of_several_fields_needs_the_keys_of_each_and_names_those_that_are_not_here() -> None:
    content = written((entry(FIELDS[0]), []))
    assert len(read(content, KEYS)) == 1
    assert len(read(content, dict(reversed(KEYS.items())))) == 1
    error = refused(content, {FIELDS[1]: KEYS[FIELDS[1]]})
    assert (error.code, error.details) == ("parcel_field", {"fields": FIELDS[0]})
    error = refused(content, {})
    assert error.details == {"fields": ", ".join(FIELDS)}


def test_a_parcel_of_no_field_is_written_and_opened_by_nobody() -> None:
    with pytest.raises(KnownError, match="parcel_field"):
        written((entry(FIELDS[0]), []), fields=())


def test_of_one_that_holds_more_entries_than_it_says_none_is_taken() -> None:
    content = written((entry(FIELDS[0]), []), (entry(FIELDS[0]), []), entries=1)
    with pytest.raises(KnownError, match="parcel_changed"):
        read(content)


Change = Callable[[bytes, int], bytes]


def _stretched(content: bytes, at: int) -> bytes:
    """The first piece says that it is longer than a piece may be."""
    return content[:at] + ((1 << 20) + 17).to_bytes(4, "big") + content[at + 4 :]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content, _: b"", "parcel_none"),
        (lambda content, _: b"x" + content[1:], "parcel_none"),
        (lambda content, _: content[: len(MAGIC)], "parcel_changed"),
        (lambda content, at: content[:at], "parcel_changed"),
        (lambda content, at: content[: at + 63], "parcel_changed"),
        (lambda content, at: content[: at + 64], "parcel_changed"),
        (lambda content, _: content + b"x", "parcel_changed"),
        (lambda content, _: content[:-1], "parcel_changed"),
        (lambda content, at: content[:at] + b"x" + content[at:], "parcel_changed"),
    ],
)
def test_what_is_no_parcel_is_told_apart_from_one_that_was_changed(change: Change, code: str) -> None:
    content = written((entry(FIELDS[0]), []))
    at = content.index(b"\n", len(MAGIC)) + 1
    assert refused(change(content, at)).code == code


def resigned(body: bytes) -> bytes:
    return body + Ed25519PrivateKey.from_private_bytes(SEED).sign(hashlib.sha256(body).digest())


@pytest.mark.parametrize(
    "change",
    [
        _stretched,
        lambda body, at: body[:at] + bytes(4) + body[at + 4 :],
        lambda body, at: body[:at],
        lambda body, at: body[:-1],
        lambda body, at: body[: at + 4],
        lambda body, at: body + b"\x00\x00\x00\x01",
    ],
)
def test_pieces_that_are_none_are_refused_though_their_laptop_signed_them(change: Change) -> None:
    content = written(with_files(b"x" * 100))
    at = content.index(b"\n", len(MAGIC)) + 1
    assert refused(resigned(change(content[:-64], at))).code == "parcel_changed"


def test_pieces_that_change_places_or_are_left_out_are_refused_though_signed() -> None:
    header, [whole] = read_by_hand(written((entry(FIELDS[0]), [])))
    content = by_hand(header, [whole[:100], whole[100:200], whole[200:]])
    assert len(read(content)) == 1
    start = content.index(b"\n", len(MAGIC)) + 1
    first, second = (content[start + 120 * n : start + 120 * (n + 1)] for n in (0, 1))
    last = content[start + 240 : -64]
    head = content[:start]
    for pieces in (second + first + last, first + last, second + last, first + second):
        assert refused(resigned(head + pieces)).code == "parcel_changed"


def test_a_head_of_another_parcel_opens_nothing() -> None:
    """The pieces are bound to the line that stands over them."""
    header, pieces = read_by_hand(written((entry(FIELDS[0]), [])))
    content = by_hand(header, pieces)
    other = content.replace(b'"entries": 1', b'"entries":  1')
    assert refused(resigned(other[:-64])).code == "parcel_changed"


def test_a_file_is_checked_and_opened_from_its_beginning_wherever_it_was_read_to() -> None:
    content = written(with_files(b"first"))
    file = io.BytesIO(content)
    for place in (5, len(content), 0):
        file.seek(place)
        seen = parcel.checked(file, SITE.public)
        assert len(list(parcel.opened(file, seen, KEYS))) == 2


class Plainly:
    """A cipher that leaves everything as it is."""

    def decrypt(self, nonce: bytes, sealed: bytes, head: bytes) -> bytes:
        return sealed


def test_a_line_without_an_end_is_given_up_after_sixteen_mebibytes() -> None:
    seen = parcel.checked(io.BytesIO(content := written((entry(FIELDS[0]), []))), SITE.public)
    piece = (1 << 20).to_bytes(4, "big") + bytes(1 << 20)
    start = content.index(b"\n", len(MAGIC)) + 1
    file = io.BytesIO(content[:start] + 20 * piece + bytes(64))
    with pytest.raises(KnownError, match="parcel_changed"):
        parcel._Plain(file, seen, Plainly()).line()
    assert file.tell() == start + 17 * len(piece), "sixteen are not too long yet"


def test_what_came_of_pieces_of_a_byte_is_never_copied_for_the_next_one() -> None:
    """A line of eight megabytes of those took 3.5 s of the centre for four hundred thousand, and a day for
    what may be sent.
    """
    content = written((entry(FIELDS[0]), []))
    seen = parcel.checked(io.BytesIO(content), SITE.public)
    start = content.index(b"\n", len(MAGIC)) + 1
    piece = (1).to_bytes(4, "big")
    said = b"".join(piece + bytes([letter]) for letter in b"one\ntwo\nthree\n")
    plain = parcel._Plain(io.BytesIO(content[:start] + said + bytes(64)), seen, Plainly())
    kept = plain._buffer
    assert [plain.line(), plain.take(2), plain.line(), plain.line()] == [b"one", b"tw", b"o", b"three"]
    assert isinstance(kept, bytearray)
    assert plain._buffer is kept


def test_no_piece_reaches_into_the_signature() -> None:
    """Whatever a cipher would make of it: what is taken for a piece ends before the last 64 bytes."""
    content = written((entry(FIELDS[0]), []))
    seen = parcel.checked(io.BytesIO(content), SITE.public)
    start = content.index(b"\n", len(MAGIC)) + 1
    for longer, refused_ in ((0, False), (1, True)):
        piece = (8 + longer).to_bytes(4, "big") + b"a line\n!"
        plain = parcel._Plain(io.BytesIO(content[:start] + piece + bytes(64)), seen, Plainly())
        if refused_:
            with pytest.raises(KnownError, match="parcel_changed"):
                plain.line()
        else:
            assert plain.line() == b"a line"


def test_a_head_is_read_to_sixty_four_kibibytes() -> None:
    for length, code in ((1 << 16, "parcel_stranger"), ((1 << 16) + 2, "parcel_changed")):
        header, _ = read_by_hand(written((entry(FIELDS[0]), [])))
        header["signature"] = ""
        header["passport"]["device"] = ""
        bare = len(json.dumps(header, ensure_ascii=False).encode()) + 1
        header["passport"]["device"] = "x" * (length - bare)
        assert refused(by_hand(header, [b"x"])).code == code
