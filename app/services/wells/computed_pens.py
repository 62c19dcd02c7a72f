"""Pens that are computed of others: ready ones, and those of a field, kept with the profile."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from app.analysis.formula import Cells, Formula, read
from app.analysis.formula_units import Value, quantity_of, si_unit
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.ids import new_id
from app.core.jobs import Job
from app.core.plain import object_in
from app.models.sensors import SENSORS
from app.models.store import cells as cell_store
from app.models.values import a_part, built, rows_of
from app.services.workspace import Workspace

STEPS_S = (60, 600, 3_600, 6 * 3_600, 86_400)
"""Cells in which sensors meet that were read at different moments: the mean of each."""
SENSORS_KNOWN = {sensor.key: sensor.quantity for sensor in SENSORS}


@dataclass(frozen=True)
class ComputedPen:
    """`key` begins with "=": no sensor is called so. `quantity` is what it is shown as where its formula
    leaves that open: a share.
    """

    key: str
    ru: str
    en: str
    formula: str
    quantity: str = ""

    @property
    def is_ready(self) -> bool:
        return self in READY

    def name(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


READY = (
    ComputedPen("=pump_dp", "Перепад на насосе", "ΔP of the pump", "discharge_pressure - intake_pressure"),
    ComputedPen("=load_reserve", "Запас ПЭД по загрузке", "Motor reserve", "1 - load", "ratio"),
    ComputedPen(
        "=overheat",
        "Перегрев ПЭД над приёмом",
        "Motor above its intake",
        "motor_temperature - intake_temperature",
    ),
    ComputedPen(
        "=cos_phi",
        "cos φ по мощности",
        "cos φ by the power",
        "active_power / (1.7320508 * voltage * motor_current)",
    ),
    ComputedPen("=per_turn", "Жидкость на герц", "Liquid by frequency", "liquid_rate / frequency"),
    ComputedPen(
        "=intake_change",
        "Изменение давления на приёме за сутки",
        "Change of the intake pressure in a day",
        "change(mean(intake_pressure, 6 h))",
    ),
    ComputedPen(
        "=current_mean",
        "Ток ПЭД, среднее за сутки",
        "Motor current, mean of a day",
        "mean(motor_current, 24 h)",
    ),
)


@dataclass(frozen=True)
class Shown:
    """What a pen is shown as: a quantity of `core.units`, or its base units where it has none."""

    quantity: str
    unit: str = ""
    per_day: bool = False
    downwards: bool = False


@dataclass(frozen=True)
class Series:
    """Means of cells of `step_s`; times are the middles of the cells [µs]."""

    time_us: np.ndarray
    value: np.ndarray
    step_s: float


# ---- what there is -----------------------------------------------------------------------------------------


def of_field(workspace: Workspace, field: str) -> list[ComputedPen]:
    """The ready ones, then those of the field. Raises KnownError (computed_pens_damaged)."""
    return [*READY, *_kept(workspace).get(field, ())]


def save(workspace: Workspace, field: str, name: str, text: str, key: str = "") -> ComputedPen:
    """A new one, or another form of the one that is called `key`. Raises KnownError (computed_pen_nameless,
    formula_*).
    """
    if not name.strip():
        raise KnownError("computed_pen_nameless")
    shown_as(text)
    pen = ComputedPen(key or f"={new_id()}", name.strip(), name.strip(), text.strip())
    kept = _kept(workspace)
    others = [one for one in kept.get(field, ()) if one.key != pen.key]
    _keep(workspace, {**kept, field: [*others, pen]})
    return pen


def remove(workspace: Workspace, field: str, key: str) -> None:
    kept = _kept(workspace)
    _keep(workspace, {**kept, field: [one for one in kept.get(field, ()) if one.key != key]})


def _file(workspace: Workspace) -> Path:
    return workspace.paths.folder / "computed_pens.json"


def _kept(workspace: Workspace) -> dict[str, list[ComputedPen]]:
    """Field → its pens."""
    path = _file(workspace)
    try:
        told = object_in(path.read_text(encoding="utf-8")) if path.exists() else {"fields": {}}
        fields = a_part(told["fields"], "fields")
        return {field: [built(ComputedPen, pen) for pen in rows_of(fields, field)] for field in fields}
    except (OSError, ValueError, KeyError) as error:
        raise KnownError("computed_pens_damaged", file=str(path)) from error


def _keep(workspace: Workspace, fields: dict[str, list[ComputedPen]]) -> None:
    path = _file(workspace)
    told = {"fields": {field: [asdict(pen) for pen in pens] for field, pens in fields.items()}}
    try:
        write_atomically(path, json.dumps(told, ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error


# ---- what they come to -------------------------------------------------------------------------------------


def formula_of(text: str) -> Formula:
    """Sensors by their keys and by their names in both languages. Raises KnownError (formula_*)."""
    names = {word.lower(): sensor.key for sensor in SENSORS for word in (sensor.key, sensor.ru, sensor.en)}
    return read(text, names)


def shown_as(text: str, quantity: str = "") -> Shown:
    """What a formula is shown as; its units are checked without a reading. Raises KnownError (formula_*)."""
    formula = formula_of(text)
    value = _of_ones(formula)
    named = quantity or quantity_of(value)
    unit = "" if named else si_unit(value.dimension)
    return Shown(named or "number", unit, value.per_day, _is_depth(formula, value))


def _of_ones(formula: Formula, deeper: float = 0.0) -> Value:
    """What it comes to when every sensor shows one, and those of depths that much more."""
    shown = {name: np.full(3, 1.0 + deeper * SENSORS[name].downwards) for name in formula.names}
    return formula.of(Cells(60.0, shown, SENSORS_KNOWN))


def _is_depth(formula: Formula, value: Value) -> bool:
    """As much deeper as its sensors are: a mean of levels is a depth, a difference of them none."""
    if not any(SENSORS[name].downwards for name in formula.names) or value.per_day:
        return False
    return bool(np.allclose(_of_ones(formula, 1.0).value - value.value, 1.0))


def possible(pens: Iterable[ComputedPen], present: set[str]) -> list[ComputedPen]:
    """Those whose sensors the well has."""
    return [pen for pen in pens if set(formula_of(pen.formula).names) <= present]


def series(
    workspace: Workspace,
    well: int,
    pens: Iterable[ComputedPen],
    from_us: int,
    to_us: int,
    columns: int,
    job: Job | None = None,
) -> dict[str, Series]:
    """Each of them over the window, in cells no finer than the columns of pixels."""
    wanted = next((s for s in STEPS_S if (to_us - from_us) / 1e6 / s <= max(columns, 1)), STEPS_S[-1])
    step_us = wanted * 1_000_000
    first = from_us - from_us % step_us
    count = max(int((to_us - first) // step_us) + 1, 3)
    formulas = {pen.key: formula_of(pen.formula) for pen in pens}
    needed = {name for formula in formulas.values() for name in formula.names}
    there = cells_of(workspace, well, needed, (first, to_us), step_us, count, job)
    middles = first + np.arange(count, dtype=np.int64) * step_us + step_us // 2
    return {key: Series(middles, formula.of(there).value, float(wanted)) for key, formula in formulas.items()}


def cells_of(
    workspace: Workspace,
    well: int,
    names: Iterable[str],
    window: tuple[int, int],
    step_us: int,
    count: int,
    job: Job | None = None,
) -> Cells:
    """The readings of a window [µs] as a formula reads them: `count` cells from its beginning on."""
    begin_us, end_us = window
    numbers = {SENSORS[name].number: name for name in names}
    by_name = {name: np.full(count, np.nan) for name in numbers.values()}
    read_now = cell_store.cells(workspace.store, well, begin_us, end_us, step_us, job, tuple(sorted(numbers)))
    for number, cells in read_now.items():
        place = (cells.time_us - begin_us) // step_us
        inside = (place >= 0) & (place < count)
        by_name[numbers[number]][place[inside]] = cells.mean[inside]
    return Cells(step_us / 1e6, by_name, SENSORS_KNOWN)
