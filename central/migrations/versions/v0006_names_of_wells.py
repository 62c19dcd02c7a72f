"""What a well is called and how it is run, in versions like any record."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Flag, LongWords, Moment, Words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = "well_passports"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Words(36), primary_key=True),
        sa.Column("well_id", sa.Integer, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("deleted", Flag, nullable=False),
        sa.Column("valid_at", Moment, nullable=False),
        sa.Column("well_name", LongWords),
        sa.Column("pad", LongWords),
        sa.Column("lift", Words(60)),
        sa.Column("aliases", LongWords),
        sa.Column("note", LongWords),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
