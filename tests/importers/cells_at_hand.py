"""A column of texts, moments and the target of a field, for tests that need no sheet."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from app.importers.targets import TABLE_KINDS, Target


def texts(*cells: str | None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, pa.string())])


def us(*moments: str) -> np.ndarray:
    """ISO, as microseconds of UTC."""
    return np.array(moments, "datetime64[us]").astype(np.int64)


def target(kind: str, key: str) -> Target:
    found = TABLE_KINDS[kind].target(key)
    assert found is not None
    return found
