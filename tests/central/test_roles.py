"""Roles: one table, one function, every endpoint, every kind of entry."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.routing import APIRoute

from app.core.clock import utc_now
from app.sync.wire import payload_sha256
from central.accept import accept
from central.api.app import ROUTERS, make_app
from central.api.limits import AtOnce, RateLimit
from central.config import Config
from central.metrics import Metrics
from central.refused import Refusals
from central.stores import devices, roles, wells
from central.stores.devices import Device
from central.stores.engine import changing, open_engine, reading
from central.stores.roles import Grant
from central.stores.tables import VERSIONS
from tests.central.asked_here import Asked, answers
from tests.central.at_the_command_line import Line
from tests.central.test_api import entry
from tests.profiles import centre_tables

NORTH, SOUTH = "Северное", "Южное"
NEEDED = {
    ("GET", "/health"): None,
    ("GET", "/ready"): None,
    ("GET", "/openapi.json"): "anybody known",
    ("GET", "/v1/hello"): "anybody known",
    ("GET", "/metrics"): "metrics",
    ("PUT", "/v1/entries/{entry_id}"): "push",
    ("POST", "/v1/batches"): "push",
    ("GET", "/v1/entries/{entry_id}"): "push",
    ("POST", "/v1/entries/lacking"): "push",
    ("POST", "/v1/introduction"): "push",
    ("POST", "/v1/person"): "push",
    ("POST", "/v1/unsent"): "push",
    ("GET", "/v1/documents/{sha256}/offset"): "push",
    ("PUT", "/v1/documents/{sha256}"): "push",
    ("GET", "/v1/documents/{sha256}"): "see",
    ("GET", "/v1/changes"): "see",
    ("GET", "/v1/records/sums"): "see",
    ("GET", "/v1/records/part"): "see",
    ("POST", "/v1/read/{name}"): "see",
    ("POST", "/v1/readings"): "readings",
    ("POST", "/v1/files"): "files",
    ("GET", "/v1/models"): "models",
    ("GET", "/v1/models/{name}/{version}"): "models",
    ("GET", "/v1/models/feed/{part}/{name}"): "models",
    ("GET", "/v1/decisions"): "models",
    ("GET", "/v1/updates/{part}/{name}"): "anybody known",
}
"""What each endpoint asks for. A new one is written down here."""
MAY = {
    "engineer": {"push", "see", "files", "models"},
    "technologist": {"push", "see", "files", "models"},
    "supervisor": {"push", "see", "models"},
    "administrator": {"metrics"},
    "data_engineer": {"push", "see", "readings", "files", "models", "metrics"},
    "nothing": set[str](),
}
FILLED = {
    "entry_id": str(uuid.UUID(int=1)),
    "sha256": "0" * 64,
    "name": "months",
    "version": "1",
    "part": "metadata",
}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    engine = centre_tables(tmp_path_factory.mktemp("centre") / "centre.sqlite")
    yield here(engine)
    engine.dispose()


def here(engine: sa.Engine) -> Any:
    """A centre of which only the store is there."""
    return SimpleNamespace(
        engine=engine,
        clock=utc_now,
        metrics=Metrics(),
        rates=RateLimit(100_000),
        bad_tokens=RateLimit(100_000),
        at_work=AtOnce(8),
        long_work=AtOnce(2),
        people=None,
        reads=AtOnce(8),
        refusals=Refusals(engine, utc_now),
        relay=SimpleNamespace(wake=lambda: None),
        workers=[],
        config=Config(Path("x")),
    )


def device(engine: sa.Engine, *grants: tuple[str, str]) -> tuple[Device, str]:
    with changing(engine) as connection:
        made, token = devices.add(connection, "d", (NORTH, SOUTH), devices.SCOPES, utc_now())
        for role, field in grants:
            roles.give(connection, Grant(made.id, role, field), utc_now(), "it")
        return roles.with_roles(connection, made), token


def routes() -> list[tuple[str, str]]:
    return [
        (method, route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods)
    ]


def test_every_endpoint_and_every_role(centre: Any) -> None:
    """A role that has not what an endpoint asks for is refused there, and nothing of it is done; any other is
    let in, whatever it then finds.
    """
    app = make_app(centre)
    assert set(routes()) == set(NEEDED)
    for role, may in MAY.items():
        head = {"Authorization": f"Bearer {device(centre.engine, (role, '*'))[1]}"}
        asked: list[Asked] = [(method, path.format(**FILLED), {"headers": head}) for method, path in NEEDED]
        for (place, needed), answer in zip(NEEDED.items(), answers(app, asked), strict=True):
            refused = needed not in (None, "anybody known") and needed not in may
            assert (answer.status_code == 403) == refused, (role, place, answer.status_code)
            if refused:
                assert answer.json() == {"code": "role"}
            assert answer.status_code != 401


def test_without_a_token_nothing_but_health_is_answered(centre: Any) -> None:
    closed = [place for place, needed in NEEDED.items() if needed is not None]
    asked: list[Asked] = [(method, path.format(**FILLED), {}) for method, path in closed]
    assert {answer.status_code for answer in answers(make_app(centre), asked)} == {401}


def test_the_table_names_every_role_and_only_rights_that_there_are() -> None:
    assert set(roles.ROLES) == set(MAY)
    assert all(rights <= set(roles.RIGHTS) for rights in roles.ROLES.values())
    assert set(devices.SCOPES) == {scope for scope in roles.OF_SCOPE if scope}


def test_a_role_in_one_field_is_none_in_another(centre: Any) -> None:
    one, _ = device(centre.engine, ("engineer", NORTH), ("supervisor", SOUTH))
    seen, entering = roles.narrowed(one, (roles.SEE,)), roles.narrowed(one, (roles.ENTER,))
    assert seen is not None
    assert entering is not None
    assert (seen.fields, entering.fields) == ((NORTH, SOUTH), (NORTH,))
    said = accept(centre.engine, one, (entry(NORTH), entry(SOUTH)), utc_now)
    assert [(r.status, r.code) for r in said] == [("accepted", ""), ("rejected", "role_forbids")]


def test_an_entry_before_it_opens_no_well_of_a_field_in_which_this_one_may_nothing(centre: Any) -> None:
    """Both name one well by its uid; the second claims the field where such an entry is allowed."""
    one, _ = device(centre.engine, ("engineer", NORTH), ("technologist", SOUTH))
    first, again, made = entry(SOUTH), entry(SOUTH), entry(NORTH)
    assert first.well is not None
    assert accept(centre.engine, one, (first,), utc_now)[0].status == "accepted"
    payload = made.payload | {"kind": "reservoir", "values": {"reservoir_pressure_pa": 21.5e6}}
    claims = first.well.model_copy(update={"field": NORTH})
    second = made.model_copy(
        update={"payload": payload, "payload_sha256": payload_sha256(payload), "well": claims}
    )
    said = accept(centre.engine, one, (again, second), utc_now)
    assert [one.status for one in said] == ["accepted", "accepted"], said
    with reading(centre.engine) as connection:
        theirs = wells.find(connection, first.well, (SOUTH,))
        assert theirs is not None
        told = sa.select(VERSIONS.c.well_id).where(VERSIONS.c.entry_id == second.id)
        assert theirs.id not in connection.execute(told).scalars().all()


@pytest.mark.parametrize(
    ("kind", "role", "accepted"),
    [
        ("note", "technologist", True),
        ("note", "supervisor", False),
        ("note", "data_engineer", False),
        ("rod_string", "engineer", True),
        ("rod_string", "technologist", False),
        ("well_passport", "technologist", False),
        ("finding_decision", "technologist", False),
        ("finding_decision", "supervisor", True),
    ],
)
def test_a_kind_of_record_asks_for_its_right(centre: Any, kind: str, role: str, accepted: bool) -> None:
    one, _ = device(centre.engine, (role, "*"))
    made = entry(NORTH)
    payload = made.payload | {"kind": kind}
    made = made.model_copy(update={"payload": payload, "payload_sha256": payload_sha256(payload)})
    code = accept(centre.engine, one, (made,), utc_now)[0].code
    assert (code != "role_forbids") == accepted


def test_a_device_without_roles_may_what_its_scopes_say(centre: Any) -> None:
    one, _ = device(centre.engine)
    assert one.grants is None
    for rights in roles.OF_SCOPE.values():
        assert roles.narrowed(one, rights) is one


def test_taking_the_last_role_of_a_device_gives_it_nothing(line: Line) -> None:
    """It had all that its scopes say again, in every field of it: who took a right away gave them all."""
    engine = open_engine(f"sqlite:///{line.folder / 'centre.sqlite'}")
    made, _ = device(engine, ("supervisor", NORTH))

    def may() -> list[str]:
        with reading(engine) as connection:
            now = roles.with_roles(connection, replace(made, grants=None))
        return [right for right in roles.RIGHTS if roles.narrowed(now, (right,))]

    assert may() == ["see", "decide", "models"]
    line("role", "take", "d", "supervisor", "--field", NORTH)
    assert may() == []
    assert line("role", "list") == [{"whose": "d", "role": "nothing", "field": "*"}]
    line("role", "give", "d", "technologist", "--field", SOUTH)
    assert may() == ["see", "enter", "files", "models"]
    line("role", "take", "d", "technologist", "--field", SOUTH)
    assert may() == []
    line("role", "take", "d", "nothing")
    assert may() == list(roles.RIGHTS), "that was asked for"
    engine.dispose()


def test_roles_are_given_and_taken_at_the_command_line_and_stand_in_the_trail(line: Line) -> None:
    made = open_engine(f"sqlite:///{line.folder / 'centre.sqlite'}")
    device(made)
    made.dispose()
    line("role", "give", "d", "engineer", "--field", NORTH)
    assert line("role", "list") == [{"whose": "d", "role": "engineer", "field": NORTH}]
    assert line("role", "give", "d", "king") == []
    assert "king" in line.complaint
    assert line("role", "give", "nobody", "engineer") == []
    assert line("role", "take", "d", "engineer", "--field", NORTH) == [{"taken": 1}]
    assert line("role", "take", "d", "engineer", "--field", NORTH) == []
    assert [row["act"] for row in line("audit", "show")] == ["role given", "role taken"]
