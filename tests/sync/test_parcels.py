"""Unsent work on a stick: sealed, signed, and each entry at the centre once, by whatever way it came."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.store import kinds, records
from app.services.centre import unsent
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync import parcel
from app.sync.parcel import Introduction, Passport
from app.sync.push import Push
from app.sync.wire import EntryIn, FileRef
from central.stores.devices import Device
from central.stores.site_keys import SiteKeys
from tests.central.test_api import entry
from tests.conftest import NOW
from tests.sync.conftest import LongestPauses
from tests.sync.memory_centre import MemoryCentre
from tests.sync.records_made import flow_test

SITE, OTHER_SITE = SiteKeys(b"s" * 32, b"k" * 32), SiteKeys(b"t" * 32, b"l" * 32)
SEED = b"a" * 32
NORTH, SOUTH = "Северное", "Южное"
CONTENT = bytes(range(256)) * 5_000


def introduced(*fields: str, site: SiteKeys = SITE, seed: bytes = SEED) -> Introduction:
    device = Device("d1", "laptop A", ("push",), fields, "")
    return site.introduce(device, parcel.public_of(seed), NOW)


def entry_with_files(field: str = NORTH) -> EntryIn:
    refs = tuple(
        FileRef(sha256=hashlib.sha256(content).hexdigest(), size=len(content), name="a.pdf")
        for content in (CONTENT, b"")
    )
    return entry(field).model_copy(update={"attachments": refs})


def made(*, by: Introduction | None = None, seed: bytes = SEED) -> bytes:
    out, one = io.BytesIO(), entry_with_files()
    items = [(one, [(one.attachments[0], [CONTENT[:7], CONTENT[7:]]), (one.attachments[1], [])])]
    parcel.write(
        out,
        by or introduced(NORTH),
        seed,
        [*items, (entry(NORTH), [])],
        fields=(NORTH,),
        entries=2,
        made_at=iso(NOW),
    )
    return out.getvalue()


def read(content: bytes, keys: dict[str, str] | None = None, site: SiteKeys = SITE) -> list[parcel.Part]:
    file = io.BytesIO(content)
    seen = parcel.checked(file, site.public)
    return list(parcel.opened(file, seen, SITE.of_fields((NORTH,)) if keys is None else keys))


def test_entries_and_their_files_come_out_as_they_went_in_and_cannot_be_read_outside() -> None:
    content = made()
    parts = read(content)
    assert [type(part).__name__ for part in parts] == ["EntryIn", "tuple", "tuple", "tuple", "EntryIn"]
    assert b"".join(part[1] for part in parts if isinstance(part, tuple)) == CONTENT
    assert b'"text"' not in content
    assert CONTENT[:256] not in content


def test_a_changed_byte_anywhere_and_a_cut_end_are_refused() -> None:
    content = made()
    head = content.index(b"\n", len(parcel.MAGIC)) + 1
    end = len(content)
    places = [*range(0, head + 40, 7), *range(head, end, 50_001), *range(end - 70, end)]
    for place in places:
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(KnownError, match="parcel_"):
            read(changed)
    for cut in (len(content) - 1, len(content) - 64, head, len(parcel.MAGIC), 3, 0):
        with pytest.raises(KnownError, match="parcel_"):
            read(content[:cut])


def test_a_strangers_signature_and_another_sites_file_are_refused() -> None:
    stranger = introduced(NORTH)
    forged = Passport(**{**stranger.passport.model_dump(), "public_key": parcel.public_of(b"x" * 32)})
    with pytest.raises(KnownError, match="parcel_stranger"):
        read(made(by=stranger.model_copy(update={"passport": forged}), seed=b"x" * 32))
    with pytest.raises(KnownError, match="parcel_changed"):
        read(made(seed=b"x" * 32))
    with pytest.raises(KnownError, match="parcel_other_site"):
        read(made(), site=OTHER_SITE)
    with pytest.raises(KnownError, match="parcel_none"):
        read(b"PK\x03\x04")


def test_who_does_not_see_the_field_opens_nothing() -> None:
    with pytest.raises(KnownError, match="parcel_field"):
        read(made(), SITE.of_fields((SOUTH,)))


def sealed(*items: parcel.Item, entries: int = 1) -> bytes:
    """Rightly signed, whatever is in it."""
    out = io.BytesIO()
    parcel.write(out, introduced(NORTH), SEED, items, fields=(NORTH,), entries=entries, made_at=iso(NOW))
    return out.getvalue()


def test_a_rightly_signed_parcel_with_less_or_other_things_in_it_than_it_says_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, with_a_file = entry(NORTH), entry_with_files()
    content = [CONTENT, b""]
    files = [(ref, [part]) for ref, part in zip(with_a_file.attachments, content, strict=True)]
    cut = [(with_a_file.attachments[0], [CONTENT[:-1]]), (with_a_file.attachments[1], [b""])]
    assert len(read(sealed((one, []), (with_a_file, files), entries=2))) == 5
    for told in (
        sealed((one, []), entries=2),
        sealed((with_a_file, cut)),
        sealed((one.model_copy(update={"kind": ""}), [])),
    ):
        with pytest.raises(KnownError, match="parcel_changed"):
            read(told)
    with pytest.raises(KnownError, match="parcel_changed"):
        read(sealed((one, [])), {NORTH: "0" * 64})
    monkeypatch.setattr(parcel, "PIECE", 64)
    monkeypatch.setattr(parcel, "LONGEST_LINE", 100)
    with pytest.raises(KnownError, match="parcel_changed"):
        read(sealed((one, [])))


def test_an_introduction_is_read_as_it_was_kept_and_one_of_another_version_is_none() -> None:
    kept = introduced(NORTH).model_dump_json()
    assert parcel.introduction_of(kept) == introduced(NORTH)
    assert parcel.introduction_of("") is None
    assert parcel.introduction_of(kept.replace('"passport"', '"pass"')) is None


# ---- from laptop to laptop ---------------------------------------------------------------------------------


def met(workspace: Workspace, centre: MemoryCentre, *fields: str) -> None:
    centre.fields = fields
    unsent.introduce(workspace, centre, centre.hello())


def pushes(workspace: Workspace, centre: MemoryCentre) -> None:
    keys = {int(well.id): well.key for well in records.every_well(workspace.store)}
    Push(workspace.journal, centre, workspace.clock, LongestPauses(), keys.get, lambda _: None).run(Job())


@pytest.mark.parametrize("first", ["the one who made it", "the one who took it"])
def test_what_another_laptop_took_is_at_the_centre_once_whoever_syncs_first(
    workspace: Workspace, other: Workspace, memory_centre: MemoryCentre, tmp_path: Path, first: str
) -> None:
    for laptop in (workspace, other):
        met(laptop, memory_centre, NORTH)
    record = entries.save_record(workspace, flow_test(), (("a.pdf", CONTENT),))
    entries.save_record(workspace, flow_test())
    assert unsent.save(workspace, tmp_path / "w.unsent") == 2
    assert unsent.take(other, tmp_path / "w.unsent") == unsent.Taken("d", 2, 0, 0)
    assert unsent.take(other, tmp_path / "w.unsent") == unsent.Taken("d", 0, 2, 0)
    there = [(e.id, e.payload_sha256, e.attachments) for e in other.journal.entries()]
    assert there == [(e.id, e.payload_sha256, e.attachments) for e in workspace.journal.entries()]
    assert kinds.find(other.store, KINDS["flow_test"], record.id) is not None, "it is shown"
    both = (workspace, other) if first == "the one who made it" else (other, workspace)
    for laptop in both:
        pushes(laptop, memory_centre)
        assert [entry.state for entry in laptop.journal.entries()] == [State.ACKED, State.ACKED]
    assert len(memory_centre.log) == len(memory_centre.taken) == 2
    assert list(memory_centre.files.values()) == [CONTENT]


def test_a_file_that_is_refused_leaves_the_laptop_as_it_was(
    workspace: Workspace, other: Workspace, memory_centre: MemoryCentre, tmp_path: Path
) -> None:
    file = tmp_path / "w.unsent"
    with pytest.raises(KnownError, match="nothing_to_save"):
        unsent.save(workspace, file)
    entries.save_record(workspace, flow_test())
    with pytest.raises(KnownError, match="parcel_not_introduced"):
        unsent.save(workspace, file)
    met(workspace, memory_centre, NORTH)
    met(other, memory_centre, SOUTH)
    unsent.save(workspace, file)
    with pytest.raises(KnownError, match="parcel_field"):
        unsent.take(other, file)
    content = bytearray(file.read_bytes())
    content[-100] ^= 1
    file.write_bytes(content)
    with pytest.raises(KnownError, match="parcel_changed"):
        unsent.take(other, file)
    assert other.journal.entries() == []


def test_a_laptop_is_introduced_again_when_its_fields_change_or_it_was_long_ago(
    workspace: Workspace, memory_centre: MemoryCentre
) -> None:
    met(workspace, memory_centre, NORTH)
    met(workspace, memory_centre, NORTH)
    assert len(memory_centre.introduced) == 1
    met(workspace, memory_centre, NORTH, SOUTH)
    assert len(memory_centre.introduced) == 2
    assert len(set(memory_centre.introduced)) == 1, "with the same key"


def test_another_content_under_an_id_that_is_here_is_refused(workspace: Workspace) -> None:
    record = entries.save_record(workspace, flow_test())
    known = workspace.journal.last_of_record(record.id)
    assert known is not None
    one = entry(NORTH).model_copy(update={"id": known.id})
    with pytest.raises(KnownError, match="entry_is_final"):
        workspace.journal.take_over(unsent._of(one), "", "d")
