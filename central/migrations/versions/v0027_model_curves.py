"""Curves that integrated models gave for a well."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Flag, LongWords, Moment, Real, Words

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLE = "model_curves"
TEXTS = "model version_ scenario author points note"
NUMBERS = "depth_m wellhead_pressure_pa water_cut"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Words(36), primary_key=True),
        sa.Column("well_id", sa.Integer, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("deleted", Flag, nullable=False),
        sa.Column("valid_at", Moment, nullable=False),
        sa.Column("curve", Words(60), nullable=True),
        *(sa.Column(name, LongWords(), nullable=True) for name in TEXTS.split()),
        *(sa.Column(name, Real(), nullable=True) for name in NUMBERS.split()),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
