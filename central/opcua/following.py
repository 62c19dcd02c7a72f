"""An OPC UA server, read as its values change: what the table of tags speaks of, and after a gap what the
server remembers of it.

Of several centres one reads a server, by a lease. A subscription begins before history is asked for, so that
nothing lies between the two; what both bring is taken once.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.core.clock import from_us
from app.core.errors import KnownError
from central.centre import Centre
from central.kept import name_of_the_centre
from central.logs import log
from central.opcua.connecting import connected
from central.opcua.history import is_of_the_line, pages
from central.opcua.meaning import Followed, Following, meant_at
from central.opcua.servers import OpcServer
from central.opcua.subscribing import Subscribed, subscribed
from central.opcua.taking import AHEAD, Taking, key_of
from central.replay import Knowing
from central.stores import changes, tags
from central.stores.engine import database_down, reading
from central.stores.leases import Lease
from central.stores.tags import Tag
from central.streams.clean import Known
from central.worker import Worker

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
LOOK_S, LEASE_S, TAGS_S, BROWSED_AGAIN_S = 0.1, 1.0, 5.0, 3_600.0
"""New variables of a server are found within an hour, or when the table of tags changes."""
MOST_TRIES = 3
"""Of a history that is asked for and does not come: then the others are not kept waiting."""


class OpcUaFollower:
    """`keys`: the folder of certificates."""

    def __init__(self, centre: Centre, server: OpcServer, keys: Path) -> None:
        self._centre, self._server, self._keys = centre, server, keys
        self._source = server.source
        self._lease = Lease(centre.engine, f"opcua/{server.key}", name_of_the_centre(centre.config.folder))
        self._up = centre.metrics.following.labels(self._source)
        # Told from the start: of a server that was never reached an alert must know too.
        self._up.set(0)
        self._silent: Counter[str] = Counter()
        self._newest = -1
        self.worker = Worker(self._source, self._run)
        self._taking = Taking(centre, self._source, self.worker.stop)

    def start(self) -> None:
        self.worker.start()

    def close(self) -> None:
        self.worker.close()
        self._lease.give_back()

    def _run(self) -> None:
        asyncio.run(self._follow())

    async def _follow(self) -> None:
        wait_s = FIRST_WAIT_S / 2
        while not self.worker.stop.is_set():
            began = time.monotonic()
            try:
                if await self._is_ours():
                    await self._session()
                wait_s = FIRST_WAIT_S / 2
            except KnownError as error:
                self._told(error.code, str(error.details.get("reason", error.details)))
            except sa.exc.DBAPIError as error:
                self._told(database_down(error).code, "")
            except Exception as error:  # noqa: BLE001 - whatever the library says of a line that broke
                self._told("lost", f"{type(error).__name__} {error}")
            lasted = time.monotonic() - began > LONGEST_WAIT_S
            wait_s = FIRST_WAIT_S if lasted else min(wait_s * 2, LONGEST_WAIT_S)
            await asyncio.to_thread(self.worker.stop.wait, wait_s)

    async def _is_ours(self) -> bool:
        return await asyncio.to_thread(self._lease.held)

    def _told(self, state: str, reason: str) -> None:
        log("opcua", state=state, source=self._source, reason=reason[:300])

    async def _session(self) -> None:
        """Until the line breaks, the lease is another's, the table of tags is another, or it is to stop."""
        async with connected(self._server, self._keys) as client:
            given, following = await self._meant(client)
            await self._taking.begin()
            subscription = await subscribed(client, following.all)
            self._told_of(following, subscription)
            self._up.set(1)
            try:
                if await self._catch_up(following.all):
                    await self._listen(client, subscription, given)
            finally:
                self._up.set(0)
                subscription.close()
                await self._taking.write()
                await self._taking.keep()

    async def _meant(self, client: Any) -> tuple[tuple[Tag, ...], Following]:
        given, known = await asyncio.to_thread(self._asked)
        return given, await meant_at(client, known)

    def _asked(self) -> tuple[tuple[Tag, ...], Known]:
        with reading(self._centre.engine) as connection:
            self._newest = changes.newest(connection)
            return tags.all_tags(connection), Knowing(connection).of(self._source)

    def _is_another(self, given: tuple[Tag, ...]) -> bool:
        """Whether the table of tags is: read again only where anything at the centre has changed."""
        with reading(self._centre.engine) as connection:
            newest = changes.newest(connection)
            if newest == self._newest:
                return False
            self._newest = newest
            return tags.all_tags(connection) != given

    def _told_of(self, following: Following, subscription: Subscribed) -> None:
        log(
            "opcua",
            state="following",
            source=self._source,
            variables=len(following.all) - len(subscription.refused),
            refused=_some(subscription.refused),
            unnamed=following.unnamed,
            no_numbers=_some(following.no_numbers),
            not_readable=_some(following.not_readable),
            one_path=_some(following.paths_of_several),
            unit_differs=_some(one.variable.path for one in following.all if one.unit_differs),
            without_history=sum(not one.variable.history for one in following.all),
        )

    async def _catch_up(self, following: list[Followed]) -> bool:
        """What came while nobody listened. Where a server does not remember, that is told. False: it was
        broken off, and what comes now must not be taken for all there was.
        """
        lacking = 0
        for one in following:
            since = self._taking.place(one)
            if since is None:
                continue
            filled = await self._history(one, since)
            if filled is None:
                return False
            lacking += not filled
        if lacking:
            self._centre.metrics.gaps.labels(self._source).inc(lacking)
            log("opcua", state="gap not filled", source=self._source, variables=lacking)
        return True

    async def _history(self, one: Followed, since_us: int) -> bool | None:
        """None: broken off."""
        if not one.variable.history:
            return False
        now, key = self._centre.clock(), key_of(one)
        try:
            async for page in pages(one.variable.node, from_us(since_us), now + AHEAD):
                for data in page:
                    said = self._taking.understood(one, data)
                    if said is None:
                        continue
                    self._taking.overlap.note(key, said)
                    if said.at_us != since_us:  # that one is written
                        self._taking.take(one, said)
                await self._taking.write_when_due()
                if self.worker.stop.is_set() or not await self._is_ours():
                    return None
        except Exception as error:
            self._silent[key] += isinstance(error, TimeoutError)
            if is_of_the_line(error) and self._silent[key] < MOST_TRIES:
                raise
            self._told("no history", f"{one.variable.path}: {type(error).__name__} {error}")
            return False
        self._silent[key] = 0
        return True

    async def _listen(self, client: Any, subscription: Subscribed, given: tuple[Tag, ...]) -> None:
        began = tags_at = lease_at = time.monotonic()
        while not self.worker.stop.is_set():
            await asyncio.sleep(LOOK_S)
            self._centre.metrics.lag.labels(self._source).set(subscription.waiting)
            for one, data in subscription.taken():
                said = self._taking.understood(one, data)
                if said is None or self._taking.overlap.knows(key_of(one), said):
                    continue
                if said.lost_before and await self._refilled(one) is None:
                    return
                self._taking.take(one, said)
            await self._taking.write_when_due()
            subscription.still_there(client)
            now = time.monotonic()
            if now - lease_at > LEASE_S:
                lease_at = now
                if not await self._is_ours():
                    return
            if now - tags_at > TAGS_S:
                tags_at = now
                if await asyncio.to_thread(self._is_another, given) or now - began > BROWSED_AGAIN_S:
                    return

    async def _refilled(self, one: Followed) -> bool | None:
        """The server's queue was too short: what it dropped is in its history, or lost."""
        await self._taking.write()
        since = self._taking.place(one)
        filled = await self._history(one, since) if since is not None else False
        if filled is False:
            self._centre.metrics.gaps.labels(self._source).inc()
            self._told("overflow", one.variable.path)
        return filled


def _some(paths: Any) -> str:
    return ", ".join(sorted(set(paths)))[:300]
