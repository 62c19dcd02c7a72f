"""Jobs over years of seconds, for a site that has Spark: the laptop's own functions, well by well, by a
cluster.

Optional (`requirements/batch.txt`, an environment of its own; Java 17): ClickHouse makes minutes and hours,
DuckDB answers a laptop, and both are sooner done as long as the data fit one machine (docs/SCALE.md).
"""
