"""What is made of readings for Spark, piece by piece: Arrow in and out, by the functions that a laptop has.
Nothing here knows of Spark.

Readings: well_id, sensor_type, timestamp [UTC], value [SI], quality, one row a moment. A piece is a month of
one series: what a laptop keeps of a series depends on how fast it is, so that the plan of it (`plan`) is
beside each row. In what order rows come is nobody's promise: they are put in order here.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.analysis.esp.grid import grid_of_cells, step_for
from app.analysis.forecast.features import NAMES, features_of
from app.analysis.rules.base import esp_case
from app.core.units import DAY_S
from app.models.hours import HOUR_US, MINUTE_US, Buckets, is_dense, of_minutes, of_rows, stored
from app.models.readings import Hourly, Readings
from app.models.sensors import BY_NUMBER

WINDOW_US = int(90 * DAY_S * 1e6)
"""Of a diagnosis, and so of the features."""
_SERIES = [("well_id", pa.int64()), ("sensor_type", pa.int16())]
_MOMENT = pa.timestamp("us", tz="UTC")


def _figures(real: pa.DataType) -> list[tuple[str, pa.DataType]]:
    columns = [("low", real), ("high", real), ("mean", real)]
    return [*columns, ("good", pa.int64()), ("bad", pa.int64()), ("marks", pa.int16())]


SPANS = pa.schema([*_SERIES, ("n", pa.int64()), ("first", pa.int64()), ("last", pa.int64())])
"""Of each series: readings, first and last moment [µs]."""
PLAN = pa.schema(
    [*_SERIES, ("dense", pa.bool_()), ("step", pa.int64()), ("since", pa.int64()), ("until", pa.int64())]
)
"""`dense`: a laptop keeps its minutes. Cells of the features: their length, and of which time [µs]."""
ROLLED = pa.schema([*_SERIES, ("at", _MOMENT), *_figures(pa.float32())])
CELLS = pa.schema(
    [*_SERIES, ("at", _MOMENT), *_figures(pa.float64()), ("step", pa.int64()), ("until", pa.int64())]
)
FEATURES = pa.schema(
    [
        ("well_id", pa.int64()),
        ("until", _MOMENT),
        *((name, pa.float64()) for name in NAMES),
        *((f"{name}_known", pa.bool_()) for name in NAMES),
    ]
)


def plan(spans: pa.Table) -> pa.Table:
    """PLAN of SPANS."""
    well, first, last = (spans.column(name).to_numpy() for name in ("well_id", "first", "last"))
    step, since, until = (np.zeros(len(well), np.int64) for _ in range(3))
    for one in np.unique(well).tolist():
        mine = well == one
        end = int(last[mine].max())
        begin = max(int(first[mine].min()), end - WINDOW_US)
        step[mine] = step_for(end - begin)
        since[mine], until[mine] = begin // step[mine] * step[mine], end
    dense = is_dense(spans.column("n").to_numpy(), last - first)
    columns = [spans.column("well_id"), spans.column("sensor_type"), dense, step, since, until]
    return pa.table(dict(zip(PLAN.names, columns, strict=True))).cast(PLAN)


def hours(piece: pa.Table) -> pa.Table:
    """As a laptop keeps them: of a dense series out of its minutes."""
    return _table(piece, stored(_buckets(piece, HOUR_US)), ROLLED)


def minutes(piece: pa.Table) -> pa.Table:
    return _table(piece, stored(of_rows(_readings(piece), MINUTE_US)), ROLLED)


def cells(piece: pa.Table) -> pa.Table:
    """As a diagnosis looks at them. They divide hours, so that none lies in two pieces."""
    told = {name: _of(piece, name) for name in ("step", "since", "until")}
    piece = piece.filter(pc.greater_equal(_us(piece), told["since"]))
    if not len(piece):
        return CELLS.empty_table()
    made = _table(piece, _buckets(piece, told["step"]), pa.schema(list(CELLS)[:-2]))
    for name in ("step", "until"):
        made = made.append_column(name, pa.array(np.full(len(made), told[name])))
    return made.cast(CELLS)


def features(cells_of_well: pa.Table) -> pa.Table:
    """What the failure model looks at; no row where nothing tells whether the pump ran. How long it has run
    is in no reading: that feature is not known.
    """
    ordered = cells_of_well.sort_by([("sensor_type", "ascending"), ("at", "ascending")])
    by_sensor = {}
    for sensor in pc.unique(ordered.column("sensor_type")).to_pylist():
        if sensor in BY_NUMBER:
            mine = ordered.filter(pc.equal(ordered.column("sensor_type"), sensor))
            low, high, mean, good, bad, marks = (
                mine.column(name).to_numpy(zero_copy_only=False)
                for name in ("low", "high", "mean", "good", "bad", "marks")
            )
            at = mine.column("at").cast(pa.int64()).to_numpy()
            by_sensor[BY_NUMBER[sensor].key] = Hourly(at, low, high, mean, good, bad, marks.astype(np.uint8))
    case = esp_case(grid_of_cells(by_sensor, _of(ordered, "step")))
    if case is None:
        return FEATURES.empty_table()
    made = features_of(case, np.nan)
    columns = [_of(ordered, "well_id"), _of(ordered, "until"), *made.values.tolist(), *made.known.tolist()]
    named = zip(FEATURES, columns, strict=True)
    return pa.table({field.name: pa.array([one]).cast(field.type) for field, one in named})


def _buckets(piece: pa.Table, step_us: int) -> Buckets:
    """By way of the stored minutes where a laptop keeps them."""
    readings = _readings(piece)
    if not piece.column("dense")[0].as_py():
        return of_rows(readings, step_us)
    return of_minutes(stored(of_rows(readings, MINUTE_US)), step_us)


def _readings(piece: pa.Table) -> Readings:
    ordered = piece.sort_by("timestamp")
    value = ordered.column("value").cast(pa.float32()).to_numpy()
    quality = ordered.column("quality").cast(pa.uint8()).to_numpy()
    return Readings.of_one(0, _of(piece, "sensor_type"), _us(ordered).to_numpy(), value, quality)


def _us(piece: pa.Table) -> pa.ChunkedArray:
    return piece.column("timestamp").cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())


def _of(piece: pa.Table, name: str) -> int:
    return int(piece.column(name).cast(pa.int64())[0].as_py())


def _table(piece: pa.Table, made: Buckets, schema: pa.Schema) -> pa.Table:
    """Nothing where no sample is good."""
    kept = made.table().drop_columns(["well", "sensor"])
    series = [pa.array(np.full(len(kept), _of(piece, name))) for name, _ in _SERIES]
    return pa.table([*series, *kept.columns], names=schema.names).cast(schema)
