"""What only the tests install is not there for a program that a test starts: where pandas is, pyarrow and
DuckDB load it unasked, half a second in each process.

Python imports this by itself, from the PYTHONPATH that `tests/conftest.py` hands down.
"""

from __future__ import annotations

import re
import sys

NOT_ON_A_LAPTOP = (
    "autograd",
    "backports.zstd",
    "joblib",
    "lifelines",
    "matplotlib",
    "pandas",
    "ruptures",
    "scipy",
    "seaborn",
    "sklearn",
)
# The window, the commands, the reader of files, and what writes with the program's own modules until it is
# killed. Not pytest itself, a notebook, the package `wellside`, or the centre, whose engine brings pandas.
OURS = re.compile(r"-m (app|tests)\.|\bmain\.py\b|\bfrom app\.")


class Absent:
    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if not {name, name.partition(".")[0]}.isdisjoint(NOT_ON_A_LAPTOP):
            raise ModuleNotFoundError(name, name=name)


if OURS.search(" ".join(sys.orig_argv)):
    sys.meta_path.insert(0, Absent)  # type: ignore[arg-type]
