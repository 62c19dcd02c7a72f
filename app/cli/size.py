"""An ESP for a rate: `wellside size WELL --rate M3_PER_DAY`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of
from app.core.units import DAY_S


def size(
    well: Annotated[str, typer.Argument(metavar="WELL")],
    rate: Annotated[float, typer.Option(help="Liquid wanted at the surface, m³/d.", min=0.1)],
    store: Store = None,
    frequency: Annotated[float, typer.Option(help="Hz.", min=30, max=70)] = 50.0,
    separator: Annotated[
        float, typer.Option(help="Share of the gas that a separator takes.", min=0, max=1)
    ] = 0.0,
    as_json: Json = False,
) -> None:
    """Size an ESP for a rate: head, gas, pump and stages, motor, cable."""
    from app.reports import sizing_words
    from app.services.wells import sizing
    from app.services.wells.finding import find_well

    with reading_of(store) as workspace:
        found = sizing.size(
            workspace, find_well(workspace, well), rate / DAY_S, frequency_hz=frequency, separator=separator
        )
        speaker = speaker_of(workspace)
    if as_json:
        print_json(
            {
                "well": found.well.name,
                "missing": found.missing or None,
                "assumed": list(found.assumed),
                "duty": None if found.asked is None else asdict(found.asked),
                "pumps": [asdict(one) | {"transformer_va": one.transformer_va} for one in found.found],
            }
        )
        return
    for line in sizing_words.lines(found.asked, found.found, found.assumed, found.missing, speaker):
        print(line)
