"""The messages of both ends: the same content has the same name and the same signature on each of them."""

from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.core.ids import new_id
from app.models.canonical import payload_hash
from app.sync.wire import (
    MOST_BATCH_BYTES,
    MOST_ENTRIES,
    PIECE_BYTES,
    UNREADABLE,
    Batch,
    Changes,
    EntryIn,
    FileRef,
    Hello,
    Receipt,
    RecordSum,
    WellKey,
    as_json,
    canonical,
    change_of,
    is_genuine,
    payload_sha256,
    receipt_mac,
    receipt_of,
    signed,
    token_key,
    whole_of,
)
from tests.sync.conftest import WELL
from tests.sync.wire_form import form, kept

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    # Text as UTF-8 has it.
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("aяb1 _", max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


# What tests are told apart by must be the same in every process that collects them.
AN_ID = "01a218b7-b05b-7d8c-854e-96937e572ee6"


def entry(**other: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "kind": "record",
        "payload": {"n": 1},
        "payload_sha256": payload_sha256({"n": 1}),
        "created_at": "2026-11-01T12:00:00Z",
        **other,
    }


def receipt(**other: Any) -> Receipt:
    return Receipt(
        **{
            "id": new_id(),
            "sha256": "a" * 64,
            "status": "accepted",
            "change_no": 5,
            "version": 1,
            "received_at": "2026-11-01T12:00:00Z",
            **other,
        }
    )


@given(payload=st.dictionaries(st.text("abя", max_size=4), PLAIN, max_size=5))
def test_journal_and_wire_give_the_same_content_the_same_name_also_after_a_journey(
    payload: dict[str, Any],
) -> None:
    text, digest = payload_hash(payload)
    assert (canonical(payload), payload_sha256(payload)) == (text, digest)
    arrived = json.loads(EntryIn.model_validate(entry(payload=payload)).model_dump_json())["payload"]
    assert payload_sha256(arrived) == digest


def test_the_order_of_keys_is_not_content_and_everything_else_is() -> None:
    assert canonical({"b": 1, "a": [1, 2]}) == canonical({"a": [1, 2], "b": 1}) == '{"a":[1,2],"b":1}'
    assert canonical({"a": "шум"}) == '{"a":"шум"}'
    assert len({payload_sha256({"a": one}) for one in (1, 1.5, "1", None, True, [1], {"a": 1})}) == 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "1"},
        {"id": AN_ID.upper()},
        {"payload_sha256": "a" * 63},
        {"created_at": "2026-11-01"},
        {"created_at": "2026-11-01T12:00:00"},
        {"base_version": -1},
        {"payload": [1]},
        {"schema_version": 0},
        {"attachments": [{"sha256": "a" * 64, "size": -1, "name": "x"}]},
        {"attachments": [{"sha256": "a" * 64, "size": 1, "name": ""}]},
        {"well": {"uid": "x", "field": "", "pad": "", "name": "1"}},
        {"well": {**WELL.key, "name": ""}},
        {"well": {**WELL.key, "name": "x" * 201}},
    ],
    ids=lambda one: next(iter(one.items())).__repr__()[:40],
)
def test_an_entry_that_is_none_is_refused_before_anything_is_done_with_it(wrong: dict[str, Any]) -> None:
    EntryIn.model_validate(entry())
    with pytest.raises(ValidationError):
        EntryIn.model_validate(entry(**wrong))


def test_a_batch_holds_one_to_two_hundred_entries() -> None:
    one = EntryIn.model_validate(entry())
    assert (MOST_ENTRIES, MOST_BATCH_BYTES, PIECE_BYTES) == (200, 1_048_576, 1_048_576)
    for n in (1, MOST_ENTRIES):
        assert len(Batch(entries=(one,) * n).entries) == n
    for n in (0, MOST_ENTRIES + 1):
        with pytest.raises(ValidationError):
            Batch(entries=(one,) * n)


GREETING = {
    "nonce": "n",
    "protocol": 1,
    "server_time": "2026-05-01T00:00:00Z",
    "device": "d",
    "fields": [],
    "scopes": [],
}


