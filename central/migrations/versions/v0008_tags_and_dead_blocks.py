"""Tags of controllers and historians; what was set aside is kept whole, in blocks; the last readings of each
source.
"""

import base64
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.values import text_of
from central.stores.dead_letters import add, name_of
from central.stores.letters import message, of_messages
from central.stores.types import Json, Moment, Real, Words

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AT_ONCE = 5_000
OLD = sa.table(
    "dead_letters",
    sa.column("id", Words(36)),
    sa.column("source", Words(40)),
    sa.column("received_at", Moment),
    sa.column("reason", Words(60)),
    sa.column("content", Json),
)


def upgrade() -> None:
    op.create_table(
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
    op.create_table(
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
    op.create_table(
        "recent_readings",
        sa.Column("source", Words(60), primary_key=True),
        sa.Column("saved_at", Moment, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    _take_over(op.get_bind())
    op.drop_table("dead_letters")


def _take_over(connection: sa.Connection) -> None:
    """Letters of before, a block for each source and reason."""
    for number, rows in enumerate(_parts(connection)):
        groups: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
        for row in rows:
            groups[row["source"], row["reason"]].append(_letter(row))
        for (source, reason), letters in groups.items():
            name = name_of(f"0008/{number}/{source}", reason)
            add(connection, name, source, reason, of_messages(letters))


def _parts(connection: sa.Connection) -> Iterator[list[Any]]:
    last = ""
    while True:
        query = sa.select(OLD).order_by(OLD.c.id).limit(AT_ONCE)
        rows = connection.execute(query.where(OLD.c.id > last) if last else query).mappings().all()
        if not rows:
            return
        yield list(rows)
        last = rows[-1]["id"]


def _letter(row: Any) -> dict[str, object]:
    content, received = row["content"], row["received_at"]
    if "row_format" in content:
        note = json.dumps({key: content.get(key, "") for key in ("row_format", "why")}, ensure_ascii=False)
        body = base64.b64decode(content["content"])
        return message(content["target"], content["token"], body, received, note)
    if "body" in content:
        body = str(content["body"]).encode()
        return message(content.get("topic", ""), content.get("place", ""), body, received)
    return {**_reading(content), "received": received}


def _reading(content: dict[str, object]) -> dict[str, object]:
    value = content.get("value")
    at = text_of(content, "timestamp")
    moment = datetime.fromisoformat(at) if at else None
    return {
        **{key: content.get(key) for key in ("well", "sensor", "unit")},
        "value": float(str(value)) if value not in (None, "None") else None,
        "timestamp": moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment,
    }


def downgrade() -> None:
    """What stood in the blocks is lost: earlier versions cannot read them."""
    op.create_table(
        "dead_letters",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("source", Words(40), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("reason", Words(60), nullable=False),
        sa.Column("content", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for table in ("recent_readings", "tags", "dead_blocks"):
        op.drop_table(table)
