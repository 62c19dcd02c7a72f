"""Wells as they are run: rod strings, pumping units, surveys, fluids, reservoirs, wellhead pressures, and
what equipment changes tell beside the pump.
"""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from central.stores.types import Flag, LongWords, Moment, Real, Words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = {
    "installations": {
        "number": (
            "depth_tvd_m plunger_length_m plunger_clearance_m barrel_length_m "
            "tubing_outer_diameter_m tubing_inner_diameter_m casing_inner_diameter_m packer_m "
            "curve_frequency_hz curve_stages separator_efficiency motor_voltage_v "
            "motor_temperature_limit_k cable_length_m cable_temperature_limit_k gauge_depth_m "
            "displacement_m3 highest_speed_per_s nozzle_m throat_m"
        ),
        "flag": "tubing_anchored",
        "text": "pumps curve separator seal cable transformer valves equipment_note",
    },
    "flow_tests": {
        "number": "runtime_s",
    },
}

TABLES = {
    "rod_strings": ("run_at", "pulled_at", {"text": "sections note", "number": "damping_up damping_down"}),
    "pumping_units": (
        "set_at",
        "removed_at",
        {
            "text": "unit_name counterweights unit_motor sheaves note",
            "choice": "geometry rotation",
            "number": (
                "stroke_m strokes_per_s api_a_m api_c_m api_g_m api_h_m api_i_m api_k_m api_p_m "
                "api_r_m structural_imbalance_n counterbalance_moment_n_m gearbox_rating_n_m "
                "beam_rating_n unit_power_w"
            ),
        },
    ),
    "surveys": ("surveyed_at", None, {"text": "stations method_ note"}),
    "fluids": (
        "valid_at",
        None,
        {
            "number": (
                "water_cut oil_relative_density water_relative_density gas_relative_density "
                "gas_oil_ratio bubble_point_pa viscosity_pa_s"
            ),
            "text": "viscosities note",
        },
    ),
    "reservoirs": (
        "valid_at",
        None,
        {
            "number": "reservoir_pressure_pa datum_m reservoir_temperature_k productivity_m3_per_s_pa",
            "text": "note",
        },
    ),
    "head_pressures": ("taken_at", None, {"number": "tubing_pressure_pa casing_pressure_pa", "text": "note"}),
}
TYPES: dict[str, Callable[[], Any]] = {
    "number": Real,
    "text": LongWords,
    "choice": lambda: Words(60),
    "flag": Flag,
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