def test_a_field_that_only_a_newer_end_knows_does_no_harm() -> None:
    assert EntryIn.model_validate(entry(of_next_year=1)).payload == {"n": 1}
    assert Hello.model_validate({**GREETING, "of_next_year": 1}).newest_change == 0
    assert Changes.model_validate({"changes": [], "next": 3, "of_next_year": 1}).more is False


@pytest.mark.parametrize("told", ["", "now", "2026-02-30T00:00:00Z", "2026-05-01T25:00:00Z", "1e9", 1, None])
def test_a_centre_that_does_not_say_its_time_has_not_greeted(told: object) -> None:
    """By it the laptop's clock is judged: what is no time must not come as far."""
    assert Hello.model_validate(GREETING).server_time == "2026-05-01T00:00:00Z"
    with pytest.raises(ValidationError, match="server_time"):
        Hello.model_validate({**GREETING, "server_time": told})


def test_what_is_read_is_not_changed_afterwards() -> None:
    with pytest.raises(ValidationError):
        receipt().status = "rejected"  # type: ignore[misc]


def test_limits_and_defaults_of_messages_move_only_knowingly() -> None:
    """Narrower: laptops and centres of before are refused; wider: they refuse us. When that is meant,
    `python -m tests.sync.wire_form`.
    """
    now, before = form(), kept()
    assert sorted(now) == sorted(before)
    for message, fields in before.items():
        assert now[message] == fields, message


@pytest.mark.parametrize(
    ("made", "field", "other"),
    [
        (WellKey, "field", {"uid": AN_ID, "pad": "", "name": "1"}),
        (WellKey, "pad", {"uid": AN_ID, "field": "", "name": "1"}),
        (WellKey, "name", {"uid": AN_ID, "field": "", "pad": ""}),
        (FileRef, "name", {"sha256": "a" * 64, "size": 1}),
    ],
)
def test_a_name_is_cleaned_where_it_is_read_and_what_is_no_text_is_no_name(
    made: type[WellKey] | type[FileRef], field: str, other: dict[str, Any]
) -> None:
    assert getattr(made.model_validate({**other, field: " 12\nкуст\u00a0 5 "}), field) == "12 куст 5"
    for wrong in (7, None, ["12"]):
        with pytest.raises(ValidationError):
            made.model_validate({**other, field: wrong})


def test_the_form_of_a_change_that_nobody_knows_keeps_no_more_than_a_line_of_its_key() -> None:
    change = change_of({"change_no": 7, "key": "k" * 101})
    assert change is not None
    assert change.key == "k" * 100
    assert change_of({"change_no": 7}) == change.model_copy(
        update={"key": "", "body": {"told": {"change_no": 7}}}
    )


def test_the_whole_of_sums_is_how_many_and_the_sum_of_their_digests() -> None:
    parts = [RecordSum(well=w, kind="k", count=w, digest=1 << (60 + w)) for w in (1, 2, 3)]
    assert whole_of(parts) == whole_of(reversed(parts)) == f"6/{(2 + 4 + 8) << 60}"
    assert whole_of(iter(())) == "0/0"


def test_a_receipts_signature_is_made_as_both_ends_make_it() -> None:
    key, one = token_key("wsd_x"), receipt(code="ы", version=None)
    said = json.dumps([one.id, "a" * 64, "accepted", 5, None, "2026-11-01T12:00:00Z", "ы"]).encode()
    assert receipt_mac(one, key) == hmac.new(bytes.fromhex(key), said, hashlib.sha256).hexdigest()


# ---- what is read one by one -------------------------------------------------------------------------------


def test_a_change_whose_form_nobody_knows_is_kept_as_it_came_under_its_number() -> None:
    told = {"change_no": 7, "topic": "record", "key": "r\n1", "well": {"uid": "of another kind"}}
    change = change_of(told)
    assert change is not None
    assert (change.change_no, change.topic, change.key, change.body) == (7, UNREADABLE, "r 1", {"told": told})
    good = change_of({"change_no": 8, "topic": "record", "key": "r2"})
    assert good is not None
    assert good.topic == "record"


@pytest.mark.parametrize("told", [None, [], "x", {}, {"change_no": "seven"}, {"topic": "record"}])
def test_what_has_not_even_a_number_is_no_change(told: object) -> None:
    assert change_of(told) is None


