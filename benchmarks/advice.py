"""What a pad of gas-lifted wells has to gain: every setting of fifty wells.

`python -m benchmarks.advice` prints CPU seconds.
"""

from __future__ import annotations

import time

from app.analysis import examples
from app.analysis.advice.gas_lift import gas_lift_outcome, gas_lift_settings

WELLS = 50


def pad_of_gas_lift_s() -> float:
    """CPU seconds of the tubing, the inflow and all settings of fifty wells."""
    now = examples.gas_lifted()
    gas_lift_outcome(now, now.knobs)
    start = time.process_time()
    for _ in range(WELLS):
        for knobs in (now.knobs, *gas_lift_settings(now)):
            gas_lift_outcome(now, knobs)
    return time.process_time() - start


if __name__ == "__main__":
    print(f"{pad_of_gas_lift_s():.2f} s")
