"""The centre's tables in Oracle. Names follow domain/wells.md; those of the kinds of records come from
`app.models.kinds`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from app.models.kinds import KINDS
from app.models.kinds.spec import Kind
from central.stores.types import Flag, Json, LongWords, Moment, Real, Words

METADATA = sa.MetaData()
_NAMES = {
    "lab_result": "lab_results",
    "workover": "maintenance_records",
    "document": "well_docs",
    "event": "event_log",
}
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _table(name: str, *columns: sa.Column[object] | sa.Index) -> sa.Table:
    return sa.Table(name, METADATA, *columns)


COUNTER = _table(
    "change_counter",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last_no", NUMBER, nullable=False),
)
WELLS = _table(
    "wells",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("well_uid", Words(36), nullable=False, unique=True),
    sa.Column("field_name", Words(200)),
    sa.Column("pad", Words(200)),
    sa.Column("name", Words(200), nullable=False),
    sa.Column("lift", Words(20)),
    sa.Column("state", Words(20)),
    sa.Column("aliases", Json, nullable=False),
    sa.Column("depth_m", Real),
    sa.Column("version", sa.Integer, nullable=False),
)
DEVICES = _table(
    "devices",
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("name", Words(200), nullable=False),
    sa.Column("token_sha256", Words(64), nullable=False, unique=True),
    sa.Column("scopes", Json, nullable=False),
    sa.Column("fields", Json, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("revoked_at", Moment),
)
RECEIPTS = _table(
    "ingest_receipts",
    sa.Column("entry_id", Words(36), primary_key=True),
    sa.Column("device_id", Words(36), nullable=False),
    sa.Column("kind", Words(30), nullable=False),
    sa.Column("payload_sha256", Words(64), nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("change_no", NUMBER),
    sa.Column("entry", Json, nullable=False),
    sa.Column("receipt", Json, nullable=False),
)
KEYS = _table(  # of requests that may be sent again: which content each came with
    "idempotency_keys",
    sa.Column("device_id", Words(36), primary_key=True),
    sa.Column("request_key", Words(100), primary_key=True),
    sa.Column("sha256", Words(64), nullable=False),
    sa.Column("came_at", Moment, nullable=False),
)
CHANGES = _table(
    "changes",
    sa.Column("change_no", NUMBER, primary_key=True, autoincrement=False),
    sa.Column("topic", Words(20), nullable=False),
    sa.Column("item_key", Words(100), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("well_id", sa.Integer),
    sa.Column("field_name", Words(200)),
    sa.Index("ix_changes_of_field", "field_name", "change_no"),
)
EPOCHS = _table(  # one row: which life of the centre this is
    "centre_epoch",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("epoch", Words(36), nullable=False),
    sa.Column("began_at", Moment, nullable=False),
)
OPEN_TURNS = (
    _table(  # of writers that work at the same time: the numbers that one may give and has not committed
        "open_turns",
        sa.Column("first_no", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("last_no", NUMBER, nullable=False),
    )
)
GATE = _table(  # never a row: writers lock it, many together or one alone
    "writers_gate",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
)
LEASES = _table(  # which of several centres on one database does what only one may do
    "centre_leases",
    sa.Column("name", Words(30), primary_key=True),
    sa.Column("holder", Words(36), nullable=False),
    sa.Column("beat", NUMBER, nullable=False),
)
GRANTS = _table(  # roles, by field
    "role_grants",
    sa.Column("holder", Words(200), primary_key=True),
    sa.Column("role_name", Words(30), primary_key=True),
    sa.Column("field_name", Words(200), primary_key=True),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("author", Words(200)),
)
SITE_KEYS = _table(  # one row: what parcels of unsent work are sealed and signed by
    "site_keys",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seed", Words(64), nullable=False),
    sa.Column("secret", Words(64), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
)
AUDIT = _table(  # who did what, each row with the hash of the one before
    "audit_trail",
    sa.Column("row_no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("done_at", Words(40), nullable=False),
    sa.Column("actor", Words(200), nullable=False),
    sa.Column("act", Words(60), nullable=False),
    sa.Column("about", LongWords, nullable=False),
    sa.Column("hash_before", Words(64), nullable=False),
    sa.Column("row_hash", Words(64), nullable=False),
)
AUDIT_END = _table(  # one row: where the trail ends
    "audit_end",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("row_no", sa.Integer, nullable=False),
    sa.Column("row_hash", Words(64), nullable=False),
)
HEADS = _table(  # what each record says now, in figures
    "record_heads",
    sa.Column("record_id", Words(36), primary_key=True),
    sa.Column("kind", Words(30), nullable=False),
    sa.Column("well_id", sa.Integer, nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("change_no", NUMBER, nullable=False),
    sa.Column("digest", NUMBER, nullable=False),
)
VERSIONS = _table(
    "record_versions",
    sa.Column("record_id", Words(36), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", Words(30), nullable=False),
    sa.Column("well_id", sa.Integer, nullable=False),
    sa.Column("entry_id", Words(36), nullable=False, index=True),
    sa.Column("author", Words(200)),
    sa.Column("saved_at", Moment, nullable=False),
    sa.Column("action", Words(20), nullable=False),
    sa.Column("body", Json, nullable=False),
    sa.Column("files", Json, nullable=False),
)
ITEMS = _table(  # forecasts, interpreted tests: one body each, by topic
    "items",
    sa.Column("topic", Words(20), primary_key=True),
    sa.Column("item_key", Words(100), primary_key=True),
    sa.Column("well_id", sa.Integer),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("entry_id", Words(36)),
    sa.Column("saved_at", Moment, nullable=False),
    sa.Column("body", Json, nullable=False),
)
WELL_TESTS = _table(
    "well_tests",
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("well_id", sa.Integer, nullable=False),
    sa.Column("taken_at", Moment, nullable=False),
    sa.Column("kind", Words(30), nullable=False),
    sa.Column("entry_id", Words(36), nullable=False),
    sa.Column("deleted", Flag, nullable=False),
    sa.Column("body", Json, nullable=False),
)
FEATURES = _table(  # of decisions on findings: what the next model is trained on
    "decision_features",
    sa.Column("finding_id", Words(36), primary_key=True),
    sa.Column("feature", Words(120), primary_key=True),
    sa.Column("value", Real, nullable=False),
)
FORECASTS = _table(  # what was made of wells, a row a night and kind (stores/nights)
    "forecasts",
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("well_id", sa.Integer, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("kind", Words(30), nullable=False),
    sa.Column("body", Json, nullable=False),
    sa.Column("model", Words(120)),
    sa.Index("ix_forecasts_of_well", "well_id", "made_at"),
)
MODELS = _table(
    "models",
    sa.Column("name", Words(100), primary_key=True),
    sa.Column("version", Words(50), primary_key=True),
    sa.Column("sha256", Words(64), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("about", Json, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
STAGES = _table(  # what each model of a training is now: champion, challenger, retired, refused
    "model_stages",
    sa.Column("name", Words(100), primary_key=True),
    sa.Column("version", Words(50), primary_key=True),
    sa.Column("stage", Words(20), nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("author", Words(200)),
    sa.Column("manifest", Json, nullable=False),
)
FILES = _table(
    "document_files",
    sa.Column("sha256", Words(64), primary_key=True),
    sa.Column("file_size", NUMBER, nullable=False),
    sa.Column("complete_at", Moment, nullable=False),
    # The device whose upload it is still; of files of before, PIECES have it.
    sa.Column("held_by", Words(36)),
)
PIECES = _table(
    "document_pieces",
    sa.Column("sha256", Words(64), primary_key=True),
    sa.Column("piece_no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
UPLOADS = _table(  # what has come of a file so far, by the device that sends it: nobody can spoil another's
    "document_uploads",
    sa.Column("device_id", Words(36), primary_key=True),
    sa.Column("sha256", Words(64), primary_key=True),
    sa.Column("piece_no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("piece_size", sa.Integer, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("came_at", Moment),
)
HOLDERS = _table(  # who sent it whole: knowing the name of a file is no proof of having it
    "document_holders",
    sa.Column("sha256", Words(64), primary_key=True),
    sa.Column("device_id", Words(36), primary_key=True),
)
OWNERS = _table(
    "document_owners",
    sa.Column("sha256", Words(64), primary_key=True),
    sa.Column("field_name", Words(200), primary_key=True),
)
OUTBOX = _table(  # rows on their way to ClickHouse: written in the transaction that accepted them
    "clickhouse_outbox",
    sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
    sa.Column("target", Words(40), nullable=False),
    sa.Column("token", Words(100), nullable=False),
    sa.Column("row_format", Words(20), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("added_at", Moment),
    sa.Column("trace", Words(60)),
)
DEAD_BLOCKS = _table(  # what was set aside, many letters of one source and reason in a block
    "dead_blocks",
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("source", Words(60), nullable=False),
    sa.Column("reason", Words(60), nullable=False),
    sa.Column("first_at", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("letters", sa.Integer, nullable=False),
    sa.Column("content_size", sa.Integer, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
TAGS = _table(  # tags of controllers and historians: which well, which sensor, in what
    "tags",
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("source", Words(60)),
    sa.Column("pattern", Words(400), nullable=False),
    sa.Column("field_name", Words(200)),
    sa.Column("well_id", sa.Integer),
    sa.Column("sensor", Words(60)),
    sa.Column("unit", Words(60)),
    sa.Column("scale", Real, nullable=False),
    sa.Column("shift", Real, nullable=False),
    sa.Column("time_zone", Words(60)),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("author", Words(200)),
)
BINDINGS = _table(  # topics of streams and the fields that they speak for
    "stream_bindings",
    sa.Column("source", Words(60), primary_key=True),
    sa.Column("pattern", Words(400), primary_key=True),
    sa.Column("fields", Json, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("author", Words(200)),
)
PLACES = _table(  # how far a source was read that does not remember it itself
    "stream_places",
    sa.Column("source", Words(60), primary_key=True),
    sa.Column("saved_at", Moment, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
KAFKA_OFFSETS = _table(  # how far each partition was read; a cluster that is set up anew is another one
    "kafka_offsets",
    sa.Column("cluster_id", Words(100), primary_key=True),
    sa.Column("topic", Words(250), primary_key=True),
    sa.Column("partition_no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("next_offset", NUMBER, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
)
RECENT = _table(  # the last readings of each source, whatever became of them: what tags are tried on
    "recent_readings",
    sa.Column("source", Words(60), primary_key=True),
    sa.Column("saved_at", Moment, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

_TYPES: dict[str, Callable[[], sa.types.TypeEngine[Any]]] = {
    "number": Real,
    "text": LongWords,
    "choice": lambda: Words(60),
    "flag": Flag,
    "time": Moment,
    "rows": LongWords,
}


def _of_kind(kind: Kind) -> sa.Table:
    """The record as it is now; every version of it stands in record_versions."""
    columns: list[sa.Column[object]] = [
        sa.Column("id", Words(36), primary_key=True),
        sa.Column("well_id", sa.Integer, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("deleted", Flag, nullable=False),
        sa.Column(kind.at, Moment, nullable=False),
    ]
    if kind.until:
        columns.append(sa.Column(kind.until, Moment))
    columns += [sa.Column(column_of(field.key), _TYPES[field.type]()) for field in kind.fields]
    return _table(_NAMES.get(kind.key, kind.table), *columns)


def column_of(field_key: str) -> str:
    """Oracle's reserved words cannot be columns without quotes."""
    return (
        field_key + "_"
        if field_key in ("level", "value", "version", "comment", "date", "number", "method", "sample")
        else field_key
    )


RECORDS: dict[str, sa.Table] = {kind.key: _of_kind(kind) for kind in KINDS}
