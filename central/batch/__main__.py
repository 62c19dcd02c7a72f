"""`python -m central.batch JOB PARQUET OUT` (`--master local[2]`, or by spark-submit on a cluster)."""

from __future__ import annotations

import argparse
import sys

from central.batch.jobs import JOBS, run, session, written


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m central.batch", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("readings", help="Parquet: well_id, sensor_type, timestamp, value, quality")
    parser.add_argument("out", help="a folder that is not there yet")
    parser.add_argument("--master", default="", help="as Spark has it; without it that of spark-submit")
    parser.add_argument("--memory", default="4g", help="of the driver, where there is a --master")
    asked = parser.parse_args()
    spark = session(asked.master, asked.memory)
    try:
        written(run(spark, asked.job, asked.readings), asked.out)
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
