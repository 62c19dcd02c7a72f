"""What laptop and centre say to each other (sync.md, 2.2 and 2.3): the same models check both ends.

Times are ISO in UTC. A payload is what the journal holds, byte for byte the same canonical JSON: its SHA-256
is the centre's proof that it has the same entry, and the receipt's MAC the laptop's proof that the centre
said so.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import to_json

from app.core.clock import parse_time
from app.core.plain import Json, JsonObject
from app.models.canonical import digest, payload_hash
from app.models.limits import LONGEST_NAME, clean_name

if TYPE_CHECKING:
    Body = JsonObject
else:  # it is hashed as it came: nothing of it is looked at, turned or copied here
    Body = dict[str, Any]

PROTOCOL = 1
MOST_ENTRIES = 200
MOST_BATCH_BYTES = 1 << 20
PIECE_BYTES = 1 << 20
MOST_ASKED = 2_000
"""Entries of which it is asked at once whether the centre has them."""

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex32 = Sha256
"""Thirty-two bytes."""
Clean = BeforeValidator(lambda value: clean_name(value) if isinstance(value, str) else value)
"""Names written before they were cleaned where they enter are cleaned here, at both ends."""
Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME), Clean]
Moment = Annotated[
    str, StringConstraints(max_length=40, pattern=r"^\d{4}-\d\d-\d\dT[0-9:.]{5,15}(Z|[+-]\d\d:\d\d)$")
]
Number = Annotated[int, Field(ge=0, lt=1 << 53)]
"""Of a change, a version: more no store here can hold."""
Status = Literal["accepted", "duplicate", "conflict", "rejected", "waiting"]


def _a_moment(told: str) -> str:
    parse_time(told)
    return told


class Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class WellKey(Wire):
    """What a well is called outside any one store. `number` is the centre's."""

    uid: Id
    field: Name
    pad: Name
    name: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME), Clean]
    number: Annotated[int, Field(ge=0, lt=1 << 32)] | None = None


class FileRef(Wire):
    sha256: Sha256
    size: int = Field(ge=0, le=1 << 40)
    name: Annotated[str, StringConstraints(min_length=1, max_length=1000), Clean]


class EntryIn(Wire):
    """One entry of a journal. `base_version`: the centre's version of the record that the person saw;
    `supersedes`: the entry before it, from which the centre finds the base where the laptop does not know it
    yet.
    """

    id: Id
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,30}$")]
    schema_version: int = Field(default=1, ge=1)
    payload: Body
    payload_sha256: Sha256
    created_at: Moment
    zone: Annotated[str, StringConstraints(max_length=8)] = ""
    supersedes: Id | None = None
    base_version: int | None = Field(default=None, ge=0)
    well: WellKey | None = None
    attachments: tuple[FileRef, ...] = Field(default=(), max_length=100)


class Batch(Wire):
    entries: Annotated[tuple[EntryIn, ...], FailFast()] = Field(min_length=1, max_length=MOST_ENTRIES)


class Receipt(Wire):
    """The centre's word about one entry. accepted: it is there; duplicate: it was there already; conflict:
    the record has moved on, `base` and `current` are its bodies; rejected: never, for `code`; waiting: its
    files are not all there yet.
    """

    id: Id
    sha256: Sha256
    status: Status
    change_no: Number | None = None
    version: Number | None = None
    received_at: str
    code: str = ""
    details: Body = {}
    base: Body | None = None
    current: Body | None = None
    mac: str = ""

    @property
    def taken(self) -> bool:
        return self.status in ("accepted", "duplicate")


class Receipts(Wire):
    receipts: tuple[Receipt, ...]


