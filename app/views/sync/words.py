"""The state of the sync in words: the same in the bar and on the page."""

from __future__ import annotations

from app.views.context import Context
from app.views.syncing import Syncing, SyncState

MARK = {
    SyncState.OFF: "idle",
    SyncState.PAUSED: "idle",
    SyncState.OFFLINE: "idle",
    SyncState.IDLE: "idle",
    SyncState.SYNCING: "watch",
    SyncState.UP_TO_DATE: "ok",
    SyncState.ATTENTION: "act",
}


def short(context: Context, syncing: Syncing) -> str:
    """For the bar: state, and how much waits."""
    speaker = context.speaker
    unsent = context.workspace.journal.unsent_count()
    state = syncing.state
    if state is SyncState.UP_TO_DATE and syncing.last_good is not None and not unsent:
        return speaker.say(
            "sync.short.up_to_date", time=speaker.zone.local(syncing.last_good).strftime("%H:%M")
        )
    if state is SyncState.ATTENTION:
        count = syncing.needs_a_person
        return (
            speaker.say("sync.short.attention", count=count) if count else speaker.say("sync.short.trouble")
        )
    head = speaker.say(f"sync.short.{state}")
    tail = speaker.say("sync.short.to_send", count=unsent) if unsent else speaker.say("sync.short.nothing")
    return f"{head} · {tail}"


def sentence(context: Context, syncing: Syncing) -> str:
    """For the page: is my work safe and where is it."""
    speaker, journal = context.speaker, context.workspace.journal
    unsent = journal.unsent_count()
    words = speaker.say(f"sync.state.{syncing.state}")
    kept = (
        speaker.say("sync.kept", count=unsent)
        if unsent
        else speaker.say("sync.all_there" if syncing.is_set_up else "sync.nothing_waits")
    )
    return f"{words} {kept}"
