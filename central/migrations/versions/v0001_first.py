"""The first schema."""

import sqlalchemy as sa
from alembic import op

from central.stores.types import Flag, Json, LongWords, Moment, Real, Words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "changes",
        sa.Column(
            "change_no",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("topic", Words(20), nullable=False),
        sa.Column("item_key", Words(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=True),
        sa.Column("field_name", Words(200), nullable=True),
        sa.PrimaryKeyConstraint("change_no"),
    )
    op.create_table(
        "clickhouse_outbox",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("target", Words(40), nullable=False),
        sa.Column("token", Words(100), nullable=False),
        sa.Column("row_format", Words(20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "dead_letters",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("source", Words(40), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("reason", Words(60), nullable=False),
        sa.Column("content", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "devices",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("name", Words(200), nullable=False),
        sa.Column("token_sha256", Words(64), nullable=False),
        sa.Column("scopes", Json(), nullable=False),
        sa.Column("fields", Json(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_table(
        "document_files",
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("file_size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("complete_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "document_owners",
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("field_name", Words(200), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "field_name"),
    )
    op.create_table(
        "document_pieces",
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("piece_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "piece_no"),
    )
    op.create_table(
        "document_uploads",
        sa.Column("device_id", Words(36), nullable=False),
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("piece_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("piece_size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "sha256", "piece_no"),
    )
    op.create_table(
        "event_log",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("happened_at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("kind", Words(60), nullable=True),
        sa.Column("note", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_event_log_well_id"), "event_log", ["well_id"], unique=False)
    op.create_table(
        "flow_tests",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("duration_s", Real(), nullable=True),
        sa.Column("liquid_m3_per_s", Real(), nullable=True),
        sa.Column("water_cut", Real(), nullable=True),
        sa.Column("oil_kg_per_s", Real(), nullable=True),
        sa.Column("gas_m3_per_s", Real(), nullable=True),
        sa.Column("line_pressure_pa", Real(), nullable=True),
        sa.Column("valid", Flag(), nullable=True),
        sa.Column("note", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_flow_tests_well_id"), "flow_tests", ["well_id"], unique=False)
    op.create_table(
        "fluid_levels",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("level_", Words(60), nullable=True),
        sa.Column("level_m", Real(), nullable=True),
        sa.Column("casing_pressure_pa", Real(), nullable=True),
        sa.Column("sound_speed_m_per_s", Real(), nullable=True),
        sa.Column("note", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_fluid_levels_well_id"), "fluid_levels", ["well_id"], unique=False)
    op.create_table(
        "forecasts",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("kind", Words(30), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "ingest_receipts",
        sa.Column("entry_id", Words(36), nullable=False),
        sa.Column("device_id", Words(36), nullable=False),
        sa.Column("kind", Words(30), nullable=False),
        sa.Column("payload_sha256", Words(64), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("change_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entry", Json(), nullable=False),
        sa.Column("receipt", Json(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_table(
        "installations",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("run_at", Moment(), nullable=False),
        sa.Column("pulled_at", Moment(), nullable=True),
        sa.Column("pump_name", LongWords(), nullable=True),
        sa.Column("pump_type", LongWords(), nullable=True),
        sa.Column("depth_m", Real(), nullable=True),
        sa.Column("plunger_diameter_m", Real(), nullable=True),
        sa.Column("stages", Real(), nullable=True),
        sa.Column("motor", LongWords(), nullable=True),
        sa.Column("rated_power_w", Real(), nullable=True),
        sa.Column("rated_current_a", Real(), nullable=True),
        sa.Column("supplier", LongWords(), nullable=True),
        sa.Column("pulled_because", LongWords(), nullable=True),
        sa.Column("failed", Flag(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_installations_well_id"), "installations", ["well_id"], unique=False)
    op.create_table(
        "items",
        sa.Column("topic", Words(20), nullable=False),
        sa.Column("item_key", Words(100), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", Words(36), nullable=True),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "item_key"),
    )
    op.create_table(
        "lab_results",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("sampled_at", Moment(), nullable=False),
        sa.Column("parameter", Words(60), nullable=True),
        sa.Column("value_", Real(), nullable=True),
        sa.Column("unit", LongWords(), nullable=True),
        sa.Column("qualifier", LongWords(), nullable=True),
        sa.Column("method_", LongWords(), nullable=True),
        sa.Column("sample_", LongWords(), nullable=True),
        sa.Column("point", LongWords(), nullable=True),
        sa.Column("lab", LongWords(), nullable=True),
        sa.Column("note", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_lab_results_well_id"), "lab_results", ["well_id"], unique=False)
    op.create_table(
        "maintenance_records",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("kind", Words(60), nullable=True),
        sa.Column("reason", LongWords(), nullable=True),
        sa.Column("work", LongWords(), nullable=True),
        sa.Column("crew", LongWords(), nullable=True),
        sa.Column("equipment", LongWords(), nullable=True),
        sa.Column("result", LongWords(), nullable=True),
        sa.Column("note", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_maintenance_records_well_id"), "maintenance_records", ["well_id"], unique=False)
    op.create_table(
        "model_results",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("valid_at", Moment(), nullable=False),
        sa.Column("model", LongWords(), nullable=True),
        sa.Column("version_", LongWords(), nullable=True),
        sa.Column("scenario", LongWords(), nullable=True),
        sa.Column("quantity", LongWords(), nullable=True),
        sa.Column("value_", Real(), nullable=True),
        sa.Column("unit", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_model_results_well_id"), "model_results", ["well_id"], unique=False)
    op.create_table(
        "models",
        sa.Column("name", Words(100), nullable=False),
        sa.Column("version", Words(50), nullable=False),
        sa.Column("sha256", Words(64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("about", Json(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "version"),
    )
    op.create_table(
        "notes",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("noted_at", Moment(), nullable=False),
        sa.Column("text", LongWords(), nullable=True),
        sa.Column("sensor", LongWords(), nullable=True),
        sa.Column("author", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_notes_well_id"), "notes", ["well_id"], unique=False)
    op.create_table(
        "production",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("produced_at", Moment(), nullable=False),
        sa.Column("period", Words(60), nullable=True),
        sa.Column("purpose", Words(60), nullable=True),
        sa.Column("on_stream_s", Real(), nullable=True),
        sa.Column("oil_m3", Real(), nullable=True),
        sa.Column("oil_kg", Real(), nullable=True),
        sa.Column("water_m3", Real(), nullable=True),
        sa.Column("liquid_m3", Real(), nullable=True),
        sa.Column("gas_m3", Real(), nullable=True),
        sa.Column("water_injected_m3", Real(), nullable=True),
        sa.Column("gas_injected_m3", Real(), nullable=True),
        sa.Column("downhole_pressure_pa", Real(), nullable=True),
        sa.Column("downhole_temperature_k", Real(), nullable=True),
        sa.Column("tubing_drop_pa", Real(), nullable=True),
        sa.Column("annulus_pressure_pa", Real(), nullable=True),
        sa.Column("choke_share", Real(), nullable=True),
        sa.Column("wellhead_pressure_pa", Real(), nullable=True),
        sa.Column("wellhead_temperature_k", Real(), nullable=True),
        sa.Column("choke_drop_pa", Real(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_production_well_id"), "production", ["well_id"], unique=False)
    op.create_table(
        "record_versions",
        sa.Column("record_id", Words(36), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", Words(30), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", Words(36), nullable=False),
        sa.Column("author", Words(200), nullable=True),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("action", Words(20), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.Column("files", Json(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "version"),
    )
    op.create_index(op.f("ix_record_versions_entry_id"), "record_versions", ["entry_id"], unique=False)
    op.create_table(
        "valve_tests",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("valve", Words(60), nullable=True),
        sa.Column("load_start_n", Real(), nullable=True),
        sa.Column("load_end_n", Real(), nullable=True),
        sa.Column("duration_s", Real(), nullable=True),
        sa.Column("note", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_valve_tests_well_id"), "valve_tests", ["well_id"], unique=False)
    op.create_table(
        "well_docs",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("dated_at", Moment(), nullable=False),
        sa.Column("kind", Words(60), nullable=True),
        sa.Column("title", LongWords(), nullable=True),
        sa.Column("note", LongWords(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_well_docs_well_id"), "well_docs", ["well_id"], unique=False)
    op.create_table(
        "well_tests",
        sa.Column("id", Words(36), nullable=False),
        sa.Column("well_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("kind", Words(30), nullable=False),
        sa.Column("entry_id", Words(36), nullable=False),
        sa.Column("deleted", Flag(), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "wells",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("well_uid", Words(36), nullable=False),
        sa.Column("field_name", Words(200), nullable=True),
        sa.Column("pad", Words(200), nullable=True),
        sa.Column("name", Words(200), nullable=False),
        sa.Column("lift", Words(20), nullable=True),
        sa.Column("state", Words(20), nullable=True),
        sa.Column("aliases", Json(), nullable=False),
        sa.Column("depth_m", Real(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("well_uid"),
    )


def downgrade() -> None:
    op.drop_table("wells")
    op.drop_table("well_tests")
    op.drop_index(op.f("ix_well_docs_well_id"), table_name="well_docs")
    op.drop_table("well_docs")
    op.drop_index(op.f("ix_valve_tests_well_id"), table_name="valve_tests")
    op.drop_table("valve_tests")
    op.drop_index(op.f("ix_record_versions_entry_id"), table_name="record_versions")
    op.drop_table("record_versions")
    op.drop_index(op.f("ix_production_well_id"), table_name="production")
    op.drop_table("production")
    op.drop_index(op.f("ix_notes_well_id"), table_name="notes")
    op.drop_table("notes")
    op.drop_table("models")
    op.drop_index(op.f("ix_model_results_well_id"), table_name="model_results")
    op.drop_table("model_results")
    op.drop_index(op.f("ix_maintenance_records_well_id"), table_name="maintenance_records")
    op.drop_table("maintenance_records")
    op.drop_index(op.f("ix_lab_results_well_id"), table_name="lab_results")
    op.drop_table("lab_results")
    op.drop_table("items")
    op.drop_index(op.f("ix_installations_well_id"), table_name="installations")
    op.drop_table("installations")
    op.drop_table("ingest_receipts")
    op.drop_table("forecasts")
    op.drop_index(op.f("ix_fluid_levels_well_id"), table_name="fluid_levels")
    op.drop_table("fluid_levels")
    op.drop_index(op.f("ix_flow_tests_well_id"), table_name="flow_tests")
    op.drop_table("flow_tests")
    op.drop_index(op.f("ix_event_log_well_id"), table_name="event_log")
    op.drop_table("event_log")
    op.drop_table("document_uploads")
    op.drop_table("document_pieces")
    op.drop_table("document_owners")
    op.drop_table("document_files")
    op.drop_table("devices")
    op.drop_table("dead_letters")
    op.drop_table("clickhouse_outbox")
    op.drop_table("changes")
    op.drop_table("change_counter")
