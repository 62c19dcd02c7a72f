"""Who did what at the centre, each row with the hash of the one before."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import LongWords, Words

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("audit_trail", "audit_end")


def upgrade() -> None:
    op.create_table(
        TABLES[0],
        sa.Column("row_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("done_at", Words(40), nullable=False),
        sa.Column("actor", Words(200), nullable=False),
        sa.Column("act", Words(60), nullable=False),
        sa.Column("about", LongWords, nullable=False),
        sa.Column("hash_before", Words(64), nullable=False),
        sa.Column("row_hash", Words(64), nullable=False),
    )
    op.create_table(
        TABLES[1],
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("row_no", sa.Integer, nullable=False),
        sa.Column("row_hash", Words(64), nullable=False),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
