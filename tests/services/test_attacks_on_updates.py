"""Somebody holds the server, the share or the wire: what he can make a laptop run, and that it is told."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.units import DAY_S
from app.services.updates import releases
from app.services.updates.signed import SignedFeed
from app.services.updates.unpacking import unpack
from app.sync.transports import feed
from app.sync.transports.feed import FolderFeed, inside
from central import signed_feed as tool
from tests.services.feeds import Publisher, publisher

__all__ = ["publisher"]


def versions(feed: SignedFeed) -> list[str]:
    return [one.version for one in releases.read(feed.read("stable.json")).all]


class Laptop:
    """Keeps what it has seen between its looks, as the program does."""

    def __init__(self, folder: Path, root: bytes) -> None:
        self._state, self._root = folder / "state", root

    def at(self, feed: Path) -> SignedFeed:
        return SignedFeed(FolderFeed(feed), self._state, self._root)

    def sees(self, feed: Path) -> list[str]:
        return versions(self.at(feed))


@pytest.fixture
def laptop(tmp_path: Path, publisher: Publisher) -> Laptop:
    return Laptop(tmp_path, publisher.root)


def test_rollback_an_old_copy_of_the_feed_is_told(
    publisher: Publisher, laptop: Laptop, tmp_path: Path
) -> None:
    publisher.publish("0.2.0")
    old = shutil.copytree(publisher.feed, tmp_path / "old")
    publisher.publish("0.3.0")
    assert laptop.sees(publisher.feed) == ["0.2.0", "0.3.0"]
    with pytest.raises(KnownError, match="update_feed_older"):
        laptop.sees(old)


def test_freeze_a_feed_that_nobody_has_signed_anew_is_told(
    publisher: Publisher, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish("0.2.0")
    monkeypatch.setitem(tool.DAYS, "timestamp", -1)
    publisher.order("renew")
    with pytest.raises(KnownError, match="update_feed_expired"):
        laptop.sees(publisher.feed)
    monkeypatch.undo()
    publisher.order("renew")
    assert laptop.sees(publisher.feed) == ["0.2.0"]


def test_a_signature_lasts_two_weeks_and_not_for_ever(publisher: Publisher) -> None:
    timestamp = publisher.made.metadata / "timestamp.json"
    expires = tool.Metadata.from_file(str(timestamp)).signed.expires
    assert timedelta(days=13) < expires - datetime.now(UTC) <= timedelta(days=14)


def test_mix_and_match_a_list_of_another_state_is_told(publisher: Publisher, laptop: Laptop) -> None:
    publisher.publish("0.2.0")
    publisher.publish("0.3.0")
    numbered = sorted(
        publisher.made.metadata.glob("*.targets.json"), key=lambda path: int(path.name.split(".")[0])
    )
    shutil.copyfile(numbered[-2], numbered[-1])
    with pytest.raises(KnownError, match=r"update_feed_(older|mixed)"):
        laptop.sees(publisher.feed)


@pytest.mark.parametrize("stolen", [("timestamp",), ("snapshot", "timestamp")])
def test_fast_forward_numbers_that_stolen_keys_signed_are_forgotten_with_these_keys(
    stolen: tuple[str, ...], publisher: Publisher, laptop: Laptop, tmp_path: Path
) -> None:
    publisher.publish("0.2.0")
    forged = tool.SignedFeedFolder(
        shutil.copytree(publisher.feed, tmp_path / "forged"), publisher.made.keys, "update-root.json"
    )
    for role in stolen:
        metadata = forged._newest(role)
        metadata.signed.version = 2**31 - 1
        forged._sign(metadata, (role,))
    if "snapshot" in stolen:
        forged.renew()
    assert laptop.sees(forged.folder) == ["0.2.0"]
    with pytest.raises(KnownError, match="update_feed_older"):
        laptop.sees(publisher.feed)
    for role in stolen:
        publisher.order("rotate", "--role", role)
    publisher.publish("0.3.0")
    assert laptop.sees(publisher.feed) == ["0.2.0", "0.3.0"]


@pytest.mark.parametrize("role", ["root", "targets", "snapshot", "timestamp"])
def test_any_key_can_be_changed_and_laptops_of_before_follow(
    role: str, publisher: Publisher, laptop: Laptop
) -> None:
    publisher.publish("0.2.0")
    assert laptop.sees(publisher.feed) == ["0.2.0"]
    publisher.order("rotate", "--role", role)
    publisher.publish("0.3.0")
    assert laptop.sees(publisher.feed) == ["0.2.0", "0.3.0"]


@pytest.mark.parametrize("role", ["targets", "snapshot", "timestamp"])
def test_what_a_changed_key_signs_afterwards_is_not_believed(
    role: str, publisher: Publisher, laptop: Laptop
) -> None:
    stolen = (publisher.folder / "keys" / f"{role}.json").read_bytes()
    publisher.publish("0.2.0")
    publisher.order("rotate", "--role", role)
    assert laptop.sees(publisher.feed) == ["0.2.0"]
    (publisher.folder / "keys" / f"{role}.json").write_bytes(stolen)
    publisher.publish("0.3.0")
    with pytest.raises(KnownError, match="update_feed_unsigned"):
        laptop.sees(publisher.feed)


def test_a_root_that_the_one_before_has_not_signed_is_told(
    publisher: Publisher, laptop: Laptop, tmp_path: Path
) -> None:
    publisher.publish("0.2.0")
    other = Publisher(tmp_path / "other")
    other.order("rotate", "--role", "root")
    shutil.copyfile(other.made.metadata / "2.root.json", publisher.made.metadata / "2.root.json")
    with pytest.raises(KnownError, match="update_feed_unsigned"):
        laptop.sees(publisher.feed)


def test_a_feed_of_somebody_else_is_not_believed(
    publisher: Publisher, laptop: Laptop, tmp_path: Path
) -> None:
    other = Publisher(tmp_path / "other")
    other.publish("9.0.0")
    with pytest.raises(KnownError, match="update_feed_unsigned"):
        laptop.sees(other.feed)


def changed(path: Path, at: int = -20) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_one_changed_byte_of_the_program_is_refused_and_nothing_of_it_is_kept(
    publisher: Publisher, laptop: Laptop
) -> None:
    archive = publisher.publish("0.2.0")
    changed(publisher.in_feed(archive))
    feed = laptop.at(publisher.feed)
    with pytest.raises(KnownError, match="update_file_wrong"):
        feed.fetch(Job(), archive.name)
    shutil.copyfile(archive, publisher.in_feed(archive))
    assert feed.fetch(Job(), archive.name).read_bytes() == archive.read_bytes()


@pytest.mark.parametrize("name", ["timestamp", "snapshot", "targets"])
@pytest.mark.parametrize("at", [5, 200, -60])
def test_one_changed_byte_of_what_is_signed_is_refused(
    name: str, at: int, publisher: Publisher, laptop: Laptop
) -> None:
    publisher.publish("0.2.0")
    newest = max(publisher.made.metadata.glob(f"*{name}.json"), key=lambda path: path.stat().st_mtime_ns)
    changed(newest, at)
    with pytest.raises(KnownError, match=r"update_feed_|update_file_missing"):
        laptop.sees(publisher.feed)


@pytest.mark.parametrize("name", ["timestamp.json", "1.snapshot.json", "1.targets.json"])
def test_files_without_an_end_are_left_off_at_their_limit(
    name: str, publisher: Publisher, tmp_path: Path
) -> None:
    sent = 0

    class Endless(FolderFeed):
        def pieces(self, path: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
            nonlocal sent
            if not path.endswith(name):
                yield from super().pieces(path, start)
                return
            while True:
                sent += 1 << 16
                yield sent, b" " * (1 << 16)

    feed = SignedFeed(Endless(publisher.feed), tmp_path / "state", publisher.root)
    with pytest.raises(KnownError, match="update_feed_mixed"):
        feed.read("stable.json")
    assert sent < 6_000_000


def test_an_archive_that_goes_on_is_left_off_where_it_should_end(
    publisher: Publisher, laptop: Laptop
) -> None:
    archive = publisher.publish("0.2.0")
    with publisher.in_feed(archive).open("ab") as file:
        file.write(b"x")
    with pytest.raises(KnownError, match="update_file_wrong"):
        laptop.at(publisher.feed).fetch(Job(), archive.name)


def test_a_fetch_that_broke_off_goes_on_where_it_was(publisher: Publisher, tmp_path: Path) -> None:
    archive = publisher.publish("0.2.0")
    asked: list[int] = []

    class Breaking(FolderFeed):
        def pieces(self, path: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
            if not path.endswith(archive.name):
                yield from super().pieces(path, start)
                return
            asked.append(start)
            content = publisher.in_feed(archive).read_bytes()[start:]
            yield start, content[:100]
            if len(asked) == 1:
                raise KnownError("update_feed_unreachable", feed="", reason="cut")
            yield start + 100, content[100:]

    feed = SignedFeed(Breaking(publisher.feed), tmp_path / "state", publisher.root)
    with pytest.raises(KnownError, match="update_feed_unreachable"):
        feed.fetch(Job(), archive.name)
    assert feed.fetch(Job(), archive.name).read_bytes() == archive.read_bytes()
    assert asked == [0, 100]


def test_a_server_that_cannot_begin_in_the_middle_is_read_from_its_beginning(
    publisher: Publisher, tmp_path: Path
) -> None:
    archive = publisher.publish("0.2.0")

    class WithoutRanges(FolderFeed):
        def pieces(self, path: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
            yield from super().pieces(path, 0)

    feed = SignedFeed(WithoutRanges(publisher.feed), tmp_path / "state", publisher.root)
    sha256 = publisher.in_feed(archive).name.split(".")[0]
    (tmp_path / "state" / "parts" / sha256).write_bytes(b"what another laptop's disk left")
    assert feed.fetch(Job(), archive.name).read_bytes() == archive.read_bytes()


def test_a_folder_that_is_not_there_is_told(laptop: Laptop, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="update_feed_unreachable"):
        laptop.sees(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../b", "c:\\x", "a\\b", "x\0y"])
def test_a_name_leads_nowhere_but_into_the_feed(name: str) -> None:
    with pytest.raises(KnownError, match="update_file_missing"):
        inside(name)


def archive_with(folder: Path, *members: tarfile.TarInfo) -> Path:
    path = folder / "layer.tar.xz"
    with tarfile.open(path, "w:xz") as packed:
        for member in members:
            packed.addfile(member, io.BytesIO(b"x" * member.size) if member.isfile() else None)
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    made.size = 1 if kind == tarfile.REGTYPE else 0
    return made


@pytest.mark.parametrize(
    "bad",
    [
        member("../evil"),
        member("/tmp/evil"),
        member("program-9/../../evil"),
        member("program-8/other"),
        member("program-9/link", tarfile.SYMTYPE, "/etc/passwd"),
        member("program-9/hard", tarfile.LNKTYPE, "program-9/layer.json"),
        member("program-9/device", tarfile.CHRTYPE),
        member("program-9/pipe", tarfile.FIFOTYPE),
        member("program-9/..\\..\\evil"),
        member("program-9/C:evil"),
        member("program-9/" + "a/" * 3_000),
    ],
    ids=lambda one: one.name.replace("/", "_")[:40],
)
def test_an_archive_that_reaches_outside_leaves_nothing(bad: tarfile.TarInfo, tmp_path: Path) -> None:
    archive = archive_with(tmp_path, member("program-9/layer.json"), bad)
    root = tmp_path / "root"
    with pytest.raises(KnownError, match="update_archive"):
        unpack(Job(), archive, root, "program-9")
    assert list(root.iterdir()) == []
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("part", [0, 0.2, 0.6])
def test_half_an_archive_leaves_nothing(part: float, tmp_path: Path) -> None:
    archive = archive_with(tmp_path, member("program-9/layer.json"), member("program-9/a"))
    archive.write_bytes(archive.read_bytes()[: int(part * archive.stat().st_size)])
    with pytest.raises(KnownError, match=r"update_archive|update_not_written"):
        unpack(Job(), archive, tmp_path / "root", "program-9")
    assert list((tmp_path / "root").iterdir()) == []


def test_an_archive_without_what_seals_it_is_no_layer(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="update_archive"):
        unpack(Job(), archive_with(tmp_path, member("program-9/a")), tmp_path / "root", "program-9")


def test_what_an_unpacking_that_was_killed_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "root" / "program-9").mkdir(parents=True)
    (tmp_path / "root" / "program-9" / "half").write_text("", encoding="ascii")
    archive = archive_with(tmp_path, member("program-9/layer.json"))
    unpack(Job(), archive, tmp_path / "root", "program-9")
    assert [path.name for path in (tmp_path / "root" / "program-9").iterdir()] == ["layer.json"]


def test_what_killed_unpackings_left_goes_after_a_day_and_not_what_is_at_work(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for name, age_s in (("building-old", 2 * DAY_S), ("building-now", 0.0)):
        (root / name).mkdir(parents=True)
        at = (root / name).stat().st_mtime - age_s
        os.utime(root / name, (at, at))
    unpack(Job(), archive_with(tmp_path, member("program-9/layer.json")), root, "program-9")
    assert sorted(path.name for path in root.iterdir()) == ["building-now", "program-9"]


@pytest.mark.parametrize(("piece", "comes"), [(b"x", False), (b"x" * 5_000, True)])
def test_a_server_that_sends_a_byte_at_a_time_is_left_and_a_slow_line_is_not(
    piece: bytes, comes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=iter([piece] * 100))

    web = httpx.Client(base_url="http://localhost", transport=httpx.MockTransport(answered))
    monkeypatch.setattr(feed, "client", lambda *_, **__: web)
    monkeypatch.setattr(feed, "TIMEOUT_S", 0.0)  # each piece is the last of its minute
    reading = feed.WebFeed("http://localhost").pieces("targets/program")
    if comes:
        assert sum(len(one) for _, one in reading) == 500_000
    else:
        with pytest.raises(KnownError, match="update_feed_unreachable"):
            list(reading)


def test_where_there_are_no_links_a_feed_is_read_all_the_same(
    publisher: Publisher, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On most sticks, and for a person without rights on Windows."""

    def none(*_: object, **__: object) -> None:
        raise PermissionError("no links here")

    publisher.publish("0.2.0")
    monkeypatch.setattr(os, "symlink", none)
    assert laptop.sees(publisher.feed) == ["0.2.0"]


def test_an_older_program_under_a_newer_number_is_no_release() -> None:
    layers = {"linux-x64": {"program": "program-0.0.5", "runtime": "runtime-a"}}
    told = {"version": 1, "releases": [{"version": "9.0", "journal": 1, "layers": layers}]}
    with pytest.raises(KnownError, match="update_feed_malformed"):
        releases.read(json.dumps(told).encode())


def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "timestamp.json")
    with pytest.raises(KnownError, match="update_file_missing"):
        list(FolderFeed(tmp_path).pieces("timestamp.json"))


def test_a_name_with_a_nul_is_an_archive_that_is_none(tmp_path: Path) -> None:
    odd = member("program-9/a")
    odd.pax_headers = {"path": "program-9/a\0b"}
    archive = archive_with(tmp_path, member("program-9/layer.json"), odd)
    with pytest.raises(KnownError, match="update_archive"):
        unpack(Job(), archive, tmp_path / "root", "program-9")
    assert list((tmp_path / "root").iterdir()) == []
