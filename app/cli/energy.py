"""What a tonne of liquid costs in energy: `wellside energy`."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of


def energy(
    well: Annotated[str | None, typer.Argument(metavar="[WELL]")] = None,
    store: Store = None,
    pad: Annotated[str | None, typer.Option(help="The wells of this pad.")] = None,
    field: Annotated[str | None, typer.Option(help="The pad's field, or a whole field.")] = None,
    as_json: Json = False,
) -> None:
    """Energy of a tonne of liquid by well, the dearest first, against what lifting it takes."""
    from app.analysis.energy import together
    from app.reports import advice_words
    from app.services.wells import energy as service
    from app.services.wells.finding import find_well

    with reading_of(store) as workspace:
        found = (
            [service.energy_of(workspace, find_well(workspace, well))]
            if well is not None
            else service.of_pad(workspace, field, pad)
        )
        speaker = speaker_of(workspace)
    mean = together(found)
    if as_json:
        print_json(
            {
                "together_kwh_per_t": mean,
                "wells": [
                    {
                        "well": one.well.name,
                        "power_w": one.power_w,
                        "kwh_per_day": one.kwh_per_day,
                        "kwh_per_t": one.kwh_per_tonne,
                        "needed_kwh_per_t": one.needed_kwh_per_tonne,
                        "efficiency": one.efficiency,
                    }
                    for one in found
                ],
            }
        )
        return
    for one in found:
        told = (one.kwh_per_tonne, one.needed_kwh_per_tonne, one.efficiency)
        print(f"{one.well.name}: {advice_words.measured_energy_words(*told, speaker)}")
    if mean is not None and len(found) > 1:
        print(speaker.say("energy.together", value=mean))
