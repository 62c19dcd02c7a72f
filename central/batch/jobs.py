"""What runs by Spark: the readings of a series and a month, wherever they lie in the files, come together and
go through one function of `made`; those of a well through the steps by which the centre cleans (pandas, by
way of Arrow).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from central.batch import made
from central.cleaning.steps import STEPS

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

READ = ("well_id", "sensor_type", "timestamp", "value", "quality")
CLEANED = "well_id long, sensor_type short, timestamp timestamp, value float, quality short"
SERIES = ("well_id", "sensor_type")
PIECES: dict[str, tuple[Callable[[pa.Table], pa.Table], pa.Schema]] = {
    "minutes": (made.minutes, made.ROLLED),
    "hours": (made.hours, made.ROLLED),
    "features": (made.cells, made.CELLS),
}
"""What is made of a month of a series: features go on from there."""
JOBS = (*PIECES, "clean")
_NAMES = {"int64": "long", "int16": "short", "float": "float", "double": "double", "bool": "boolean"}


def session(master: str, memory: str) -> SparkSession:
    """`master` as Spark has it; empty: as spark-submit was told."""
    from pyspark.sql import SparkSession

    told = {"spark.sql.session.timeZone": "UTC"}
    if master:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        told |= {"spark.master": master, "spark.driver.memory": memory, "spark.ui.enabled": "false"}
    builder = SparkSession.builder.appName("wellside")
    for name, value in told.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def run(spark: SparkSession, job: str, source: str) -> DataFrame:
    """What the job makes of the Parquet files in `source`."""
    from pyspark.sql import functions as f

    readings = spark.read.parquet(source).select(*READ)
    if job == "clean":
        return readings.groupBy("well_id").applyInPandas(cleaned, CLEANED)
    moment = f.unix_micros("timestamp")
    spans = readings.groupBy(*SERIES).agg(
        f.count("*").alias("n"), f.min(moment).alias("first"), f.max(moment).alias("last")
    )
    # A row a series: what is decided of a whole series is decided once, and goes to every machine.
    planned = spark.createDataFrame(made.plan(spans.toArrow().cast(made.SPANS)))
    function, schema = PIECES[job]
    pieces = readings.join(f.broadcast(planned), list(SERIES)).withColumn(
        "month", f.date_trunc("month", "timestamp")
    )
    done = pieces.groupBy(*SERIES, "month").applyInArrow(function, spelt(schema))
    if job != "features":
        return done
    return done.groupBy("well_id").applyInArrow(made.features, spelt(made.FEATURES))


def cleaned(frame: pd.DataFrame) -> pd.DataFrame:
    """By the centre's steps; the moments as Spark takes them."""
    frame = frame.assign(
        timestamp=frame["timestamp"].dt.tz_localize("UTC").dt.as_unit("us"),
        value=frame["value"].astype("float32"),
        quality=frame["quality"].astype("uint8"),
    )
    done = reduce(lambda before, step: step.clean(before), STEPS, frame)
    return done.assign(
        timestamp=done["timestamp"].dt.tz_localize(None), quality=done["quality"].astype("int16")
    )


def spelt(schema: pa.Schema) -> str:
    """As Spark spells it."""
    kinds = (_NAMES.get(str(field.type), "timestamp") for field in schema)
    return ", ".join(f"{field.name} {kind}" for field, kind in zip(schema, kinds, strict=True))


def written(frame: DataFrame, out: str) -> None:
    """In order of wells, as a folder of Parquet that must not be there yet."""
    if "://" not in out and Path(out).exists():
        raise FileExistsError(out)
    frame.write.parquet(out)
