"""Who sent a file whole, and when its pieces came: knowing its hash opens nothing, what was begun and left is
thrown away.
"""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Moment, Words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_holders",
        sa.Column("sha256", Words(64), primary_key=True),
        sa.Column("device_id", Words(36), primary_key=True),
    )
    op.add_column("document_uploads", sa.Column("came_at", Moment))


def downgrade() -> None:
    op.drop_table("document_holders")
    op.drop_column("document_uploads", "came_at")
