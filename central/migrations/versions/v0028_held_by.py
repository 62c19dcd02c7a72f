"""Where the pieces of a file lie: with the device that sent it whole; those of files of before lie apart."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Words

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLE = "document_files"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("held_by", Words(36)))


def downgrade() -> None:
    op.drop_column(TABLE, "held_by")
