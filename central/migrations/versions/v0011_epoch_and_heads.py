"""Which life of the centre this is, and what each record says now, in figures that laptops compare with
theirs.
"""

import sqlalchemy as sa
from alembic import op

from app.models.canonical import digest
from central.stores.types import Json, Moment, Words

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HEADS = sa.table(
    "record_heads",
    *(sa.column(name) for name in ("record_id", "kind", "well_id", "version", "change_no", "digest")),
)
_KEYS = ("record_id", "kind", "well_id", "version")
VERSIONS = sa.table("record_versions", *(sa.column(name) for name in _KEYS), sa.column("body", Json()))
CHANGES = sa.table("changes", *(sa.column(name) for name in ("topic", "item_key", "version", "change_no")))


def upgrade() -> None:
    op.create_table(
        "centre_epoch",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", Words(36), nullable=False),
        sa.Column("began_at", Moment, nullable=False),
    )
    op.create_table(
        "record_heads",
        sa.Column("record_id", Words(36), primary_key=True),
        sa.Column("kind", Words(30), nullable=False),
        sa.Column("well_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("change_no", NUMBER, nullable=False),
        sa.Column("digest", NUMBER, nullable=False),
    )
    op.create_index("ix_record_heads_well_id", "record_heads", ["well_id"])
    op.create_index("ix_changes_of_field", "changes", ["field_name", "change_no"])
    _of_what_is_there()


def _of_what_is_there() -> None:
    connection = op.get_bind()
    told = sa.and_(
        CHANGES.c.topic == "record",
        CHANGES.c.item_key == VERSIONS.c.record_id,
        CHANGES.c.version == VERSIONS.c.version,
    )
    query = sa.select(VERSIONS, CHANGES.c.change_no).join(CHANGES, told).order_by(VERSIONS.c.version)
    heads = {}
    for row in connection.execute(query).mappings():
        heads[row["record_id"]] = {
            **{key: row[key] for key in (*_KEYS, "change_no")},
            "digest": digest(row["body"]),
        }
    if heads:
        connection.execute(sa.insert(HEADS), list(heads.values()))


def downgrade() -> None:
    op.drop_index("ix_changes_of_field", "changes")
    op.drop_table("record_heads")
    op.drop_table("centre_epoch")
