"""The program's version: written once, in pyproject.toml; and what it runs with."""

from __future__ import annotations

from importlib.metadata import distributions, version


def program_version() -> str:
    return version("wellside")


def installed_packages() -> tuple[str, ...]:
    """`name==version` of all that is installed beside the program, in order: what a lock file says, as it is
    here.
    """
    found = {(one.name.lower().replace("_", "-"), one.version) for one in distributions() if one.name}
    return tuple(f"{name}=={number}" for name, number in sorted(found))
