"""The centre's REST service over TLS: the system's certificates and the company's own, never unverified."""

from __future__ import annotations

import gzip
import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.core.errors import KnownError
from app.core.plain import object_in
from app.models.values import text_of
from app.sync.parcel import Introduction
from app.sync.transports.secure import check_address, client, steadily
from app.sync.wire import (
    Asked,
    Batch,
    Changes,
    Hello,
    Introduce,
    Lacking,
    Number,
    Receipt,
    RecordSums,
    SignedInAs,
    SignIn,
    change_of,
    receipt_of,
    token_key,
)

if TYPE_CHECKING:
    import httpx

T = TypeVar("T", bound=BaseModel)
A = TypeVar("A")
TIMEOUT_S = 60.0
MOST_ANSWER_BYTES, MOST_FILE_BYTES = 256 << 20, 2 << 30
"""A page of changes, each as long as an entry may be, is a tenth of the first."""
_LATER = {408, 425}
BUSY = 429
TRIES_WHEN_BUSY, LONGEST_WAIT_S = 30, 120.0
"""A centre that asks to wait is asked again when it says, so often in a row; a longer pause is the sync's to
wait out, not one request's.
"""


class Rest:
    """Raises KnownError at construction for an address that is none, or that would send the token in the
    clear.
    """

    def __init__(self, url: str, token: str, *, ca_file: str = "", proxy: str = "") -> None:
        check_address(url)
        if not token:
            raise KnownError("centre_token", reason="")
        self._token = token
        asks = {"Authorization": f"Bearer {token}"}
        self._client = client(url, TIMEOUT_S, headers=asks, ca_file=ca_file, proxy=proxy)
        self.pause: Callable[[float], None] | None = None
        """How long a centre that is busy is waited for; without it that it is busy is said."""

    @property
    def key(self) -> str:
        return token_key(self._token)

    def hello(self) -> Hello:
        """Raises KnownError (centre_not_itself) when something else answers in the centre's place."""
        nonce = secrets.token_hex(16)
        try:
            answer = self._ask(Hello, "GET", "/v1/hello", params={"nonce": nonce})
        except KnownError as error:
            if error.code == "centre_refused" and error.details.get("status") in (404, 405):
                raise KnownError("centre_not_itself", reason=str(error.details.get("status"))) from error
            raise
        if answer.nonce != nonce:
            raise KnownError("centre_not_itself", reason="nonce")
        return answer

    def send(self, batch: Batch) -> tuple[Receipt, ...]:
        body = gzip.compress(batch.model_dump_json().encode(), 5)
        said = self._ask(
            _Receipts,
            "POST",
            "/v1/batches",
            content=body,
            headers={"Content-Encoding": "gzip", "Content-Type": "application/json"},
        )
        return tuple(receipt for one in said.receipts if (receipt := receipt_of(one)) is not None)

    def offset(self, sha256: str) -> tuple[int, bool]:
        """(bytes that are there, whether that is all)."""
        answer = self._ask(_Progress, "GET", f"/v1/documents/{sha256}/offset")
        return answer.offset, answer.complete

    def put_piece(self, sha256: str, offset: int, content: bytes, *, last: bool) -> int:
        answer = self._ask(
            _Progress,
            "PUT",
            f"/v1/documents/{sha256}",
            params={"offset": offset, "last": str(last).lower()},
            content=content,
            headers={
                "X-Piece-SHA256": hashlib.sha256(content).hexdigest(),
                "Content-Type": "application/octet-stream",
            },
        )
        return answer.offset

    def lacking(self, entry_ids: tuple[str, ...]) -> tuple[str, ...]:
        body = Asked(ids=entry_ids).model_dump_json().encode()
        headers = {"Content-Type": "application/json"}
        return self._ask(Lacking, "POST", "/v1/entries/lacking", content=body, headers=headers).ids

    def introduce(self, public_key: str) -> Introduction:
        body = Introduce(public_key=public_key).model_dump_json().encode()
        headers = {"Content-Type": "application/json"}
        return self._ask(Introduction, "POST", "/v1/introduction", content=body, headers=headers)

    def signed_in(self, id_token: str) -> str:
        body = SignIn(id_token=id_token).model_dump_json().encode()
        headers = {"Content-Type": "application/json"}
        return self._ask(SignedInAs, "POST", "/v1/person", content=body, headers=headers).name

    def record_sums(self, *, whole: bool, wells: bool = False) -> RecordSums:
        asked = {"whole": str(whole).lower()} | ({"wells": "true"} if wells else {})
        return self._ask(RecordSums, "GET", "/v1/records/sums", params=asked)

    def record_part(self, well: int, kind: str) -> Changes:
        return self._changes("/v1/records/part", well=well, kind=kind)

    def changes(self, after: int, field: str = "") -> Changes:
        return self._changes("/v1/changes", since=after, **({"field": field} if field else {}))

    def _changes(self, path: str, **asked: Any) -> Changes:
        """Each is read by itself: one of another version keeps none of the others back."""
        said = self._ask(_Changes, "GET", path, params=asked)
        changes = tuple(change for one in said.changes if (change := change_of(one)) is not None)
        return Changes(changes=changes, next=said.next, more=said.more)

    def file(self, sha256: str) -> bytes:
        """A document of another laptop. Checked against its name."""
        content = self._send("GET", f"/v1/documents/{sha256}", most=MOST_FILE_BYTES).content
        if hashlib.sha256(content).hexdigest() != sha256:
            raise KnownError("centre_not_itself", reason="SHA-256")
        return content

    @contextmanager
    def streamed(self, path: str, body: bytes) -> Iterator[Iterator[bytes]]:
        """The answer's body as it comes. One that is cut off is `centre_unreachable`, never a short one."""
        import httpx

        try:
            response = self._patiently(lambda: self._opened(path, body))
            try:
                yield steadily(response.iter_bytes(), TIMEOUT_S)
            finally:
                response.close()
        except (httpx.HTTPError, TimeoutError) as error:
            raise _unreachable(error) from error

    def _opened(self, path: str, body: bytes) -> httpx.Response:
        """Its head has come, and it is no refusal."""
        headers = {"Content-Type": "application/json"}
        request = self._client.build_request("POST", path, content=body, headers=headers)
        response = self._client.send(request, stream=True)
        if response.status_code >= 300:
            raise _refused(_read(response, MOST_ANSWER_BYTES))
        return response

    def close(self) -> None:
        self._client.close()

    def _ask(self, model: type[T], method: str, path: str, **request: Any) -> T:
        response = self._send(method, path, **request)
        try:
            return model.model_validate_json(response.content)
        except ValidationError as error:
            raise KnownError("centre_not_itself", reason=f"{path}: {error.error_count()}") from error

    def _send(self, method: str, path: str, *, most: int = 0, **request: Any) -> _Answer:
        return self._patiently(lambda: self._answered(method, path, most or MOST_ANSWER_BYTES, **request))

    def _answered(self, method: str, path: str, most: int, **request: Any) -> _Answer:
        import httpx

        # W3C's: the centre's work for this request is found by it; an entry's own trace has the entry's id.
        trace = {"traceparent": f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"}
        request["headers"] = {**request.get("headers", {}), **trace}
        try:
            asked = self._client.build_request(method, path, **request)
            answer = _read(self._client.send(asked, stream=True), most)
        except (httpx.HTTPError, TimeoutError) as error:
            raise _unreachable(error) from error
        if answer.status < 300:
            return answer
        raise _refused(answer)

    def _patiently(self, ask: Callable[[], A]) -> A:
        """A centre that is asked too often says when it may be asked again: then it is."""
        for left in reversed(range(TRIES_WHEN_BUSY)):
            try:
                return ask()
            except KnownError as error:
                wait_s = error.details.get("retry_after_s")
                if error.code != "centre_busy" or self.pause is None or not left:
                    raise
                if not isinstance(wait_s, float) or wait_s > LONGEST_WAIT_S:
                    raise
                self.pause(wait_s)
        raise AssertionError("the last try returns or raises")


def _unreachable(error: Exception) -> KnownError:
    return KnownError("centre_unreachable", retry=True, reason=f"{type(error).__name__}: {error}"[:200])


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes


def _read(response: httpx.Response, most: int) -> _Answer:
    """Whole, within its length. Raises KnownError (centre_not_itself), TimeoutError."""
    content = bytearray()
    with closing(response):
        for piece in steadily(response.iter_bytes(), TIMEOUT_S):
            content += piece
            if len(content) > most:
                raise KnownError("centre_not_itself", reason=f"> {most >> 20} MB")
    return _Answer(response.status_code, response.headers, bytes(content))


def _refused(answer: _Answer) -> KnownError:
    status = answer.status
    if status in (401, 403):
        return KnownError("centre_token", reason=str(status))
    if status == BUSY:
        wait_s = _retry_after(answer.headers) or 1.0
        return KnownError("centre_busy", retry=True, reason=_code_of(answer), retry_after_s=wait_s)
    if status in _LATER or status >= 500:
        after_s = _retry_after(answer.headers)
        return KnownError("centre_unreachable", retry=True, reason=f"HTTP {status}", retry_after_s=after_s)
    if status < 400:  # a redirection would carry the token somewhere else
        return KnownError("centre_not_itself", reason=f"HTTP {status}")
    return KnownError("centre_refused", status=status, reason=_code_of(answer))


class _Receipts(BaseModel):
    """Each is read by itself: one that is none keeps none of the others back."""

    receipts: list[Any]


class _Changes(BaseModel):
    changes: list[Any]
    next: Number
    more: bool = False


class _Progress(BaseModel):
    offset: int
    complete: bool


def _retry_after(headers: Mapping[str, str]) -> float | None:
    try:
        return max(0.0, float(headers.get("Retry-After", "")))
    except ValueError:
        return None


def _code_of(answer: _Answer) -> str:
    try:
        return text_of(object_in(answer.content), "code")[:60]
    except ValueError:
        return ""
