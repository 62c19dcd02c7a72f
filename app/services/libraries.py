"""What travels with the program: each library with its version and licence, by what it says of itself."""

from __future__ import annotations

from importlib import metadata

Library = tuple[str, str, str]
"""Name, version, licence."""
_LONGEST = 60


def libraries() -> list[Library]:
    named = ((_said(one, "Name"), one) for one in metadata.distributions())
    found = {name: (name, one.version, _licence(one)) for name, one in named if name}
    return sorted(found.values(), key=lambda one: one[0].lower())


def _licence(one: metadata.Distribution) -> str:
    """As an expression where there is one; a whole text of a licence is told by its first line."""
    classed = [line for line in one.metadata.get_all("Classifier") or () if line.startswith("License")]
    names = ", ".join(line.rpartition(" :: ")[2] for line in classed)
    first = _said(one, "License").partition("\n")[0][:_LONGEST]
    return _said(one, "License-Expression") or first or names or "—"


def _said(one: metadata.Distribution, field: str) -> str:
    told = one.metadata.get_all(field) or ()
    return str(next(iter(told), ""))
