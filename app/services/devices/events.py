"""What a controller wrote down of what happened, into the store: events of the well, at our times."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.core.clock import from_us, sortable
from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.archive import Records, held, pieces
from app.devices.device_clock import Offset
from app.devices.master import Master
from app.devices.profile import EventLog, Meaning, Profile
from app.models.wells import Well
from app.services.devices import kept
from app.services.devices.archives import begun, by_device
from app.services.devices.kept import ReadSoFar
from app.services.devices.storing import DEVICE_TIME, TIME, put
from app.services.imports.importing import ImportReport
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace

UNKNOWN = Meaning("note", "")
"""A code that the profile does not know is kept as a note with its number: something did happen."""


@dataclass(frozen=True)
class DeviceEvent:
    """`at_us`: by our clock; `device_us`: as the device has it; `code` None: no number. `is_new`: it was not
    there before.
    """

    number: int
    at_us: int
    device_us: int
    code: int | None
    meaning: Meaning
    is_new: bool

    @property
    def note(self) -> str:
        """The same whoever reads it: number and the maker's words."""
        return f"{'?' if self.code is None else self.code} {self.meaning.says}".strip()


@dataclass
class TakenEvents:
    """`events`: all that the device still has, newest first. `overwritten`, `odd`: as of an archive."""

    offset: Offset
    corrected_us: int
    events: list[DeviceEvent] = field(default_factory=list)
    added: int = 0
    overwritten: int = 0
    odd: list[int] = field(default_factory=list)
    report: ImportReport | None = None

    @property
    def unknown(self) -> list[int]:
        """Codes that the profile does not explain."""
        return sorted({one.code for one in self.events if one.meaning is UNKNOWN and one.code is not None})


def take_events(workspace: Workspace, well: Well, profile: Profile, master: Master, job: Job) -> TakenEvents:
    """The log is read whole, to be shown; what is newer than what was stored is stored. Raises LineError,
    Cancelled, KnownError (device_no_events, device_clock_…).
    """
    log = profile.events
    if log is None or profile.clock is None:
        raise KnownError("device_no_events", name=profile.key)
    key = f"{kept.key_of(well, profile)} events"
    offset, so_far = begun(workspace, key, profile.clock, log.ring, master, job)
    taken = TakenEvents(offset, so_far.offset_us)
    for records in pieces(master, log.ring, profile.most_registers, 0, job, by_device(workspace, offset)):
        taken.odd += records.odd
        _append(taken, log, records, so_far)
    oldest = held(master, log.ring, job).oldest
    taken.overwritten = max(0, oldest - so_far.number - 1) if so_far.number >= 0 else 0
    fresh = [one for one in taken.events if one.is_new]
    if fresh:
        # With those of the same second: two of one kind are told apart by their order in it.
        same = [one for one in taken.events if one.device_us >= fresh[0].device_us]
        taken.report = _store(workspace, well, profile, same, job)
        taken.added = taken.report.added
        newest = fresh[-1]
        kept.save(workspace.paths, key, replace(so_far, number=newest.number, device_us=newest.device_us))
    taken.events.reverse()
    return taken


def _append(taken: TakenEvents, log: EventLog, records: Records, so_far: ReadSoFar) -> None:
    meanings, codes = dict(log.meanings), records.values[log.code.name]
    for number, device_us, told in zip(
        records.number.tolist(), records.device_us.tolist(), codes.tolist(), strict=True
    ):
        code = None if told != told else int(told)
        meaning = UNKNOWN if code is None else meanings.get(code, UNKNOWN)
        at_us, is_new = device_us - taken.corrected_us, number > so_far.number
        taken.events.append(DeviceEvent(number, at_us, device_us, code, meaning, is_new))


def _store(
    workspace: Workspace, well: Well, profile: Profile, events: list[DeviceEvent], job: Job
) -> ImportReport:
    lines = [f"{TIME};{DEVICE_TIME};kind;note"]
    for one in events:
        note = one.note.replace('"', "'")
        moments = sortable(from_us(one.at_us)), sortable(from_us(one.device_us))
        lines.append(f'{moments[0]};{moments[1]};{one.meaning.event};"{note}"')
    mapping = {TIME: "time", "kind": "kind", "note": "note"}
    options = ImportOptions(well=well.name, kind="event", mapping=mapping)
    first, text = from_us(events[0].at_us), "\n".join(lines) + "\n"
    return put(workspace, f"{profile.key} {well.name} events", first, ".csv", text, options, job)
