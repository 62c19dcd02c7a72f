"""A field of one's own, no demo: an ESP with three weeks of readings, a sample and a finding, a rod pump with
two cards; the clock stands still two days after the last reading.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from app.core.clock import to_us
from app.models.findings import Finding
from app.models.readings import Readings
from app.models.records import Record
from app.models.sensors import SENSORS
from app.models.store import findings, readings, records
from app.models.wells import Well
from app.services.records import entries
from app.services.workspace import Workspace

BEGAN = datetime(2026, 10, 9, tzinfo=UTC)
ENDED = datetime(2026, 10, 30, tzinfo=UTC)
FAULT = datetime(2026, 10, 25, tzinfo=UTC)
SAMPLED = datetime(2026, 10, 12, tzinfo=UTC)
OIL_DENSITY = 870.0


def fill(workspace: Workspace) -> None:
    """The two wells of the fixture `workspace`: 123Г and 77."""
    hours = np.arange(to_us(BEGAN), to_us(ENDED), 3_600_000_000)
    faulty = hours > to_us(FAULT)
    wave = np.sin(np.arange(len(hours)) / 7)
    values = {
        "intake_pressure": 5e6 + 1e5 * wave - 3e6 * faulty,
        "motor_current": 30 + wave + 20 * faulty,
        "frequency": 50 + 0.1 * wave,
    }
    for key, series in values.items():
        readings.write(workspace.store, Readings.of_one(1, SENSORS[key].number, hours, series))
    esp, rods = wells(workspace)
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    for day, lift in ((20, 10e3), (28, 14e3)):
        at = datetime(2026, 10, day, 8, tzinfo=UTC)
        entries.add_card(workspace, rods, at, 6.0, 1.5 - 1.5 * np.cos(angle), 30e3 + lift * np.sin(angle))
    said = {"parameter": "oil_density_20c", "value": OIL_DENSITY, "unit": "кг/м³"}
    entries.save_record(workspace, Record("density", "lab_result", int(esp.id), SAMPLED, None, said))
    found = Finding(int(esp.id), "motor_overheat", "act", 0.9, FAULT, ENDED)
    findings.renew(workspace.store, int(esp.id), [found])


def wells(workspace: Workspace) -> tuple[Well, Well]:
    esp, rods = sorted(records.wells(workspace.store), key=lambda well: int(well.id))
    return esp, rods
