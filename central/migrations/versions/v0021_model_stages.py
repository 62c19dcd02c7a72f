"""What each model of a training is now, and what it was made of."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Json, Moment, Words

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLE = "model_stages"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("name", Words(100), primary_key=True),
        sa.Column("version", Words(50), primary_key=True),
        sa.Column("stage", Words(20), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("author", Words(200)),
        sa.Column("manifest", Json, nullable=False),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
