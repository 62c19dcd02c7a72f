"""The loop of learning on a schedule: Airflow's DAG, systemd's timer, and what tries the DAG."""
