"""What integrated models said of a well beside what was measured: `wellside models`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of
from app.core.plain import JsonObject

if TYPE_CHECKING:
    from app.analysis.wells.model_curves import Compared, ModelCase


def models(
    well: Annotated[str, typer.Argument(metavar="WELL")], store: Store = None, as_json: Json = False
) -> None:
    """Results of integrated models of a well against what was measured at the same time."""
    from app.core.clock import from_us
    from app.reports import curve_words, model_words
    from app.services.wells import model_curves, modelled
    from app.services.wells.finding import find_well

    with reading_of(store) as workspace:
        mine = find_well(workspace, well)
        found, cases = modelled.results(workspace, mine), model_curves.of_well(workspace, mine)
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
                "curves": [_curve(case, one) for case in cases for one in case.curves],
            }
        )
        return
    lines = model_words.lines(found, speaker) + curve_words.lines(cases, speaker)
    for line in lines or [speaker.say("model.none")]:
        print(line)


def _curve(case: ModelCase, one: Compared) -> JsonObject:
    return {
        "case": case.name,
        "curve": one.curve.what,
        "gas_m3_per_s": one.curve.gas_m3_per_s,
        "depth_m": case.depth_m,
        "x": one.curve.x.tolist(),
        "y": one.curve.y.tolist(),
        "difference": one.misfit and one.misfit.difference,
        "compared": 0 if one.misfit is None else one.misfit.n,
        "outside": one.outside,
    }


def known(value: float) -> float | None:
    """NaN is no JSON."""
    return None if value != value else float(value)
