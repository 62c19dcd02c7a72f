"""ID tokens of a site's provider (OpenID Connect Core, 3.1.3.7): who somebody is, by its signature.

Nothing that the token says of itself decides how it is checked: algorithms are an allow-list, each with its
own kind of key; keys come from the provider only.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.limits import LONGEST_NAME, clean_name

LEEWAY = timedelta(minutes=5)
"""Clocks differ."""
KINDS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
LEAST_RSA_BITS, LONGEST = 2048, 16_384


@dataclass(frozen=True)
class Person:
    """`subject` never changes and is nobody else's, at this provider; a name may be anybody's."""

    issuer: str
    subject: str
    name: str
    until: datetime
    """When the provider's word ends."""

    token: str = field(default="", repr=False, compare=False)
    """The word itself, for the centre to judge by its own means."""


def checked(
    token: str, keys: list[JsonObject], *, issuer: str, client_id: str, now: datetime, nonce: str = ""
) -> Person:
    """`keys`: of the provider's JWK set. Raises KnownError (id_token, with the reason)."""
    if len(token) > LONGEST or token.count(".") != 2:
        raise _refused("form")
    head, body, signature = token.split(".")
    header, claims = _object(head), _object(body)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in KINDS:
        raise _refused("alg")
    if "crit" in header:
        raise _refused("crit")
    # A provider signs words of other purposes with the same keys for the same client: access, logging out.
    if not _is_of_kind(header.get("typ"), "jwt") or not _is_of_kind(claims.get("typ"), "id"):
        raise _refused("typ")
    if "events" in claims:
        raise _refused("events")
    if not any(
        _is_signed(key, algorithm, f"{head}.{body}".encode(), _bytes(signature))
        for key in _candidates(keys, header, algorithm)
    ):
        raise _refused("signature")
    return _of_claims(claims, issuer, client_id, now, nonce)


def _is_of_kind(told: object, kind: str) -> bool:
    """Many do not say."""
    return told is None or isinstance(told, str) and told.lower().removeprefix("application/") == kind


def has_nonce(token: str) -> bool:
    """Of a token whose signature was found right."""
    return "nonce" in _object(token.split(".")[1])


def key_named(token: str) -> str:
    """Which key it says that it is signed with; nothing else is believed. Raises KnownError (id_token)."""
    if len(token) > LONGEST:
        raise _refused("form")
    return str(_object(token.partition(".")[0]).get("kid", ""))[:200]


def _of_claims(claims: JsonObject, issuer: str, client_id: str, now: datetime, nonce: str) -> Person:
    if claims.get("iss") != issuer:
        raise _refused("iss")
    told = claims.get("aud")
    audience = told if isinstance(told, list) else [told]
    if client_id not in audience:
        raise _refused("aud")
    party = claims.get("azp")
    if party not in (None, client_id) or len(audience) > 1 and party is None:
        raise _refused("azp")
    until, made = _moment(claims, "exp"), _moment(claims, "iat")
    if now > until + LEEWAY:
        raise _refused("exp")
    if made > now + LEEWAY or "nbf" in claims and _moment(claims, "nbf") > now + LEEWAY:
        raise _refused("iat")
    if nonce and claims.get("nonce") != nonce:
        raise _refused("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise _refused("sub")
    names = (claims.get(key) for key in ("name", "preferred_username", "email"))
    name = next((clean_name(one)[:LONGEST_NAME] for one in names if isinstance(one, str) and one.strip()), "")
    return Person(issuer, subject, name or subject[:LONGEST_NAME], until)


def _candidates(keys: list[JsonObject], header: JsonObject, algorithm: str) -> list[JsonObject]:
    """Of the right kind, for signatures; the one that is named, where one is."""
    fit = [
        key
        for key in keys
        if key.get("kty") == KINDS[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    ]
    return [key for key in fit if key.get("kid") == header["kid"]] if "kid" in header else fit


def _is_signed(key: JsonObject, algorithm: str, said: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

    try:
        if algorithm == "ES256":
            if key.get("crv") != "P-256" or len(signature) != 64:
                return False
            point = ec.EllipticCurvePublicNumbers(_number(key, "x"), _number(key, "y"), ec.SECP256R1())
            halves = (int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
            coded = utils.encode_dss_signature(*halves)
            point.public_key().verify(coded, said, ec.ECDSA(hashes.SHA256()))
            return True
        public = rsa.RSAPublicNumbers(_number(key, "e"), _number(key, "n")).public_key()
        if public.key_size < LEAST_RSA_BITS:
            return False
        salted = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        public.verify(
            signature, said, salted if algorithm == "PS256" else padding.PKCS1v15(), hashes.SHA256()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _number(key: JsonObject, name: str) -> int:
    return int.from_bytes(_bytes(str(key.get(name, ""))), "big")


def _moment(claims: JsonObject, name: str) -> datetime:
    told = claims.get(name)
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told < 1 << 33:
        raise _refused(name)
    return datetime.fromtimestamp(told, UTC)


def _object(part: str) -> JsonObject:
    try:
        told = json.loads(_bytes(part))
    except (ValueError, RecursionError) as error:
        raise _refused("form") from error
    if not isinstance(told, dict):
        raise _refused("form")
    return told


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise _refused("form") from error


def _refused(why: str) -> KnownError:
    return KnownError("id_token", reason=why)
