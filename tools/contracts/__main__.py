"""`python -m tools.contracts`: the imports against `contracts.toml`."""

from __future__ import annotations

import sys

from tools.contracts.checking import faults
from tools.contracts.rules import read_rules
from tools.contracts.sources import read_sources


def main() -> int:
    rules = read_rules()
    modules = read_sources(rules.packages)
    found = faults(modules, rules)
    print("\n".join(found) or f"{len(modules)} modules keep the contracts")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
