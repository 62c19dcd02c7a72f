"""Small JSON files of the profile over the versions of the program: a key that was renamed is found under its
new name, and what a newer version has put in stays in when an older one writes the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.plain import Json, JsonObject, object_in

VERSION_KEY = "version"


@dataclass(frozen=True)
class Form:
    """`renames`: the version in which keys were renamed → old name → new name; `reworded`: in which values
    are said otherwise → new name → the new from the old. A file without a version is older than all of them.
    """

    version: int = 1
    renames: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    reworded: Mapping[int, Mapping[str, Callable[[Json], Json]]] = field(default_factory=dict)

    def current(self, body: Mapping[str, Json]) -> JsonObject:
        """The keys under the names of this version, without the version itself. Where an older program has
        written the old name beside the new one, the new one stands.
        """
        found = {key: value for key, value in body.items() if key != VERSION_KEY}
        written = version_of(body)
        for version in sorted(self.renames):
            if version <= written:
                continue
            for old, new in self.renames[version].items():
                if old in found:
                    value, reword = found.pop(old), self.reworded.get(version, {}).get(new)
                    found.setdefault(new, value if reword is None else reword(value))
        return found

    def stamped(self, body: Mapping[str, Json], before: int = 0) -> JsonObject:
        """To be written. A file of a newer version stays one: its renames are done already."""
        return {VERSION_KEY: max(self.version, before), **body}


def version_of(body: Mapping[str, Json]) -> int:
    """0 for a file of before there were versions."""
    version = body.get(VERSION_KEY)
    return version if isinstance(version, int) and not isinstance(version, bool) else 0


def read(path: Path) -> JsonObject:
    """The object in the file, as it stands. Raises OSError, or ValueError for what is no object."""
    return object_in(path.read_text(encoding="utf-8"))


def write(path: Path, body: Mapping[str, Json], *, durable: bool = True) -> None:
    """Whole or not at all. Raises OSError. Half a pair of UTF-16, kept for another version, stays escaped."""
    text = json.dumps(body, ensure_ascii=False, indent=1)
    write_atomically(path, text.encode("utf-8", "backslashreplace"), durable=durable)


def set_aside(path: Path) -> None:
    """A file that cannot be read is kept beside the one that takes its place."""
    path.replace(path.with_name(f"{path.name}.damaged"))


def refuse_newer(path: Path, version: int) -> None:
    """Raises KnownError (template_newer) when the file there is of a newer version: its content is not ours
    to replace.
    """
    try:
        newer = version_of(read(path)) > version
    except (OSError, ValueError):
        return
    if newer:
        raise KnownError("template_newer", file=str(path))
