"""Casing and perforations among the equipment of a well: what the sketch of a report is drawn from."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Real

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = ("casing_diameter_m", "casing_shoe_m", "perforation_top_m", "perforation_bottom_m")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("installations", sa.Column(name, Real(), nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("installations", name)
