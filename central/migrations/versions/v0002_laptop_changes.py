"""The stream of changes as one view: what a laptop with a read-only account reads
(app/sync/transports/oracle.py).
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WELL = (
    "w.well_uid, w.field_name, w.pad, w.name AS well_name, w.id AS well_number, w.lift, w.state, "
    "w.aliases, w.depth_m"
)
_HEAD = "c.change_no, c.topic, c.item_key, c.version"


CHANGES = f"""SELECT {_HEAD}, {_WELL}, v.entry_id, v.author, v.saved_at, v.action, v.body, v.files
        FROM changes c JOIN record_versions v ON v.record_id = c.item_key AND v.version = c.version
        JOIN wells w ON w.id = c.well_id
        WHERE c.topic = 'record'
        UNION ALL
        SELECT {_HEAD}, {_WELL}, i.entry_id, NULL, i.saved_at, NULL, i.body, NULL
        FROM changes c JOIN items i ON i.topic = c.topic AND i.item_key = c.item_key JOIN wells w
        ON w.id = c.well_id
        UNION ALL
        SELECT {_HEAD}, {_WELL}, NULL, NULL, NULL, NULL, NULL, NULL FROM changes c JOIN wells w
        ON w.id = c.well_id WHERE c.topic = 'well'
        UNION ALL
        SELECT {_HEAD}, {_WELL}, c.item_key, NULL, NULL, NULL, NULL, NULL FROM changes c JOIN wells w
        ON w.id = c.well_id
        WHERE c.topic = 'card'"""


def upgrade() -> None:
    op.execute(f"CREATE VIEW laptop_changes AS {CHANGES}")


def downgrade() -> None:
    op.execute("DROP VIEW laptop_changes")
