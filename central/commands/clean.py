"""`central clean`: a file of readings cleaned by the centre's steps, and what each of them changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.core.errors import KnownError
from central.commands.common import tell


def clean_command(
    file: Annotated[Path, typer.Argument(help="Parquet: well_id, sensor_type, timestamp, value, quality.")],
    out: Annotated[Path, typer.Option("--out", help="Parquet; must not be there yet.")],
) -> None:
    """Clean a file of readings; tell how many rows each step changed. Raises KnownError (file_unreadable,
    file_there).
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from central.cleaning.cleaning import clean

    if out.exists():
        raise KnownError("file_there", file=str(out))
    try:
        cleaned, report = clean(pq.read_table(file))
    except (OSError, ValueError, pa.ArrowException) as error:
        raise KnownError("file_unreadable", file=str(file), reason=str(error)[:200]) from error
    pq.write_table(cleaned, out, compression="zstd")
    for one in report:
        tell(**one.told())
