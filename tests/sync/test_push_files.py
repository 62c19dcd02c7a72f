"""Files go before the entry that names them, from where the centre says it is, and no byte twice."""

from __future__ import annotations

import random

import pytest

from app.core.jobs import Cancelled, Job
from app.models import blobs
from app.models.entries import State
from app.sync import push
from tests.sync.conftest import Laptop
from tests.sync.memory_centre import refused, signed_out, unreachable

PIECE = 1_000


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept in pieces of three, sent in pieces of one: the borders of both are met."""
    monkeypatch.setattr(blobs, "PIECE", 3 * PIECE)
    monkeypatch.setattr(push, "PIECE_BYTES", PIECE)


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 1, 7_777])
def test_a_file_of_any_size_arrives_whole_and_only_then_its_entry(laptop: Laptop, size: int) -> None:
    entry = laptop.saves(files=(("протокол.pdf", content(size)),))
    laptop.pushes()
    sha256 = entry.attachments[0].sha256
    assert laptop.centre.files == {sha256: content(size)}
    assert laptop.state(entry) is State.ACKED
    assert [n for _, _, n in laptop.centre.put] == [PIECE] * (size // PIECE) + (
        [size % PIECE] if size % PIECE or not size else []
    )
    assert laptop.centre.taken[entry.id].attachments[0].model_dump() == {
        "sha256": sha256,
        "size": size,
        "name": "протокол.pdf",
    }


def test_a_file_that_the_centre_has_is_not_sent_again(laptop: Laptop) -> None:
    laptop.saves(files=(("a.pdf", content(2_500)),))
    laptop.pushes()
    sent = list(laptop.centre.put)
    again = laptop.saves(files=(("other name.pdf", content(2_500)),))
    laptop.pushes()
    assert laptop.centre.put == sent
    assert laptop.state(again) is State.ACKED


def test_an_upload_that_broke_goes_on_at_the_piece_that_was_lost(laptop: Laptop) -> None:
    entry = laptop.saves(files=(("a.pdf", content(5_500)),))
    laptop.centre.trouble.next["put_piece"] = []
    put_piece = laptop.centre.put_piece

    def cut_after_two(*given: object, **more: bool) -> int:
        if len(laptop.centre.put) == 2:
            raise unreachable()
        return put_piece(*given, **more)

    laptop.centre.put_piece = cut_after_two
    done = laptop.pushes()
    assert (laptop.state(entry), done.stopped is not None) == (State.RETRY, True)
    assert laptop.centre.batches == [], "the entry that names it is not sent before it"
    laptop.centre.put_piece = put_piece
    laptop.pushes()
    assert [offset for _, offset, _ in laptop.centre.put] == [0, 1_000, 2_000, 3_000, 4_000, 5_000]
    assert laptop.state(entry) is State.ACKED


@pytest.mark.parametrize("there", [1, 999, 1_500, 3_000, 5_499])
def test_the_centre_alone_says_where_it_is_also_in_the_middle_of_a_piece(laptop: Laptop, there: int) -> None:
    """An earlier program sent pieces of another size."""
    entry = laptop.saves(files=(("a.pdf", content(5_500)),))
    sha256 = entry.attachments[0].sha256
    laptop.centre.arriving[sha256] += content(5_500)[:there]
    laptop.pushes()
    assert laptop.centre.files[sha256] == content(5_500)
    assert sum(n for _, _, n in laptop.centre.put) == 5_500 - there, "no byte twice"
    assert laptop.state(entry) is State.ACKED


def test_a_file_that_is_all_there_and_not_closed_is_closed(laptop: Laptop) -> None:
    entry = laptop.saves(files=(("a.pdf", content(2_000)),))
    laptop.centre.arriving[entry.attachments[0].sha256] += content(2_000)
    laptop.pushes()
    assert laptop.state(entry) is State.ACKED
    assert laptop.centre.put == [(entry.attachments[0].sha256, 2_000, 0)]


def test_a_centre_that_is_elsewhere_than_it_said_is_asked_once_more(laptop: Laptop) -> None:
    """It was started again between question and piece, and what had come is gone."""
    entry = laptop.saves(files=(("a.pdf", content(2_500)),))
    laptop.centre.trouble.offsets = [2_000]
    laptop.pushes()
    assert laptop.state(entry) is State.ACKED
    assert [offset for _, offset, _ in laptop.centre.put] == [0, 1_000, 2_000]


def test_a_centre_that_never_is_where_it_says_is_asked_later_and_stops_this_entry_only(
    laptop: Laptop,
) -> None:
    entry, other = laptop.saves(files=(("a.pdf", content(2_500)),)), laptop.saves()
    laptop.centre.trouble.offsets = [2_000] * 10
    laptop.pushes()
    assert (laptop.state(entry), laptop.now(entry).error) == (State.RETRY, "offset")
    assert laptop.state(other) is State.ACKED
    assert len(laptop.centre.trouble.offsets) == 7, "asked three times"


def test_a_file_that_came_damaged_stops_this_entry_only(laptop: Laptop) -> None:
    entry, other = laptop.saves(files=(("a.pdf", content(900)),)), laptop.saves()
    laptop.centre.arriving[entry.attachments[0].sha256] += b"what another file was"
    laptop.pushes()
    assert (laptop.state(entry), laptop.now(entry).error) == (State.QUARANTINED, "file_differs")
    assert laptop.state(other) is State.ACKED


def test_a_file_that_is_damaged_here_is_told_and_stops_nobody_else(laptop: Laptop) -> None:
    entry, other = laptop.saves(files=(("a.pdf", b"to be damaged"),)), laptop.saves()
    path = laptop.journal.blobs._folder / entry.attachments[0].sha256
    path.write_bytes(path.read_bytes()[:-1])
    laptop.pushes()
    assert laptop.state(entry) is State.QUARANTINED
    assert laptop.now(entry).error == "InvalidTag"
    assert laptop.state(other) is State.ACKED


def test_a_file_too_big_for_the_centre_stops_this_entry_only(laptop: Laptop) -> None:
    entry, other = laptop.saves(files=(("a.pdf", content(900)),)), laptop.saves()
    laptop.centre.trouble.next["put_piece"] = [refused(413, "too_large")]
    laptop.pushes()
    assert (laptop.state(entry), laptop.now(entry).error) == (State.QUARANTINED, "too_large")
    assert laptop.state(other) is State.ACKED


def test_a_token_lost_in_the_middle_of_an_upload_waits_and_the_others_go_back_to_the_queue(
    laptop: Laptop,
) -> None:
    entry, other = laptop.saves(files=(("a.pdf", content(2_500)),)), laptop.saves()
    laptop.centre.trouble.next["put_piece"] = [signed_out()]
    done = laptop.pushes()
    assert [laptop.state(e) for e in (entry, other)] == [State.WAIT_AUTH, State.QUEUED]
    assert done.stopped is not None


def test_an_entry_whose_files_the_centre_lost_waits_and_sends_them_anew(laptop: Laptop) -> None:
    """Between the upload and the entry the centre was set back: it says that it waits for the files."""
    entry = laptop.saves(files=(("a.pdf", content(500)),))
    send = laptop.centre.send

    def forgets(batch: object) -> object:
        laptop.centre.files.clear()
        laptop.centre.send = send
        return send(batch)

    laptop.centre.send = forgets
    laptop.pushes()
    assert (laptop.state(entry), laptop.now(entry).error) == (State.RETRY, "files_missing")
    laptop.clock.forward(10)
    laptop.pushes()
    assert laptop.state(entry) is State.ACKED
    assert len(laptop.centre.put) == 2


def test_an_upload_can_be_cancelled_between_pieces(laptop: Laptop) -> None:
    entry = laptop.saves(files=(("a.pdf", content(9_000)),))
    job, put_piece = Job(), laptop.centre.put_piece

    def cancels(*given: object, **more: bool) -> int:
        job.cancel()
        return put_piece(*given, **more)

    laptop.centre.put_piece = cancels
    with pytest.raises(Cancelled):
        laptop.pushes(job)
    assert len(laptop.centre.put) == 1
    assert laptop.state(entry) is State.QUEUED


def test_every_file_of_an_entry_goes(laptop: Laptop) -> None:
    entry = laptop.saves(files=tuple((f"{i}.txt", content(i + 1)) for i in range(4)))
    laptop.pushes()
    assert set(laptop.centre.files) == {file.sha256 for file in entry.attachments}
    assert len(laptop.centre.files) == 4
