"""Files of a feed as they come: out of a folder, off a web server that answers as it is told; and a text
handed to an address.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.errors import KnownError
from app.sync.transports import feed
from app.sync.transports.feed import AT_CENTRE, MISSING, FolderFeed, WebFeed, feed_at, inside
from app.sync.transports.plain_post import post_text


class Server:
    """Answers by turns, and remembers what was asked and how the client was made."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answers: list[httpx.Response | Exception] = []
        self.options: dict[str, Any] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made, there = httpx.Client, Server()

    def client(**options: Any) -> httpx.Client:
        there.options = options
        return made(**{**options, "verify": True, "transport": httpx.MockTransport(there), "proxy": None})

    monkeypatch.setattr(httpx, "Client", client)
    return there


def told(status: int, content: bytes) -> httpx.Response:
    """As it comes, piece by piece."""
    return httpx.Response(status, stream=httpx.ByteStream(content))


def refused(pieces: Iterator[Any]) -> KnownError:
    with pytest.raises(KnownError) as caught:
        list(pieces)
    return caught.value


# ---- a folder ----------------------------------------------------------------------------------------------


def test_a_file_of_a_folder_comes_in_pieces_from_where_it_is_asked(tmp_path: Path) -> None:
    whole = bytes(range(256)) * (feed.PIECE_BYTES // 256) + b"more"
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "program").write_bytes(whole)
    read = FolderFeed(tmp_path).pieces
    assert [(at, len(piece)) for at, piece in read("targets/program")] == [(0, 1 << 18), (1 << 18, 4)]
    assert b"".join(piece for _, piece in read("targets/program")) == whole
    assert list(read("targets/program", 1 << 18)) == [(1 << 18, b"more")]
    assert list(read("targets/program", len(whole))) == []


def test_a_folder_that_is_not_there_is_no_feed_and_a_file_that_is_not_is_missing(tmp_path: Path) -> None:
    gone = refused(FolderFeed(tmp_path / "gone").pieces("a"))
    assert (gone.code, gone.details["feed"]) == ("update_feed_unreachable", str(tmp_path / "gone"))
    (tmp_path / "sub").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    for name in ("a", "sub", "file/below"):
        error = refused(FolderFeed(tmp_path).pieces(name))
        assert (error.code, error.details["file"]) == (MISSING, name)
    FolderFeed(tmp_path).close()


def test_a_share_that_breaks_off_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x")
    for trouble, code in ((OSError(5, "y" * 300), "update_feed_unreachable"), (FileNotFoundError(), MISSING)):

        def opened(*_: Any, trouble: OSError = trouble) -> Any:
            raise trouble

        monkeypatch.setattr(Path, "open", opened)
        error = refused(FolderFeed(tmp_path).pieces("a"))
        assert error.code == code
        if code != MISSING:
            assert (error.details["feed"], len(error.details["reason"])) == (str(tmp_path), 200)


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../up", "a\\b", "c:up", "a\0b"])
def test_a_name_leads_nowhere_but_into_the_feed(name: str) -> None:
    with pytest.raises(KnownError) as caught:
        inside(name + "x" * 300)
    assert caught.value.code == MISSING
    assert caught.value.details["file"] == (name + "x" * 300)[:200]
    assert str(inside("a/b..c")) == "a/b..c"


# ---- the web -----------------------------------------------------------------------------------------------


def test_a_file_of_the_web_is_asked_unpacked_and_with_the_token_alone(server: Server) -> None:
    server.answers = [told(200, b"whole")]
    assert list(WebFeed("https://updates.example/feed/", token="t").pieces("targets/program")) == [
        (0, b"whole")
    ]
    [asked] = server.asked
    assert str(asked.url) == "https://updates.example/feed/targets/program"
    assert (asked.headers["Authorization"], asked.headers["Accept-Encoding"]) == ("Bearer t", "identity")
    assert "Range" not in asked.headers
    assert server.options["timeout"] == httpx.Timeout(60.0, connect=10.0)
    server.answers = [told(200, b"")]
    list(WebFeed("https://updates.example").pieces("a"))
    assert "Authorization" not in server.asked[-1].headers


def test_what_goes_on_in_the_middle_is_placed_there_and_what_cannot_begins_anew(server: Server) -> None:
    server.answers = [told(206, b"le"), told(200, b"whole")]
    read = WebFeed("https://updates.example").pieces
    assert list(read("a", 3)) == [(3, b"le")]
    assert list(read("a", 3)) == [(0, b"whole")]
    assert [one.headers["Range"] for one in server.asked] == ["bytes=3-"] * 2


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, MISSING),
        (404, MISSING),
        (416, MISSING),
        (401, "update_feed_unreachable"),
        (302, "update_feed_unreachable"),
        (500, "update_feed_unreachable"),
        (204, "update_feed_unreachable"),
    ],
)
def test_each_answer_of_a_feed_has_one_meaning(server: Server, status: int, code: str) -> None:
    server.answers = [httpx.Response(status)]
    error = refused(WebFeed("https://updates.example").pieces("a"))
    expected = {"file": "a"} if code == MISSING else {"feed": "updates.example", "reason": str(status)}
    assert (error.code, error.details) == (code, expected)


