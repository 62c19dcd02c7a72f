"""What a server remembers of a variable, page by page, so that each page is written before the next is asked
for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.clock import to_us
from app.core.errors import KnownError

PAGE = 5_000
MOST_PAGES = 20_000


async def pages(node: Any, since: datetime, until: datetime, page: int = PAGE) -> AsyncIterator[list[Any]]:
    """Values from `since` on, that one too: whoever has it already leaves it out. Servers that have no
    continuation points give a full page, and are asked again from its last moment.
    """
    from asyncua import ua

    after, reached, going_on = since, to_us(since), None
    for _ in range(MOST_PAGES):
        details = ua.ReadRawModifiedDetails(
            IsReadModified=False, StartTime=after, EndTime=until, NumValuesPerNode=page, ReturnBounds=False
        )
        result = await node.history_read(details, going_on)
        result.StatusCode.check()
        values = list(getattr(result.HistoryData, "DataValues", None) or [])
        if values:
            yield values
        last = values[-1].SourceTimestamp if values else None
        comes_on = last is not None and to_us(last) > reached
        reached = to_us(last) if last is not None else reached
        before, going_on = going_on, result.ContinuationPoint
        if going_on and (going_on != before or comes_on):  # some call each one by the same name
            continue
        if last is None or len(values) < page or to_us(last) <= to_us(after):
            return
        after, going_on = last, None


def is_of_the_line(error: Exception) -> bool:
    """Nothing is wrong with the question: it may be asked again on another line."""
    from asyncua import ua

    if isinstance(error, ua.UaStatusCodeError):
        return any(name in type(error).__name__ for name in _OF_THE_LINE)
    return isinstance(error, OSError | TimeoutError | KnownError | sa.exc.DBAPIError)


_OF_THE_LINE = (
    "Closed",
    "Communication",
    "Connection",
    "Halted",
    "NotConnected",
    "SecureChannel",
    "SessionId",
    "Shutdown",
    "Timeout",
    "TooManyOperations",
    "TooManySessions",
)
