"""Curves of a model beside what was measured, in words: a row each, and what limits the comparison."""

from __future__ import annotations

from app.analysis.wells.model_curves import Compared, Curve, ModelCase
from app.core.texts import Speaker
from app.models.kinds.curved import GAS_LIFT, IPR, VLP
from app.reports.model_words import ModelRow, off_words


def rows(cases: tuple[ModelCase, ...], speaker: Speaker) -> list[ModelRow]:
    return [_row(case, one, speaker) for case in cases for one in case.curves]


def lines(cases: tuple[ModelCase, ...], speaker: Speaker) -> list[str]:
    """The rows as sentences, then what limits them."""
    said = [
        speaker.say("model.curve_unmeasured" if row.off == "—" else "model.curve_off", **vars(row))
        for row in rows(cases, speaker)
    ]
    return said + left(cases, speaker)


def left(cases: tuple[ModelCase, ...], speaker: Speaker) -> list[str]:
    """At which depth they were compared, by what pressure, and what could not be."""
    return [line for case in cases for line in _limits(case, speaker)]


def curve_name(curve: Curve, speaker: Speaker) -> str:
    if curve.what == VLP and curve.gas_m3_per_s is not None:
        return speaker.say("model.curve.vlp_gas", gas=curve.gas_m3_per_s)
    return speaker.say(f"model_curve.{curve.what}")


def _row(case: ModelCase, one: Compared, speaker: Speaker) -> ModelRow:
    of_gas = one.curve.what == GAS_LIFT
    by, drift = off_words(one.misfit, "rate" if of_gas else "pressure", speaker)
    works = case.works_at if one.curve.what == IPR else None
    told = 0 if one.misfit is None else one.misfit.n
    return ModelRow(
        case.name,
        curve_name(one.curve, speaker),
        "—" if works is None else speaker.say("model.works_at", rate=works[0], pressure=works[1]),
        by,
        speaker.say("model.compared", measured=told, n=len(case.measured)),
        drift,
    )


def _limits(case: ModelCase, speaker: Speaker) -> list[str]:
    pressed = [one for one in case.measured if one.pressure_pa is not None]
    of_pressure = any(one.curve.what != GAS_LIFT for one in case.curves)
    said: list[tuple[str, dict[str, object]]] = []
    if of_pressure and not pressed:
        said.append(("no_pressure", {}))
    elif of_pressure:
        last = pressed[-1]
        if case.depth_m is None:
            said.append(("depth_unsaid", {}))
        elif last.moved_m is None:
            said.append(("pump_unknown", {"depth": case.depth_m}))
        elif last.moved_m:
            said.append(("moved", {"depth": case.depth_m, "pump": case.depth_m - last.moved_m}))
        if any(one.by == "level" for one in pressed):
            said.append(("by_level", {"n": sum(one.by == "level" for one in pressed), "of": len(pressed)}))
    if any(one.curve.what == GAS_LIFT and one.misfit is None and not one.outside for one in case.curves):
        said.append(("no_gas", {}))
    for one in case.curves:
        if one.outside:
            said.append(("outside", {"curve": curve_name(one.curve, speaker), "n": one.outside}))
    if case.unused:
        said.append(("unused", {"n": case.unused}))
    return [speaker.say(f"model.limit.{code}", case=case.name, **details) for code, details in said]
