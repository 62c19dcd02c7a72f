"""Instruments without a window: `wellside device list|test|ports|read|record|archive|events|card …`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from app.cli.common import Json, Store, print_json, show_progress, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.texts import Speaker

if TYPE_CHECKING:
    from app.devices.live import Live
    from app.devices.master import Master
    from app.devices.profile import Profile
    from app.models.wells import Well
    from app.services.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True, help="Controllers at the pad, read by Modbus. Nothing is ever written to them."
)

Result = TypeVar("Result")
Where = Annotated[str, typer.Argument(help="COM3, /dev/ttyUSB0, 192.168.0.10 or 192.168.0.10:502.")]
WellName = Annotated[str, typer.Argument(help="The well that it stands at.")]
ByProfile = Annotated[str, typer.Option("--profile", help="Which profile; `device list` tells them.")]
Unit = Annotated[
    int | None, typer.Option("--unit", min=1, max=247, help="The unit id, where it is not the profile's.")
]
Seconds = Annotated[
    float | None, typer.Option("--seconds", min=0.1, help="For so long; until Ctrl+C without it.")
]


@app.command("list")
def list_(store: Store = None, as_json: Json = False) -> None:
    """List the profiles of devices that are known."""
    from app.core.paths import profile_at
    from app.services.devices.shelf import all_of

    speaker, found = speaker_of(), list(all_of(profile_at(store)))
    if as_json:
        print_json([_told(key, file, one, speaker) for key, file, one in found])
        return
    for key, file, one in found:
        told = _told(key, file, one, speaker)
        print(f"{key:16} {told['name']}" if told["wrong"] is None else f"{key:16} {told['wrong']}")


def _told(key: str, file: Path, one: Profile | KnownError, speaker: Speaker) -> dict[str, object]:
    if isinstance(one, KnownError):
        return {"key": key, "file": str(file), "name": None, "source": None, "wrong": speaker.error(one)}
    name = one.name(speaker.language)
    return {"key": key, "file": str(file), "name": name, "source": one.source, "wrong": None}


@app.command("test")
def check(
    profile: Annotated[str, typer.Argument(help="Its key, or a file.")],
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Check a profile without a device, and tell what it would ask."""
    from app.devices.live import blocks_of

    found = _profile(profile, store, None)
    if found.framing is not None:
        _tell_lines(found, as_json)
        return
    asked = [
        {"table": one.table, "address": one.address, "count": one.count, "values": len(one.registers)}
        for one in blocks_of(found)
    ]
    if as_json:
        print_json({"key": found.key, "source": found.source, "questions": asked})
        return
    speaker = speaker_of()
    print(speaker.say("cli.device_good", name=found.name(speaker.language), source=found.source))
    for one in asked:
        print("  " + speaker.say("cli.device_question", **one))
    if not asked:
        print("  " + speaker.say("cli.device_nothing_asked"))


def _tell_lines(found: Profile, as_json: bool) -> None:
    """Of an instrument that is asked nothing: what each of its lines has."""
    from app.services.devices.words import name_words

    framing = found.framing
    assert framing is not None
    speaker = speaker_of()
    fields = [{"field": one.address, "name": name_words(one, speaker)} for one in found.registers]
    if as_json:
        print_json({"key": found.key, "source": found.source, "questions": [], "fields": fields})
        return
    print(speaker.say("cli.device_good", name=found.name(speaker.language), source=found.source))
    for one in fields:
        print("  " + speaker.say("cli.device_field", **one))
    if not framing.checksum:
        print(speaker.say("cli.device_no_sum"))


@app.command()
def ports(as_json: Json = False) -> None:
    """List the serial ports of this machine, those of Bluetooth among them."""
    from app.devices.wires import ports as found

    if as_json:
        print_json([{"port": port, "name": name} for port, name in found()])
        return
    for port, name in found():
        print(f"{port:20} {name}")