class Change(Wire):
    """One change of the centre's records. `topic` is well, record, card, well_test, or what only a newer
    program knows: that is kept as it came, also its fields.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    change_no: Number
    topic: str
    key: str
    version: Number = 1
    deleted: bool = False
    well: WellKey | None = None
    entry_id: str = ""
    author: str = ""
    saved_at: str = ""
    action: str = "saved"
    body: Body = {}
    attachments: tuple[FileRef, ...] = ()


class Changes(Wire):
    changes: tuple[Change, ...]
    next: Number
    more: bool = False


UNREADABLE = "unreadable"
"""Topic of a change whose form is none that we know; its body holds it as it came."""


def change_of(told: Any) -> Change | None:
    """One change of many, whatever the others are. None for what has not even a number."""
    try:
        return Change.model_validate(told)
    except ValidationError:
        number = told.get("change_no") if isinstance(told, dict) else None
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 1 << 53:
            return None
        key = str(told.get("key", ""))[:100]
        return Change(change_no=number, topic=UNREADABLE, key=clean_name(key), body={"told": told})


def receipt_of(told: Any) -> Receipt | None:
    """None for what is no receipt: its entry is sent again."""
    try:
        return Receipt.model_validate(told)
    except ValidationError:
        return None


class RecordSum(Wire):
    """Of the records of one well and kind: how many, and the sum of their digests."""

    well: Annotated[int, Field(ge=0, lt=1 << 32)]
    kind: str
    count: Number
    digest: int


class RecordSums(Wire):
    """`whole`: of all of them in a few letters; `parts`, and `wells` (what is told of them), only where they
    were asked for.
    """

    whole: str
    wells: str = ""
    parts: tuple[RecordSum, ...] = ()


def whole_of(parts: Iterable[RecordSum]) -> str:
    parts = tuple(parts)
    return f"{sum(part.count for part in parts)}/{sum(part.digest for part in parts)}"


def wells_of(told: Iterable[Mapping[str, Json]]) -> str:
    """What is said of wells, each by its key and the body of its change, as `RecordSums` has it."""
    digests = [digest(one) for one in told]
    return f"{len(digests)}/{sum(digests)}"


class Asked(Wire):
    """Which of these entries has the centre not taken."""

    ids: Annotated[tuple[Id, ...], FailFast()] = Field(max_length=MOST_ASKED)


class Lacking(Wire):
    ids: tuple[str, ...]


class Introduce(Wire):
    """A laptop's own signing key, its public half."""

    public_key: Hex32


class SignIn(Wire):
    """Who works at a laptop, by the word of the site's provider."""

    id_token: Annotated[str, StringConstraints(min_length=1, max_length=16_384)]


class SignedInAs(Wire):
    name: str


class Hello(Wire):
    """Answer to an authenticated greeting: the nonce comes back, so a captive portal's page is not taken for
    the centre.
    """

    nonce: str
    protocol: int
    server_time: Annotated[str, AfterValidator(_a_moment)]
    device: str
    fields: tuple[str, ...]
    scopes: tuple[str, ...]
    roles: tuple[str, ...] = ()
    """Of this device; none: its scopes alone say what it may."""
    newest_change: Number = 0
    epoch: str = ""
    """Another one than before: the centre was set back to an older state."""
    least_payload_version: int = 1


def canonical(payload: Body) -> str:
    """As the journal has it. Raises KnownError (entry_not_plain)."""
    return payload_hash(payload)[0]


def payload_sha256(payload: Body) -> str:
    return payload_hash(payload)[1]


def as_json(value: Any) -> bytes:
    """As short as it goes, of plain values and of messages; for keeping, never for hashing (`canonical`)."""
    return to_json(value)


def token_key(token: str) -> str:
    """What the centre keeps of a token, and both ends' key for receipts."""
    return hashlib.sha256(token.encode()).hexdigest()


def receipt_mac(receipt: Receipt, key: str) -> str:
    said = [
        receipt.id,
        receipt.sha256,
        receipt.status,
        receipt.change_no,
        receipt.version,
        receipt.received_at,
        receipt.code,
    ]
    return hmac.digest(bytes.fromhex(key), json.dumps(said).encode(), "sha256").hex()


def signed(receipt: Receipt, key: str) -> Receipt:
    return receipt.model_copy(update={"mac": receipt_mac(receipt, key)})


def is_genuine(receipt: Receipt, key: str) -> bool:
    return hmac.compare_digest(receipt.mac, receipt_mac(receipt, key))
