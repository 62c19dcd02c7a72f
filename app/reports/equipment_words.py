"""An entry of the catalogue in a line of words."""

from __future__ import annotations

from typing import Any

from app.analysis.catalogue.electrics import Cable, Motor
from app.analysis.catalogue.esp_pumps import EspPump
from app.analysis.catalogue.library import Found
from app.analysis.catalogue.pipes import Pipe, PipeGrade
from app.analysis.catalogue.pumping_units import PumpingUnit
from app.analysis.catalogue.rods import RodGrade, RodSize
from app.core.texts import Speaker


def equipment_line(kind: str, found: Found[Any], speaker: Speaker) -> str:
    """Name and what one chooses it by."""
    return speaker.say(f"catalogue.line.{kind}", name=found.name, **_chosen_by(found.item))


def equipment_lines(kind: str, found: Found[Any], speaker: Speaker) -> list[str]:
    """The line, what else is known, and where it comes from."""
    lines = [equipment_line(kind, found, speaker)]
    item = found.item
    if isinstance(item, PumpingUnit):
        strokes = item.strokes_m or item.computed_strokes_m() or (item.stroke_m,)
        lines.append(
            speaker.say("catalogue.strokes", strokes="; ".join(f"{one:.2f}" for one in strokes))
            if item.lengths_m
            else speaker.say("catalogue.no_dimensions")
        )
        if item.unconfirmed:
            fields = [(f"catalogue.field.{key}", key) for key in item.unconfirmed]
            said = ", ".join(speaker.say(code) if speaker.has(code) else key for code, key in fields)
            lines.append(speaker.say("catalogue.unconfirmed", fields=said))
    if isinstance(item, EspPump | Motor) and item.reading_error:
        lines.append(speaker.say("catalogue.reading_error", error=item.reading_error))
    lines.append(speaker.say("catalogue.source", source=found.source))
    if found.file is not None:
        lines.append(speaker.say("catalogue.own", file=found.file))
    return lines


def _chosen_by(item: object) -> dict[str, object]:
    if isinstance(item, PumpingUnit):
        return {"stroke": item.stroke_m, "gearbox": item.gearbox_rating_n_m, "beam": item.beam_rating_n}
    if isinstance(item, RodSize):
        return {
            "diameter": item.diameter_m * 1000,
            "mass": item.mass_kg_per_m,
            "speed": item.wave_speed_m_per_s,
        }
    if isinstance(item, RodGrade):
        return {"tensile": item.minimum_tensile_pa}
    if isinstance(item, Pipe):
        return {
            "outer": item.outer_diameter_m * 1000,
            "wall": item.wall_m * 1000,
            "inner": item.inner_diameter_m * 1000,
            "drift": item.drift_m * 1000,
        }
    if isinstance(item, PipeGrade):
        return {"yields": item.minimum_yield_pa, "tensile": item.minimum_tensile_pa}
    if isinstance(item, EspPump):
        curve = item.curve
        best = curve.best_rate
        return {
            "maker": item.maker or "—",
            "rate": best,
            "head": float(curve.head_at(best)),
            "efficiency": float(curve.efficiency_at(best)),
            "frequency": curve.frequency_hz,
        }
    if isinstance(item, Motor):
        return {
            "diameter": item.outer_diameter_m * 1000,
            "frequency": item.frequency_hz,
            "power": item.rated_power_w,
            "efficiency": item.efficiency,
            "factor": item.power_factor,
        }
    assert isinstance(item, Cable)
    return {
        "section": item.section_m2 * 1e6,
        "resistance": item.resistance_ohm_per_m * 1000,
        "limit": item.limit_temperature_k,
    }
