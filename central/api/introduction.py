"""What a laptop seals and signs its unsent work with when it goes by a stick, and who works at it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool

from app.core.errors import KnownError
from app.sync.id_tokens import Person
from app.sync.parcel import Introduction
from app.sync.wire import Introduce, SignedInAs, SignIn
from central.api.auth import centre_of, needs
from central.api.limits import body_of
from central.api.parsed import USUAL, body_schema, parsed, problems
from central.people import People, holder_of
from central.stores import audit, site_keys
from central.stores.devices import Device, actor_of
from central.stores.engine import changing

router = APIRouter(prefix="/v1")


@router.post(
    "/introduction", responses=USUAL, openapi_extra=body_schema(Introduce, {"public_key": "ab" * 32})
)
async def post_introduction(
    request: Request, device: Annotated[Device, Depends(needs("push"))]
) -> Introduction:
    """A passport for the laptop's public key, and the keys of its fields."""
    asked = await run_in_threadpool(parsed, Introduce, await body_of(request, 4096))

    def introduce() -> Introduction:
        centre = centre_of(request)
        with changing(centre.engine) as connection:
            keys = site_keys.of_site(connection, centre.clock())
        return keys.introduce(device, asked.public_key, centre.clock())

    return await run_in_threadpool(introduce)


@router.post(
    "/person",
    responses={**USUAL, **problems(404)},
    openapi_extra=body_schema(SignIn, {"id_token": "a.b.c"}),
)
async def post_person(request: Request, device: Annotated[Device, Depends(needs("push"))]) -> SignedInAs:
    """Who works at this device from now on: the provider's word is judged here, and the trail has it."""
    asked = await run_in_threadpool(parsed, SignIn, await body_of(request, 32_768))
    centre = centre_of(request)
    if centre.people is None:
        raise HTTPException(404, "no_provider")

    def note(people: People) -> SignedInAs:
        person = _judged(people, asked.id_token)
        holder = holder_of(person.issuer, person.subject)
        told = {"holder": holder, "issuer": person.issuer, "subject": person.subject, "name": person.name}
        with changing(centre.engine) as connection:
            audit.add(connection, actor_of(device), "person signed in", told, centre.clock())
        return SignedInAs(name=person.name)

    return await run_in_threadpool(note, centre.people)


def _judged(people: People, token: str) -> Person:
    try:
        return people.person_of(token)
    except KnownError as error:
        if error.retry:
            raise
        raise HTTPException(422, "id_token") from error
