"""Wells that a file names and nobody knows yet, and wells that a file is a list of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from app.importers.base import Contents
from app.importers.distinct import distinct_rows
from app.importers.numbers import texts_of
from app.importers.plan import Plan
from app.importers.rows import Problem, Rows
from app.importers.sheets import column_name
from app.models.limits import clean_name
from app.models.well_names import Registry, place_looks
from app.models.wells import SRP, Well, WellId

NEW_FIELD, NEW_PAD = "—", "—"


def wells_of(contents: Contents, plan: Plan, names: list[str], lifts: Mapping[str, str]) -> tuple[Well, ...]:
    """The wells to be made for `names`; field and pad from the file's own columns where it has them, the lift
    as `lifts` has it.
    """
    if not names:
        return ()
    known = places_of(contents, plan)
    made: list[Well] = []
    only_cards = {sheet.kind for sheet in plan.sheets if not sheet.skip} == {"card"}
    for name in dict.fromkeys(names):
        if any(well.name.lower() == name.lower() for well in made):
            continue
        field, pad = known.get(name, ("", ""))
        lift = lifts.get(name) or (SRP if only_cards else "other")
        made.append(Well(WellId(0), name.strip(), field or NEW_FIELD, pad or NEW_PAD, lift))
    return tuple(made)


def elsewhere(registry: Registry, contents: Contents, plan: Plan) -> Iterator[Problem]:
    """Wells that are known on another pad or in another field than the file says: another well of that name,
    until somebody says that it is this one (`plan.wells`).
    """
    for name, said in places_of(contents, plan).items():
        well = registry.find(name) if name and name not in plan.wells and plan.asks else None
        if well is None:
            continue
        for here, told in zip((well.field_name, well.pad), said, strict=True):
            if told and here not in ("", NEW_PAD) and place_looks(here) != place_looks(told):
                details = {"well": name, "told": told, "known": here}
                yield Problem("", 0, -1, "", name[:80], "well_elsewhere", details=details)


def places_filled(registry: Registry, contents: Contents, plan: Plan) -> dict[str, dict[str, str]]:
    """Known wells whose field or pad nobody has said, and what the file says: name of the well → {field_name,
    pad}.
    """
    found: dict[str, dict[str, str]] = {}
    for name, (field, pad) in places_of(contents, plan).items():
        well = registry.find(plan.wells.get(name, name) or "") if name and plan.asks else None
        if well is None:
            continue
        blank = {"field_name": (well.field_name, field), "pad": (well.pad, pad)}
        told = {key: said for key, (here, said) in blank.items() if said and here in ("", NEW_PAD)}
        if told:
            found.setdefault(well.name, told)
    return found


def places_of(contents: Contents, plan: Plan) -> dict[str, tuple[str, str]]:
    """Name → (field, pad) as the file first says them; empty where it does not."""
    found: dict[str, tuple[str, str]] = {}
    for sheet in contents.sheets:
        of_sheet = plan.sheet(sheet.name)
        well = of_sheet.column_of("well") if of_sheet is not None and not of_sheet.skip else None
        if of_sheet is None or of_sheet.skip:
            continue
        if well is None:
            if of_sheet.well and of_sheet.field_name:
                found.setdefault(of_sheet.well, (of_sheet.field_name, ""))
            continue
        names = texts_of(sheet.table.column(column_name(well)))
        first = pa.array(distinct_rows([names])[0])
        said = [_names(names.take(first))]
        for key in ("field", "pad"):
            column = of_sheet.column_of(key)
            texts = texts_of(sheet.table.column(column_name(column))) if column is not None else None
            titled = of_sheet.field_name if key == "field" else ""
            said.append(_names(texts.take(first)) if texts is not None else [titled] * len(first))
        for name, field, pad in zip(*said, strict=True):
            found.setdefault(name, (field, pad))
    return found


def _names(texts: pa.ChunkedArray) -> list[str]:
    return [clean_name(text) for text in texts.to_pylist()]


def wells_in(rows: Rows, field_name: str = "") -> tuple[Well, ...]:
    """Of a list of wells one row a well; the depth that a passport tells is the pump's. `field_name`: of all
    of them, where no column says it.
    """

    def text(key: str, row: int, default: str = "") -> str:
        column = rows.values.get(key)
        return str(column[row]) if column is not None and column[row] else default

    nothing = np.full(len(rows.line), np.nan)
    depth = rows.values.get("depth_m", nothing) if rows.kind == "wells" else nothing
    return tuple(
        Well(
            WellId(0),
            str(rows.well[i]).strip(),
            text("field", i, field_name or NEW_FIELD),
            text("pad", i, NEW_PAD),
            text("lift", i, "other"),
            text("state", i, "running"),
            tuple(filter(None, (part.strip() for part in text("aliases", i).split(";")))),
            float(depth[i]) if np.isfinite(depth[i]) else None,
        )
        for i in range(len(rows.line))
        if str(rows.well[i]).strip()
    )
