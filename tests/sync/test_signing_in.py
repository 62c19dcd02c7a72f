"""People sign in at the site's provider: what a token must be, how the flow goes, whose name entries have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core import site as sites
from app.core.errors import KnownError
from app.core.site import Site
from app.core.texts import Speaker
from app.reports.blocks import Paragraph
from app.reports.sections import signatures
from app.services.centre import people, signing_in
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync.id_tokens import Person, checked
from app.sync.transports import oidc
from app.sync.transports.oidc import LONGEST_INTERVAL_S, Asked, Provider
from tests.conftest import NOW
from tests.sync.memory_centre import MemoryCentre, refused, unreachable
from tests.sync.provider import CLIENT, ISSUER, ProviderHere, claims, public, public_ec, token
from tests.sync.records_made import flow_test
from tests.sync.test_transports import answering, certificate_of


def judged(told: str, keys: list[dict[str, Any]] | None = None, **other: Any) -> Person:
    usual = {"issuer": ISSUER, "client_id": CLIENT, "now": NOW}
    return checked(told, [public(), public_ec()] if keys is None else keys, **(usual | other))


# ---- the token ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        token(),
        token(alg="PS256"),
        token(alg="ES256", kid="e1"),
        token(claims(aud=[CLIENT, "other"], azp=CLIENT)),
        token(claims(name=None, email="i@example")),
        token(typ="JWT"),
        token(claims(typ="ID"), typ="application/jwt"),
    ],
)
def test_a_token_that_is_right_says_who_it_is(told: str) -> None:
    person = judged(told)
    assert (person.issuer, person.subject) == (ISSUER, "s-1")
    assert person.name in ("Иванов И.", "i@example")


NOW_S = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (token(alg="none"), "alg"),
        (token(alg="HS256"), "alg"),
        (token(alg="RS512"), "alg"),
        (token(alg=["RS256"]), "alg"),
        (token(crit=["x"]), "crit"),
        (token(typ="at+jwt"), "typ"),
        (token(typ="logout+jwt"), "typ"),
        (token(typ=["JWT"]), "typ"),
        (token(claims(typ="Bearer")), "typ"),
        (token(claims(events={"http://schemas.openid.net/event/backchannel-logout": {}})), "events"),
        (token(number=1), "signature"),
        (token(kid="another"), "signature"),
        (token(alg="ES256", kid="k1"), "signature"),
        (token(claims(iss="https://login.example.evil")), "iss"),
        (token(claims(iss=None)), "iss"),
        (token(claims(aud="another")), "aud"),
        (token(claims(aud=None)), "aud"),
        (token(claims(aud=[CLIENT, "other"])), "azp"),
        (token(claims(azp="another")), "azp"),
        (token(claims(exp=NOW_S - 301)), "exp"),
        (token(claims(exp=None)), "exp"),
        (token(claims(exp="never")), "exp"),
        (token(claims(exp=True)), "exp"),
        (token(claims(exp=10**400)), "exp"),
        (token(claims(iat=NOW_S + 301)), "iat"),
        (token(claims(nbf=NOW_S + 301)), "iat"),
        (token(claims(sub="")), "sub"),
        (token(claims(sub=7)), "sub"),
        ("a.b", "form"),
        ("a.b.c.d", "form"),
        ("ä.b.c", "form"),
        ("x" * 20_000 + "..", "form"),
        (token(["not", "an object"]), "form"),  # type: ignore[arg-type]
    ],
)
def test_a_token_that_is_not_right_is_refused_with_its_reason(told: str, reason: str) -> None:
    with pytest.raises(KnownError, match="id_token") as refused:
        judged(told)
    assert refused.value.details["reason"] == reason


def test_a_changed_letter_anywhere_in_a_token_is_refused() -> None:
    good = token()
    for place in range(0, len(good) - 1, 5):  # the last letter has bits that say nothing
        other = "A" if good[place] != "A" else "B"
        changed = good[:place] + other + good[place + 1 :]
        with pytest.raises(KnownError, match="id_token"):
            judged(changed)


def test_a_nonce_must_be_the_one_that_was_asked_with_and_keys_for_other_uses_are_none() -> None:
    assert judged(token(claims(nonce="n")), nonce="n").subject == "s-1"
    for told in (token(claims(nonce="m")), token()):
        with pytest.raises(KnownError, match="id_token"):
            judged(told, nonce="n")
    for keys in ([public() | {"use": "enc"}], [public() | {"alg": "RS512"}], []):
        with pytest.raises(KnownError, match="id_token"):
            judged(token(), keys)


# ---- the flow ----------------------------------------------------------------------------------------------


@pytest.fixture
def here() -> ProviderHere:
    return ProviderHere("authorization_pending", "slow_down", "authorization_pending")


def provider(here: ProviderHere) -> Provider:
    return Provider(ISSUER, CLIENT, lambda: NOW, transport=httpx.MockTransport(here))


def test_a_person_signs_in_with_a_code_and_is_waited_for_as_the_provider_says(here: ProviderHere) -> None:
    pauses: list[float] = []
    of = provider(here)
    asked = of.ask()
    assert (asked.address, asked.code) == (f"{ISSUER}/go", "ABCD-EFGH")
    assert of.wait(asked, pauses.append).name == "Иванов И."
    assert pauses == [5.0, 5.0, 10.0, 10.0]
    of.close()


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (("access_denied",), "sign_in_denied"),
        (("expired_token",), "sign_in_late"),
        (("authorization_pending",) * 40, "sign_in_late"),
    ],
)
def test_a_sign_in_that_does_not_come_is_told(answers: tuple[str, ...], code: str) -> None:
    of = provider(ProviderHere(*answers))
    asked = of.ask()
    with pytest.raises(KnownError, match=code):
        of.wait(asked, lambda _: None)
    of.close()


def test_another_nonce_and_keys_of_somebody_else_are_refused(here: ProviderHere) -> None:
    for given, keys in (
        (lambda _: token(claims(nonce="another")), [public()]),
        (lambda nonce: token(claims(nonce=nonce)), [public(number=1)]),
    ):
        here.given, here.keys, here.answers = given, keys, []
        of = provider(here)
        asked = of.ask()
        with pytest.raises(KnownError, match="id_token"):
            of.wait(asked, lambda _: None)
        of.close()


def test_a_provider_that_is_another_or_would_speak_in_the_clear_is_refused(here: ProviderHere) -> None:
    here.issuer = "https://login.example.evil"
    of = provider(here)
    with pytest.raises(KnownError, match="provider_answer"):
        of.ask()
    of.close()
    with pytest.raises(KnownError, match="centre_needs_tls"):
        Provider("http://login.example", CLIENT, lambda: NOW, transport=httpx.MockTransport(here))
    broken = Provider(
        ISSUER, CLIENT, lambda: NOW, transport=httpx.MockTransport(lambda _: httpx.Response(302))
    )
    with pytest.raises(KnownError, match="provider_answer"):
        broken.ask()
    broken.close()


@pytest.mark.parametrize(
    "told",
    [
        {"user_code": None},
        {"device_code": None},
        {"verification_uri": None},
        {"expires_in": "soon"},
        {"interval": [5]},
        {"interval": "nan"},
    ],
)
def test_a_provider_that_begins_without_what_a_sign_in_needs_is_told_of_and_nothing_is_asked_on(
    here: ProviderHere, told: dict[str, Any]
) -> None:
    def without(request: httpx.Request) -> httpx.Response:
        answer = here(request)
        if request.url.path != "/device":
            return answer
        left = {key: value for key, value in (answer.json() | told).items() if value is not None}
        return httpx.Response(200, json=left)

    of = Provider(ISSUER, CLIENT, lambda: NOW, transport=httpx.MockTransport(without))
    with pytest.raises(KnownError, match="provider_answer") as error:
        of.ask()
    assert error.value.details["address"] == ISSUER
    assert "/token" not in here.asked
    of.close()


@pytest.mark.parametrize("interval", [1e300, "inf", 86_400])
def test_no_pause_is_longer_than_one_that_a_provider_can_mean(here: ProviderHere, interval: Any) -> None:
    """A provider that said "inf" was waited for without end."""

    def seldom(request: httpx.Request) -> httpx.Response:
        answer = here(request)
        told = answer.json() | ({"interval": interval} if request.url.path == "/device" else {})
        return httpx.Response(answer.status_code, json=told)

    here.answers, pauses = [], list[float]()
    of = Provider(ISSUER, CLIENT, lambda: NOW, transport=httpx.MockTransport(seldom))
    assert of.wait(of.ask(), pauses.append).name == "Иванов И."
    assert pauses == [LONGEST_INTERVAL_S]
    of.close()


@pytest.mark.parametrize("address", ["https://[", "javascript:alert(1)", "http://login.example/go", "/go"])
def test_an_address_that_a_person_could_not_be_sent_to_is_refused(here: ProviderHere, address: str) -> None:
    def elsewhere(request: httpx.Request) -> httpx.Response:
        answer = here(request)
        told = answer.json() | ({"verification_uri": address} if request.url.path == "/device" else {})
        return httpx.Response(answer.status_code, json=told)

    of = Provider(ISSUER, CLIENT, lambda: NOW, transport=httpx.MockTransport(elsewhere))
    with pytest.raises(KnownError, match="centre_address|centre_needs_tls"):
        of.ask()
    of.close()


def _same(answer: httpx.Response, _: httpx.Request) -> httpx.Response:
    return answer


def test_an_answer_that_does_not_end_is_none(here: ProviderHere, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    def endless(piece: bytes) -> Iterator[bytes]:
        while len(given) < 1_000:
            given.append(len(piece))
            yield piece

    for piece, longest_s in ((b" " * 65_536, 60.0), (b" ", -1.0)):
        given.clear()
        monkeypatch.setattr(oidc, "LONGEST_ANSWER_S", longest_s)
        answer = httpx.Response(200, content=endless(piece))
        transport = httpx.MockTransport(partial(_same, answer))
        of = Provider(ISSUER, CLIENT, lambda: NOW, transport=transport)
        with pytest.raises(KnownError, match="provider_answer"):
            of.ask()
        assert len(given) < 20, "what is too long, or comes for too long, is not waited out"
        of.close()


@pytest.mark.parametrize("status", [400, 401, 403])
def test_that_a_person_is_still_waited_for_is_heard_under_any_status_that_providers_say_it_with(
    here: ProviderHere, status: int
) -> None:
    def said(request: httpx.Request) -> httpx.Response:
        answer = here(request)
        return answer if answer.status_code == 200 else httpx.Response(status, json=answer.json())

    of = Provider(ISSUER, CLIENT, lambda: NOW, transport=httpx.MockTransport(said))
    assert of.wait(of.ask(), lambda _: None).name == "Иванов И."
    of.close()


def test_a_provider_that_sends_on_to_another_host_is_not_followed_there(here: ProviderHere) -> None:
    hosts: list[str] = []

    def sends_on(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        if request.url.path == "/device":
            return httpx.Response(307, headers={"Location": "https://login.example.evil/device"})
        return here(request)

    of = Provider(ISSUER, CLIENT, lambda: NOW, transport=httpx.MockTransport(sends_on))
    with pytest.raises(KnownError, match="provider_answer"):
        of.ask()
    assert set(hosts) == {"login.example"}
    of.close()


def test_a_provider_is_asked_only_under_a_certificate_that_the_system_or_the_company_vouches_for(
    tmp_path: Path,
) -> None:
    own = certificate_of(tmp_path, "127.0.0.1")
    with answering(404, b"{}", certificate=own) as (port, seen):
        for ca_file, code, asked in (("", "provider_unreachable", 0), (str(own), "provider_answer", 1)):
            of = Provider(f"https://127.0.0.1:{port}", CLIENT, lambda: NOW, ca_file=ca_file)
            with pytest.raises(KnownError, match=code):
                of.ask()
            of.close()
            assert len(seen) == asked


def test_what_a_provider_was_asked_by_is_closed_with_it(here: ProviderHere) -> None:
    of = provider(here)
    of.close()
    with pytest.raises(RuntimeError, match="closed"):
        of.ask()
    assert here.asked == []


# ---- on the laptop -----------------------------------------------------------------------------------------


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made = Site(oidc_issuer=ISSUER, oidc_client=CLIENT)
    for module in (people, signing_in, sites):
        monkeypatch.setattr(module, "site", lambda: made)
    return


def signed(workspace: Workspace, here: ProviderHere) -> people.SignedIn:
    told: list[Asked] = []
    person = signing_in.sign_in(workspace, provider(here), told.append, lambda _: None)
    assert told[0].code == "ABCD-EFGH"
    return person


@pytest.mark.usefixtures("offered")
def test_entries_have_the_name_of_who_signed_in_and_not_what_the_settings_say(
    workspace: Workspace, here: ProviderHere
) -> None:
    workspace.settings.set("author", "typed")
    assert people.author_of(workspace) == "typed"
    assert signed(workspace, here).subject == "s-1"
    record = entries.save_record(workspace, flow_test())
    last = workspace.journal.last_of_record(record.id)
    assert last is not None
    assert last.payload["author"] == "Иванов И."
    assert "Иванов" not in workspace.paths.secrets.read_bytes().decode("utf-8", "replace")
    people.sign_out(workspace)
    assert people.author_of(workspace) == "typed"


@pytest.mark.usefixtures("offered")
def test_the_providers_word_goes_to_the_centre_once_and_waits_for_one_that_is_away(
    workspace: Workspace, here: ProviderHere, memory_centre: MemoryCentre
) -> None:
    people.hand_over(workspace, memory_centre)
    assert memory_centre.people == [], "nobody signed in"
    signed(workspace, here)
    memory_centre.trouble.next["signed_in"] = [unreachable()]
    with pytest.raises(KnownError, match="centre_unreachable"):
        people.hand_over(workspace, memory_centre)
    for _ in range(2):
        people.hand_over(workspace, memory_centre)
    (word,) = memory_centre.people
    assert judged(word).subject == "s-1"
    signed(workspace, here)
    memory_centre.trouble.next["signed_in"] = [refused()]
    for _ in range(2):
        people.hand_over(workspace, memory_centre)
    signed(workspace, here)
    people.sign_out(workspace)
    people.hand_over(workspace, memory_centre)
    assert memory_centre.people == [word], "what is not taken is dropped, and who signed out is not told"


@pytest.mark.usefixtures("offered")
def test_who_signed_in_is_forgotten_after_thirty_days_and_at_another_provider(
    workspace: Workspace, here: ProviderHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(workspace, here)
    workspace.clock = lambda: NOW + timedelta(days=29)
    assert people.signed_in(workspace) is not None
    workspace.clock = lambda: NOW + timedelta(days=31)
    assert people.signed_in(workspace) is None
    workspace.clock = lambda: NOW
    monkeypatch.setattr(people, "site", lambda: Site(oidc_issuer="https://another.example"))
    assert people.signed_in(workspace) is None


@pytest.mark.usefixtures("offered")
def test_a_refused_sign_in_leaves_who_was_there(workspace: Workspace, here: ProviderHere) -> None:
    signed(workspace, here)
    with pytest.raises(KnownError, match="sign_in_denied"):
        signing_in.sign_in(workspace, provider(ProviderHere("access_denied")), lambda _: None, lambda _: None)
    person = people.signed_in(workspace)
    assert person is not None
    assert person.name == "Иванов И."


def test_where_it_named_no_provider_nobody_signs_in(workspace: Workspace) -> None:
    with pytest.raises(KnownError, match="sign_in_not_set_up"):
        signing_in.provider(workspace)
    assert people.signed_in(workspace) is None


@pytest.mark.parametrize("who", ["signed in", "typed"])
def test_a_reports_signature_says_whether_the_name_was_signed_in_or_typed(who: str) -> None:
    person = people.SignedIn(ISSUER, "s-1", "Иванов И.", NOW) if who == "signed in" else None
    options = {"roles": "", "author": "Иванов И.", "signed_in": person, "sign_in_offered": True}
    last = signatures.make(None, Speaker("en"), options)[-1]  # type: ignore[arg-type]
    assert isinstance(last, Paragraph)
    assert (ISSUER in last.text) == (who == "signed in")
    plain = signatures.make(None, Speaker("en"), {"roles": "", "author": "x"})  # type: ignore[arg-type]
    assert not isinstance(plain[-1], Paragraph)
