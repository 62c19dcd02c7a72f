"""What a well is beside: its place, its electricity, its alarms; workovers that are planned."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from central.stores.types import Flag, LongWords, Moment, Real, Words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = {"maintenance_records": {"choice": "state", "number": "downtime_s cost lost_oil_kg"}}
TABLES = {
    "locations": (
        "located_at",
        None,
        {"number": "latitude_deg longitude_deg x_m y_m altitude_m", "text": "coordinate_system note"},
    ),
    "energy_uses": (
        "used_at",
        None,
        {"choice": "energy_period", "number": "energy_j tariff_per_j energy_cost", "text": "note"},
    ),
    "alarms": ("raised_at", "cleared_at", {"text": "alarm_tag priority alarm_state message"}),
}
TYPES: dict[str, Callable[[], Any]] = {"number": Real, "text": LongWords, "choice": lambda: Words(60)}


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
