"""An ESP for a well and a rate: what the records know of the well, and the equipment of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.advice.esp_workover import Stage
from app.analysis.catalogue.electrics import CABLES, MOTORS
from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.esp.sizing import Duty, Sized, Wanted, duty, sized
from app.analysis.wells.gradient import Stream
from app.models.values import Values, number_of, part_of
from app.models.wells import Well
from app.services.wells import flow, taken
from app.services.wells.advice import advise
from app.services.wells.catalogue import equipment as library
from app.services.wells.equipment import equipment_at
from app.services.workspace import Workspace

CASING_M, TUBING_M = 0.124, 0.062
"""Inner diameters where nobody entered them: 146 mm casing, 73 mm tubing."""

HEAD_PA = 1.5e6


@dataclass(frozen=True)
class Sizing:
    """An ESP for a rate; `missing` are codes of what is not known (advice.missing.*), `assumed` names what
    was taken because nobody entered it.
    """

    well: Well
    wanted: Wanted | None = None
    asked: Duty | None = None
    found: tuple[Sized, ...] = ()
    assumed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def size(
    workspace: Workspace, well: Well, rate: float, *, frequency_hz: float = 50.0, separator: float = 0.0
) -> Sizing:
    """For a rate [m³/s] of liquid at the surface, by the inflow that the last test told. Raises KnownError
    (esp_beyond_inflow, esp_intake_dry, catalogue_…).
    """
    advice, test = advise(workspace, well, workover=False), flow.last_good_test(workspace, well)
    if advice.model is None or test is None:
        return Sizing(well, missing=advice.missing)
    told: Values = equipment_at(workspace, int(well.id), test.taken_at).equipment
    fluid = part_of(told, "fluid")
    depth = flow.pump_m(told) or well.depth_m
    if depth is None:
        return Sizing(well, missing=("pump",))
    tubing = number_of(part_of(told, "tubing"), "inner_diameter_m")
    casing = number_of(part_of(told, "hole"), "casing_inner_diameter_m")
    assumed = [
        name
        for name, value in (
            ("tubing", tubing),
            ("casing", casing),
            ("gas_oil_ratio", fluid.get("gas_oil_ratio")),
        )
        if value is None
    ]
    ratio = number_of(fluid, "gas_oil_ratio") or 0.0
    oil, water = taken.oil_and_water(fluid, ratio)
    wanted = Wanted(
        Stream(rate, taken.cut_of(test), ratio, oil, water),
        advice.model.inflows.likeliest,
        depth,
        depth,
        getattr(advice.model.knobs, "wellhead_pa", HEAD_PA),
        tubing or TUBING_M,
        casing or CASING_M,
        taken.deep_k(part_of(told, "reservoir"), depth),
        separator=separator,
        frequency_hz=frequency_hz,
    )
    asked = duty(wanted)
    paths = workspace.paths
    found = sized(
        wanted,
        asked,
        [Stage(one.name, one.item.curve, one.item.outer_diameter_m) for one in library(paths, ESP_PUMPS)],
        [(one.name, one.item) for one in library(paths, MOTORS)],
        [(one.name, one.item) for one in library(paths, CABLES)],
    )
    return Sizing(well, wanted, asked, tuple(found), tuple(assumed))
