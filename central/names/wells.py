"""Wells that IT tells the centre of: added, renamed, given further names. Each change is a version of the
well's passport, as a laptop would have made it, so that every laptop of the field gets it with its history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.plain import JsonObject
from app.models import limits
from app.models.values import part_of
from app.models.well_names import Registry, normal_name
from app.models.wells import MOST_ALIASES, Well, WellId, passport_id, well_uid
from central.stores import records, wells

PASSPORT = "well_passport"
ADDED, CHANGED, RENAMED, SAME = "added", "changed", "renamed", "same"


@dataclass(frozen=True)
class Outcome:
    """What became of one well. `lift_kept`: it has another lift than was told, and nobody said to change
    it.
    """

    what: str
    well: Well
    lift_kept: bool = False


class WellBook:
    """The registry while it is written. Only inside changing()."""

    def __init__(self, connection: Connection, now: datetime, author: str) -> None:
        self._connection, self._now, self._author = connection, now, author
        self._registries: dict[str, Registry] = {}
        self._latest: dict[int, Well] = {}
        self._given: dict[tuple[str, str], int] = {}
        """Names that were given here: (field, the name as registries compare it) → the well's number."""

    def find(self, field: str, name: str) -> Well | None:
        given = self._given.get((field, normal_name(name)))
        if given is not None:
            return self._latest[given]
        found = self._of(field).find(name)
        return self._latest.get(int(found.id), found) if found is not None else None

    def get(self, field: str, name: str) -> Well:
        """Raises KnownError (registry_well_unknown)."""
        found = self.find(field, name)
        if found is None:
            near = ", ".join(self._of(field).near(name)[:3])
            raise KnownError("registry_well_unknown", name=name, field=field, near=near)
        return found

    def tell(self, told: Well, *, lifts: bool = False) -> Outcome:
        """A well as a list has it: made when it is new, otherwise its further names, depth and pad are taken.
        `lifts`: another lift is taken too. One that is known only by another of its names is called by the
        new one from now on. Raises KnownError (well_name_taken, value_wrong, text_too_long, too_many_aliases,
        too_many_wells).
        """
        told = checked(told)
        known = self._known(told)
        if known is None:
            known = next(filter(None, (self.find(told.field_name, name) for name in told.aliases)), None)
            if known is None:
                return Outcome(ADDED, self._make(told))
            renamed = self.rename(known, told.name)
            return Outcome(RENAMED, self.tell(replace(told, name=renamed.name), lifts=lifts).well)
        differs = told.lift not in ("other", known.lift)
        now = replace(
            known,
            lift=told.lift if differs and (lifts or known.lift == "other") else known.lift,
            pad=known.pad or told.pad,
            aliases=self._names(known, told),
            depth_m=known.depth_m if told.depth_m is None else told.depth_m,
        )
        if now == known:
            return Outcome(SAME, known, lift_kept=differs)
        return Outcome(CHANGED, self._save(known, now), lift_kept=now.lift != told.lift and differs)

    def rename(self, well: Well, name: str, pad: str | None = None) -> Well:
        """Its uid and what it holds stay; its earlier name is one of its other names. Raises KnownError
        (well_name_taken and what a name may not be).
        """
        name = _name(name, "name")
        if name == well.name and pad in (None, well.pad):
            return well
        self._refuse_taken(well.field_name, name, well)
        others = [*well.aliases, well.name] if name != well.name else list(well.aliases)
        aliases = tuple(dict.fromkeys(one for one in others if one != name))
        now = replace(well, name=name, aliases=aliases, pad=well.pad if pad is None else pad)
        return self._save(well, checked(now))

    def also_called(self, well: Well, *names: str) -> Well:
        """Raises KnownError (well_name_taken and what a name may not be)."""
        now = replace(well, aliases=self._names(well, checked(replace(well, aliases=names))))
        return well if now == well else self._save(well, now)

    def _of(self, field: str) -> Registry:
        if field not in self._registries:
            self._registries[field] = Registry(wells.all_wells(self._connection, (field,)))
        return self._registries[field]

    def _known(self, told: Well) -> Well | None:
        uid = well_uid(told.field_name, told.pad, told.name)
        same = next((well for well in self._of(told.field_name).wells if well.uid == uid), None)
        if same is not None:
            return self._latest.get(int(same.id), same)
        found = self.find(told.field_name, told.name)
        if found is None or not told.pad or not found.pad or found.pad.lower() == told.pad.lower():
            return found
        return None  # one number on two pads: another well

    def _names(self, known: Well, told: Well) -> tuple[str, ...]:
        """The names that it has, and those of `told` that are new."""
        spelled = {normal_name(name) for name in (known.name, *known.aliases)}
        new: list[str] = []
        for name in (told.name, *told.aliases):
            if normal_name(name) not in spelled:
                self._refuse_taken(known.field_name, name, known)
                spelled.add(normal_name(name))
                new.append(name)
        if len(known.aliases) + len(new) > MOST_ALIASES:
            raise KnownError("too_many_aliases", name=known.name, limit=MOST_ALIASES)
        return (*known.aliases, *new)

    def _refuse_taken(self, field: str, name: str, own: Well | None) -> None:
        found = self.find(field, name)
        if found is not None and (own is None or found.id != own.id):
            raise KnownError(
                "well_name_taken", name=name, well=found.name, field=found.field_name, pad=found.pad
            )

    def _make(self, told: Well) -> Well:
        for name in told.aliases:
            self._refuse_taken(told.field_name, name, None)
        made = wells.put(self._connection, replace(told, id=WellId(0), uid=told.key["uid"]))
        if int(made.id) > limits.MOST_WELLS:
            raise KnownError("too_many_wells", limit=limits.MOST_WELLS)
        self._of(made.field_name).add(made)
        self._keep(made)
        self._passport(made, None)
        return made

    def _save(self, before: Well, now: Well) -> Well:
        saved = wells.put(self._connection, now)
        self._keep(saved)
        self._passport(saved, before)
        return saved

    def _keep(self, well: Well) -> None:
        self._latest[int(well.id)] = well
        for name in (well.name, *well.aliases):
            self._given[well.field_name, normal_name(name)] = int(well.id)

    def _passport(self, well: Well, before: Well | None) -> None:
        """What the well was before its first passport is that one's first version: there is a way back."""
        own = (well.field_name,)
        record, stored = records.kept_as(self._connection, passport_id(well.uid), well.field_name, own)
        if stored is None and before is not None:
            stored = self._version(record, before, _values(before, {}), None)
        self._version(record, well, _values(well, part_of(stored.body, "values") if stored else {}), stored)

    def _version(
        self, record: str, well: Well, values: JsonObject, before: records.Stored | None
    ) -> records.Stored:
        body: JsonObject = {
            "record": passport_id(well.uid),
            "kind": PASSPORT,
            "at": iso(self._now),
            "until": None,
            "values": values,
            "action": "saved",
            "author": self._author,
        }
        new = records.NewVersion(
            record, PASSPORT, int(well.id), well.field_name, new_id(), self._author, self._now, body
        )
        return records.add_version(self._connection, new, before)


def _values(well: Well, before: JsonObject) -> JsonObject:
    told = {"well_name": well.name, "pad": well.pad, "lift": well.lift, "aliases": ", ".join(well.aliases)}
    return {**before, **{key: value for key, value in told.items() if value or key in before}}


def checked(told: Well) -> Well:
    """Raises KnownError (value_wrong, text_too_long, too_many_aliases)."""
    name = _name(told.name, "name")
    if len(told.aliases) > MOST_ALIASES:
        raise KnownError("too_many_aliases", name=name, limit=MOST_ALIASES)
    spelled = {normal_name(name)}
    aliases: list[str] = []
    for alias in (_name(alias, "aliases") for alias in told.aliases):
        if normal_name(alias) not in spelled:  # given twice, or its own name again
            spelled.add(normal_name(alias))
            aliases.append(alias)
    return replace(
        told,
        name=name,
        field_name=_name(told.field_name, "field"),
        pad=limits.name(told.pad, "pad"),
        aliases=tuple(aliases),
    )


def _name(text: str, what: str) -> str:
    clean = limits.name(text, what)
    # A passport has the other names of a well in one line.
    if not clean or "," in clean and what == "aliases":
        raise KnownError("value_wrong", field=what, value=clean)
    return clean
