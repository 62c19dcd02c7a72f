"""An import of readings taken back in ClickHouse: what it replaced comes back, what it added is marked as
deleted.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from central.stores.clickhouse import READINGS, ClickHouse, spans_of

_KEY = "well_id, sensor_type, timestamp"


def remember(clickhouse: ClickHouse, table: pa.Table, source: str) -> None:
    """Before an import writes: what stands in its way is copied. Doing it again copies the same."""
    for well, first, last, _ in spans_of(table):
        sensors = pc.unique(
            table.filter(pc.equal(table.column("well_id"), well)).column("sensor_type")
        ).to_pylist()
        clickhouse.command(
            f"""INSERT INTO wellside.replaced_readings SELECT {{source:String}}, {_KEY}, value, quality
                FROM wellside.sensor_readings FINAL
                WHERE well_id = {{well:UInt32}} AND sensor_type IN {{sensors:Array(UInt8)}} AND deleted = 0
                AND source <> {{source:String}}
                AND timestamp BETWEEN {{first:DateTime64(6, 'UTC')}} AND {{last:DateTime64(6, 'UTC')}}""",
            {"source": source, "well": well, "sensors": sensors, "first": first, "last": last},
        )


def undo(clickhouse: ClickHouse, import_id: str, undo_id: str) -> None:
    """Only rows that are still the import's own. Doing it again finds none."""
    batch = clickhouse.next_batch()
    given = {"source": import_id, "undo": undo_id, "batch": batch}
    clickhouse.command(
        f"""INSERT INTO wellside.sensor_readings SETTINGS max_partitions_per_insert_block = 0
            SELECT s.well_id, s.sensor_type, s.timestamp, if(r.there = 1, r.value, s.value), if(r.there = 1,
            r.quality, s.quality),
                   if(r.there = 1, 0, 1), {{batch:UInt64}}, {{undo:String}}
            FROM (SELECT * FROM wellside.sensor_readings FINAL WHERE source = {{source:String}}
            AND deleted = 0) s
            LEFT JOIN (SELECT {_KEY}, value, quality, 1 AS there FROM wellside.replaced_readings FINAL
            WHERE source = {{source:String}}) r
            USING ({_KEY})""",
        given,
    )
    clickhouse.command(
        """INSERT INTO wellside.dynamograms SELECT well_id, taken_at, card_sha256, card_id,
            strokes_per_minute, position_m, load_n, 1,
           {batch:UInt64}, {undo:String} FROM wellside.dynamograms FINAL WHERE source = {source:String}
           AND deleted = 0""",
        given,
    )
    for table, moment in ((READINGS, "timestamp"), ("dynamograms", "taken_at")):
        spans = clickhouse.query(
            f"SELECT well_id, min({moment}), max({moment}), count() FROM wellside.{table} WHERE source = "
            f"{{undo:String}} GROUP BY well_id",
            {"undo": undo_id},
        )
        clickhouse.announce(
            table, [(int(well), first, last, int(n)) for well, first, last, n in spans], batch, undo_id
        )
