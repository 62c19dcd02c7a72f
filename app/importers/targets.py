"""What a table can be, and what its columns can be then."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.registry import Registry
from app.core.units import DAY_S
from app.importers.rod_words import MOST_SECTIONS, SIZES_MM
from app.models.kinds import KINDS
from app.models.kinds.installed import RUN_AT
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.spec import Field
from app.models.limits import EARLIEST, LATEST
from app.models.sensors import SENSORS
from app.models.wells import LIFTS, STATES


@dataclass(frozen=True)
class Target:
    """`type` is time, clock, well, number, text, choice or flag. Limits are SI, for a laboratory's figure in
    its own unit. `role` is a column that says whose and when; the others are what the table is about.
    """

    key: str
    type: str
    named: str
    quantity: str = "number"
    minimum: float | None = None
    maximum: float | None = None
    usual: tuple[float, float] | None = None
    choices: tuple[str, ...] = ()
    role: bool = False
    required: bool = False
    long: bool = False
    """A text of several lines."""


@dataclass(frozen=True)
class Part:
    """One of the kinds of record that a row may hold at once. `fields` are target → field; without one of
    `told` the row says nothing of it. `equips`: it is of what stands in the well, `measured` of a moment.
    """

    kind: str
    fields: dict[str, str]
    told: frozenset[str]
    equips: bool = False
    measured: bool = False


@dataclass(frozen=True)
class TableKind:
    """`long` are the targets that together make a row a value by its name: (name, value). The rows of a
    `timeless` kind need no moment; those of an `undated` one hold as long as there is the well where the file
    says no date. `record` is the kind of record that its rows make, `gathers` that record's field of which
    each row is a row: the rows of a well and a moment make one record.
    """

    key: str
    targets: tuple[Target, ...]
    long: tuple[str, str] | None = None
    timeless: bool = False
    undated: bool = False
    record: str = ""
    gathers: str = ""
    apart: tuple[str, ...] = ()
    """Of a kind that gathers: rows of a well and a moment that differ in these are of different records."""
    one_of: frozenset[str] = frozenset()
    """Where none of these is told it is no such table."""
    parts: tuple[Part, ...] = ()
    """Of a kind whose rows are records of several kinds at once."""

    def target(self, key: str) -> Target | None:
        return next((target for target in self.targets if target.key == key), None)


_WHOSE = (
    Target("well", "well", "well", role=True),
    Target("pad", "text", "pad", role=True),
    Target("field", "text", "field", role=True),
)
_WHEN = (
    Target("time", "time", "time", role=True),
    Target("clock", "clock", "clock", role=True),
    Target("elapsed", "number", "elapsed", "hours", role=True),
    Target("year", "number", "year", role=True, minimum=EARLIEST.year, maximum=LATEST.year - 1),
    Target("month", "month", "month", role=True),
    Target("day", "number", "day", role=True, minimum=1, maximum=31),
)
_MEASURED_AT = Target("measured_at", "time", "time", role=True)
"""Beside the day of a run: when the level and the rate of the same row were measured."""
_UNTIL = Target("until", "time", "until", role=True)
"""Of amounts: where the day or the month ended, which tells the two apart (periods)."""
_UNTIL_CLOCK = Target("until_clock", "clock", "until", role=True)
"""Beside a day on which something ended: the time of that day."""
_OF_STOPS = frozenset({"event", "workover"})
_LIFT = Target("lift", "choice", "lift", choices=LIFTS, role=True)
"""Beside what a report is about: how its wells are lifted."""
LASTED = Target("lasted", "number", "downtime", "hours", minimum=0, maximum=10 * 365 * 86_400, role=True)
"""Of a stop that says no end: how long it was."""
_PARTS_OF_LIQUID = (
    Target("oil_part", "number", "oil_part", "rate", 0, 2500 / DAY_S),
    Target("water_part", "number", "water_part", "rate", 0, 2500 / DAY_S),
)
"""Oil and water by volume: together they are the liquid and its water cut."""
_PERFORATIONS = Target("perforations", "text", "perforations", "length")
"""Top and bottom in one cell: `1402-1410` (perforation_words)."""
_WALLS = (
    Target("tubing_wall_m", "number", "tubing_wall", "small_length", 0.002, 0.02),
    Target("casing_wall_m", "number", "casing_wall", "small_length", 0.004, 0.03),
)
"""With the outer diameter the bore of a pipe (pipe_walls)."""
SERIAL_OF = {f"serial_{item}": item for item in ("pump", "motor", "seal", "cable", "gauge", "intake")}
"""Column → the item of the codes of failures. A number of nobody knows which item is none of them."""
_SERIALS = tuple(Target(key, "text", key) for key in SERIAL_OF)
"""Numbers of what was run in, a column each: rows of one field (serial_columns)."""
_BESIDE = {
    "installation": (_PERFORATIONS, *_WALLS, *_SERIALS),
    "flow_test": (_LIFT, *_PARTS_OF_LIQUID),
    "fluid_level": (_LIFT,),
    "workover": (_LIFT,),
    "event": (_LIFT, LASTED),
    "production": (_LIFT, _UNTIL),
    "energy": (_LIFT, _UNTIL),
}


def _of_field(field: Field) -> Target:
    return Target(
        field.key,
        field.type,
        field.named,
        field.quantity,
        field.minimum,
        field.maximum,
        field.usual,
        field.choices,
        required=field.required and field.default is None,
        long=field.long,
    )


def _of_kind(key: str) -> TableKind:
    kind = KINDS[key]
    until = (_UNTIL, _UNTIL_CLOCK) if key in _OF_STOPS else (_UNTIL,) if kind.until else ()
    fields = (_of_field(field) for field in kind.fields if field.type != "rows")
    return TableKind(key, (*_WHOSE, *_WHEN, *until, *_BESIDE.get(key, ()), *fields))


def _of_rows(
    key: str, record: str, rows: str, *, beside: tuple[str, ...] = (), may_lack: tuple[str, ...] = ()
) -> TableKind:
    """A table whose rows are those of one field; `beside` are the record's other fields that it may have,
    `may_lack` those that are not in each row.
    """
    kind = KINDS[record]
    until = (_UNTIL,) if kind.until else ()
    fields = (*kind.field(rows).cells, *(kind.field(name) for name in beside))
    told = (replace(_of_field(one), required=one.required and one.key not in may_lack) for one in fields)
    return TableKind(key, (*_WHOSE, *_WHEN, *until, *told), undated=True, record=record, gathers=rows)


READINGS = TableKind(
    "readings",
    (
        *_WHOSE,
        *_WHEN,
        Target("quality", "text", "quality", role=True),
        Target("sensor", "text", "sensor"),
        Target("value", "number", "value"),
        Target("unit", "text", "unit", role=True),
        *(
            Target(
                s.key, "number", "motor_load" if s.key == "load" else s.key, s.quantity, s.minimum, s.maximum
            )
            for s in SENSORS
        ),
    ),
    ("sensor", "value"),
)

LAB = TableKind(
    "lab_result",
    (
        *_WHOSE,
        *_WHEN,
        Target("sample", "text", "sample", role=True),
        Target("point", "text", "sampling_point", role=True),
        Target("lab", "text", "laboratory", role=True),
        Target("method", "text", "method", role=True),
        Target("note", "text", "note", role=True, long=True),
        Target("qualifier", "text", "qualifier", role=True),
        Target("parameter", "text", "parameter"),
        Target("value", "number", "value"),
        Target("unit", "text", "unit", role=True),
        *(Target(p.key, "number", f"lab.{p.key}", p.quantity, p.minimum, p.maximum) for p in PARAMETERS),
    ),
    ("parameter", "value"),
)

WELLS = TableKind(
    "wells",
    (
        *_WHOSE,
        Target("lift", "choice", "lift", choices=LIFTS),
        Target("state", "choice", "state", choices=STATES),
        Target("depth_m", "number", "depth", "length", 10, 12_000),
        Target("aliases", "text", "aliases"),
    ),
    timeless=True,
)

CARDS = TableKind(
    "card",
    (
        *_WHOSE,
        *_WHEN,
        Target("position", "number", "position", "length", -1, 15, required=True),
        Target("load", "number", "load", "load", -20e3, 300e3, required=True),
        Target("strokes_per_minute", "number", "strokes_per_minute", "pumping_speed", 0.001, 0.6, role=True),
        Target("crank_angle", "number", "crank_angle", role=True),
    ),
    timeless=True,
)

_RECORDS = (
    "flow_test",
    "fluid_level",
    "valve_test",
    "workover",
    "event",
    "installation",
    "production",
    "model_result",
    "head_pressures",
    "fluid",
    "reservoir",
    "alarm",
    "energy",
)
_UNDATED = ("pumping_unit", "location")
SURVEY = _of_rows("survey", "survey", "stations", beside=("method", "note"), may_lack=("azimuth_rad",))
_TALLY = _of_rows("rod_string", "rod_string", "sections", beside=("note",))
ROD_STRING = replace(
    _TALLY,
    targets=(*_TALLY.targets, Target("rod_count", "number", "rod_count", minimum=0, maximum=2000)),
)
PUMP_CURVE = _of_rows(
    "pump_curve",
    "installation",
    "curve",
    beside=("pump_name", "pump_type", "depth_m", "stages", "curve_frequency_hz", "curve_stages"),
)
GAS_LIFT_VALVES = replace(
    _of_rows("gas_lift_valves", "installation", "valves"),
    one_of=frozenset({"port_m", "opening_pressure_pa"}),
)
_CASE = ("model", "version", "scenario", "author", "curve", "depth_m", "wellhead_pressure_pa", "water_cut")
_POINTS = _of_rows("model_curve", "model_curve", "points", beside=_CASE, may_lack=("curve",))
_WIDE = (("inflow_pressure_pa", "inflow_pressure"), ("outflow_pressure_pa", "outflow_pressure"))
MODEL_CURVE = replace(
    _POINTS,
    targets=(*_POINTS.targets, *(Target(key, "number", named, "pressure", 0, 150e6) for key, named in _WIDE)),
    undated=False,
    apart=_CASE,
    one_of=frozenset({"curve", "gas_m3_per_s", *(key for key, _ in _WIDE)}),
)
# ---- several kinds in a row --------------------------------------------------------------------------------

ROD_COLUMNS = {f"rods_{size}": size for size in SIZES_MM}
"""A column for each diameter → the diameter [mm]."""
SECTION_COLUMNS = {
    f"section_{number}_{what}": (what, number)
    for number in range(1, MOST_SECTIONS + 1)
    for what in ("diameter", "length")
}
"""A pair of columns for each section, from the top."""


def _part(
    kind: str, fields: str, *, told: str = "", beside: tuple[str, ...] = (), equips: bool = False
) -> Part:
    """`beside`: what else tells of it and is no field."""
    keys = fields.split()
    said = frozenset((*(told.split() or keys), *beside))
    return Part(kind, {key: key for key in keys}, said, equips, not equips)


def _all_of(kind: str) -> str:
    return " ".join(field.key for field in KINDS[kind].fields if field.type != "rows" and field.key != "note")


_UNIT_BESIDE = frozenset({"geometry", "rotation", "unit_motor", "unit_power_w"})
"""Of these a passport of any well may speak."""

PARTS = (
    Part("well_passport", {"lift": "lift"}, frozenset({"lift"})),
    _part(
        "installation",
        _all_of("installation"),
        told=" ".join(sorted(set(_all_of("installation").split()) - RUN_AT)),
        beside=("perforations", "tubing_wall_m", "casing_wall_m"),
        equips=True,
    ),
    Part("rod_string", {}, frozenset({"rods", *ROD_COLUMNS, *SECTION_COLUMNS}), equips=True),
    _part(
        "pumping_unit",
        _all_of("pumping_unit"),
        told=" ".join(sorted(set(_all_of("pumping_unit").split()) - _UNIT_BESIDE)),
        equips=True,
    ),
    _part(
        "flow_test",
        "liquid_m3_per_s water_cut oil_kg_per_s gas_m3_per_s line_pressure_pa runtime_s",
        told="liquid_m3_per_s",
    ),
    _part("fluid_level", "level_m", told="level_m"),
    _part("head_pressures", "tubing_pressure_pa casing_pressure_pa"),
    _part(
        "fluid",
        "oil_relative_density water_relative_density gas_relative_density gas_oil_ratio bubble_point_pa "
        "viscosity_pa_s water_cut",
    ),
    _part(
        "reservoir",
        "reservoir_pressure_pa reservoir_temperature_k productivity_m3_per_s_pa datum_m",
        told="reservoir_pressure_pa reservoir_temperature_k productivity_m3_per_s_pa",
    ),
)


def _of_parts() -> tuple[Target, ...]:
    """What the parts' fields are, none of them required: a row tells what it tells."""
    found: dict[str, Target] = {}
    for part in PARTS:
        for target, field in part.fields.items():
            found.setdefault(target, replace(_of_field(KINDS[part.kind].field(field)), required=False))
    rods = [Target(key, "number", key, "length", 1, 4000) for key in ROD_COLUMNS]
    rods += [
        Target(key, "number", key, "length", *((0.009, 0.06) if what == "diameter" else (0.3, 4000)))
        for key, (what, _) in SECTION_COLUMNS.items()
    ]
    beside = (
        Target("state", "choice", "state", choices=STATES),
        _PERFORATIONS,
        *_WALLS,
        Target("rods", "text", "rods"),
        Target("rod_grade", "text", "rod_grade"),
    )
    return (*found.values(), *rods, *beside)


