"""The list of releases of a channel, as it is signed, and which of them this machine is offered.

    {"version": 1, "floor": "0.2.0", "releases": [{
        "version": "0.3.0", "published": "2026-11-28", "percent": 20, "groups": ["pilot"],
        "journal": 1, "news": {"ru": "…", "en": "…"},
        "layers": {"linux-x64": {"program": "program-0.3.0", "runtime": "runtime-3f2a91c04b7d"}}}]}

`floor`: what is older is not run any more, not even as a way back. A release with `percent` under 100 is
offered to that share of machines, always the same ones for the same release, and to the groups that it names.
A layer's archive is called after it: `program-0.3.0.linux-x64.tar.xz`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.errors import KnownError
from app.core.installed import NAME, VERSION, Pair, is_newer
from app.core.plain import Json, object_in

FORM = 1
CHANNELS = ("stable", "early")
WORDS_CHARACTERS = 4_000


@dataclass(frozen=True)
class Release:
    version: str
    published: str
    percent: float
    groups: tuple[str, ...]
    journal: int
    """Of which form of the journal it is: an older program does not open a newer one."""
    news: Mapping[str, str]
    layers: Mapping[str, Pair]
    """By platform."""

    def is_for(self, machine: str, group: str) -> bool:
        if group and group in self.groups:
            return True
        drawn = hashlib.sha256(f"{self.version} {machine}".encode()).digest()
        return int.from_bytes(drawn[:4], "big") / 2**32 * 100 < self.percent


@dataclass(frozen=True)
class Releases:
    floor: str
    all: tuple[Release, ...]

    def offered(self, running: str, platform: str, machine: str, group: str, journal: int) -> Release | None:
        """The newest that is newer than what runs, for this machine; none that would not read its entries,
        whose form is `journal`.
        """
        fitting = [
            one
            for one in self.all
            if platform in one.layers
            and one.journal >= journal
            and is_newer(one.version, than=running)
            and is_newer(one.version, than=self.floor, or_same=True)
            and one.is_for(machine, group)
        ]
        newest: Release | None = None
        for one in fitting:
            if newest is None or is_newer(one.version, than=newest.version):
                newest = one
        return newest


def archive_of(name: str, platform: str) -> str:
    return f"{name}.{platform}.tar.xz"


def list_of(channel: str) -> str:
    return f"{channel}.json"


def read(content: bytes) -> Releases:
    """Signed is not the same as right. Raises KnownError (update_feed_malformed, update_feed_newer)."""
    try:
        told = object_in(content)
        form = told.get("version")
        if isinstance(form, int) and form > FORM:
            raise KnownError("update_feed_newer", version=form)
        listed = told["releases"]
        if not isinstance(listed, list) or form != FORM:
            raise ValueError("releases")
        return Releases(_version(told.get("floor", "0.0")), tuple(_release(one) for one in listed))
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("update_feed_malformed", reason=str(error)[:200]) from error


def _release(told: Json) -> Release:
    if not isinstance(told, Mapping):
        raise ValueError("release")
    percent, journal = told.get("percent", 100), told["journal"]
    if not isinstance(percent, int | float) or not 0 <= percent <= 100:
        raise ValueError(f"percent: {percent}")
    if type(journal) is not int or journal < 1:
        raise ValueError(f"journal: {journal}")
    news, layers, version = told.get("news", {}), told["layers"], _version(told["version"])
    if not isinstance(news, Mapping) or not isinstance(layers, Mapping):
        raise ValueError("layers")
    pairs = {str(platform): _pair(pair) for platform, pair in layers.items()}
    if any(pair.version != version for pair in pairs.values()):
        raise ValueError(f"{version}: program")  # an older program under a newer number
    return Release(
        version,
        str(told.get("published", ""))[:10],
        percent,
        tuple(str(one) for one in _listed(told.get("groups", []))),
        journal,
        {str(language): str(words)[:WORDS_CHARACTERS] for language, words in news.items()},
        pairs,
    )


def _pair(told: Json) -> Pair:
    if not isinstance(told, Mapping):
        raise ValueError("layers")
    pair = Pair(str(told["program"]), str(told["runtime"]))
    kinds = [(pair.program, "program"), (pair.runtime, "runtime")]
    if not all(NAME.fullmatch(name) and name.startswith(kind) for name, kind in kinds):
        raise ValueError(f"{pair.program} {pair.runtime}"[:80])
    return pair


def _listed(told: Json) -> Sequence[Json]:
    if not isinstance(told, list):
        raise ValueError("groups")
    return told


def _version(told: Json) -> str:
    if not isinstance(told, str) or not VERSION.fullmatch(told):
        raise ValueError(f"version: {told}"[:80])
    return told
