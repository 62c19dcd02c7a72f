"""Wells made and renamed by hand: their passport is a record, with versions, undo and a way to the centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.core.errors import KnownError
from app.models.kinds import KINDS
from app.models.limits import clean_name
from app.models.records import Record
from app.models.store import kinds, records
from app.models.store.passports import KIND
from app.models.values import Values, text_of
from app.models.well_names import Registry, normal_name
from app.models.wells import Well, WellId, passport_id, well_uid
from app.services.records import entries
from app.services.workspace import Workspace


def passport_of(workspace: Workspace, well: Well, at: datetime) -> Record:
    """As it was saved last, or as the well is called without one."""
    found = kinds.find(workspace.store, KINDS[KIND], passport_id(well.key["uid"]))
    return found or Record(passport_id(well.key["uid"]), KIND, int(well.id), at, None, _as_it_is(well))


def save(workspace: Workspace, passport: Record) -> Well:
    """The well as it is called then; its earlier name is one of its other names. What it was before its first
    passport is that one's first version, so that there is a way back. Raises KnownError (well_name_taken,
    value_*).
    """
    well = _by_id(workspace, passport.well_id)
    name = clean_name(str(passport.values.get("well_name", "")))
    _refuse_taken(workspace, name, well)
    if name != well.name:
        others = [*filter(None, (text_of(passport.values, "aliases"),)), well.name]
        passport = replace(passport, values=passport.values | {"aliases": ", ".join(others)})
    if kinds.find(workspace.store, KINDS[KIND], passport.id) is None:
        before = Record(passport.id, KIND, int(well.id), passport.at, None, _as_it_is(well))
        entries.save_record(workspace, before)
    entries.save_record(workspace, passport)
    return _by_id(workspace, int(well.id))


def new_well(workspace: Workspace, field_name: str, passport: Record) -> Well:
    """A well that nobody has told of yet; its passport says its name. Raises KnownError (well_name_taken,
    value_*, too_many_wells).
    """
    name, pad = str(passport.values.get("well_name", "")), str(passport.values.get("pad", ""))
    _refuse_taken(workspace, name, None)
    uid = well_uid(field_name, pad, name)
    key = {"uid": uid, "field": clean_name(field_name), "pad": clean_name(pad), "name": clean_name(name)}
    record = Record(passport_id(uid), KIND, 0, passport.at, None, passport.values)
    entries.save_record(workspace, record, key=key)
    return next(well for well in records.every_well(workspace.store) if well.uid == uid)


def _as_it_is(well: Well) -> Values:
    told = {"well_name": well.name, "pad": well.pad, "lift": well.lift, "aliases": ", ".join(well.aliases)}
    return {key: value for key, value in told.items() if value}


def _by_id(workspace: Workspace, number: int) -> Well:
    return next(well for well in records.every_well(workspace.store) if well.id == WellId(number))


def _refuse_taken(workspace: Workspace, name: str, own: Well | None) -> None:
    """Two wells of one name and files that name it: nobody could tell whose they are."""
    if not name.strip() or (own is not None and name in (own.name, *own.aliases)):
        return
    wells = records.wells(workspace.store)
    found = Registry(wells).find(name)
    called = [well for well in wells if normal_name(name) in map(normal_name, well.names)]
    for taken in (
        [found] if found is not None else called
    ):  # of two wells it is neither's name: refused as well
        if own is None or taken.id != own.id:
            raise KnownError(
                "well_name_taken", name=name, well=taken.name, field=taken.field_name, pad=taken.pad
            )
