"""Every kind of equipment that a catalogue file may hold."""

from __future__ import annotations

from typing import Any

from app.analysis.catalogue.electrics import CABLES, MOTORS
from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.catalogue.library import Kind
from app.analysis.catalogue.pipes import CASING, PIPE_GRADES, TUBING
from app.analysis.catalogue.pumping_units import PUMPING_UNITS
from app.analysis.catalogue.rods import ROD_GRADES, RODS
from app.core.registry import Registry

CATALOGUE_KINDS: Registry[Kind[Any]] = Registry(
    "kind of equipment",
    PUMPING_UNITS,
    RODS,
    ROD_GRADES,
    TUBING,
    CASING,
    PIPE_GRADES,
    ESP_PUMPS,
    MOTORS,
    CABLES,
)
