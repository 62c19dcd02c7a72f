"""docs/DIAGNOSIS.md, part "constants": what each number of the card diagnosis is and where it comes from."""

from __future__ import annotations

from importlib import import_module

from tools import diagnosis_parts

CARDS, RULES = "app.analysis.cards", "app.analysis.rules"
# (module, name, where it comes from)
SOURCES = (
    (
        f"{CARDS}.net_stroke",
        "ENDS",
        "upper quartiles over 1,400 falls of 300 simulated wells, rounded by 0 … 8 of "
        "200 samples; p·V^1.15 of pressure ratios 3 … 20 alone gives 0.1 … 0.3 less",
    ),
    (f"{CARDS}.net_stroke", "LEAN_ERROR", "noise of 1 % of the load on the same falls"),
    (f"{CARDS}.net_stroke", "END_ERROR", "half of their spread, 10 … 90 %"),
    (
        f"{CARDS}.net_stroke",
        "LEAST_PLATEAU",
        "ours: of 120 cards by the method of characteristics friction took three quarters at most; less than "
        "this is the liquid's",
    ),
    (f"{CARDS}.damping", "TRIED", "ours: the load is nearly straight in it"),
    (f"{CARDS}.damping", "MOST", "twice the most of 0.05 … 0.15 that Gibbs' method takes"),
    (f"{CARDS}.damping", "LEAST", "ours: moves fillage by a thousandth"),
    (
        f"{CARDS}.damping",
        "CLEARLY",
        "ours: real and made-up cards without drag keep 0.94 … 1 of it, simulated ones with drag 0 … 0.35",
    ),
    (f"{CARDS}.strokes", "EVEN", "physics: friction evenly along the string stretches half of it"),
    (
        f"{CARDS}.strokes",
        "SOME",
        "ours: of 180 cards the part that tells rods from plungers best",
    ),
    (f"{CARDS}.strokes", "SOME_OF_WAY", "the same: the median of what is left of the stretch there"),
    (f"{CARDS}.strokes", "ROUNDED", "ours: corners of the founders' truth cases lean out by nothing"),
    (f"{CARDS}.strokes", "MOST_STRETCH", "ours: ends an interval only"),
    (f"{CARDS}.strokes", "PLACE_ERROR", "domain/rod-pump.md: place by 0.13 % of a vendor's, thrice and more"),
    (
        f"{CARDS}.strokes",
        "LATE_FROM",
        "nine in ten of 135 cards under cells without delay; 1 % of the period brings 0.014",
    ),
    (f"{CARDS}.strokes", "LATEST", "ours: ends an interval only"),
    (
        f"{CARDS}.lateness",
        "LATE",
        "nine in ten simulated pumps under cells without delay keep within 0.0075",
    ),
    (
        f"{CARDS}.lateness",
        "EXPLAINED",
        "nine in ten simulated full pumps under recorders that round: under 0.24",
    ),
    (f"{CARDS}.lateness", "SQUARE", "a lens of gas keeps 0.13 and more"),
    (f"{CARDS}.lateness", "WIDENS_FROM", "as LATE; widens a range, never moves a figure"),
    (f"{CARDS}.lateness", "WIDENS_BY", "ours: widens a range, never moves a figure"),
    (f"{CARDS}.lateness", "STEP_ERROR", "physics: a step of the delays, taken up by rods at mid-stroke"),
    (f"{RULES}.card_sensor_fault", "SUREST_LATE", "ours: valves that close late draw nearly the same card"),
    (
        f"{CARDS}.intake",
        "USUAL_FRICTION",
        "what simulated healthy pumps rub with on average (0 … 0.09 of p_d·A): prior, not "
        "fitted; it decides the middle of the interval only",
    ),
    (f"{CARDS}.intake", "LARGEST_FRICTION", "prior: above it the rule for friction speaks"),
    (
        f"{CARDS}.intake",
        "MOST_FRICTION",
        "real lower lines at −0.16 … −0.57 of p_d·A, less an offset of the cell",
    ),
    (f"{CARDS}.intake", "LINE_ERROR", "rods' weight to 1 %, load cell to 1 %, of 20 … 80 kN"),
    (f"{CARDS}.intake", "DENSITY_ERROR", "10 points of water cut of an oil 30 % lighter than its water"),
    (f"{CARDS}.intake", "LOAD_ERROR", "cells of class 1 … 2 %"),
    (
        f"{CARDS}.figures",
        "UNKNOWN_DAMPING",
        "the least of 0.05 … 0.15 that Gibbs' method takes; it widens an interval, never moves a figure",
    ),
    (f"{CARDS}.column", "K_PER_M", "usual mean geothermal gradient"),
    (
        f"{CARDS}.record",
        "BEAM_USED",
        "units are chosen for their wells: a quarter to all of the beam's rating",
    ),
    (f"{RULES}.card_inputs", "HEAVIEST", "saturated sodium chloride brine"),
    (
        f"{RULES}.card_inputs",
        "WITH_FRICTION",
        "ours: friction is one explanation more, so the inputs are less sure",
    ),
    (
        f"{RULES}.card_fillage",
        "HIGH_INTAKE_PA",
        "ours: between the simulated pound (to 1 MPa) and gas (from 2.4 MPa)",
    ),
    (f"{CARDS}.shape", "CALM", "nine in ten simulated pumps of any fault wander by less than the first"),
    (
        f"{CARDS}.shape",
        "WIDE_FALL",
        "simulated leaks of the standing valve unload over 0.05 … 0.15 of the stroke, by either simulator",
    ),
    (
        f"{CARDS}.shape",
        "LATE",
        "ours: in a worn barrel the load is lost for good before the last quarter of the stroke, by a valve "
        "up to its end",
    ),
    (
        f"{CARDS}.shape",
        "LAG_TAKEN",
        "ours: friction, a filter or a drawn curve loses load before both turns alike, one valve before one",
    ),
    (
        f"{RULES}.card_valve_leaks",
        "CORNERS_ALONE",
        "ours: four round corners fit a slow recorder or friction as well; of what the rule said alone on "
        "simulated cards nothing was true",
    ),
    (
        f"{RULES}.card_valve_leaks",
        "SHORT_RATE",
        "flow tests to 5 … 10 %, leaks seen from a fifth of the flow",
    ),
    (f"{RULES}.card_valve_leaks", "WHOLE_RATE", "the same"),
    (f"{RULES}.card_barrel", "BETWEEN", "between quartiles of simulated ones, 0.15 and 0.16 of the stroke"),
    (
        f"{RULES}.card_barrel",
        "STUCK",
        "400 cards by lumped masses: of plungers that move all but one go over 0.5 of the rod's stroke",
    ),
    (
        f"{RULES}.card_sensor_fault",
        "OF_FEW",
        "ours: the peak is lost and the card is not; as surely as a unit of loads is told",
    ),
    (
        f"{CARDS}.timed",
        "EVEN_SHARE",
        "points along a curve 0.76 at most, belts that turn sharply 0.85 … 0.88",
    ),
    (f"{CARDS}.timed", "COARSE_WITHIN", "ours: steps of 16 digits and more"),
    (
        f"{CARDS}.timed",
        "SHARPEST",
        "physics: 2π over the twentieth of the time that a sprocket of 0.25 m takes under 7.3 m",
    ),
    (f"{CARDS}.timed", "BETWEEN_STEPS", "physics: equal steps of position have 2"),
    (f"{CARDS}.timed", "TURNS_TOO", "simulated belts and cylinders by two hands, 60 … 256 points"),
    (f"{CARDS}.record", "QUANTA", "physics: a smooth peak leaves a row of four by 1.25 units of its digits"),
    (f"{RULES}.card_tubing", "OTHER_CAUSES", "simulated square cards whose liquid falls short, by cause"),
    (
        f"{RULES}.card_loads",
        "UNSEEN_RATE",
        "ours: a string parted near the pump under a cell that is off looks the same",
    ),
    (f"{RULES}.card_loads", "REVERSED", "physics: an upper line under the lower one lifts nothing"),
    (f"{RULES}.card_full_pump", "CORNER", "97 in 100 simulated healthy pumps"),
    (
        f"{CARDS}.one_stroke",
        "ALIKE",
        "ours: compression and friction move one end of a leak's mark, not both",
    ),
    (f"{RULES}.card_valve_leaks", "LEAST_SLIP", "nine in ten simulated pumps without a leak stay under it"),
    (
        f"{RULES}.card_valve_leaks",
        "SLIP_ALONE",
        "physics: a corner of 1 % of a crank's stroke is where the plunger goes at a third of its mean speed",
    ),
    (f"{RULES}.card_full_pump", "LEAST_LEAK", "nine in ten simulated pumps without a leak stay under it"),
    (
        f"{RULES}.card_full_pump",
        "LEAK_WEIGHS",
        "a leak of a quarter takes all that a full pump is sure by; 97 in 100 healthy ones keep over half",
    ),
    (f"{RULES}.card_full_pump", "SPIKE", "97 in 100 simulated healthy pumps"),
    (f"{RULES}.card_full_pump", "HEAVY", "p_d·A and as much friction as is usual both ways, 0.05 … 0.1"),
    (f"{RULES}.card_full_pump", "WHOLE_RATE", "flow tests to 5 … 10 %, slip and shrinkage"),
    ("app.analysis.cards.net_stroke", "APART", "ours: as `card_fillage.FULL`, what is called full"),
    (
        "app.analysis.cards.figures",
        "USUAL_DENSITY",
        "ours: half water of 1,050, half oil of 850 kg/m³; the answer says that it was taken",
    ),
    (
        "app.analysis.cards.record",
        "STROKE_LIMITS_M",
        "ours: no pumping unit strokes less or more",
    ),
    (
        "app.analysis.cards.record",
        "LOAD_LIMIT_N",
        "ours: twice the largest beam rating of API 11E, 42,700 lbf",
    ),
    (
        f"{RULES}.card_timing",
        "SHALLOW_M",
        "ours: the deepest well for which the inertia of a column is simulated",
    ),
    (
        f"{RULES}.card_fillage",
        "LENS_AREA",
        "ours: a lens leaves more of its frame empty than a pump that fills in part",
    ),
    (f"{RULES}.card_fillage", "BARELY_FILLED", "simulated lenses that came out fat: 0.11 … 0.22 filled"),
    (f"{RULES}.card_fillage", "FAT_LENS", "the same: 0.45 … 0.73 of their frames"),
    ("app.analysis.tempered", "DOUBTED", "ours: under the 0.8 that a finding is acted on"),
    ("app.analysis.tempered", "EITHER", "ours: one of two causes that the card does not tell apart"),
    (
        "app.analysis.tempered",
        "LATE_TOO",
        "a fifth to a half of simulated leaks' own lateness at most; lags and gas 0.46 and more",
    ),
    ("app.analysis.tempered", "FAST_TURN", "physics: as `card_valve_leaks.SLIP_ALONE`"),
    ("app.analysis.tempered", "RATE_ERROR", "flow tests to 5 … 10 %"),
    (
        "app.analysis.tempered",
        "COARSE",
        "a point of 60 is 1 … 3 % of the stroke, as wide as corners and hits are",
    ),
    (
        "app.analysis.tempered",
        "SLOW_TURN",
        "between belts (0.004 … 0.013) and cranks (0.019 … 0.036) of any size",
    ),
    (f"{RULES}.card_rods_parted", "SPANS", "physics: the column, friction and a pound that rings"),
    (
        f"{RULES}.card_rods_parted",
        "SWINGS",
        "half of Mills' swing of free rods; as `record.load_factor`",
    ),
    (f"{RULES}.card_rods_parted", "WHOLE", "as `record.load_factor`"),
    ("app.analysis.contested", "WHISPER", "as `diagnosis.LEAST_CONFIDENCE`"),
    (f"{RULES}.card_fillage", "FULL", "domain/rod-pump.md calls 0.95 full; less the error of fillage"),
    (
        "app.analysis.ranker_bounds",
        "FARTHEST",
        "real cards: the rules were right where a free ranker turned them; see the module",
    ),
    (
        "app.analysis.ranker_bounds",
        "OWN_EVIDENCE",
        "the founders' demand: over 0.8 a finding has evidence of its own",
    ),
    (
        "app.analysis.ranker_bounds",
        "SUREST_ALONE",
        "families left out: of what rules alone said over 0.9 half was true",
    ),
    (
        "app.analysis.ranker",
        "FIELD_SHARE",
        "the founders' count on real labelled surface cards: 0.21 right where 0.5 was said",
    ),
    ("app.analysis.diagnosis", "LEAST_CONFIDENCE", "ours: what is less likely than one in three is not said"),
    (
        "app.services.wells.unlikely",
        "LIKELY_SKIN",
        "physics: under the first the well would be 300 m wide, r_w·e^−S; the second ours",
    ),
    (
        "app.services.wells.unlikely",
        "LIKELY_STORAGE",
        "physics: 0.1 m³ of liquid of 1e-9 1/Pa below a tool … 20 m³ of an annulus' gas at 0.2 MPa",
    ),
    ("app.services.wells.unlikely", "LEAST_WELL_M3", "physics: 330 m of the narrowest tubing"),
    (
        "app.services.wells.unlikely",
        "LEAST_COMPRESSIBILITY",
        "physics: rock and water together have more",
    ),
    (
        "app.services.wells.unlikely",
        "AS_GAS",
        "physics: 1/p of an ideal gas, twice that near a critical point",
    ),
    ("app.services.wells.unlikely", "FLOWED_FOR", "ours: shorter flow leaves nothing to rise"),
    (
        "app.services.wells.tests_beside",
        "RATE_OFF",
        "ours: flow tests to 10 % and a quarter of a year",
    ),
    ("app.services.wells.tests_beside", "KH_OFF", "ours: one rock and a layer or a phase more"),
    (
        "app.services.wells.tests_beside",
        "AS_FACTOR",
        "ours: under half the way between two units' factors",
    ),
)
DIRT = (
    (
        "points of a record",
        "30 … 256",
        "the founders: 20 … 100 points in the field; under 30 a record is refused",
    ),
    (
        "rounding",
        "0 … 0.02 of a stroke's time",
        "the founders' truth cases: corners of 0.08 … 0.12 of the half stroke",
    ),
    (
        "offset of all loads",
        "40 %: −0.45 … 0.1 of p_d·A; else −0.02 ± 0.03",
        "the founders: real lower lines at −0.16 … −0.57 of p_d·A (friction, stuffing box, cell, buoyancy)",
    ),
    ("stuffing box", "0 … 0.12 of p_d·A, mostly small", "the same"),
    ("scale of the cell", "± 1.5 %", "class of field cells, 1 … 2 %"),
    (
        "density, depth, plunger",
        "± 2.5 %; ± 0.6 %, one in ten ± 5 %; one in 33 a size off",
        "ours: errors of passports",
    ),
    (
        "units",
        "12 % Mark II or air balanced, 14 % belt or hydraulic",
        "ours: shares; proportions of reference/rod-pump.json",
    ),
)


def write() -> str:
    """The part, with the values that the code has now."""
    lines = [
        "# Constants of the card diagnosis, and where each comes from",
        "",
        "Written by `python -m tools.diagnosis_constants`; none is fitted to a single well. Sizes at which a",
        "rule is half and nine tenths sure stand in its docstring; they were set on simulated wells.",
        "",
        "| constant | value | source |",
        "|---|---|---|",
    ]
    for module, name, source in SOURCES:
        value = getattr(import_module(module), name)
        shown = ", ".join(f"{part:g}" for part in value) if hasattr(value, "__len__") else f"{value:g}"
        lines.append(
            f"| `{module.removeprefix('app.').removeprefix('analysis.')}.{name}` | {shown} | {source} |"
        )
    lines += [
        "",
        "What the training draws on top of the simulated pump (`simulate/dirt.py`):",
        "",
        "| what | range | source |",
    ]
    lines += ["|---|---|---|", *(f"| {what} | {drawn} | {source} |" for what, drawn, source in DIRT)]
    return "\n".join(lines)


if __name__ == "__main__":
    diagnosis_parts.put("constants", write())
