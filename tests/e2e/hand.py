"""Mouse and keyboard from outside, by xdotool, as X sends them to whatever program is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable

import pytest

PATIENCE_S = 120.0
NEEDS_A_SCREEN = [
    pytest.mark.screen,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb and xdotool are not here"
    ),
]


class Hand:
    """Mouse and keyboard."""

    def __init__(self, screen: str) -> None:
        self._environment = {**os.environ, "DISPLAY": screen}

    def __call__(self, *words: object) -> str:
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def window(self, title: str) -> str:
        found: list[str] = []

        def there() -> bool:
            found[:] = self("search", "--onlyvisible", "--name", title).split()
            return bool(found)

        until(there, f"a window called {title!r}")
        return found[-1]

    def sees(self, title: str) -> bool:
        return bool(self("search", "--onlyvisible", "--name", title))

    def keys_until(self, name: str, true: Callable[[], bool], what: str) -> None:
        """Again and again: a key that comes while the program still prepares something does nothing."""

        def pressed() -> bool:
            if not true():
                self("key", name)
            shown_by = time.monotonic() + 3
            while not true() and time.monotonic() < shown_by:
                time.sleep(0.1)
            return true()

        until(pressed, what)

    def focus(self, title: str) -> str:
        window = self.window(title)
        self("windowfocus", "--sync", window)
        time.sleep(0.2)
        return window

    def keys(self, *names: str) -> None:
        self("key", "--delay", 40, *names)
        time.sleep(0.3)

    def types(self, text: str) -> None:
        self("type", "--delay", 15, text)
        time.sleep(0.3)


def until(true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)
