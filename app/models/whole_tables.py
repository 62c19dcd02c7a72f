"""Arrow that another process has written: nothing of it is looked at before Arrow has checked all of it, and
what it holds is counted as it will be, not as it came.

An offset that leads out of its buffer ended the process by the first look at the text there; a text that
stood once was said in every row by views of it, which Arrow counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def whole(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, int]]:
    """(what may be read, how many bytes it is with a text of a dictionary in each of its rows). Raises
    ValueError for what is not whole, and for types whose rows may share what they say (views, runs): we never
    write them.
    """
    for batch in batches:
        for field in batch.schema:
            _refuse_shared(field.type)
        batch.validate(full=True)
        yield batch, sum(map(_size, batch.columns))


def is_text(of: pa.DataType) -> bool:
    import pyarrow as pa

    kinds = (pa.types.is_string, pa.types.is_binary, pa.types.is_large_string, pa.types.is_large_binary)
    return any(kind(of) for kind in kinds)


def _refuse_shared(of: pa.DataType) -> None:
    """Also of what stands in it: a list, a struct, a dictionary."""
    import pyarrow as pa

    types = pa.types
    shared = (
        *(types.is_string_view, types.is_binary_view, types.is_list_view, types.is_large_list_view),
        types.is_run_end_encoded,
    )
    if any(kind(of) for kind in shared):
        raise ValueError(f"a column of {str(of)[:60]}")
    if types.is_dictionary(of):
        if types.is_nested(of.value_type) or types.is_dictionary(of.value_type):
            raise ValueError(f"a column of {str(of)[:60]}")
        _refuse_shared(of.value_type)
    for number in range(of.num_fields):
        _refuse_shared(of.field(number).type)


def _size(column: pa.Array) -> int:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    texts = column.dictionary
    if not (is_text(texts.type) or pa.types.is_fixed_size_binary(texts.type)):
        return int(column.nbytes)
    each = pc.binary_length(texts).cast(pa.int64()).take(column.indices)
    return int(column.nbytes) + int(pc.sum(each).as_py() or 0)
