"""The images as a cluster would run them: a user without rights, a root that nobody can write to, /data and
/tmp alone writable; and what they answer.

The embedded one is the whole centre of one machine; its engine is then the ClickHouse of the other image.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy.image.base import USER
from deploy.image.building import BUILDAH, TARGETS
from installer.program import version

WITHIN_S = 120.0


def tried() -> list[str]:
    """What was seen, a line each. Raises SystemExit where one of them does not come up."""
    seen: list[str] = []
    with contextlib.ExitStack() as stack:
        roots = {target: stack.enter_context(_mounted(target)) for target in TARGETS}
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for target in TARGETS:
            (data / target).mkdir()
            seen += _nobody_writes(target, roots[target], data / target)
        seen += _no_shell(roots["centre"])
        port, engine = _free_port(), _free_port()
        began = time.monotonic()
        order = ("start", "--host", "127.0.0.1", "--port", str(port), "--clickhouse-port", str(engine))
        stack.enter_context(_running(roots["embedded"], data / "embedded", order, {}))
        seen.append(f"embedded: {_ready(port)} after {time.monotonic() - began:.1f} s")
        told = {
            "WELLSIDE_CLICKHOUSE_URL": f"http://127.0.0.1:{engine}",
            "WELLSIDE_CLICKHOUSE_USER": "operator",
            "WELLSIDE_CLICKHOUSE_PASSWORD": (data / "embedded/clickhouse.password").read_text().strip(),
        }
        other = _free_port()
        order = ("start", "--host", "127.0.0.1", "--port", str(other))
        began = time.monotonic()
        stack.enter_context(_running(roots["centre"], data / "centre", order, told))
        seen.append(
            f"centre, on the engine of the other: {_ready(other)} after {time.monotonic() - began:.1f} s"
        )
    return seen


@contextlib.contextmanager
def _mounted(target: str) -> Iterator[Path]:
    name = f"localhost/wellside-{target}:{version()}"
    container = _said(*BUILDAH, "from", "--pull=never", name)
    try:
        yield Path(_said(*BUILDAH, "mount", container))
    finally:
        _said(*BUILDAH, "rm", container)


def _settings(root: Path) -> dict[str, Any]:
    """What the image says of itself: its user, variables and command."""
    target = next(
        target for target in TARGETS if (root / "wellside/packages/chdb").exists() == (target == "embedded")
    )
    told = json.loads(
        _said(*BUILDAH, "inspect", "--type", "image", f"localhost/wellside-{target}:{version()}")
    )
    return dict(told["OCIv1"]["config"])


def _inside(root: Path, data: Path, environment: dict[str, str], command: list[str]) -> list[str]:
    settings = _settings(root)
    if settings["User"] != f"{USER}:{USER}":
        raise SystemExit(f"the image runs as {settings['User']}")
    variables = [one.partition("=") for one in settings["Env"]] + [(k, "", v) for k, v in environment.items()]
    return [
        "bwrap",
        *("--die-with-parent", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--cap-drop", "ALL"),
        *("--uid", str(USER), "--gid", str(USER), "--ro-bind", str(root), "/", "--tmpfs", "/tmp"),
        *("--bind", str(data), "/data", "--proc", "/proc", "--dev", "/dev", "--chdir", "/data", "--clearenv"),
        *(word for name, _, value in variables for word in ("--setenv", name, value)),
        *(command if command[0].startswith("/") else [*settings["Entrypoint"], *command]),
    ]


@contextlib.contextmanager
def _running(root: Path, data: Path, order: tuple[str, ...], environment: dict[str, str]) -> Iterator[None]:
    log = data / "log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            _inside(root, data, environment, list(order)), stdout=written, stderr=written
        )
    try:
        yield
    except BaseException:
        print(log.read_text(encoding="utf-8", errors="replace")[-3000:])
        raise
    finally:
        process.terminate()
        process.wait(30)


def _nobody_writes(target: str, root: Path, data: Path) -> list[str]:
    script = (
        "import os, pathlib\n"
        "seen = []\n"
        "for place in ('/x', '/wellside/x', '/etc/x', '/data/x', '/tmp/x'):\n"
        "    try:\n"
        "        pathlib.Path(place).write_text('x')\n"
        "        seen.append(place)\n"
        "    except OSError:\n"
        "        pass\n"
        "print(os.getuid(), *seen)"
    )
    said = _said(*_inside(root, data, {}, ["/usr/bin/python3.11", "-c", script]))
    if said != f"{USER} /data/x /tmp/x":
        raise SystemExit(f"{target}: user and writable places are {said}")
    return [f"{target}: user {USER}, writable are /data and /tmp alone"]


def _no_shell(root: Path) -> list[str]:
    found = [
        name
        for name in ("sh", "bash", "dash", "apt-get", "dpkg", "perl")
        if shutil.which(name, path=f"{root}/bin:{root}/usr/bin")
    ]
    if found:
        raise SystemExit(f"there is {', '.join(found)} in the image")
    return ["centre: neither shell nor package manager"]


def _ready(port: int) -> str:
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=2) as answer,
        ):
            return f"/ready {answer.status} {answer.read().decode()}"
        time.sleep(0.2)
    raise SystemExit(f"/ready on {port} did not answer in {WITHIN_S:.0f} s")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _said(*order: str) -> str:
    done = subprocess.run(order, check=False, capture_output=True, text=True, env=dict(os.environ))
    if done.returncode:
        raise SystemExit(f"{' '.join(order[:4])}: {done.stderr.strip()[-1500:]}")
    return done.stdout.strip()
