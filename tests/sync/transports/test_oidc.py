"""Speaking with a provider, answer by answer: what is asked, how long, and what is no answer of one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from app.core.errors import KnownError
from app.sync.transports import oidc
from app.sync.transports.oidc import GRANT, LONGEST_BODY, Provider
from tests.conftest import NOW
from tests.sync.provider import CLIENT, ISSUER, ProviderHere, public, public_ec

ABOUT, DEVICE, TOKEN, KEYS = "/.well-known/openid-configuration", "/device", "/token", "/keys"
Handler = Callable[[httpx.Request], httpx.Response]


def speaking_with(handler: Handler, issuer: str = ISSUER) -> Provider:
    return Provider(issuer, CLIENT, lambda: NOW, transport=httpx.MockTransport(handler))


def answering(path: str, answer: httpx.Response | Exception, *before: str) -> Handler:
    """A good provider that says `answer` at one of its places."""
    here = ProviderHere(*before)

    def handle(request: httpx.Request) -> httpx.Response:
        usual = here(request)
        if request.url.path != path:
            return usual
        if isinstance(answer, Exception):
            raise answer
        return answer

    return handle


def whole_sign_in(handler: Handler) -> None:
    of = speaking_with(handler)
    try:
        of.wait(of.ask(), lambda _: None)
    finally:
        of.close()


@pytest.mark.parametrize("path", [ABOUT, DEVICE, TOKEN, KEYS])
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(200, content=b"<html>sign in</html>"), "JSON"),
        (httpx.Response(200, content=b"[1]"), "JSON"),
        (httpx.Response(200, content=b'"x"'), "JSON"),
        (httpx.Response(200, content=b"\xff\xfe"), "JSON"),
        (httpx.Response(201, json={}), "HTTP 201"),
        (httpx.Response(302, headers={"Location": "https://other.example"}), "HTTP 302"),
        (httpx.Response(404, json={}), "HTTP 404"),
        (httpx.Response(500, json={}), "HTTP 500"),
    ],
)
def test_what_is_no_answer_of_a_provider_is_told_with_its_place_at_every_place(
    path: str, answer: httpx.Response, reason: str
) -> None:
    with pytest.raises(KnownError) as caught:
        whole_sign_in(answering(path, answer))
    assert (caught.value.code, caught.value.retry) == ("provider_answer", False)
    assert caught.value.details == {"address": f"{ISSUER}{path}", "reason": reason}


@pytest.mark.parametrize("path", [ABOUT, DEVICE, TOKEN, KEYS])
def test_a_provider_that_is_away_may_be_asked_again(path: str) -> None:
    with pytest.raises(KnownError) as caught:
        whole_sign_in(answering(path, httpx.ConnectTimeout("slow")))
    assert (caught.value.code, caught.value.retry) == ("provider_unreachable", True)
    assert caught.value.details == {"address": f"{ISSUER}{path}", "reason": "ConnectTimeout"}


@pytest.mark.parametrize(("path", "status"), [(DEVICE, 400), (ABOUT, 401), (KEYS, 403), (TOKEN, 402)])
def test_only_a_person_who_is_waited_for_may_be_spoken_of_by_a_refusal(path: str, status: int) -> None:
    with pytest.raises(KnownError) as caught:
        whole_sign_in(answering(path, httpx.Response(status, json={"error": "authorization_pending"})))
    assert caught.value.details["reason"] == f"HTTP {status}"


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_an_answer_may_be_so_long_and_no_longer(more: int, *, is_read: bool) -> None:
    told = json.dumps({"keys": []}).encode()
    body = told + b" " * (LONGEST_BODY + more - len(told))
    of = speaking_with(answering(KEYS, httpx.Response(200, content=body)))
    if is_read:
        assert of.keys() == []
    else:
        with pytest.raises(KnownError, match="provider_answer"):
            of.keys()
    of.close()


@pytest.mark.parametrize(
    ("told", "pauses"),
    [
        ({"expires_in": 60, "interval": 5}, [5.0] * 12),
        ({"expires_in": "60", "interval": "20"}, [20.0] * 3),
        ({"expires_in": 61, "interval": 20}, [20.0] * 4),
        ({"expires_in": 12}, [5.0] * 3),
        ({"expires_in": 3, "interval": 0}, [1.0] * 3),
        ({"expires_in": 0}, []),
        ({"expires_in": 10**9, "interval": 600}, [600.0] * 3),
    ],
)
def test_a_person_is_waited_for_while_the_code_lasts_at_the_pace_that_is_said(
    told: dict[str, Any], pauses: list[float]
) -> None:
    begun = {"device_code": "d", "user_code": "c", "verification_uri": f"{ISSUER}/go"} | told
    paused: list[float] = []
    of = speaking_with(answering(DEVICE, httpx.Response(200, json=begun), *["authorization_pending"] * 40))
    with pytest.raises(KnownError, match="sign_in_late"):
        of.wait(of.ask(), paused.append)
    assert paused == pauses
    of.close()


def test_each_slow_down_makes_every_later_pause_longer() -> None:
    here, paused = ProviderHere("slow_down", "slow_down", "authorization_pending"), list[float]()
    of = speaking_with(here)
    assert of.wait(of.ask(), paused.append).token
    assert paused == [5.0, 10.0, 15.0, 15.0]
    of.close()


def test_each_question_has_the_form_of_the_standard_and_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oidc.secrets, "token_urlsafe", lambda size: f"nonce {size}")
    here, forms = ProviderHere("authorization_pending"), list[tuple[str, str, dict[str, list[str]]]]()

    def handle(request: httpx.Request) -> httpx.Response:
        forms.append((request.method, request.url.path, parse_qs(request.content.decode())))
        return here(request)

    of = speaking_with(handle)
    asked = of.ask()
    of.wait(asked, lambda _: None)
    of.close()
    assert (asked.nonce, asked.interval_s, asked.lasts_s) == ("nonce 24", 5.0, 60.0)
    token = ("POST", TOKEN, {"grant_type": [GRANT], "device_code": ["d"], "client_id": [CLIENT]})
    assert forms == [
        ("GET", ABOUT, {}),
        (
            "POST",
            DEVICE,
            {"client_id": [CLIENT], "scope": ["openid profile email"], "nonce": ["nonce 24"]},
        ),
        token,
        token,
        ("GET", KEYS, {}),
    ]


@pytest.mark.parametrize(
    ("told", "address", "whole"),
    [
        ({"verification_uri": "https://a.example"}, "https://a.example", "https://a.example"),
        ({"verification_url": "https://a.example"}, "https://a.example", "https://a.example"),
        (
            {"verification_uri": "https://a.example", "verification_uri_complete": "https://a.example/c"},
            "https://a.example",
            "https://a.example/c",
        ),
    ],
)
def test_a_person_is_sent_to_the_address_that_the_provider_says(
    told: dict[str, str], address: str, whole: str
) -> None:
    begun = {"device_code": "d", "user_code": "c", "expires_in": 60} | told
    of = speaking_with(answering(DEVICE, httpx.Response(200, json=begun)))
    asked = of.ask()
    assert (asked.address, asked.whole_address) == (address, whole)
    of.close()


@pytest.mark.parametrize("which", ["verification_uri", "verification_uri_complete"])
def test_a_person_is_not_sent_to_an_address_in_the_clear(which: str) -> None:
    begun = {"device_code": "d", "user_code": "c", "expires_in": 60, "verification_uri": "https://a.example"}
    of = speaking_with(answering(DEVICE, httpx.Response(200, json=begun | {which: "http://a.example"})))
    with pytest.raises(KnownError, match="centre_needs_tls"):
        of.ask()
    of.close()


@pytest.mark.parametrize(
    ("said", "code", "reason"),
    [
        ({}, "provider_answer", "jwks_uri"),
        ({"jwks_uri": 7}, "provider_answer", "jwks_uri"),
        ({"issuer": "https://other.example"}, "provider_answer", "issuer"),
        ({"jwks_uri": "http://login.example/keys"}, "centre_needs_tls", None),
    ],
)
def test_what_a_provider_says_of_itself_must_name_it_and_its_places(
    said: dict[str, Any], code: str, reason: str | None
) -> None:
    of = speaking_with(answering(ABOUT, httpx.Response(200, json={"issuer": ISSUER} | said)))
    with pytest.raises(KnownError, match=code) as caught:
        of.keys()
    if reason:
        assert caught.value.details == {"address": ISSUER, "reason": reason}
    of.close()


def test_keys_are_asked_anew_each_time_and_only_objects_are_keys() -> None:
    here = ProviderHere()
    of = speaking_with(here)
    assert of.keys() == [public(), public_ec()]
    here.keys = [public(), "x", 7]  # type: ignore[list-item]
    assert of.keys() == [public()]
    here.keys = "none"  # type: ignore[assignment]
    assert of.keys() == []
    assert here.asked == [ABOUT, KEYS, KEYS, KEYS]
    of.close()


def test_an_issuer_with_a_stroke_at_its_end_is_asked_at_the_same_place() -> None:
    here = ProviderHere()
    here.issuer = f"{ISSUER}/"
    of = speaking_with(here, f"{ISSUER}/")
    assert of.ask().code == "ABCD-EFGH"
    of.close()
