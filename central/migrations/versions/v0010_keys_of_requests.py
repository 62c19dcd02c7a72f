"""Which content a request that may be sent again came with."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Moment, Words

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("device_id", Words(36), primary_key=True),
        sa.Column("request_key", Words(100), primary_key=True),
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("came_at", Moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("idempotency_keys")
