"""Surveys and pump curves whose rows stand in no order, twice, or against each other: put in order and said,
or refused where two rows of one place differ.
"""

from __future__ import annotations

from app.importers.remarks import remark
from app.importers.rows import Problem, Rows
from app.importers.targets import TableKind
from app.models.values import Values, needed_number

Cells = list[Values]
_PLACE = {"survey": "measured_depth_m", "pump_curve": "flow_m3_per_s"}
_TURN = _PLACE | {"gas_lift_valves": "depth_m", "model_curve": "liquid_m3_per_s"}
RISES_M = 1e-6


def in_turn(kind: TableKind, cells: Cells) -> Cells:
    return sorted(cells, key=lambda one: needed_number(one, _TURN[kind.key]))


def put_right(rows: Rows, kind: TableKind, mine: list[int], cells: Cells) -> None:
    """What is said of the rows `mine` of one record; they are put in order and told once when the record is
    joined.
    """
    place = _PLACE.get(kind.key)
    if place is None or not rows.asks:
        return
    at = [needed_number(cells[i], place) for i in mine]
    back = [i for before, here, i in zip(at, at[1:], mine[1:], strict=False) if here < before]
    if back and at != at[::-1] and sorted(at, reverse=True) != at:
        rows.remarks.append(
            remark(f"{kind.key}_sorted", "", lines=rows.line[back].tolist(), well=_well(rows, mine))
        )
    first: dict[float, int] = {}
    again: list[tuple[int, int]] = []
    differ: list[tuple[int, int]] = []
    for i, here in zip(mine, at, strict=True):
        other = first.setdefault(here, i)
        if other != i:
            (again if cells[i] == cells[other] else differ).append((other, i))
    if again:
        rows.remarks.append(remark("repeated", "", lines=[int(rows.line[i]) for _, i in again]))
    for other, i in differ:
        details = {"other": int(rows.line[other])}
        rows.problems.append(Problem("", int(rows.line[i]), -1, "", "", f"{kind.key}_twice", details=details))
    if kind.key == "pump_curve":
        _of_a_pump(rows, mine, cells)


def _of_a_pump(rows: Rows, mine: list[int], cells: Cells) -> None:
    """A head that rises for a while is told; one that rises on the whole is no pump's, and two pumps in one
    curve are not taken for one.
    """
    in_flow = sorted(mine, key=lambda i: needed_number(cells[i], "flow_m3_per_s"))
    rising = [
        i
        for before, i in zip(in_flow, in_flow[1:], strict=False)
        if needed_number(cells[i], "head_m") > needed_number(cells[before], "head_m") + RISES_M
    ]
    if 2 * len(rising) > max(len(in_flow) - 1, 1):
        first, last = (needed_number(cells[i], "head_m") for i in (in_flow[0], in_flow[-1]))
        line, details = int(rows.line[rising[0]]), {"first": f"{first:.6g}", "last": f"{last:.6g}"}
        rows.problems.append(Problem("", line, -1, "", "", "curve_is_no_pumps", details=details))
    elif rising:
        rows.remarks.append(
            remark("curve_rises", "", lines=sorted(int(rows.line[i]) for i in rising), well=_well(rows, mine))
        )
    for key in ("pump_name", "pump_type"):
        said = rows.values.get(key)
        names = [] if said is None else list(dict.fromkeys(str(said[i]) for i in mine if said[i]))
        if len(names) > 1:
            line = int(rows.line[mine[0]])
            rows.problems.append(Problem("", line, -1, "", ", ".join(names)[:120], "curve_of_two_pumps"))
            return


def _well(rows: Rows, mine: list[int]) -> str:
    return str(rows.well[mine[0]]) or "—"
