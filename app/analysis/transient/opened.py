"""A well test with what it says: for the page and the report alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.interpret import Interpretation
from app.core.errors import KnownError
from app.models.well_tests import StoredTest

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OpenedTest:
    """A well test with what it says, for the page and the report alike.

    Attributes:
        test: as stored
        answer: the stable JSON
        found: None for an inflow test
        modelled_pa: [Pa] (n,) the matched model's change at the record's times, None without a match
        modelled_slope_pa: [Pa] (n,) its derivative
    """

    test: StoredTest
    answer: dict[str, Any]
    found: Interpretation | None
    modelled_pa: Floats | None = None
    modelled_slope_pa: Floats | None = None


@dataclass(frozen=True)
class RefusedTest:
    """A well test that cannot be interpreted.

    Attributes:
        test: as stored
        reason: why
    """

    test: StoredTest
    reason: KnownError
