"""What is made when somebody first asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class late(Generic[T]):  # noqa: N801
    """An attribute that is made once, whichever threads ask for it at the same moment: since Python 3.12
    `functools.cached_property` has no lock.

    >>> class Page:
    ...     @late
    ...     def table(self) -> list[int]:
    ...         return [1, 2]
    >>> page = Page()
    >>> "table" in vars(page), page.table is page.table, "table" in vars(page)
    (False, True, True)
    """

    def __init__(self, make: Callable[..., T]) -> None:
        self._make, self._name = make, make.__name__
        self._lock = threading.RLock()
        self.__doc__ = make.__doc__

    def __get__(self, on: object, _: type | None = None) -> T:
        kept = on.__dict__
        with self._lock:
            if self._name not in kept:
                kept[self._name] = self._make(on)
        made: T = kept[self._name]
        return made