@pytest.mark.parametrize("told", [None, [], {}, {"id": AN_ID, "sha256": "short"}])
def test_what_is_no_receipt_is_none_and_a_receipt_is_one(told: object) -> None:
    assert receipt_of(told) is None
    assert receipt_of(receipt().model_dump()) is not None


# ---- receipts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("id", AN_ID),
        ("sha256", "b" * 64),
        ("status", "rejected"),
        ("change_no", 6),
        ("change_no", None),
        ("version", 2),
        ("received_at", "2026-11-01T12:00:01Z"),
        ("code", "x"),
    ],
)
def test_every_word_of_a_receipt_that_decides_anything_is_signed(field: str, other: object) -> None:
    key = token_key("wsd_x")
    good = signed(receipt(), key)
    assert is_genuine(good, key)
    assert not is_genuine(good.model_copy(update={field: other}), key)


@pytest.mark.parametrize("mac", ["", "0" * 64, "genuine"])
def test_a_receipt_without_a_signature_or_with_any_other_is_not_genuine(mac: str) -> None:
    assert not is_genuine(receipt(mac=mac), token_key("wsd_x"))


def test_a_receipt_signed_with_another_device_s_key_is_not_genuine() -> None:
    assert not is_genuine(signed(receipt(), token_key("wsd_y")), token_key("wsd_x"))


def test_words_cannot_be_moved_between_the_places_of_a_receipt() -> None:
    key = token_key("wsd_x")
    assert receipt_mac(receipt(change_no=12, version=3), key) != receipt_mac(
        receipt(change_no=1, version=23), key
    )
    assert receipt_mac(receipt(change_no=1, version=None), key) != receipt_mac(
        receipt(change_no=None, version=1), key
    )


def test_the_key_is_made_of_the_token_and_is_not_the_token() -> None:
    assert token_key("wsd_x") == hashlib.sha256(b"wsd_x").hexdigest()


@pytest.mark.parametrize(
    ("status", "taken"),
    [("accepted", True), ("duplicate", True), ("conflict", False), ("rejected", False), ("waiting", False)],
)
def test_taken_is_what_is_there_and_nothing_else(status: str, taken: bool) -> None:
    assert receipt(status=status).taken is taken


def test_a_status_that_nobody_knows_is_no_receipt() -> None:
    with pytest.raises(ValidationError):
        receipt(status="perhaps")


def test_a_well_is_named_by_what_it_is_called_outside_any_store() -> None:
    key = WellKey(**WELL.key)
    assert key.number is None
    assert key.model_dump(exclude={"number"}) == WELL.key
    assert FileRef(sha256="a" * 64, size=0, name="x").size == 0


@pytest.mark.parametrize(("size", "fits"), [(-1, False), (0, True), (2**40, True), (2**40 + 1, False)])
def test_a_file_is_of_nothing_to_a_tebibyte(size: int, fits: bool) -> None:
    with nullcontext() if fits else pytest.raises(ValidationError):
        assert FileRef(sha256="0" * 64, size=size, name="a.pdf").size == size


@pytest.mark.parametrize(("count", "fits"), [(100, True), (101, False)])
def test_an_entry_brings_a_hundred_files_at_most(count: int, fits: bool) -> None:
    files = [{"sha256": "0" * 64, "size": 1, "name": "a.pdf"}] * count
    with nullcontext() if fits else pytest.raises(ValidationError):
        assert len(EntryIn(**entry(attachments=files)).attachments) == count


def test_a_change_that_does_not_say_that_it_was_deleted_was_not() -> None:
    change = change_of({"change_no": 8, "topic": "record", "key": "r2"})
    assert change is not None
    assert not change.deleted


def test_what_is_kept_as_json_says_what_it_was_made_of() -> None:
    file = FileRef(sha256="0" * 64, size=1, name="паспорт.pdf")
    told = json.loads(as_json({"files": [file], "n": 1.5, "none": None}))
    assert told == {"files": [{"sha256": "0" * 64, "size": 1, "name": "паспорт.pdf"}], "n": 1.5, "none": None}
