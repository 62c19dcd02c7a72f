"""What the centre makes of its wells in the night, as a DAG of Airflow beside the one of learning: a model
that a gate stopped there keeps no well from being judged. A try again goes on where the last was broken off.

Variables of the environment: WELLSIDE_CENTRAL, the command (`/srv/wellside/bin/python -m central`);
WELLSIDE_CENTRE, WELLSIDE_DATABASE_URL and WELLSIDE_CLICKHOUSE_… as the centre has them; WELLSIDE_NIGHTLY,
options of `central nightly`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG(
    "wellside_nightly",
    description="Stores → forecasts, health and findings of every well → stores and laptops",
    schedule="30 3 * * *",
    start_date=datetime(2026, 11, 1),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "execution_timeout": timedelta(hours=6),
    },
    tags=["wellside"],
):
    BashOperator(task_id="nightly", bash_command="nice $WELLSIDE_CENTRAL nightly $WELLSIDE_NIGHTLY")
