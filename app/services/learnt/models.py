"""From the signed feed to the model that is in force, and back; all but the fetching without a network.

A file that does not fit is refused with a reason, once, and the model before goes on.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.analysis.cards.outline import OUTLINE_SIZE, VECTOR_NAMES, VECTOR_VERSION
from app.analysis.model_file import MOST_BYTES
from app.analysis.model_versions import model_version
from app.analysis.ranker import stored_ranker
from app.core import site
from app.core.errors import Details, KnownError
from app.core.files import write_atomically
from app.core.installed import is_newer
from app.core.jobs import Job
from app.core.paths import Paths
from app.core.plain import JsonObject
from app.core.settings import Settings
from app.core.signed_feeds import METADATA, MODEL_LIST, MODEL_ROOT
from app.core.version import program_version
from app.models.values import part_of, text_of
from app.services.learnt import listed
from app.services.learnt.listed import Offered
from app.services.learnt.state import CARDS, State, keep, start, state_of
from app.services.updates.signed import SignedFeed
from app.sync.transports.feed import AT_CENTRE, MODELS_AT_CENTRE, Feed, feed_at

ROOT_BYTES = 1 << 16
SLOWEST_MS, TRIED = 2.0, 200
"""A card, on the laptop itself, in a batch of so many."""


def fetch(job: Job, settings: Settings, paths: Paths, token: Callable[[], str]) -> State:
    """What the feed offers, verified, tried and laid beside; it is in force from `switch` on. What is refused
    is in `refused`, and is not asked for again. Raises KnownError (update_feed_…, model_list, centre_…).
    """
    address = settings["model_feed"]
    if not address or (address == AT_CENTRE and not settings["centre_url"]):
        return state_of(paths)
    feed = feed_at(
        address,
        centre=settings["centre_url"],
        token=token() if address == AT_CENTRE else "",
        ca_file=settings["ca_file"],
        proxy=settings["proxy_url"],
        path=MODELS_AT_CENTRE,
    )
    with closing(feed):
        root = _root(feed, paths, pin=address == AT_CENTRE)
        if root is None:
            return state_of(paths)  # the centre has taught nothing yet
        own = hashlib.sha256(root).hexdigest()[:16]
        signed = SignedFeed(feed, paths.models / "feed" / own, root)
        offered = listed.read(signed.read(MODEL_LIST)).get(CARDS)
        return _taken(job, signed, paths, offered)


def _taken(job: Job, signed: SignedFeed, paths: Paths, offered: Offered | None) -> State:
    state = state_of(paths)
    wanted = offered.file if offered else ""
    if offered and (offered.version in state.given_up or offered.version in state.refused):
        return state
    if wanted == state.in_force:
        return keep(paths, replace(state, fetched=None))
    if offered:
        try:
            _refuse(offered)
            path = signed.fetch(job, offered.file)
            _try(path, offered)
            write_atomically(paths.models / offered.file, path.read_bytes())
            signed.forget()
        except KnownError as error:
            if error.code not in REFUSALS:
                raise
            why: JsonObject = {
                "code": error.code,
                "details": {key: str(value) for key, value in error.details.items()},
            }
            refused = {**state.refused, offered.version: why}
            return keep(paths, replace(state, refused=refused, fetched=None))
    return keep(paths, replace(state, fetched=wanted))


REFUSALS = (
    "model_needs_program",
    "model_too_large",
    "model_slow",
    "model_features",
    "model_foreign",
    "update_file_wrong",
)


def _refuse(offered: Offered) -> None:
    if is_newer(offered.least_program, than=program_version()):
        raise KnownError(
            "model_needs_program",
            name=offered.name,
            version=offered.version,
            least=offered.least_program,
            running=program_version(),
        )
    if offered.size > MOST_BYTES:
        raise KnownError("model_too_large", name=offered.name, version=offered.version, size=offered.size)
    if offered.features != VECTOR_VERSION:
        raise KnownError("model_features", file=offered.file, have=offered.features[:20], want=VECTOR_VERSION)


def _try(path: Path, offered: Offered) -> None:
    """As the program will: read, and asked about as many cards as a well may have. Raises KnownError."""
    if path.stat().st_size != offered.size:
        raise KnownError("model_foreign", file=offered.file, reason=f"{path.stat().st_size} bytes")
    made = stored_ranker(path)
    if made.version != offered.version:
        raise KnownError("model_foreign", file=offered.file, reason=made.version)
    began = time.thread_time()  # by the clock a busy machine would refuse it, and for ever
    made.model.chances(np.zeros((TRIED, len(VECTOR_NAMES) + len(made.codes))))
    outlines = np.zeros((TRIED, OUTLINE_SIZE))
    made.outline_chances(outlines), made.outlines_inside(outlines)
    ms = (time.thread_time() - began) * 1000 / TRIED
    if ms > SLOWEST_MS:
        raise KnownError("model_slow", name=offered.name, version=offered.version, ms=round(ms, 2))


def switch(paths: Paths) -> str:
    """What was fetched is in force from now on; returns its version, empty where nothing waits."""
    state = state_of(paths)
    if state.fetched is None:
        return ""
    now = replace(state, in_force=state.fetched, before=state.in_force, has_before=True, fetched=None)
    return _put(paths, now)


def back(paths: Paths) -> str:
    """The model before is in force again, at once and without a network; the one that was is not taken again.
    Returns its version. Raises KnownError (model_no_way_back).
    """
    state = state_of(paths)
    if not state.has_before:
        raise KnownError("model_no_way_back")
    given_up = {*state.given_up, *([model_version(CARDS)] if state.in_force else [])}
    now = replace(
        state,
        in_force=state.before,
        before="",
        has_before=False,
        fetched=None,
        given_up=tuple(sorted(given_up)),
    )
    return _put(paths, now)


def reasons(state: State) -> dict[str, KnownError]:
    """Version → why it was refused."""
    told: dict[str, Details] = {version: part_of(one, "details") for version, one in state.refused.items()}
    return {
        version: KnownError.of(text_of(state.refused[version], "code"), details)
        for version, details in told.items()
    }


def _put(paths: Paths, state: State) -> str:
    keep(paths, state)
    start(paths)
    for file in paths.models.glob("*.npz"):
        if file.name not in (state.in_force, state.before):
            file.unlink()
    return model_version(CARDS)


def _root(feed: Feed, paths: Paths, *, pin: bool) -> bytes | None:
    """Whose signatures are trusted: IT's word beside the site's file; else the centre's own, kept from the
    first time on: another one is believed only when that one has signed it. None: the centre has no feed.
    """
    paths.models.mkdir(parents=True, exist_ok=True, mode=0o700)
    of_site = site.beside(MODEL_ROOT)
    if of_site is not None:
        return of_site
    kept = paths.models / MODEL_ROOT
    if kept.exists():
        return kept.read_bytes()
    if not pin:
        raise KnownError("update_no_root", file=MODEL_ROOT)
    try:
        content = bytearray()
        for _, piece in feed.pieces(f"{METADATA}1.root.json"):
            content += piece
            if len(content) > ROOT_BYTES:  # it may have no end
                raise KnownError("update_feed_malformed", reason=MODEL_ROOT)
    except KnownError as error:
        if error.code != "update_file_missing":
            raise
        return None
    write_atomically(kept, bytes(content))
    return bytes(content)
