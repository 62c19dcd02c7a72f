"""What integrated models said of a well beside what was measured: `wellside models`."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of


def models(
    well: Annotated[str, typer.Argument(metavar="WELL")], store: Store = None, as_json: Json = False
) -> None:
    """Results of integrated models of a well against what was measured at the same time."""
    from app.core.clock import from_us
    from app.reports import model_words
    from app.services.wells import modelled
    from app.services.wells.finding import find_well

    with reading_of(store) as workspace:
        found = modelled.results(workspace, find_well(workspace, well))
        speaker = speaker_of(workspace)
    if as_json:
        print_json(
            {
                "series": [
                    {
                        "model": one.model,
                        "version": one.version,
                        "scenario": one.scenario,
                        "sensor": one.of,
                        "points": [
                            {
                                "at": from_us(int(at)).isoformat(),
                                "value": float(value),
                                "measured": known(measured),
                            }
                            for at, value, measured in zip(one.time_us, one.value, one.measured, strict=True)
                        ],
                        "difference": one.misfit and one.misfit.difference,
                        "share": one.misfit and one.misfit.share,
                        "drift_per_day": one.misfit and one.misfit.drift,
                    }
                    for one in found.series
                ],
                "not_compared": [vars(one) for one in found.left],
            }
        )
        return
    for line in model_words.lines(found, speaker) or [speaker.say("model.none")]:
        print(line)


def known(value: float) -> float | None:
    """NaN is no JSON."""
    return None if value != value else float(value)
