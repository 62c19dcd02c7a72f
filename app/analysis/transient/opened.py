"""A well test with what it says: for the page and the report alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.fitting import Fit
from app.analysis.transient.interpret import Interpretation
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.well_tests import StoredTest

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ModelCurve:
    """A model laid through a record, at the record's times.

    Attributes:
        fit: its values
        change_pa: [Pa] (n,)
        slope_pa: [Pa] (n,) its derivative
    """

    fit: Fit
    change_pa: Floats
    slope_pa: Floats


@dataclass(frozen=True)
class OpenedTest:
    """A well test with what it says, for the page and the report alike.

    Attributes:
        test: as stored
        answer: the stable JSON
        found: None for an inflow test
        model: the one that describes the record best, None for an inflow test
        beside: a second one that the engineer compares with
    """

    test: StoredTest
    answer: JsonObject
    found: Interpretation | None
    model: ModelCurve | None = None
    beside: ModelCurve | None = None


@dataclass(frozen=True)
class RefusedTest:
    """A well test that cannot be interpreted.

    Attributes:
        test: as stored
        reason: why
    """

    test: StoredTest
    reason: KnownError
