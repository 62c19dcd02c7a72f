"""Labels with QR codes: `wellside labels`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Store, reading_of, speaker_of


def labels(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The PDF to write.")],
    wells: Annotated[list[str] | None, typer.Argument(metavar="[WELL]…")] = None,
    pad: Annotated[str | None, typer.Option(help="The wells of this pad.")] = None,
    field: Annotated[str | None, typer.Option(help="The pad's field, or a whole field.")] = None,
    store: Store = None,
) -> None:
    """Print labels of wells with QR codes, a sheet of A4 as PDF."""
    from app.core.files import hand_over
    from app.services.reports.report import wells_of
    from app.services.wells import labels as service

    with reading_of(store) as workspace:
        found = wells_of(workspace, wells or [], pad, field)
        hand_over(out, service.labels(workspace, found))
        print(speaker_of(workspace).say("label.written", count=len(found), file=str(out)))
