"""Which well another one turned out to be, in versions like any record."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Flag, LongWords, Moment, Words

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = "well_merges"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Words(36), primary_key=True),
        sa.Column("well_id", sa.Integer, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("deleted", Flag, nullable=False),
        sa.Column("merged_at", Moment, nullable=False),
        sa.Column("well_name", LongWords),
        sa.Column("into_name", LongWords),
        sa.Column("into_field", LongWords),
        sa.Column("into_pad", LongWords),
        sa.Column("into_uid", LongWords),
        sa.Column("note", LongWords),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
