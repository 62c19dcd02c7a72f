"""How far a source was read that does not remember it itself: an OPC UA server."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Moment, Words

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLE = "stream_places"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("source", Words(60), primary_key=True),
        sa.Column("saved_at", Moment, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
