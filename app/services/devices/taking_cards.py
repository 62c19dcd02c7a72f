"""A card from a controller into the store."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.cards import ReadCard, read_buffer, sample
from app.devices.device_clock import offset_of
from app.devices.master import Master
from app.devices.profile import Profile
from app.models.wells import Well
from app.services.devices import kept
from app.services.devices.storing import store_card
from app.services.imports.importing import ImportReport
from app.services.workspace import Workspace


@dataclass(frozen=True)
class TakenCard:
    card: ReadCard
    report: ImportReport


def take_card(
    workspace: Workspace, well: Well, profile: Profile, master: Master, job: Job, *, sampled: bool = False
) -> TakenCard:
    """Out of the buffer, else sampled; the same card a second time is the one that is there.

    Raises LineError, KnownError (device_no_card, device_card_…).
    """
    clock = workspace.clock
    if profile.card is not None and not sampled:
        offset_us = None
        if profile.card.time is not None and profile.clock is not None:
            measured = offset_of(master, profile.clock, job, clock)
            offset_us = kept.settled(workspace.paths, kept.key_of(well, profile), measured.us).offset_us
        card = read_buffer(master, profile, profile.card, job, offset_us, clock)
    elif profile.sampled is not None:
        card = sample(master, profile, profile.sampled, job, clock)
    else:
        raise KnownError("device_no_card", name=profile.key)
    return TakenCard(card, store_card(workspace, well, profile, card, job))