def test_a_line_that_breaks_is_told_with_the_address_and_two_hundred_letters(server: Server) -> None:
    server.answers = [httpx.ReadError("z" * 300)]
    error = refused(WebFeed("https://updates.example").pieces("a"))
    assert (error.code, error.details["feed"]) == ("update_feed_unreachable", "https://updates.example")
    assert error.details["reason"] == "z" * 200


class Slow(httpx.SyncByteStream):
    """So many bytes, each piece so many seconds after the one before."""

    def __init__(self, clock: list[float], sizes: list[int], seconds: float) -> None:
        self._clock, self._sizes, self._seconds = clock, sizes, seconds

    def __iter__(self) -> Iterator[bytes]:
        for size in self._sizes:
            self._clock[0] += self._seconds
            yield b"x" * size


@pytest.mark.parametrize(
    ("sizes", "seconds", "comes"),
    [
        ([1_999, 1], 60.5, 1),
        ([2_000, 2_000, 2_000], 60.5, 3),
        ([1_000, 999, 1], 30.5, 2),
        ([1_000, 1_000, 1_000, 999, 5], 30.5, 4),
        ([1_000, 1_000, 1_000, 1_000, 5], 30.5, 5),
        ([1] * 5, 12.0, 5),
    ],
)
def test_less_than_two_thousand_bytes_a_minute_hold_nobody(
    server: Server, monkeypatch: pytest.MonkeyPatch, sizes: list[int], seconds: float, comes: int
) -> None:
    """Each minute counts for itself; at the very minute it is not over."""
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    server.answers = [httpx.Response(200, stream=Slow(clock, sizes, seconds))]
    came: list[int] = []
    try:
        for _, piece in WebFeed("https://updates.example").pieces("a"):
            came.append(len(piece))
    except KnownError as error:
        assert comes < len(sizes)
        of_this_minute = {1: 1_999, 2: 1_999, 4: 1_999}[comes]
        assert error.details["reason"] == f"{of_this_minute} B / 60 s"
    assert len(came) == comes


def test_where_a_feed_lies_is_told_by_its_address_and_the_token_goes_to_the_centre_alone(
    server: Server,
) -> None:
    server.answers = [told(200, b"x") for _ in range(4)]
    for one in (
        feed_at(AT_CENTRE, centre="https://centre.example/", token="t"),
        feed_at(AT_CENTRE, centre="https://centre.example", token="t", path=feed.MODELS_AT_CENTRE),
        feed_at("https://updates.example", centre="https://centre.example", token="t"),
        feed_at("http://localhost:1", centre="https://centre.example", token="t"),
    ):
        list(one.pieces("a"))
        one.close()
    assert [(str(one.url), one.headers.get("Authorization")) for one in server.asked] == [
        ("https://centre.example/v1/updates/a", "Bearer t"),
        ("https://centre.example/v1/models/feed/a", "Bearer t"),
        ("https://updates.example/a", None),
        ("http://localhost:1/a", None),
    ]
    assert isinstance(feed_at("/mnt/share"), FolderFeed)


def test_a_feed_that_was_closed_is_asked_no_more(server: Server) -> None:
    opened = WebFeed("https://updates.example")
    opened.close()
    with pytest.raises(RuntimeError, match="closed"):
        list(opened.pieces("a"))
    assert server.asked == []


# ---- a text handed over ------------------------------------------------------------------------------------


def test_a_text_goes_as_it_is_and_whatever_is_taken_is_good(server: Server) -> None:
    server.answers = [httpx.Response(204), httpx.Response(200, content=b"thanks")]
    for _ in range(2):
        post_text("https://faults.example/in", "сбой\n")
    assert [(str(one.url), one.content) for one in server.asked] == [
        ("https://faults.example/in", "сбой\n".encode())
    ] * 2
    assert server.asked[0].headers["Content-Type"] == "text/plain; charset=utf-8"
    assert server.options["timeout"] == httpx.Timeout(20.0, connect=10.0)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_text_that_is_not_taken_may_be_sent_again(server: Server, status: int) -> None:
    server.answers = [httpx.Response(status)]
    url = "https://faults.example/" + "p" * 300
    with pytest.raises(KnownError) as caught:
        post_text(url, "x")
    assert caught.value.code == "reports_not_taken"
    assert caught.value.details == {"url": url[:200], "reason": str(status)}
    assert caught.value.retry


def test_nobody_there_may_be_asked_again_too(server: Server) -> None:
    server.answers = [httpx.ConnectError("w" * 300)]
    url = "https://faults.example/" + "p" * 300
    with pytest.raises(KnownError) as caught:
        post_text(url, "x")
    assert caught.value.details == {"url": url[:200], "reason": "w" * 200}
    assert caught.value.retry
