"""People at the centre: by tokens of the site's provider, with roles that were given to them by field."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from app.core.errors import KnownError
from app.sync.wire import Batch, Receipts, is_genuine, payload_sha256, token_key
from central import people
from central.api.app import make_app
from central.people import People, holder_of
from central.stores import audit, roles
from central.stores.engine import changing, reading
from central.stores.roles import Grant
from tests.central.asked_here import Asked, answers
from tests.central.test_api import entry
from tests.central.test_roles import FILLED, NEEDED, NORTH, SOUTH, centre, device
from tests.conftest import NOW
from tests.sync.provider import CLIENT, ISSUER, claims, public, public_ec, token
from tests.sync.test_signing_in import NOW_S

__all__ = ["centre"]


class Keys:
    """The provider's set, and how often it was asked for."""

    def __init__(self) -> None:
        self.told, self.asked, self.away = [public(), public_ec()], 0, False

    def __call__(self) -> list[dict[str, Any]]:
        self.asked += 1
        if self.away:
            raise KnownError("provider_unreachable", retry=True, address=ISSUER, reason="x")
        return list(self.told)


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def site(centre: Any, keys: Keys) -> Iterator[Any]:
    centre.people = People(ISSUER, CLIENT, lambda: NOW, keys)
    yield centre
    centre.people = None


def person(site: Any, *grants: tuple[str, str]) -> str:
    """The subject of somebody to whom these roles were given."""
    subject = uuid.uuid4().hex
    with changing(site.engine) as connection:
        for role, field in grants:
            roles.give(connection, Grant(holder_of(ISSUER, subject), role, field), NOW, "it")
    return subject


def ask(site: Any, told: str, method: str = "GET", path: str = "/v1/hello", **more: Any) -> Any:
    head = {"Authorization": f"Bearer {told}"}
    return answers(make_app(site), [(method, path, {"headers": head, **more})])[0]


def test_a_person_is_told_the_fields_of_his_roles_and_no_other(site: Any) -> None:
    subject = person(site, ("engineer", NORTH), ("supervisor", SOUTH))
    told = ask(site, token(claims(sub=subject))).json()
    assert (told["device"], told["fields"]) == ("Иванов И.", sorted([NORTH, SOUTH]))
    assert told["roles"] == ["engineer", "supervisor"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"told": token(alg="none")},
        {"told": token(alg="HS256")},
        {"told": token(number=1)},
        {"told": token(kid="nobody's")},
        {"told": token()[:-8] + "AAAAAAAA"},
        {"told": "a.b.c"},
        {"told": ".."},
        {"told": "x" * 30_000 + ".."},
        {"claims": {"iss": "https://login.example.evil"}},
        {"claims": {"aud": "another"}},
        {"claims": {"exp": NOW_S - 301}},
        {"claims": {"iat": NOW_S + 301}},
        {"claims": {"nbf": NOW_S + 301}},
    ],
    ids=range(13),
)
def test_a_token_that_is_not_right_is_nobodys(site: Any, wrong: dict[str, Any]) -> None:
    subject = person(site, ("engineer", "*"))
    told = wrong.get("told") or token(claims(sub=subject, **wrong["claims"]))
    answer = ask(site, told)
    assert (answer.status_code, answer.json()) == (401, {"code": "token"})


def test_clocks_may_differ_by_minutes(site: Any) -> None:
    subject = person(site, ("engineer", "*"))
    for other in ({"exp": NOW_S - 299}, {"iat": NOW_S + 299}):
        assert ask(site, token(claims(sub=subject, **other))).status_code == 200


def test_a_device_tells_who_works_at_it_and_the_trail_has_what_the_provider_said(site: Any) -> None:
    """Not what the laptop says: a word that is wrong, late or another provider's is refused and not noted."""
    by, own = device(site.engine)
    word = token(claims(sub="s-9"))
    answer = ask(site, own, "POST", "/v1/person", json={"id_token": word})
    assert (answer.status_code, answer.json()) == (200, {"name": "Иванов И."})
    for wrong in (token(number=1), token(claims(exp=NOW_S - 301)), token(claims(aud="another")), "a.b.c"):
        answer = ask(site, own, "POST", "/v1/person", json={"id_token": wrong})
        assert (answer.status_code, answer.json()["code"]) == (422, "id_token")
    with reading(site.engine) as connection:
        rows = [row for row in audit.rows(connection) if by.id in row.actor and row.act == "person signed in"]
        assert audit.verify(connection)[1] == []
    assert [(row.told()["subject"], row.told()["name"]) for row in rows] == [("s-9", "Иванов И.")]
    site.people = None
    assert ask(site, own, "POST", "/v1/person", json={"id_token": word}).status_code == 404


