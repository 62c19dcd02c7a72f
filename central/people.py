"""People by the tokens of the site's provider (OpenID Connect): its signature says who somebody is, the roles
that were given to him here, by field, what he may.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import Clock
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.sync.id_tokens import Person, checked, key_named
from app.sync.transports.oidc import Provider
from app.sync.wire import token_key
from central.logs import log, reason_of
from central.stores import devices, roles
from central.stores.devices import PERSON, Device
from central.stores.tables import WELLS

FRESH_S, OLDEST_S, ASKED_AGAIN_S = 3_600.0, 86_400.0, 60.0
"""The provider's keys are asked for again so often; while it is away those of a day ago still hold; for a key
that nobody knows yet it is asked once a minute at most, however many tokens name one.
"""

Keys = list[JsonObject]


def holder_of(issuer: str, subject: str) -> str:
    """What a person is called where devices have their ids: a subject is somebody at its provider only."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{issuer}\x1f{subject}"))


def is_persons(token: str) -> bool:
    """A device's token has no dots."""
    return token.count(".") == 2


class People:
    """`fetch` gives the provider's keys. Raises KnownError (provider_…)."""

    def __init__(
        self,
        issuer: str,
        audience: str,
        clock: Clock,
        fetch: Callable[[], Keys],
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer, self._audience, self._clock = issuer, audience, clock
        self._fetch, self._passed = fetch, passed
        self._lock = threading.Lock()
        self._keys: Keys = []
        self._at = self._asked = float("-inf")

    def person_of(self, token: str) -> Person:
        """Raises KnownError (id_token; provider_… while nobody knows the provider's keys)."""
        keys = self._known(key_named(token))
        return checked(token, keys, issuer=self._issuer, client_id=self._audience, now=self._clock())

    def device_of(self, connection: Connection, token: str) -> Device:
        """The person as one who asks: with the fields in which a role was given to him, and none without."""
        person = self.person_of(token)
        holder = holder_of(person.issuer, person.subject)
        given = roles.of_holder(connection, holder)
        fields = {grant.field for grant in given}
        if roles.EVERY_FIELD in fields:
            fields = set(connection.execute(sa.select(WELLS.c.field_name).distinct()).scalars())
        return Device(
            holder,
            person.name,
            devices.SCOPES,
            tuple(sorted(fields)),
            token_key(token),
            tuple((one.role, one.field) for one in given),
            PERSON,
        )

    def _known(self, kid: str) -> Keys:
        """One asks the provider at a time, and nobody waits for him: a provider that hangs would hold up
        everybody whose token names it.
        """
        now = self._passed()
        unknown = bool(kid) and all(key.get("kid") != kid for key in self._keys)
        due = now - self._at > FRESH_S or unknown
        if due and self._lock.acquire(blocking=False):
            try:
                if now - self._asked > ASKED_AGAIN_S:
                    self._asked = now
                    self._keys, self._at = self._fetch(), self._passed()
            except KnownError as error:
                log("provider", code=error.code, reason=reason_of(error))
            finally:
                self._lock.release()
        if now - self._at > OLDEST_S:
            raise KnownError("provider_unreachable", retry=True, address=self._issuer, reason="keys")
        return self._keys


def people_of(issuer: str, audience: str, ca_file: str, clock: Clock) -> People | None:
    """None where IT named no provider. Raises KnownError (centre_needs_tls, centre_ca, value_wrong)."""
    if not issuer:
        return None
    if not audience:
        raise KnownError("value_wrong", field="oidc-client", value="")
    provider = Provider(issuer, audience, clock, ca_file=ca_file)
    return People(issuer, audience, clock, provider.keys)
