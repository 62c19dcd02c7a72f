"""Lifts that an import changes: each a version of the well's passport, which has its history and its way to
the centre; taken back with the import.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.models.store import records
from app.models.well_names import Registry
from app.services.imports.equipment_checks import LiftChange
from app.services.wells import passports
from app.services.workspace import Workspace


def change(workspace: Workspace, changes: Iterable[LiftChange], decided: dict[str, str]) -> None:
    """`decided`: name in the file → the well that was meant by it."""
    for one in changes:
        _save(workspace, decided.get(one.well, one.well), one.now, one.said)


def change_back(workspace: Workspace, changes: Iterable[LiftChange], decided: dict[str, str]) -> None:
    """Where nobody has changed it since."""
    for one in changes:
        _save(workspace, decided.get(one.well, one.well), one.said, one.now)


def _save(workspace: Workspace, name: str, now: str, said: str) -> None:
    well = Registry(records.named_in_files(workspace.store)).find(name)
    if well is None or well.lift != now:
        return
    passport = passports.passport_of(workspace, well, workspace.clock())
    values = {**passport.values, "lift": said}
    passports.save(workspace, replace(passport, at=workspace.clock(), values=values))
