"""Which of several centres on one database does what only one may do."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Words

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "centre_leases"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("name", Words(30), primary_key=True),
        sa.Column("holder", Words(36), nullable=False),
        sa.Column("beat", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