@app.command()
def read(
    where: Where,
    profile: ByProfile,
    unit: Unit = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Read everything that a device says now."""
    from app.devices.listening import read_now

    found = _profile(profile, store, unit)
    live = read_now(where, found, Job())
    speaker = speaker_of()
    if as_json:
        print_json([_as_json(one, speaker) for one in live])
        return
    _tell(live, speaker)


@app.command()
@by_whoever_has_it
def record(
    where: Where,
    well: WellName,
    profile: ByProfile,
    unit: Unit = None,
    seconds: Seconds = None,
    store: Store = None,
) -> None:
    """Record what a device says into the store, continuously."""
    from app.devices.listening import connected, rounds_of
    from app.services.devices.recording import Recorder
    from app.services.wells.finding import find_well

    found = _profile(profile, store, unit)
    with workspace_of(store) as workspace, connected(where, found) as source:
        speaker = speaker_of(workspace)
        recorder = Recorder(workspace, find_well(workspace, well), found)
        until = None if seconds is None else time.monotonic() + seconds
        try:
            for heard in rounds_of(source, found, Job(), workspace.clock):
                for wrong in (heard.fault, recorder.heard(heard.live)):
                    if wrong is not None:
                        print(speaker.error(wrong), file=sys.stderr)
                if until is not None and time.monotonic() > until:
                    break
        except KeyboardInterrupt:
            print(file=sys.stderr)
        finally:
            recorder.flush()
        print(speaker.say("cli.device_recorded", readings=recorder.saved.readings, well=well))


@app.command()
@by_whoever_has_it
def archive(
    where: Where,
    well: WellName,
    profile: ByProfile,
    unit: Unit = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Take what a device has recorded: only what is not there yet."""
    from app.core.clock import from_us, iso
    from app.services.devices.archives import download

    done, speaker = _taken(download, where, well, profile, unit, store)
    if as_json:
        print_json(
            {
                "clock_offset_s": done.offset.us / 1e6,
                "corrected_by_s": done.corrected_us / 1e6,
                "records": done.records,
                "readings_added": done.added,
                "readings_changed": done.changed,
                "readings_same": done.same,
                "records_overwritten": done.overwritten,
                "records_odd": [iso(from_us(at_us)) for at_us in done.odd],
                "from": iso(from_us(done.first_us)) if done.first_us is not None else None,
                "to": iso(from_us(done.last_us)) if done.last_us is not None else None,
            }
        )
        return
    from app.services.devices.words import downloaded_lines

    print("\n".join(downloaded_lines(done, speaker)))


@app.command()
@by_whoever_has_it
def events(
    where: Where,
    well: WellName,
    profile: ByProfile,
    unit: Unit = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Take what a controller wrote down of what happened: starts, stops, trips become events of the well."""
    from app.core.clock import from_us, iso
    from app.services.devices.events import take_events
    from app.services.devices.words import event_lines

    taken, speaker = _taken(take_events, where, well, profile, unit, store)
    if not as_json:
        print("\n".join(event_lines(taken, speaker)))
        return
    print_json(
        {
            "clock_offset_s": taken.offset.us / 1e6,
            "corrected_by_s": taken.corrected_us / 1e6,
            "added": taken.added,
            "overwritten": taken.overwritten,
            "odd": [iso(from_us(at_us)) for at_us in taken.odd],
            "unknown_codes": taken.unknown,
            "events": [
                {
                    "at": iso(from_us(one.at_us)),
                    "device_clock": iso(from_us(one.device_us)),
                    "event": one.meaning.event,
                    "code": one.code,
                    "says": one.meaning.says,
                    "new": one.is_new,
                }
                for one in taken.events
            ],
        }
    )


@app.command()
@by_whoever_has_it
def card(
    where: Where,
    well: WellName,
    profile: ByProfile,
    unit: Unit = None,
    sampled: Annotated[
        bool, typer.Option("--sampled", help="From the channels of position and load, not the buffer.")
    ] = False,
    store: Store = None,
) -> None:
    """Take a dynamogram from a rod pump's controller."""
    from app.services.devices.taking_cards import take_card

    taken, speaker = _taken(partial(take_card, sampled=sampled), where, well, profile, unit, store)
    moment, points = speaker.moment(taken.card.taken_at), len(taken.card.position_m)
    said = "cli.device_card" if taken.report.added else "cli.device_card_known"
    print(speaker.say(said, well=well, moment=moment, points=points))


@app.command()
def add(file: Path, store: Store = None) -> None:
    """Take a profile over: it is checked first."""
    from app.core.paths import profile_paths
    from app.services.devices import shelf

    found = shelf.add(profile_paths(store), file)
    print(speaker_of().say("cli.device_added", key=found.key))


@app.command()
def share(
    profile: Annotated[str, typer.Argument(help="Its key.")],
    file: Path,
    store: Store = None,
) -> None:
    """Write a profile to a file that others can add."""
    from app.core.paths import profile_at
    from app.services.devices import shelf

    print(speaker_of().say("cli.device_shared", file=str(shelf.share(profile_at(store), profile, file))))


@app.command()
def simulate(
    kind: Annotated[str, typer.Argument(help="esp or rod-pump.")],
    port: Annotated[int, typer.Option(help="TCP port; 0 takes a free one.")] = 5020,
    serial: Annotated[str, typer.Option(help="A serial port instead of TCP.")] = "",
    pty: Annotated[bool, typer.Option("--pty", help="A pair of serial ports instead of TCP.")] = False,
    days: Annotated[int, typer.Option(min=1, max=30, help="Of its archive.")] = 3,
    well: Annotated[int, typer.Option(min=0, max=7, help="Which of the demo field's wells.")] = 1,
    faults: Annotated[
        str, typer.Option(help="Faults of the line: silent, half, crc, unit, busy, master; with commas.")
    ] = "",
    share_of: Annotated[
        float, typer.Option("--share", min=0, max=1, help="Which share of the answers they hit.")
    ] = 0.1,
    seconds: Seconds = None,
) -> None:
    """Play a controller that is not there, driven by the simulators."""
    from app.devices.demo.playing import played

    wanted = tuple(one.strip() for one in faults.split(",") if one.strip())
    speaker = speaker_of()
    with played(kind, port=port, serial=serial, pty=pty, days=days, well=well) as (server, where):
        server.trouble.set(wanted, share_of)
        print(speaker.say("cli.device_simulated", where=where, key=server.device.profile.key), flush=True)
        until = None if seconds is None else time.monotonic() + seconds
        try:
            while server.wait(0.2) and (until is None or time.monotonic() < until):
                continue
        except KeyboardInterrupt:
            print(file=sys.stderr)


def _taken(
    take: Callable[[Workspace, Well, Profile, Master, Job], Result],
    where: str,
    well: str,
    profile: str,
    unit: int | None,
    store: Path | None,
) -> tuple[Result, Speaker]:
    """What is taken from a device at a well, with its progress; and in whose words it is told."""
    from app.devices.master import asking
    from app.services.wells.finding import find_well

    found = _profile(profile, store, unit)
    if found.framing is not None:
        raise KnownError("device_speaks_alone", name=found.key)
    with workspace_of(store) as workspace, asking(where, found) as master:
        job = Job(show_progress, min_gap_s=1.0)
        return take(workspace, find_well(workspace, well), found, master, job), speaker_of(workspace)


def _profile(name: str, store: Path | None, unit: int | None) -> Profile:
    from app.core.paths import profile_at
    from app.services.devices import shelf

    found = shelf.find(profile_at(store), name)
    return found if unit is None else replace(found, unit_id=unit)


def _tell(live: Iterable[Live], speaker: Speaker) -> None:
    from app.services.devices.words import name_words, value_words

    for one in live:
        print(f"{name_words(one.register, speaker):32} {value_words(one, speaker)}")


def _as_json(one: Live, speaker: Speaker) -> dict[str, object]:
    return {
        "name": one.register.name,
        "sensor": one.register.sensor or None,
        "value": one.si if one.there else None,
        "words": list(one.words),
        "wrong": None if one.fault is None else speaker.error(one.fault),
    }
