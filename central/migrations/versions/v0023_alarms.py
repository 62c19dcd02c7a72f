"""When a reading alarms, and what people did about it."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from central.stores.types import Flag, LongWords, Moment, Real, Words

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = {
    "alarm_limits": (
        "holds_from",
        None,
        {
            "choice": "scope level_ says alarm_priority",
            "text": "scope_of pen pen_name limit_unit note",
            "number": "limit_value dead_band on_delay_s off_delay_s",
            "flag": "when_stopped",
        },
    ),
    "alarm_acts": (
        "acted_at",
        "shelved_until",
        {"choice": "act level_", "text": "pen comment_ who", "time": "raised_at"},
    ),
}
TYPES: dict[str, Callable[[], Any]] = {
    "number": Real,
    "text": LongWords,
    "choice": lambda: Words(60),
    "flag": lambda: Flag,
    "time": lambda: Moment,
}


def upgrade() -> None:
    for table, (at, until, named) in TABLES.items():
        moments = [sa.Column(at, Moment, nullable=False)]
        if until:
            moments.append(sa.Column(until, Moment))
        op.create_table(
            table,
            sa.Column("id", Words(36), primary_key=True),
            sa.Column("well_id", sa.Integer, nullable=False, index=True),
            sa.Column("version", sa.Integer, nullable=False),
            sa.Column("deleted", Flag, nullable=False),
            *moments,
            *(
                sa.Column(name, TYPES[type_](), nullable=True)
                for type_, names in named.items()
                for name in names.split()
            ),
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
