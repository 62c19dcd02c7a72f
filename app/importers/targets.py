"""What a table can be, and what its columns can be then."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.registry import Registry
from app.models.kinds import KINDS
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
class TableKind:
    """`long` are the targets that together make a row a value by its name: (name, value). The rows of a
    `timeless` kind need no moment.
    """

    key: str
    targets: tuple[Target, ...]
    long: tuple[str, str] | None = None
    timeless: bool = False

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
    Target("year", "number", "year", role=True, minimum=EARLIEST.year, maximum=LATEST.year - 1),
    Target("month", "month", "month", role=True),
)
_UNTIL = Target("until", "time", "until", role=True)


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
    until = (_UNTIL,) if kind.until else ()
    return TableKind(
        key, (*_WHOSE, *_WHEN, *until, *(_of_field(field) for field in kind.fields if field.type != "rows"))
    )


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
)
TABLE_KINDS: Registry[TableKind] = Registry(
    "table kind", READINGS, LAB, *map(_of_kind, _RECORDS), WELLS, CARDS
)
