"""How many rounds the fault runs take."""

from __future__ import annotations

import pytest


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """2 in `make test`, 200 in `make faults`."""
    return int(request.config.getoption("--kills"))