PASSPORT = TableKind(
    "passport", (*_WHOSE, *_WHEN, _MEASURED_AT, _UNTIL, *_of_parts()), undated=True, parts=PARTS
)


def holds_undated(kind: TableKind, taken: set[str]) -> bool:
    """Whether rows with these columns hold as long as there is the well. What was measured does not: a rate
    or a level is asked for its date, other things beside what stands in the well are left out (passport).
    """
    told = {part.kind: part for part in kind.parts if part.told & taken}
    if any(part.equips for part in told.values()) and not {"flow_test", "fluid_level"} & told.keys():
        return kind.undated
    return kind.undated and not any(part.measured for part in told.values())


def several(kind: TableKind, taken: set[str]) -> bool:
    """Whether columns for these fields tell of the equipment or the reservoir, and of something else: else
    they are a table of one kind.
    """
    told = {part.kind: part for part in kind.parts if part.told & taken}
    if len(told) < 2:
        return False
    if any(part.equips or part.kind == "reservoir" for part in told.values()):
        return True
    # What a test has beside its rate is reckoned with, a level's sheet has no densities of its own.
    of_fluid = told["fluid"].told & taken if "fluid" in told else frozenset()
    return (
        len(of_fluid) > 1 and "flow_test" not in told and bool({"fluid_level", "head_pressures"} & set(told))
    )


TABLE_KINDS: Registry[TableKind] = Registry(
    "table kind",
    READINGS,
    LAB,
    *map(_of_kind, _RECORDS),
    *(replace(_of_kind(key), undated=True) for key in _UNDATED),
    SURVEY,
    ROD_STRING,
    PUMP_CURVE,
    GAS_LIFT_VALVES,
    MODEL_CURVE,
    WELLS,
    PASSPORT,
    CARDS,
)