def test_somebody_without_a_role_here_sees_nothing_and_does_nothing(site: Any) -> None:
    told = token(claims(sub=person(site)))
    assert ask(site, told).json()["fields"] == []
    head = {"Authorization": f"Bearer {told}"}
    asked: list[Asked] = [(method, path.format(**FILLED), {"headers": head}) for method, path in NEEDED]
    for needed, answer in zip(NEEDED.values(), answers(make_app(site), asked), strict=True):
        assert (answer.status_code == 403) == (needed not in (None, "anybody known")), answer.url


def test_the_same_subject_of_another_provider_is_somebody_else(site: Any, keys: Keys) -> None:
    subject = person(site, ("engineer", NORTH))
    site.people = People("https://other.example", CLIENT, lambda: NOW, keys)
    assert ask(site, token(claims(sub=subject, iss="https://other.example"))).json()["fields"] == []


def test_a_person_enters_under_his_own_name_where_his_role_is_and_the_trail_says_who(
    site: Any,
) -> None:
    told = token(claims(sub=person(site, ("engineer", NORTH))))

    def by(field: str, author: str) -> Any:
        made = entry(field)
        payload = made.payload | {"author": author}
        return made.model_copy(update={"payload": payload, "payload_sha256": payload_sha256(payload)})

    batch = Batch(entries=(by(NORTH, "Иванов И."), by(NORTH, "Петров"), by(SOUTH, "Иванов И.")))
    answer = ask(site, told, "POST", "/v1/batches", content=batch.model_dump_json())
    receipts = Receipts.model_validate_json(answer.content).receipts
    assert all(is_genuine(one, token_key(told)) for one in receipts)
    said = [(one.status, one.code) for one in receipts]
    assert said == [("accepted", ""), ("rejected", "author_not_yours"), ("rejected", "field_not_yours")]
    with reading(site.engine) as connection:
        acts = [row for row in audit.rows(connection) if row.act == "entries"]
    assert acts[-1].actor.startswith("person Иванов И. ")


def test_a_role_that_was_taken_is_gone_by_the_very_next_request(site: Any) -> None:
    subject = person(site, ("engineer", NORTH))
    told = token(claims(sub=subject))
    assert ask(site, told, path="/v1/changes").status_code == 200
    with changing(site.engine) as connection:
        roles.take(connection, Grant(holder_of(ISSUER, subject), "engineer", NORTH), NOW, "it")
    assert ask(site, told, path="/v1/changes").status_code == 403


def test_a_new_key_is_asked_for_once_and_keys_that_nobody_has_do_not_trouble_the_provider(
    site: Any, keys: Keys
) -> None:
    clock = [1_000.0]
    site.people = People(ISSUER, CLIENT, lambda: NOW, keys, lambda: clock[0])
    told = token(claims(sub=person(site, ("engineer", NORTH))))
    later = token(claims(sub=person(site, ("engineer", NORTH))), number=1, kid="k2")
    assert ask(site, told).status_code == 200
    for _ in range(20):
        assert ask(site, later).status_code == 401
    assert keys.asked == 1
    keys.told.append(public("k2", number=1))
    clock[0] += 61
    assert ask(site, later).status_code == 200
    assert keys.asked == 2


def test_while_the_provider_is_away_its_keys_hold_for_a_day_and_then_it_is_said(
    site: Any, keys: Keys
) -> None:
    clock = [1_000.0]
    site.people = People(ISSUER, CLIENT, lambda: NOW, keys, lambda: clock[0])
    told = token(claims(sub=person(site, ("engineer", NORTH))))
    assert ask(site, told).status_code == 200
    keys.away = True
    clock[0] += 23 * 3_600
    assert ask(site, told).status_code == 200
    clock[0] += 2 * 3_600
    answer = ask(site, told)
    assert (answer.status_code, answer.json()) == (503, {"code": "provider_unreachable"})
    assert ask(site, device(site.engine)[1]).status_code == 200, "devices wait for nobody"


def test_nobody_waits_for_a_provider_that_hangs_while_another_asks_it(keys: Keys) -> None:
    clock, asked, answers_now = [1_000.0], Event(), Event()

    def hangs() -> list[dict[str, Any]]:
        if keys.asked:
            asked.set()
            assert answers_now.wait(10)
        return keys()

    known = People(ISSUER, CLIENT, lambda: NOW, hangs, lambda: clock[0])
    told = token(claims(sub="somebody"))
    assert known.person_of(told).subject == "somebody"
    clock[0] += 2 * 3_600
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(known.person_of, told)
        assert asked.wait(10)
        assert known.person_of(told).subject == "somebody", "by the keys that are there"
        answers_now.set()
        assert waiting.result(10).subject == "somebody"
    assert keys.asked == 2


def test_where_no_provider_was_named_a_persons_token_is_nobodys(centre: Any) -> None:
    assert ask(centre, token()).status_code == 401
    assert people.people_of("", "", "", lambda: NOW) is None
    with pytest.raises(KnownError, match="centre_needs_tls"):
        people.people_of("http://login.example", CLIENT, "", lambda: NOW)
    with pytest.raises(KnownError, match="value_wrong"):
        people.people_of(ISSUER, "", "", lambda: NOW)
