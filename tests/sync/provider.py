"""A site's provider of identities in this process: discovery, device flow, keys, and what goes wrong."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from tests.conftest import NOW

ISSUER, CLIENT = "https://login.example", "wellside"


def coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@cache
def rsa_key(number: int = 0) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _whole(number: int) -> str:
    return coded(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def public(kid: str = "k1", number: int = 0) -> dict[str, Any]:
    numbers = rsa_key(number).public_key().public_numbers()
    return {"kty": "RSA", "kid": kid, "use": "sig", "n": _whole(numbers.n), "e": _whole(numbers.e)}


def public_ec(kid: str = "e1") -> dict[str, Any]:
    point = ec_key().public_key().public_numbers()
    x, y = (coded(one.to_bytes(32, "big")) for one in (point.x, point.y))
    return {"kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y}


def claims(**other: Any) -> dict[str, Any]:
    now = int(NOW.timestamp())
    usual = {"iss": ISSUER, "aud": CLIENT, "sub": "s-1", "name": "Иванов И.", "exp": now + 600, "iat": now}
    return {key: value for key, value in (usual | other).items() if value is not None}


def token(told: dict[str, Any] | None = None, *, number: int = 0, **header: Any) -> str:
    head = {
        key: value for key, value in ({"alg": "RS256", "kid": "k1"} | header).items() if value is not None
    }
    parts = [head, claims() if told is None else told]
    said = ".".join(coded(json.dumps(part, ensure_ascii=False).encode()) for part in parts)
    return f"{said}.{coded(_signature(str(head['alg']), said.encode(), number))}"


def _signature(algorithm: str, said: bytes, number: int) -> bytes:
    if algorithm == "none":
        return b""
    if algorithm == "ES256":
        r, s = utils.decode_dss_signature(ec_key().sign(said, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    if algorithm == "HS256":  # the public key as a secret: the confusion that an allow-list ends
        import hashlib
        import hmac

        return hmac.digest(json.dumps(public()).encode(), said, hashlib.sha256)
    salted = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
    way: Any = salted if algorithm == "PS256" else padding.PKCS1v15()
    return rsa_key(number).sign(said, way, hashes.SHA256())


class ProviderHere:
    """`answers` are what the token endpoint says in turn; the last one is a token."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.given: Callable[[str], str] = lambda nonce: token(claims(nonce=nonce))
        self.issuer = ISSUER
        self.keys = [public(), public_ec()]
        self.nonce = ""
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append(path)
        form = {key: value[0] for key, value in parse_qs(request.content.decode()).items()}
        if path == "/.well-known/openid-configuration":
            return httpx.Response(
                200,
                json={
                    "issuer": self.issuer,
                    "device_authorization_endpoint": f"{ISSUER}/device",
                    "token_endpoint": f"{ISSUER}/token",
                    "jwks_uri": f"{ISSUER}/keys",
                },
            )
        if path == "/keys":
            return httpx.Response(200, json={"keys": self.keys})
        assert form["client_id"] == CLIENT
        if path == "/device":
            self.nonce = form["nonce"]
            told = {"device_code": "d", "user_code": "ABCD-EFGH", "verification_uri": f"{ISSUER}/go"}
            return httpx.Response(200, json={**told, "expires_in": 60, "interval": 5})
        assert form["device_code"] == "d"
        if self.answers:
            return httpx.Response(400, json={"error": self.answers.pop(0)})
        return httpx.Response(200, json={"access_token": "a", "id_token": self.given(self.nonce)})
