"""Since when a row waits for ClickHouse, and in which trace: nullable, so that a centre of the version before
writes beside one of this.
"""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Moment, Words

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OUTBOX = "clickhouse_outbox"


def upgrade() -> None:
    op.add_column(OUTBOX, sa.Column("added_at", Moment))
    op.add_column(OUTBOX, sa.Column("trace", Words(60)))


def downgrade() -> None:
    with op.batch_alter_table(OUTBOX) as table:
        table.drop_column("trace")
        table.drop_column("added_at")
