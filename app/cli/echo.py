"""A level from an acoustic trace: `wellside echo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.common import Json, Store, date_of, print_json, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.errors import KnownError

if TYPE_CHECKING:
    from app.analysis.echo.level import Depth
    from app.core.texts import Speaker
    from app.models.records import Record
    from app.services.wells.echo import Shot


@by_whoever_has_it
def echo(
    file: Annotated[Path, typer.Argument(help="WAV, or a table: time, one channel or two.")],
    well: Annotated[
        str, typer.Option("--well", help="Keep the level with this well, its trace as evidence.")
    ] = "",
    joint: Annotated[
        float | None, typer.Option(min=1, max=20, help="Mean length of a joint of the tubing, m.")
    ] = None,
    speed: Annotated[
        float | None, typer.Option(min=150, max=600, help="Speed of sound in the annulus, m/s.")
    ] = None,
    gas: Annotated[
        float | None, typer.Option(min=0.55, max=1.5, help="Relative density of the gas, to air.")
    ] = None,
    temperature: Annotated[
        float | None, typer.Option(min=-20, max=140, help="Mean temperature of the annulus, °C.")
    ] = None,
    pressure: Annotated[
        float | None, typer.Option(min=0, max=7, help="Pressure of the annulus by its gauge, MPa.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option(min=60, help="Samples a second, where the file does not say it.")
    ] = None,
    shot: Annotated[
        float | None, typer.Option(min=0, help="When the shot was, s of the record, where it is not found.")
    ] = None,
    reflection: Annotated[
        float | None, typer.Option(min=0, help="The level's echo, s after the shot, where you know better.")
    ] = None,
    static: Annotated[bool, typer.Option("--static", help="The level is static, not dynamic.")] = False,
    at: Annotated[
        str | None, typer.Option("--at", help="When it was shot; when the file was written, without it.")
    ] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Find the fluid level on the trace of an echometer, with its range, or say why nobody can."""
    from app.analysis.echo.level import Known
    from app.core.units import ATM, CELSIUS, MPA
    from app.services.wells import echo as service

    gauge = None if pressure is None else MPA.to_si(pressure)
    said = Known(
        joint,
        speed,
        gas,
        None if temperature is None else CELSIUS.to_si(temperature),
        None if gauge is None else gauge + ATM.factor,
    )
    heard = service.listen(file, joint, rate_hz=rate, shot_s=shot)
    if not well:
        _tell(heard, service.best(heard, said, reflection), reflection, speaker_of(), as_json)
        return
    from app.reports import echo_words
    from app.services.wells.finding import find_well

    with workspace_of(store) as workspace:
        speaker, found_well = speaker_of(workspace), find_well(workspace, well)
        moment = date_of(at, workspace.settings.zone()) or heard.taken_at
        known = service.known_of(workspace, found_well, moment, said)
        found = service.best(heard, known, reflection)
        if not found:
            why = echo_words.why_not(heard.heard, speaker, reflection)
            raise KnownError("echo_no_depth", file=file.name, why=why)
        kept = service.keep(
            workspace,
            found_well,
            heard,
            moment,
            found[0],
            level="static" if static else "dynamic",
            casing_pressure_pa=gauge,
            note=echo_words.note_words(found[0], speaker),
        )
        _tell(heard, found, reflection, speaker, as_json, kept)
        if not as_json:
            print(speaker.say("echo.kept", well=found_well.name, moment=speaker.moment(kept.at)))


def _tell(
    shot: Shot,
    found: list[Depth],
    pointed_s: float | None,
    speaker: Speaker,
    as_json: bool,
    kept: Record | None = None,
) -> None:
    from app.reports import echo_words

    heard = shot.heard
    if not as_json:
        words = (echo_words.heard_words(heard, speaker, pointed_s),)
        print("\n".join((*filter(None, words), *echo_words.lines(heard, found, speaker, pointed_s))))
        return
    print_json(
        {
            "shot_s": heard.shot_s,
            "echo_s": heard.level.time_s if heard.level else None,
            "pointed_s": pointed_s,
            "others_s": [one.time_s for one in heard.others],
            "collars_per_s": heard.collars.intercept if heard.collars else None,
            "levels": [_depth(one) for one in found],
            "why": (heard.why or "no_speed") if not found else None,
            "remarks": list(heard.remarks),
            "record": kept.id if kept is not None else None,
        }
    )


def _depth(one: Depth) -> dict[str, object]:
    return {
        "depth_m": one.depth_m,
        "low_m": one.low_m,
        "high_m": one.high_m,
        "by": one.by,
        "speed_m_per_s": one.speed_m_s,
        "collars": one.count,
    }
