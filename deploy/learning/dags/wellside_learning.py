"""The loop of learning as a DAG of Airflow: each task is a command of the centre, so that Airflow's libraries
and the centre's never meet. What a gate stops is a failed task with the gate's name in its log; the model
before goes on.

Variables of the environment: WELLSIDE_CENTRAL, the command (`/srv/wellside/bin/python -m central`);
WELLSIDE_CENTRE and WELLSIDE_DATABASE_URL as the centre has them; WELLSIDE_LEARN_RULES, options of
`central learn prepare`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

STEPS = ("validate", "train", "evaluate", "gate", "publish", "observe")

with DAG(
    "wellside_learning",
    description="Labels → training set → challenger → gates → signed model for laptops",
    schedule="0 3 * * *",
    start_date=datetime(2026, 11, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 0, "execution_timeout": timedelta(minutes=30)},
    tags=["wellside"],
):
    before = BashOperator(
        task_id="prepare", bash_command="nice $WELLSIDE_CENTRAL learn prepare $WELLSIDE_LEARN_RULES"
    )
    for name in STEPS:
        step = BashOperator(task_id=name, bash_command=f"nice $WELLSIDE_CENTRAL learn step {name}")
        before >> step
        before = step
