"""The borders of what a token may say: times to the second, lengths to the letter, whose name it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.errors import KnownError
from app.models.limits import LONGEST_NAME
from app.sync import id_tokens
from app.sync.id_tokens import Person, checked, has_nonce, key_named
from tests.conftest import NOW
from tests.sync.provider import CLIENT, ISSUER, claims, coded, public, public_ec, token

NOW_S = int(NOW.timestamp())
AT = datetime.fromtimestamp(NOW_S, UTC)


def judged(told: str, keys: list[dict[str, Any]] | None = None, **other: Any) -> Person:
    usual = {"issuer": ISSUER, "client_id": CLIENT, "now": AT}
    return checked(told, [public(), public_ec()] if keys is None else keys, **(usual | other))


def reason(told: str, keys: list[dict[str, Any]] | None = None, **other: Any) -> str:
    with pytest.raises(KnownError, match="id_token") as caught:
        judged(told, keys, **other)
    return str(caught.value.details["reason"])


@pytest.mark.parametrize(
    ("of", "why"),
    [({"exp": NOW_S - 300}, "exp"), ({"iat": NOW_S + 300}, "iat"), ({"nbf": NOW_S + 300}, "iat")],
)
def test_clocks_may_differ_by_five_minutes_and_not_by_more(of: dict[str, int], why: str) -> None:
    told = token(claims(**of))
    assert judged(told).subject == "s-1"
    later = timedelta(milliseconds=1 if why == "exp" else -1)
    assert reason(told, now=AT + later) == why


@pytest.mark.parametrize(("at", "why"), [(-1, "exp"), (1 << 33, "exp"), ("5", "exp"), (True, "exp")])
def test_a_moment_is_a_number_of_seconds_that_a_calendar_has(at: Any, why: str) -> None:
    assert reason(token(claims(exp=at))) == why
    assert judged(token(claims(exp=(1 << 33) - 1))).until.year == 2242
    assert judged(token(claims(iat=0))).until == AT + timedelta(seconds=600)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"name": "А", "preferred_username": "b", "email": "c"}, "А"),
        ({"name": None, "preferred_username": "b", "email": "c"}, "b"),
        ({"name": " ", "email": "c"}, "c"),
        ({"name": 7}, "s-1"),
        ({"name": " А \n Б "}, "А Б"),
        ({"name": "x" * (LONGEST_NAME + 1)}, "x" * LONGEST_NAME),
        ({"name": None, "sub": "s" * 255}, "s" * min(255, LONGEST_NAME)),
    ],
)
def test_a_person_has_the_first_name_that_is_one_and_else_what_never_changes(
    said: dict[str, Any], name: str
) -> None:
    assert judged(token(claims(**said))).name == name


def test_what_never_changes_of_a_person_is_a_text_of_a_length() -> None:
    for right in ("x", "x" * 255):
        assert judged(token(claims(sub=right))).subject == right
    for wrong in ("", "x" * 256, ["x"], None):
        assert reason(token(claims(sub=wrong))) == "sub"


@pytest.mark.parametrize(
    ("audience", "party", "why"),
    [
        (CLIENT, None, ""),
        ([CLIENT], None, ""),
        ([CLIENT], CLIENT, ""),
        ([CLIENT, "b"], CLIENT, ""),
        ([CLIENT, "b"], None, "azp"),
        ([CLIENT], "b", "azp"),
        (["b"], CLIENT, "aud"),
        (f"{CLIENT}s", None, "aud"),
        ([], None, "aud"),
    ],
)
def test_a_token_is_for_us_alone_or_says_that_we_asked(audience: Any, party: str | None, why: str) -> None:
    told = token(claims(aud=audience, azp=party))
    if why:
        assert reason(told) == why
    else:
        assert judged(told).subject == "s-1"


@pytest.mark.parametrize(
    ("more", "is_one"),
    [
        ({}, True),
        ({"use": "sig"}, True),
        ({"use": "enc"}, False),
        ({"alg": "RS256"}, True),
        ({"alg": "PS256"}, False),
        ({"kty": "EC"}, False),
        ({"kid": "k2"}, False),
        ({"n": ""}, False),
        ({"e": ""}, False),
    ],
)
def test_a_key_is_taken_for_what_it_says_that_it_is_for(more: dict[str, str], *, is_one: bool) -> None:
    keys = [public_ec(), public() | more]
    if is_one:
        assert judged(token(), keys).subject == "s-1"
    else:
        assert reason(token(), keys) == "signature"


def test_a_key_without_a_name_in_the_head_is_sought_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    told = token(kid=None)
    assert judged(told, [public("a", 1), public("b")]).subject == "s-1"
    assert reason(told, [public("a", 1)]) == "signature"
    monkeypatch.setattr(id_tokens, "LEAST_RSA_BITS", 2048)
    assert judged(told, [public("b")]).subject == "s-1"
    monkeypatch.setattr(id_tokens, "LEAST_RSA_BITS", 2049)
    assert reason(told, [public("b")]) == "signature", "a key that is too short vouches for nothing"


@pytest.mark.parametrize("other", [{"crv": "P-384"}, {"x": coded(b"1")}, {"y": ""}])
def test_a_point_is_taken_on_its_own_curve_only(other: dict[str, str]) -> None:
    told = token(alg="ES256", kid="e1")
    assert judged(told, [public_ec()]).subject == "s-1"
    assert reason(told, [public_ec() | other]) == "signature"
    assert reason(told[:-4], [public_ec()]) == "signature", "one half and a bit"


def test_a_token_may_be_so_long_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    told = token()
    monkeypatch.setattr(id_tokens, "LONGEST", len(told))
    assert judged(told).subject == "s-1"
    assert key_named(told) == "k1"
    monkeypatch.setattr(id_tokens, "LONGEST", len(told) - 1)
    assert reason(told) == "form"
    with pytest.raises(KnownError, match="id_token"):
        key_named(told)


def test_what_a_token_names_is_read_without_belief() -> None:
    assert key_named(token(kid="k" * 300)) == "k" * 200
    assert key_named(coded(b"{}") + ".x.y") == ""
    assert key_named(coded(b'{"kid": 7}') + ".x.y") == "7"
    assert has_nonce(token(claims(nonce="n")))
    assert not has_nonce(token())
    for broken in ("%%%", coded(b"[]"), coded(b"{"), coded(b"[" * 9_000)):
        with pytest.raises(KnownError, match="id_token") as caught:
            key_named(broken + ".x.y")
        assert caught.value.details["reason"] == "form"
