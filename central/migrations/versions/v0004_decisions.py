"""Decisions on findings are records with versions; those that came before become ones. Beside them what the
next model learns from.
"""

import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from app.models.upcasters.to_v2 import upcast
from app.models.values import needed_text, part_of, text_of
from central.stores.learning import features_of
from central.stores.types import Flag, Json, LongWords, Moment, Real, Words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DECISIONS = sa.table(
    "finding_decisions",
    *(
        sa.column(name, type_)
        for name, type_ in (
            ("id", Words(36)),
            ("well_id", sa.Integer),
            ("version", sa.Integer),
            ("deleted", Flag),
            ("from_at", Moment),
            ("to_at", Moment),
            ("code", LongWords),
            ("decision", Words(60)),
            ("reason", LongWords),
            ("severity", Words(60)),
            ("confidence", Real),
            ("grounds", LongWords),
        )
    ),
)
VERSIONS = sa.table(
    "record_versions",
    *(
        sa.column(name, type_)
        for name, type_ in (
            ("record_id", Words(36)),
            ("version", sa.Integer),
            ("kind", Words(30)),
            ("well_id", sa.Integer),
            ("entry_id", Words(36)),
            ("author", Words(200)),
            ("saved_at", Moment),
            ("action", Words(20)),
            ("body", Json),
            ("files", Json),
        )
    ),
)
ITEMS = sa.table(
    "items",
    *(
        sa.column(name, type_)
        for name, type_ in (
            ("topic", Words(20)),
            ("item_key", Words(100)),
            ("well_id", sa.Integer),
            ("entry_id", Words(36)),
            ("saved_at", Moment),
            ("body", Json),
        )
    ),
)
CHANGES = sa.table(
    "changes", *(sa.column(n) for n in ("change_no", "topic", "item_key", "version", "well_id", "field_name"))
)
FEATURES = sa.table("decision_features", *(sa.column(n) for n in ("finding_id", "feature", "value")))
COUNTER = sa.table("change_counter", sa.column("id"), sa.column("last_no"))
WELLS = sa.table("wells", sa.column("id"), sa.column("field_name", Words(200)))


def upgrade() -> None:
    op.create_table(
        "finding_decisions",
        sa.Column("id", Words(36), primary_key=True),
        sa.Column("well_id", sa.Integer, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("deleted", Flag, nullable=False),
        sa.Column("from_at", Moment, nullable=False),
        sa.Column("to_at", Moment),
        sa.Column("code", LongWords),
        sa.Column("decision", Words(60)),
        sa.Column("reason", LongWords),
        sa.Column("severity", Words(60)),
        sa.Column("confidence", Real),
        sa.Column("grounds", LongWords),
    )
    op.create_table(
        "decision_features",
        sa.Column("finding_id", Words(36), primary_key=True),
        sa.Column("feature", Words(120), primary_key=True),
        sa.Column("value", Real, nullable=False),
    )
    _what_was_decided_before(op.get_bind())


def _what_was_decided_before(connection: sa.Connection) -> None:
    """In the order in which they came; each laptop hears of them by a change of its own."""
    before = connection.execute(
        sa.select(ITEMS).where(ITEMS.c.topic == "decision").order_by(ITEMS.c.saved_at)
    ).mappings()
    versions: dict[str, int] = {}
    last = int(connection.execute(sa.select(COUNTER.c.last_no)).scalar() or 0)
    for item in before.all():
        _, payload = upcast("finding_decision", item["body"])
        name = needed_text(payload, "record")
        version = versions[name] = versions.get(name, 0) + 1
        names = ("record", "kind", "at", "until", "values", "action", "author")
        body = {key: payload.get(key) for key in names} | {"schema_version": 2}
        values = part_of(payload, "values")
        kept = {
            "well_id": item["well_id"],
            "version": version,
            "deleted": False,
            "from_at": datetime.fromisoformat(needed_text(payload, "at")),
            "to_at": datetime.fromisoformat(until) if (until := text_of(payload, "until")) else None,
            **{key: values.get(key) for key in ("code", "decision", "reason", "severity")},
            **{key: values.get(key) for key in ("confidence", "grounds")},
        }
        if version == 1:
            connection.execute(sa.insert(DECISIONS).values(id=name, **kept))
        else:
            connection.execute(sa.update(DECISIONS).where(DECISIONS.c.id == name).values(**kept))
        connection.execute(
            sa.insert(VERSIONS).values(
                record_id=name,
                version=version,
                kind="finding_decision",
                well_id=item["well_id"],
                entry_id=item["entry_id"],
                author=payload["author"] or "",
                saved_at=item["saved_at"],
                action="saved",
                body=body,
                files=[],
            )
        )
        field = connection.execute(
            sa.select(WELLS.c.field_name).where(WELLS.c.id == item["well_id"])
        ).scalar_one()
        last += 1
        connection.execute(
            sa.insert(CHANGES).values(
                change_no=last,
                topic="record",
                item_key=name,
                version=version,
                well_id=item["well_id"],
                field_name=field,
            )
        )
        connection.execute(sa.delete(FEATURES).where(FEATURES.c.finding_id == name))
        for feature, value in features_of(json.loads(json.dumps(body))).items():
            connection.execute(sa.insert(FEATURES).values(finding_id=name, feature=feature, value=value))
    if versions:
        connection.execute(sa.update(COUNTER).where(COUNTER.c.id == 1).values(last_no=last))
    connection.execute(sa.delete(CHANGES).where(CHANGES.c.topic == "decision"))
    connection.execute(sa.delete(ITEMS).where(ITEMS.c.topic == "decision"))


def downgrade() -> None:
    op.drop_table("decision_features")
    op.drop_table("finding_decisions")
