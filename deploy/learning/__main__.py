"""`python -m deploy.learning`: makes Airflow's environment (requirements/airflow.txt), tells its Python."""

from deploy.checks.kit import python
from tools.packages import ROOT

if __name__ == "__main__":
    print(python(ROOT / "requirements" / "airflow.txt"))
