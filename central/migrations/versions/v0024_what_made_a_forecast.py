"""By which models a forecast was made, and the way to those of a well: nullable, so that a centre of the
version before writes beside one of this.
"""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Words

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

FORECASTS, OF_WELL = "forecasts", "ix_forecasts_of_well"


def upgrade() -> None:
    op.add_column(FORECASTS, sa.Column("model", Words(120)))
    op.create_index(OF_WELL, FORECASTS, ["well_id", "made_at"])


def downgrade() -> None:
    op.drop_index(OF_WELL, FORECASTS)
    with op.batch_alter_table(FORECASTS) as table:
        table.drop_column("model")
