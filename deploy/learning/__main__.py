"""`python -m deploy.learning airflow|learning|batch`: makes the environment of Airflow, of PyTorch or of
Spark by requirements/NAME.txt, and tells its Python.
"""

import sys

from deploy.checks.kit import python
from tools.packages import ROOT

if __name__ == "__main__":
    print(python(ROOT / "requirements" / f"{sys.argv[1]}.txt"))
