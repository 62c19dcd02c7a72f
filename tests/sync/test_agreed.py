"""Numbers that both ends have agreed on, and how long each waits for the other: who changes one of them
speaks another protocol, or is heard later than was said.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from app.core.errors import KnownError
from app.models import journal_file, sending
from app.sync import epochs, fetching, id_tokens, invitation, parcel, parts, pull, push, wire
from app.sync.pull import Pulled
from app.sync.push import Pushed
from app.sync.rights import Rights
from app.sync.transports import oidc, rest, secure
from app.sync.transports.base import Part, PushCentre
from app.sync.transports.rest import Rest
from tests.conftest import NOW
from tests.sync.provider import CLIENT, ISSUER, ProviderHere


def test_the_protocol_is_the_first_and_its_messages_are_so_large() -> None:
    assert (wire.PROTOCOL, wire.MOST_ENTRIES, wire.MOST_ASKED) == (1, 200, 2_000)
    assert (wire.MOST_BATCH_BYTES, wire.PIECE_BYTES) == (1_048_576, 1_048_576)
    assert journal_file.SCHEMA_VERSION == 1
    assert (invitation.LONGEST, id_tokens.LONGEST, id_tokens.LEAST_RSA_BITS) == (64_000, 16_384, 2_048)
    assert (sending.LONGEST_PAUSE_S, sending.LONGEST_ASKED_S) == (300.0, 86_400.0)
    assert (parts.ROWS_A_REQUEST, parts.CARDS_A_REQUEST) == (200_000, 1_000)
    assert (fetching.ROWS_AT_ONCE, fetching.MOST_ROWS) == (1_000_000, 2_500_000)
    assert (rest.MOST_ANSWER_BYTES, rest.MOST_FILE_BYTES) == (268_435_456, 2_147_483_648)
    assert (oidc.LONGEST_BODY, oidc.LONGEST_ANSWER_S, oidc.LONGEST_WAIT_S) == (1_048_576, 60.0, 1_800.0)
    assert (parcel.PIECE, parcel.LONGEST_HEADER, parcel.LONGEST_LINE) == (1_048_576, 65_536, 16_777_216)


def test_what_is_tried_again_is_tried_so_often_and_what_may_have_come_late_is_read_so_far_back() -> None:
    assert (push.TRIES_OF_A_BATCH, push.TRIES_OF_A_FILE, push.MOVED) == (3, 3, 409)
    assert pull.OVERLAP.total_seconds() == 30


def test_nothing_is_counted_before_anything_was_done() -> None:
    done, sent, rights = Pulled(), Pushed(), Rights()
    assert (done.changes, done.confirmed, done.readings, done.cards, done.changed) == (0, 0, 0, 0, False)
    assert (sent.sent, sent.merged, sent.states, sent.stopped) == (0, 0, {}, None)
    assert (rights.added, rights.taken, rights.wells_left) == ((), (), 0)
    assert Part(7, NOW, NOW) == Part(7, NOW, NOW, 0, ())


@pytest.mark.parametrize(("count", "asked"), [(0, []), (2_000, [2_000]), (4_001, [2_000, 2_000, 1])])
def test_a_centre_is_asked_for_two_thousand_entries_at_once(count: int, asked: list[int]) -> None:
    """All of them, and what it lacks of any."""
    told: list[tuple[str, ...]] = []

    def lacking(ids: tuple[str, ...]) -> tuple[str, ...]:
        told.append(ids)
        return ids[:1]

    ids = [f"{number:05}" for number in range(count)]
    found = epochs._asked(cast(PushCentre, SimpleNamespace(lacking=lacking)), ids)
    assert [len(one) for one in told] == asked
    assert [one for some in told for one in some] == ids
    assert found == {some[0] for some in told}


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """How clients are made, and what they asked of a centre that answers all with three mebibytes."""
    made: dict[str, Any] = {"asked": []}
    client = httpx.Client

    def answer(request: httpx.Request) -> httpx.Response:
        made["asked"].append(request)
        return httpx.Response(200, stream=httpx.ByteStream(bytes(3 << 20)))

    def opened(**options: Any) -> httpx.Client:
        made.update(options)
        return client(**{**options, "verify": True, "transport": httpx.MockTransport(answer)})

    monkeypatch.setattr(httpx, "Client", opened)
    return made


def test_a_centre_is_waited_for_a_minute_and_a_provider_for_half_of_one(options: dict[str, Any]) -> None:
    assert secure.CONNECT_S == 10.0
    Rest("https://centre.example", "t").close()
    assert options["timeout"] == httpx.Timeout(60.0, connect=10.0)
    oidc.Provider(ISSUER, CLIENT, lambda: NOW).close()
    assert options["timeout"] == httpx.Timeout(30.0, connect=10.0)
    assert (oidc.LONGEST_BODY, oidc.LONGEST_ANSWER_S) == (1_048_576, 60.0)


def test_a_body_comes_whole_as_it_was_sent_and_each_question_has_a_trace_of_its_own(
    options: dict[str, Any],
) -> None:
    """W3C's: version, 16 bytes of a trace, 8 of a span, sampled."""
    rest = Rest("https://centre.example", "t")
    with rest.streamed("/v1/read/newest", b"{}") as pieces:
        assert sum(len(piece) for piece in pieces) == 3 * 1_048_576
    for _ in range(2):
        with pytest.raises(KnownError):
            rest.hello()
    greetings = options["asked"][1:]
    traces = [one.headers["traceparent"] for one in greetings]
    assert all(re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-01", one) for one in traces)
    nonces = [one.url.params["nonce"] for one in greetings]
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in nonces)
    assert len({*traces, *nonces}) == 4
    rest.close()


def test_a_provider_is_given_a_word_of_24_bytes_that_nobody_can_guess() -> None:
    here = ProviderHere("authorization_pending")
    provider = oidc.Provider(ISSUER, CLIENT, lambda: NOW, transport=httpx.MockTransport(here))
    words = [provider.ask().nonce for _ in range(2)]
    provider.close()
    assert [len(word) for word in words] == [32, 32]
    assert words[0] != words[1]
