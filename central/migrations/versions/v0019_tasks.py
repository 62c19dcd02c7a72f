"""What is to be done, what was found in pulled equipment, its serial numbers; events that are planned."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from central.stores.types import Flag, LongWords, Moment, Real, Words

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

COLUMNS = {
    "event_log": {"choice": "state", "number": "cost lost_oil_kg"},
    "installations": {"text": "failed_item failure_cause serials"},
}
TABLES = {
    "tasks": (
        "from_at",
        "due_at",
        {"choice": "what state origin", "text": "who why note rule finding done_by", "time": "done_at"},
    ),
    "teardowns": (
        "torn_at",
        None,
        {"text": "item serial failed_item cause condition conclusion blamed commission note"},
    ),
}
TYPES: dict[str, Callable[[], Any]] = {
    "number": Real,
    "text": LongWords,
    "choice": lambda: Words(60),
    "time": lambda: Moment,
}


def _columns(named: dict[str, str]) -> Iterator[sa.Column]:
    for type_, names in named.items():
        for name in names.split():
            yield sa.Column(name, TYPES[type_](), nullable=True)


def upgrade() -> None:
    for table, named in COLUMNS.items():
        for column in _columns(named):
            op.add_column(table, column)
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
            *_columns(named),
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for table, named in COLUMNS.items():
        for column in _columns(named):
            op.drop_column(table, column.name)
