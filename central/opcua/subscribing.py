"""Values as they change, with the source's moment and status: also those that are the same as before at a
later moment, for a pressure that stands still is not one that nobody measures.
"""

from __future__ import annotations

import asyncio
from typing import Any

from app.core.errors import KnownError
from central.opcua.meaning import Followed

PUBLISHED_MS, SAMPLED_MS, QUEUE = 500.0, 250.0, 100
MOST_WAITING = 50_000
"""Values that wait for the store; past that the line is dropped, and history brings them later."""
AT_ONCE = 500
_FIRST_HANDLE = 1


class Subscribed:
    """`refused`: paths that the server does not let us follow, with its reason."""

    def __init__(self, subscription: Any) -> None:
        self._subscription = subscription
        self._came: list[tuple[Followed, Any]] = []
        self._followed: dict[int, Followed] = {}
        self.refused: dict[str, str] = {}
        self._taking = asyncio.create_task(self._take())

    @property
    def waiting(self) -> int:
        return len(self._came)

    def taken(self) -> list[tuple[Followed, Any]]:
        """In the order in which they came."""
        came, self._came = self._came, []
        return came

    def close(self) -> None:
        self._taking.cancel()

    def still_there(self, client: Any) -> None:
        """Raises KnownError (opcua_down)."""
        if client.state.name != "CONNECTED" or self._taking.done():
            raise KnownError("opcua_down", url=str(client), reason="the line broke or ran over", retry=True)

    async def add(self, some: list[Followed]) -> None:
        """A server that knows no filter by moments tells changes only."""
        results = await self._created(some, with_moments=True)
        again = [one for one, result in zip(some, results, strict=True) if not isinstance(result, int)]
        for one, result in zip(again, await self._created(again, with_moments=False), strict=True):
            if not isinstance(result, int):
                self.refused[one.variable.path] = str(getattr(result, "name", result))

    async def _created(self, some: list[Followed], *, with_moments: bool) -> list[Any]:
        if not some:
            return []
        requests = []
        for one in some:
            handle = len(self._followed) + _FIRST_HANDLE
            self._followed[handle] = one
            requests.append(_request(one, handle, with_moments=with_moments))
        return list(await self._subscription.create_monitored_items(requests))

    async def _take(self) -> None:
        """Ends where more waits than may: the session is over then."""
        from asyncua.common.subscription import DataChangeEvent, StatusChangeEvent

        async for event in self._subscription:
            if isinstance(event, DataChangeEvent):
                handle = int(event.data.subscription_data.client_handle)
                self._came.append((self._followed[handle], event.data.monitored_item.Value))
            elif isinstance(event, StatusChangeEvent):
                return
            if len(self._came) >= MOST_WAITING:
                return


async def subscribed(client: Any, following: list[Followed]) -> Subscribed:
    from asyncua.common.subscription import OverflowPolicy

    made = Subscribed(
        await client.create_subscription(
            PUBLISHED_MS, queue_maxsize=MOST_WAITING, overflow=OverflowPolicy.DISCONNECT
        )
    )
    for at in range(0, len(following), AT_ONCE):
        await made.add(following[at : at + AT_ONCE])
    return made


def _request(one: Followed, handle: int, *, with_moments: bool) -> Any:
    from asyncua import ua

    asked = ua.MonitoringParameters(
        ClientHandle=handle, SamplingInterval=SAMPLED_MS, QueueSize=QUEUE, DiscardOldest=True
    )
    if with_moments:
        asked.Filter = ua.DataChangeFilter(Trigger=ua.DataChangeTrigger.StatusValueTimestamp)
    return ua.MonitoredItemCreateRequest(
        ItemToMonitor=ua.ReadValueId(NodeId=one.variable.node.nodeid, AttributeId=ua.AttributeIds.Value),
        MonitoringMode=ua.MonitoringMode.Reporting,
        RequestedParameters=asked,
    )
