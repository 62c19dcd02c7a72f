"""What a wrong unit of an input would explain sooner than a well: said beside a well test, never silently."""

from __future__ import annotations

from app.analysis.transient.interpret import Interpretation
from app.models.values import Values
from app.models.well_tests import RecordedTest
from app.services.wells.whole_history import SHUT_IN, flow_history

SHORTEST_S = 300.0
"""A record that ends sooner is one in hours or minutes that was called seconds: twelve days are 288 hours."""

MOST_PERMEABLE_M2 = 2e-11
"""20 darcy: loose sands have less."""

LIKELY_SKIN = (-8.0, 300.0)
"""Under it the well would be 300 m wide (r_w·e^−S with 0.1 m)."""

LIKELY_STORAGE = (1e-10, 1e-4)
"""[m³/Pa] From a tenth of a cubic metre of liquid of 1e-9 1/Pa under a tool that shuts in below, to 20 m³ of
gas of an annulus at 0.2 MPa.
"""

LEAST_WELL_M3 = 1.0
"""Of liquid, C/c_t: 330 m of the narrowest tubing (2 7/8 in, 3 l/m). A well that is shut in at its head holds
more; one shut in below by a tool, or told in minutes for seconds, less.
"""

LEAST_COMPRESSIBILITY, AS_GAS = 2e-10, 2.0
"""[1/Pa] and of 1/p: rock and water together have more than the first; nothing is softer than a gas, which
near its critical point comes to twice the second.
"""

LIKELY_RADIUS_M = (0.02, 1.0)
LEAST_VOLUME_FACTOR = 0.95
"""A liquid's: water under 100 MPa has 0.96. Under it somebody told 1/B, or a gas."""

HIGHEST_USUAL_PA = 1.2e8
"""The deepest fields stand at 120 MPa; psi that were called kPa, or bar called MPa, come to more."""

FLOWED_FOR = 1 / 50
"""Of the shut-in: shorter flow leaves nothing to rise; it is hours that were called seconds."""

Doubts = list[Values]


def unlikely(test: RecordedTest, found: Interpretation) -> Doubts:
    """Doubts about what was told and about what it came to."""
    return [*_of_inputs(test), *_of_times(test), *_of_answers(test, found)]


def _doubt(code: str, **detail: float) -> Values:
    return {"code": code, "detail": dict(detail)}


def _of_inputs(test: RecordedTest) -> Doubts:
    said: Doubts = []
    highest = float(test.pressure_pa.max())
    if highest > HIGHEST_USUAL_PA:
        said.append(_doubt("pressure_unlikely", pressure=highest))
    radius = test.wellbore_radius_m
    if radius is not None and not LIKELY_RADIUS_M[0] <= radius <= LIKELY_RADIUS_M[1]:
        said.append(_doubt("wellbore_unlikely", radius=radius))
    if test.gas is not None:
        return said
    softness = test.total_compressibility_per_pa
    if softness is not None and not _of_rock_and_liquid(softness, highest):
        said.append(_doubt("compressibility_unlikely", compressibility=softness, most=AS_GAS / highest))
    factor = test.formation_volume_factor
    if factor is not None and factor < LEAST_VOLUME_FACTOR:
        said.append(_doubt("volume_factor_unlikely", factor=factor))
    return said


def _of_rock_and_liquid(softness: float, highest_pa: float) -> bool:
    return LEAST_COMPRESSIBILITY <= softness <= AS_GAS / highest_pa


def _of_times(test: RecordedTest) -> Doubts:
    said: Doubts = []
    lasted = float(test.time_s[-1] - test.time_s[0])
    if lasted < SHORTEST_S:
        said.append(_doubt("test_of_minutes", seconds=lasted))
    rates = flow_history(test)
    flowed, shut = rates[-1][0] - rates[0][0], float(test.time_s[-1]) - rates[-1][0]
    if test.kind in SHUT_IN and len(rates) > 1 and flowed < FLOWED_FOR * shut:
        said.append(_doubt("flowed_hardly", flowed=flowed / 3600, shut=shut / 3600))
    return said


def _of_answers(test: RecordedTest, found: Interpretation) -> Doubts:
    said: Doubts = []
    if found.permeability_m2 is not None and found.permeability_m2 > MOST_PERMEABLE_M2:
        said.append(_doubt("permeability_unlikely", permeability=found.permeability_m2))
    if found.skin is not None and not LIKELY_SKIN[0] <= found.skin <= LIKELY_SKIN[1]:
        said.append(_doubt("skin_unlikely", skin=found.skin))
    storage, softness = found.storage_m3_per_pa, test.total_compressibility_per_pa
    if test.gas is not None or storage is None:
        return said
    if not LIKELY_STORAGE[0] <= storage <= LIKELY_STORAGE[1]:
        said.append(_doubt("storage_unlikely", storage=storage))
    elif (
        softness
        and _of_rock_and_liquid(softness, float(test.pressure_pa.max()))
        and storage / softness < LEAST_WELL_M3
    ):
        said.append(_doubt("storage_small", storage=storage, volume=storage / softness))
    return said
