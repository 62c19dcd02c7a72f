"""What happened on the demo wells before the readings begin: pumps that ran and failed, a build-up test
before the last run.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from app.analysis.transient.models import Model
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.superposed import change_pa
from app.core.clock import iso
from app.models.values import Values
from app.models.well_tests import StoredTest
from app.models.wells import Installation, WellId

CAUSES = ("insulation", "stage_wear", "scale_or_solids", "broken_shaft", "tubing_leak")
EARLIER = 5
MILLIDARCY = 9.869233e-16


def key(*parts: object) -> str:
    """A name that the same field always gives to the same row; nobody typed it (`core.ids.is_of_a_file`)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, ("wellside-demo", *parts)))).hex


def earlier_runs(name: str, well: int, now: Installation, seed: int) -> list[Installation]:
    """Five pumps before this one; four in five failed, the others were pulled for another reason."""
    rng = np.random.default_rng([seed, well, 7])
    pulled = now.run_at - timedelta(days=float(rng.uniform(2, 9)))
    found = []
    for n in range(EARLIER):
        days = float(rng.weibull(1.7) * 420 + 20)
        failed = bool(rng.random() < 0.8)
        equipment = {
            **now.equipment,
            "pulled_because": str(rng.choice(CAUSES)) if failed else "planned",
            "failed": failed,
        }
        found.append(
            Installation(
                key(name, "earlier", n), WellId(well), pulled - timedelta(days=days), pulled, equipment
            )
        )
        pulled -= timedelta(days=days + float(rng.uniform(2, 12)))
    return found


def hole_of(pump_m: float) -> dict[str, float]:
    """Casing and perforations below a pump, as they usually are."""
    top = round(pump_m + 130.0)
    return {
        "casing_diameter_m": 0.146,
        "casing_shoe_m": top + 60.0,
        "perforation_top_m": top,
        "perforation_bottom_m": top + 14.0,
    }


def build_up(name: str, well: int, at: datetime, seed: int) -> StoredTest:
    """Seventy hours after ten days of flow, with a gauge's noise."""
    rng = np.random.default_rng([seed, well, 8])
    formation = Formation(1.15, 1.8e-3, 0.18, float(rng.uniform(8, 16)), 1.6e-9, 0.108)
    rate = float(rng.uniform(40, 90)) / 86_400
    time_s = np.round(np.geomspace(20, 70 * 3600, 140))
    time_s = np.unique(time_s)
    produced = 240 * 3600.0
    bare = Response(
        time_s,
        np.zeros(len(time_s)),
        float(rng.uniform(6e6, 9e6)),
        rate,
        ((produced, rate),),
        False,
        formation,
    )
    values = {
        "permeability_m2": float(rng.uniform(15, 60)) * MILLIDARCY,
        "wellbore_storage_m3_per_pa": float(rng.uniform(1e-8, 5e-8)),
        "skin": float(rng.uniform(-1, 8)),
    }
    change = change_pa(bare, Model(), values)
    response = replace(bare, pressure_pa=bare.start_pa + change + rng.normal(0, 700, len(time_s)))
    body: Values = {
        "kind": "buildup",
        "well": name,
        "taken_at": iso(at),
        "time_s": [0.0, *time_s.tolist()],
        "pressure_pa": [round(response.start_pa), *np.round(response.pressure_pa).tolist()],
        "rate_m3_per_s": rate,
        "producing_time_s": produced,
        "formation_volume_factor": formation.formation_volume_factor,
        "viscosity_pa_s": formation.viscosity_pa_s,
        "porosity": formation.porosity,
        "thickness_m": round(formation.thickness_m, 1),
        "total_compressibility_per_pa": formation.total_compressibility_per_pa,
        "wellbore_radius_m": formation.wellbore_radius_m,
    }
    return StoredTest(key(name, "build-up"), well, at, "buildup", body)
