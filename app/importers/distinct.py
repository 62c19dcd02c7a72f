"""Rows that say the same, found without a loop over them: readings are many, wells and tags are few."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def distinct_rows(columns: Iterable[pa.ChunkedArray | pa.Array]) -> tuple[np.ndarray, np.ndarray]:
    """(where each combination of the columns' values stands first, in the order of the rows; which of those
    each row is). Nothing is a value like another.
    """
    codes = np.zeros(0, np.int64)
    for number, column in enumerate(columns):
        encoded = pc.dictionary_encode(column, null_encoding="encode")
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        own = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        # Numbered anew each time, so that many columns of many values do not run over.
        joined = codes * max(1, len(encoded.dictionary)) + own if number else own
        codes = np.unique(joined, return_inverse=True)[1]
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return first[order], rank[which]
