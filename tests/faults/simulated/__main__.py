"""One run again, step by step: `python -m tests.faults.simulated SEED`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults.simulated.journals import opened
from tests.faults.simulated.light_cache import put_in_place
from tests.faults.simulated.run import run


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        put_in_place(patch)
        run(int(sys.argv[1]), opened(Path(folder)), told=print)
    return 0


if __name__ == "__main__":
    sys.exit(main())
