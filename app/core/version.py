"""The program's version: written once, in pyproject.toml; and what it runs with."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import distributions, version


@cache
def program_version() -> str:
    """Read once: the session is written with it after each turn of a page."""
    return version("wellside")


def package_name(name: str) -> str:
    """As a lock file writes it: names that differ in dashes, dots or case are one (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_packages() -> tuple[str, ...]:
    """`name==version` of all that is installed beside the program, in order: what a lock file says, as it is
    here.
    """
    found = {(package_name(one.name), one.version) for one in distributions() if one.name}
    return tuple(f"{name}=={number}" for name, number in sorted(found))
