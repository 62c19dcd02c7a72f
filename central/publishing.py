"""What people without the program see on boards, brought into ClickHouse: names of wells, what models
said. The rows stand in the system of record; there they are only repeated, the newest of each key.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app.core.clock import iso
from app.sync.wire import as_json
from central.stores import wells
from central.stores.clickhouse import ClickHouse
from central.stores.engine import reading
from central.stores.tables import RECORDS, column_of

RESULTS = RECORDS["model_result"]
_THERE = "SELECT well_id, result_id FROM wellside.board_results FINAL WHERE deleted = 0"


def publish(engine: Engine, store: ClickHouse) -> dict[str, int]:
    """Rows of each table. Raises KnownError (clickhouse_down)."""
    batch = store.next_batch()
    there = {(int(well), str(result)) for well, result in store.query(_THERE)}  # before what it came from
    with reading(engine) as connection:
        named = [
            {
                "well_id": int(well.id),
                "field": well.field_name,
                "pad": well.pad,
                "name": well.name,
                "lift": well.lift,
                "batch": batch,
            }
            for well in wells.all_wells(connection)
        ]
        said = [_result(row, batch) for row in connection.execute(sa.select(RESULTS)).mappings()]
    moved = [
        {"well_id": well, "result_id": result, "deleted": 1, "batch": batch}
        for well, result in there - {(row["well_id"], row["result_id"]) for row in said}
    ]
    for table, rows in (("board_wells", named), ("board_results", [*said, *moved])):
        if rows:
            body = b"\n".join(as_json(row) for row in rows)
            store.insert_rows(table, body, f"{table}/{batch}", [], "")
    return {"wells": len(named), "results": len(said)}


def _result(row: sa.RowMapping, batch: int) -> dict[str, object]:
    told = {key: row[column_of(key)] for key in ("model", "version", "scenario", "quantity", "value", "unit")}
    return {
        **told,
        "well_id": int(row["well_id"]),
        "result_id": row["id"],
        "valid_at": iso(row["valid_at"]),
        "deleted": int(bool(row["deleted"])),
        "batch": batch,
    }
