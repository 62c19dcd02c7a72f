"""What a DBA runs for a site's size: room of its own, and the tables that grow for ever parted by month.
Printed, never run by the centre. Oracle 12.2 or newer; rights stand in `central/grants/oracle_grants.sql`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

GROWING = {"record_versions": "saved_at", "ingest_receipts": "received_at"}
"""Table → the moment by which it is parted, which a row keeps for ever."""
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,29}")


def script(owner: str, space: str) -> Iterator[str]:
    """Statements without their end. `space`: a tablespace of its own. Raises ValueError."""
    for name in (owner, space):
        if not _NAME.fullmatch(name):
            raise ValueError(name)
    yield (
        f"CREATE BIGFILE TABLESPACE {space} DATAFILE SIZE 1G AUTOEXTEND ON NEXT 1G MAXSIZE 500G "
        "EXTENT MANAGEMENT LOCAL AUTOALLOCATE SEGMENT SPACE MANAGEMENT AUTO"
    )
    yield f"ALTER USER {owner} QUOTA UNLIMITED ON {space}"
    yield f"ALTER USER {owner} DEFAULT TABLESPACE {space}"
    for table, moment in GROWING.items():
        # A moment with a zone cannot part a table: its day in UTC does, in a column that takes no room.
        yield (
            f"ALTER TABLE {owner}.{table} ADD (parted_by DATE GENERATED ALWAYS AS "
            f"(CAST(SYS_EXTRACT_UTC({moment}) AS DATE)))"
        )
        yield (
            f"ALTER TABLE {owner}.{table} MODIFY PARTITION BY RANGE (parted_by) INTERVAL "
            "(NUMTOYMINTERVAL(1, 'MONTH')) (PARTITION before VALUES LESS THAN (DATE '2026-01-01')) ONLINE"
        )
