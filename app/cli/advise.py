"""What should I set? `wellside advise`: settings of a well, or the wells of a pad by what there is to
gain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of
from app.core.errors import KnownError

if TYPE_CHECKING:
    from app.analysis.advice.advised import Advice
    from app.analysis.advice.choice import Choice, Outcome
    from app.core.texts import Speaker

SHOWN = 5


def advise(
    well: Annotated[str | None, typer.Argument(metavar="[WELL]")] = None,
    store: Store = None,
    pad: Annotated[str | None, typer.Option(help="The wells of this pad, most to gain first.")] = None,
    field: Annotated[str | None, typer.Option(help="The pad's field, or a whole field.")] = None,
    as_json: Json = False,
) -> None:
    """What to set: frequency and choke of an ESP, speed of a rod pump, rate of lift gas; each limit shown."""
    from app.services.wells import advice as service
    from app.services.wells.finding import find_well

    if well is None and pad is None and field is None:
        raise KnownError("advise_whom")
    with reading_of(store) as workspace:
        found = (
            [service.advise(workspace, find_well(workspace, well))]
            if well is not None
            else service.of_pad(workspace, field, pad)
        )
        speaker = speaker_of(workspace)
    if as_json:
        told = [_json(one) for one in found]
        print_json(told[0] if well is not None else told)
        return
    for one in found:
        _print(one, speaker, most=SHOWN if well is not None else 1)


def _print(advice: Advice, speaker: Speaker, *, most: int) -> None:
    from app.reports import advice_words as words

    if advice.now is None:
        print(f"{advice.well.name}: {words.missing_words(advice.missing, speaker)}")
        return
    print(
        f"{advice.well.name}: {speaker.say('advice.now')}: {words.settings_words(advice.now, None, speaker)}"
    )
    if not advice.choices:
        print(f"  {speaker.say('advice.nothing_better')}")
    _print_choices(advice, advice.choices[:most], speaker)
    if advice.workover and most > 1:
        print(f"  {speaker.say('advice.workover')}:")
        _print_choices(advice, advice.workover[:most], speaker)


def _print_choices(advice: Advice, choices: tuple[Choice, ...], speaker: Speaker) -> None:
    from app.reports import advice_words as words

    for choice in choices:
        told = (
            words.gain_words(choice, speaker),
            words.worth_words(choice, speaker),
            words.energy_words(choice.outcome, speaker),
            speaker.say(f"advice.risk.{choice.risk}"),
        )
        print(f"  {words.choice_words(choice, advice.now, speaker)}: {', '.join(filter(None, told))}")
        for limit in choice.outcome.limits:
            print(f"    – {words.limit_words(limit, speaker)}")
        for code in choice.outcome.unchecked:
            print(f"    – {words.unchecked_words(code, speaker)}")


def _json(advice: Advice) -> dict[str, object]:
    return {
        "well": advice.well.name,
        "missing": advice.missing or None,
        "measured_rate_m3_per_d": None if advice.measured_rate is None else advice.measured_rate * 86_400,
        "now": advice.now and _outcome(advice.now),
        "choices": [_choice(one) for one in advice.choices],
        "workover": [_choice(one) for one in advice.workover],
    }


def _choice(choice: Choice) -> dict[str, object]:
    return {
        **_outcome(choice.outcome),
        "gain_oil_t_per_d": [one * 86.4 for one in choice.gain],
        "worth_per_d": choice.worth and [one * 86_400 for one in choice.worth],
        "equipment": choice.outcome.equipment or None,
        "risk": choice.risk,
    }


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "knobs": dict(outcome.knobs),
        "rate_m3_per_d": [one * 86_400 for one in outcome.rate],
        "oil_t_per_d": [one * 86.4 for one in outcome.oil],
        "intake_pressure_pa": outcome.intake_pa,
        "power_w": outcome.power_w,
        "energy_kwh_per_t": outcome.energy_j_per_kg / 3600,
        "limits": [
            {
                "code": limit.code,
                "value": limit.value,
                "least": limit.least,
                "most": limit.most,
                "kept": limit.kept,
            }
            for limit in outcome.limits
        ],
        "unchecked": list(outcome.unchecked),
    }
