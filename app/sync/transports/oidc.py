"""The site's provider of identities: the device flow (RFC 8628), for a laptop whose person signs in with any
browser, also that of a telephone.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.core.clock import Clock
from app.core.errors import KnownError
from app.core.plain import Json, JsonObject, object_in
from app.sync.id_tokens import Person, checked, has_nonce
from app.sync.transports.secure import check_address, client

if TYPE_CHECKING:
    import httpx

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
LEAST_INTERVAL_S, LONGEST_INTERVAL_S, SLOWER_S, LONGEST_WAIT_S = 1.0, 600.0, 5.0, 1_800.0
TIMEOUT_S, LONGEST_BODY, LONGEST_ANSWER_S = 30.0, 1 << 20, 60.0


@dataclass(frozen=True)
class Asked:
    """What the person is to do: open `address` and type `code` there, unless it stands in the address."""

    address: str
    code: str
    whole_address: str
    device_code: str
    interval_s: float
    lasts_s: float
    nonce: str


class Provider:
    """`issuer` and `client_id` are IT's. Raises KnownError (centre_needs_tls, provider_…) for what is not as
    it should be; `transport` is a test's.
    """

    def __init__(
        self,
        issuer: str,
        client_id: str,
        clock: Clock,
        *,
        ca_file: str = "",
        proxy: str = "",
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._issuer, self._client_id, self._clock = issuer, client_id, clock
        self._client = client(issuer, TIMEOUT_S, ca_file=ca_file, proxy=proxy, transport=transport)
        self._about: JsonObject = {}

    def close(self) -> None:
        self._client.close()

    def ask(self) -> Asked:
        """Begin: a code for the person."""
        nonce = secrets.token_urlsafe(24)
        told = self._post(
            "device_authorization_endpoint",
            {"client_id": self._client_id, "scope": "openid profile email", "nonce": nonce},
        )
        try:
            address = str(told.get("verification_uri") or told["verification_url"])
            asked = Asked(
                address,
                str(told["user_code"])[:40],
                str(told.get("verification_uri_complete") or address),
                str(told["device_code"]),
                min(max(_seconds(told.get("interval", SLOWER_S)), LEAST_INTERVAL_S), LONGEST_INTERVAL_S),
                min(_seconds(told["expires_in"]), LONGEST_WAIT_S),
                nonce,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise KnownError("provider_answer", address=self._issuer, reason=type(error).__name__) from error
        for one in (asked.address, asked.whole_address):
            check_address(one)
        return asked

    def wait(self, asked: Asked, pause: Callable[[float], None]) -> Person:
        """Until the person has signed in. Raises KnownError (sign_in_denied, sign_in_late, id_token)."""
        interval, waited = asked.interval_s, 0.0
        while waited < asked.lasts_s:
            pause(interval)
            waited += interval
            told = self._post(
                "token_endpoint",
                {"grant_type": GRANT, "device_code": asked.device_code, "client_id": self._client_id},
                pending=True,
            )
            error = told.get("error")
            if error is None:
                return self._person(str(told.get("id_token", "")), asked.nonce, self._clock())
            if error == "slow_down":
                interval += SLOWER_S
            elif error == "access_denied":
                raise KnownError("sign_in_denied")
            elif error != "authorization_pending":
                break
        raise KnownError("sign_in_late")

    def keys(self) -> list[JsonObject]:
        """What its tokens are signed with now."""
        told = self._get(self._endpoint("jwks_uri")).get("keys")
        return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []

    def _person(self, token: str, nonce: str, now: datetime) -> Person:
        """A provider that puts the nonce of a device's request into the token must put this one; many leave
        it out: then the code, which nobody else was given, binds the answer to the question.
        """
        known = self.keys()
        person = checked(token, known, issuer=self._issuer, client_id=self._client_id, now=now)
        if has_nonce(token):
            checked(token, known, issuer=self._issuer, client_id=self._client_id, now=now, nonce=nonce)
        return replace(person, token=token)

    def _endpoint(self, name: str) -> str:
        if not self._about:
            about = self._get(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
            if about.get("issuer") != self._issuer:
                raise KnownError("provider_answer", address=self._issuer, reason="issuer")
            self._about = about
        address = self._about.get(name)
        if not isinstance(address, str):
            raise KnownError("provider_answer", address=self._issuer, reason=name)
        check_address(address)
        return address

    def _get(self, address: str) -> JsonObject:
        return self._read(self._client.build_request("GET", address), ok=(200,))

    def _post(self, endpoint: str, form: dict[str, str], *, pending: bool = False) -> JsonObject:
        ok = (200, 400, 401, 403) if pending else (200,)
        return self._read(self._client.build_request("POST", self._endpoint(endpoint), data=form), ok=ok)

    def _read(self, request: httpx.Request, *, ok: tuple[int, ...]) -> JsonObject:
        """No longer, and for no longer, than an answer can be."""
        import httpx

        address, content, began = str(request.url), bytearray(), time.monotonic()
        try:
            response = self._client.send(request, stream=True)
            with closing(response):
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > LONGEST_BODY or time.monotonic() - began > LONGEST_ANSWER_S:
                        raise KnownError("provider_answer", address=address, reason="length")
        except httpx.HTTPError as error:
            raise KnownError(
                "provider_unreachable", retry=True, address=address, reason=type(error).__name__
            ) from error
        if response.status_code not in ok:
            raise KnownError("provider_answer", address=address, reason=f"HTTP {response.status_code}")
        try:
            return object_in(bytes(content))
        except ValueError as error:
            raise KnownError("provider_answer", address=address, reason="JSON") from error


def _seconds(told: Json) -> float:
    """Providers write them as a number or as its text. Raises TypeError, ValueError for what is none."""
    if not isinstance(told, str | int | float):
        raise TypeError("seconds")
    seconds = float(told)
    if math.isnan(seconds):
        raise ValueError("seconds")
    return seconds
