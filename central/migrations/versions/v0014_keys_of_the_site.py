"""Keys of the site: one signs passports of laptops, the others seal parcels of unsent work."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Moment, Words

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = "site_keys"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seed", Words(64), nullable=False),
        sa.Column("secret", Words(64), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
