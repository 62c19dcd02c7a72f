"""A well test with what it says: for the page and the report alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.interpret import Interpretation
from app.models.well_tests import StoredTest

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OpenedTest:
    """`answer` is the stable JSON; `found` None for inflow; the matched model's change of pressure and its
    derivative at the record's times [Pa], None without a match.
    """

    test: StoredTest
    answer: dict[str, Any]
    found: Interpretation | None
    modelled_pa: Floats | None = None
    modelled_slope_pa: Floats | None = None
