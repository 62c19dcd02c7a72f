"""The embedded ClickHouse from the centre's side: a process that knows nothing of the centre but its folder,
and is started again when it dies.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.values import count_of, needed_text
from central.logs import log

_PASSED_ON = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
"""Of the centre's environment, which may hold passwords and addresses."""
FIRST_TRIES, FIRST_WAIT_S, LONGEST_WAIT_S = 10, 0.3, 30.0


class EngineProcess:
    """`accounts`: user → (password, statements that it may send, None for any). Raises KnownError
    (engine_not_started) when it does not come up.
    """

    def __init__(
        self, folder: Path, host: str, port: int, accounts: dict[str, tuple[str, frozenset[str] | None]]
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._told: JsonObject = {
            "folder": str(folder.resolve()),
            "host": host,
            "port": port,
            "accounts": {
                user: {"password": password, "statements": None if may is None else sorted(may)}
                for user, (password, may) in accounts.items()
            },
        }
        self._closing = threading.Event()
        self._process = self._at_last()
        self._watch = threading.Thread(target=self._keep_alive, name="engine", daemon=True)
        self._watch.start()

    @property
    def port(self) -> int:
        return count_of(self._told, "port")

    def close(self) -> None:
        self._closing.set()
        while self._watch.is_alive():  # it may be starting another at this moment
            self._end(self._process)
            self._watch.join(0.1)

    def _at_last(self) -> subprocess.Popen[str]:
        """An engine whose centre was killed is still on its way out, and has the folder and the port."""
        for _ in range(FIRST_TRIES - 1):
            try:
                return self._started()
            except KnownError:
                time.sleep(FIRST_WAIT_S)
        return self._started()

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "central.embedded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ}
            | {"TMPDIR": needed_text(self._told, "folder")},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(self._told) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
        except (OSError, ValueError) as error:
            self._end(process)
            raise KnownError("engine_not_started", folder=self._told["folder"], retry=True) from error
        self._told["port"] = answer["port"]
        log("engine", state="listening", port=answer["port"], confined=answer["held"] or "not")
        return process

    def _keep_alive(self) -> None:
        wait_s = FIRST_WAIT_S
        while True:
            self._process.wait()
            if self._closing.is_set():
                return
            log("engine", state="died", code=self._process.returncode)
            self._end(self._process)  # its pipes
            self._closing.wait(wait_s)
            try:
                self._process = self._started()
                wait_s = FIRST_WAIT_S
            except KnownError as error:
                log("engine", state="not_started", code=error.code)
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)

    @staticmethod
    def _end(process: subprocess.Popen[str]) -> None:
        """Its standard input ends, and so does it."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.close()
        except OSError:
            process.kill()  # a pipe that is broken already
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
