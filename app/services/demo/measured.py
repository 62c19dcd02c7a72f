"""What is measured on a demo well by people: flow tests and the laboratory."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from app.models.records import FlowTest, LabResult
from app.services.demo.history import key


def flow_test(
    name: str,
    well: int,
    n: int,
    at: datetime,
    liquid: float,
    water_cut: float,
    gas_ratio: float,
    line_pa: float,
    rng: np.random.Generator,
) -> FlowTest:
    measured = liquid * (1 + rng.normal(0, 0.025))
    cut = float(np.clip(water_cut + rng.normal(0, 0.015), 0, 1))
    oil_m3 = measured * (1 - cut)
    return FlowTest(
        key(name, "test", n),
        well,
        at,
        4 * 3600.0,
        measured,
        oil_m3 * 862.0,
        cut,
        oil_m3 * gas_ratio,
        line_pa,
        True,
    )


# parameter, unit as a laboratory prints it, usual value, spread, method
_ANALYSES = (
    ("water_cut", "%", None, 1.0, "ГОСТ 2477"),
    ("oil_density_20c", "кг/м³", 862.0, 2.0, "ГОСТ 3900"),
    ("chlorides", "мг/л", 310.0, 40.0, "ГОСТ 21534"),
    ("solids", "мг/л", 85.0, 25.0, "ГОСТ 6370"),
    ("paraffin", "% масс", 3.4, 0.3, "ГОСТ 11851"),
    ("hydrogen_sulphide", "мг/л", 0.05, 0.0, "ГОСТ 17323"),
)


def lab_results(
    name: str, well: int, start: datetime, days: int, water_cut: float, rng: np.random.Generator
) -> list[LabResult]:
    rows = []
    for n, day in enumerate(range(6, days, 14)):
        for parameter, unit, usual, spread, method in _ANALYSES:
            value = (100 * water_cut if usual is None else usual) + float(rng.normal(0, 1)) * spread
            less = parameter == "hydrogen_sulphide"
            rows.append(
                LabResult(
                    key(name, "lab", n, parameter),
                    well,
                    start + timedelta(days=day, hours=9),
                    parameter,
                    round(value, 2),
                    unit,
                    "<" if less else "",
                    method,
                )
            )
    return rows
