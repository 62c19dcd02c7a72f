"""Topics of streams and the fields that they speak for."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Json, Moment, Words

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stream_bindings",
        sa.Column("source", Words(60), primary_key=True),
        sa.Column("pattern", Words(400), primary_key=True),
        sa.Column("fields", Json, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("author", Words(200)),
    )


def downgrade() -> None:
    op.drop_table("stream_bindings")
