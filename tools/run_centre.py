"""What `make centre` starts: a centre on embedded engines, with a device for the demo field, and the one line
that connects a laptop to it.

Follows an MQTT broker on this machine where one listens: `wellside/#` on port 1883.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.core.clock import utc_now  # noqa: E402
from app.core.files import write_atomically  # noqa: E402
from app.services.demo.marks import FIELD  # noqa: E402 - the project's folder must be found first
from central.config import USUAL_CLICKHOUSE_PORT, USUAL_PORT, Config  # noqa: E402
from central.serving import serve  # noqa: E402
from central.stores import devices  # noqa: E402
from central.stores.engine import open_engine  # noqa: E402
from central.stores.migrating import migrate  # noqa: E402

DATA = ROOT / "out" / "centre"
TOKEN = DATA / "demo.token"


def main() -> None:
    DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not TOKEN.exists():
        engine = open_engine(f"sqlite:///{DATA / 'centre.sqlite'}")
        migrate(engine)
        with engine.begin() as connection:
            _, token = devices.add(connection, "demo laptop", (FIELD, "—"), devices.LAPTOP_SCOPES, utc_now())
        engine.dispose()
        write_atomically(TOKEN, token.encode())
    broker = "mqtt://127.0.0.1:1883/wellside/#" if _listens(1883) else ""
    print(
        f"The centre on this machine: http://127.0.0.1:{USUAL_PORT}, ClickHouse on {USUAL_CLICKHOUSE_PORT}."
        + (f" Follows {broker}." if broker else "")
    )
    print("Connect the demo field to it, once, with its window closed:")
    print(
        f"  .venv/bin/wellside connect http://127.0.0.1:{USUAL_PORT} --demo "
        f"--token-file {TOKEN.relative_to(ROOT)}",
        flush=True,
    )
    print(
        "or in the window: Sync, Connections…, with the token that stands in that file. Ctrl+C ends the "
        "centre.",
        flush=True,
    )
    serve(Config(DATA, mqtt=broker))


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(0.5)
        return tried.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    main()
