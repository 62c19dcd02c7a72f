"""Writers of several centres at the same time: which numbers are given and not committed yet. What laptops
with an account read stops before them.
"""

import sqlalchemy as sa
from alembic import op

from central.migrations.versions import v0002_laptop_changes as as_it_was

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TURNS, GATE, VIEW = "open_turns", "writers_gate", "laptop_changes"
_SETTLED = (
    f"CREATE VIEW {VIEW} AS SELECT t.* FROM ({as_it_was.CHANGES}) t "
    f"WHERE NOT EXISTS (SELECT 1 FROM {TURNS} o WHERE o.first_no <= t.change_no)"
)


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        TURNS,
        sa.Column("first_no", number, primary_key=True, autoincrement=False),
        sa.Column("last_no", number, nullable=False),
    )
    op.create_table(GATE, sa.Column("id", sa.Integer, primary_key=True, autoincrement=False))
    op.execute(f"DROP VIEW {VIEW}")
    op.execute(_SETTLED)


def downgrade() -> None:
    op.execute(f"DROP VIEW {VIEW}")
    op.execute(f"CREATE VIEW {VIEW} AS {as_it_was.CHANGES}")
    op.drop_table(GATE)
    op.drop_table(TURNS)
