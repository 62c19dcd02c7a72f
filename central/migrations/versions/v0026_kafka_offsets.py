"""How far each partition of Kafka was read, beside what was read of it."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Moment, Words

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLE = "kafka_offsets"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("cluster_id", Words(100), primary_key=True),
        sa.Column("topic", Words(250), primary_key=True),
        sa.Column("partition_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("next_offset", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", Moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
