"""The embedded ClickHouse as a process of its own: `python -m central.embedded`, started by the centre.

The first line of the standard input says where and for whom (JSON, see EngineProcess); its end is the end of
this process, so that no engine outlives its centre. One line comes back when it listens.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from app.core.plain import JsonObject, object_in
from app.models.values import count_of, needed_text, part_of, texts_of
from central.embedded.confined import confine
from central.embedded.engine import Engine
from central.embedded.front import Account, Front


def main() -> None:
    told = object_in(sys.stdin.readline())
    folder = Path(needed_text(told, "folder")).resolve()
    front = _bound(told)
    held = confine(folder, _library())
    threading.Thread(target=_until_the_centre_is_gone, daemon=True).start()
    front.engine = Engine(folder)
    sys.stdout.write(json.dumps({"port": front.port, "held": held}) + "\n")
    sys.stdout.flush()
    front.serve_forever()


def _bound(told: JsonObject) -> Front:
    """The address is taken before the process is confined: afterwards it can listen on no other."""
    given = part_of(told, "accounts")
    accounts = {
        user: Account(
            needed_text(one, "password"),
            None if one["statements"] is None else frozenset(texts_of(one, "statements")),
        )
        for user in given
        if (one := part_of(given, user))
    }
    return Front(count_of(told, "port"), accounts, needed_text(told, "host"))


def _library() -> tuple[Path, ...]:
    """What Python and the engine load, and what they ask of the machine."""
    places = {sys.prefix, sys.base_prefix, *filter(None, sys.path)}
    system = ("/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/localtime")
    machine = ("/proc", "/sys/fs/cgroup", "/sys/devices/system", "/dev/urandom", "/dev/null")
    return tuple(Path(place).resolve() for place in sorted({*places, *system, *machine}))


def _until_the_centre_is_gone() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
