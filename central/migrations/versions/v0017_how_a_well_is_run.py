"""How a pump, a choke or an injection is run, and how deep the tubing hangs, among a well's equipment."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Real

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = (
    "rated_flow_m3_per_s",
    "rated_head_m",
    "tubing_depth_m",
    "speed_per_s",
    "power_fluid_pressure_pa",
    "power_fluid_m3_per_s",
    "choke_m",
    "injection_m3_per_s",
    "injection_pressure_pa",
)


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("installations", sa.Column(name, Real(), nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("installations", name)
