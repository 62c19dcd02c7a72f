"""Roles, given by field to devices and people."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Moment, Words

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE = "role_grants"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("holder", Words(200), primary_key=True),
        sa.Column("role_name", Words(30), primary_key=True),
        sa.Column("field_name", Words(200), primary_key=True),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("author", Words(200)),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
