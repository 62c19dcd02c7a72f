"""Lists of things that can be extended by adding one file. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class HasKey(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=HasKey)


class Registry(Generic[T]):
    """Specs by key, in the order they were given; a second key is a bug, found at import."""

    def __init__(self, name: str, *specs: T) -> None:
        self._name = name
        self._specs: dict[str, T] = {}
        for spec in specs:
            if spec.key in self._specs:
                raise ValueError(f"{name}: {spec.key!r} is registered twice")
            self._specs[spec.key] = spec

    def __getitem__(self, key: str) -> T:
        try:
            return self._specs[key]
        except KeyError:
            raise KeyError(f"no {self._name} {key!r}; known: {', '.join(self._specs)}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._specs

    def __iter__(self) -> Iterator[T]:
        return iter(self._specs.values())

    def __len__(self) -> int:
        return len(self._specs)
