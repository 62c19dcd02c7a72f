"""Limits that people set: in the reader's unit, checked before they are saved, in force from now on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.analysis.alarms.watching import RATES
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.units import QUANTITIES, Unit
from app.models.kinds.alarmed import LEVELS, SCOPES
from app.models.records import Record
from app.models.values import Values
from app.models.wells import Well
from app.services.alarms.limits import KIND, Watched, book
from app.services.alarms.pens import Pen, limit_of, pen_of
from app.services.records import entries
from app.services.workspace import Workspace


@dataclass(frozen=True)
class Draft:
    """What is typed: figures in the unit that `unit_for` gives, delays in minutes."""

    pen: str
    level: str
    scope: str = "well"
    says: str = "limit"
    value: float | None = None
    dead_band: float = 0.0
    on_delay_min: float = 0.0
    off_delay_min: float = 0.0
    priority: str = "medium"
    when_stopped: bool = False
    name: str = ""


def limits_of(workspace: Workspace, well: Well) -> list[Watched]:
    """Every limit that was ever said anything of for this well."""
    return book(workspace.store, well).of_well(well)


def unit_for(workspace: Workspace, pen: Pen) -> Unit | None:
    """What its figures are typed and shown in; None where its unit has no name of ours."""
    if pen.quantity not in QUANTITIES:
        return None
    return workspace.settings.speaker().units.unit(pen.quantity)


def put(workspace: Workspace, well: Well, draft: Draft) -> Record:
    """From now on, for the well, or for all of its lift, its pad or its field. Raises KnownError (formula_*,
    alarm_*).
    """
    if draft.scope not in SCOPES or draft.level not in LEVELS:
        raise ValueError(f"no limit {draft!r}")
    pen = pen_of(draft.pen)
    if draft.scope == "pad" and not well.pad:
        raise KnownError("alarm_no_pad", well=well.name)
    scope_of = {"lift": well.lift, "pad": well.pad}.get(draft.scope, "")
    values: Values = {"scope": draft.scope, "pen": pen.key, "level": draft.level, "says": draft.says}
    values |= {key: text for key, text in (("scope_of", scope_of), ("pen_name", draft.name.strip())) if text}
    if draft.says == "limit":
        values |= _figures(workspace, pen, draft)
        limit_of(pen, draft.level, values)
    return entries.save_record(
        workspace, Record(new_id(), KIND, int(well.id), workspace.clock(), None, values)
    )


def draft_of(workspace: Workspace, watched: Watched) -> Draft:
    """What holds now, to be changed."""
    said = watched.now
    draft = Draft(watched.key, watched.level, priority=said.priority, name=said.name)
    limit = said.limit
    if limit is None or watched.pen is None:
        return draft
    unit = unit_for(workspace, watched.pen)
    is_rate = watched.level in RATES
    factor = 1.0 if unit is None else unit.factor
    shown = limit.threshold / factor if is_rate or unit is None else float(unit.from_si(limit.threshold))
    return replace(
        draft,
        value=_typed(shown),
        dead_band=_typed(limit.dead_band / factor),
        on_delay_min=limit.on_delay_s / 60,
        off_delay_min=limit.off_delay_s / 60,
        when_stopped=limit.when_stopped,
    )


def _typed(figure: float) -> float:
    """As somebody may have typed it: without what conversion left behind its ninth digit."""
    return float(f"{figure:.9g}")


def _figures(workspace: Workspace, pen: Pen, draft: Draft) -> Values:
    unit = unit_for(workspace, pen)
    return {
        "limit_value": draft.value,
        "limit_unit": pen.unit if unit is None else unit.en,
        "dead_band": draft.dead_band,
        "on_delay_s": draft.on_delay_min * 60,
        "off_delay_s": draft.off_delay_min * 60,
        "when_stopped": draft.when_stopped,
        "alarm_priority": draft.priority,
    }
