"""`make mutate`: plants faults into the named modules and counts those that no test notices.

    python -m tools.mutate                        a sample of each module, written to docs/MUTATION.md
    python -m tools.mutate --each 1000000         every fault there is (hours)
    python -m tools.mutate --only app/sync/push.py --each 200 --show

Modules, their tests and the explained survivors are in mutation.toml.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from tools.mutate.declared import Target, read_targets
from tools.mutate.operators import Mutant, mutants
from tools.mutate.report import write_report
from tools.mutate.running import HUNG, KILLED, SURVIVED, judge, preload, preload_ours

MOST_SURVIVORS = 0.10


@dataclass
class Result:
    """`left` are the survivors; `explained` of them stand in mutation.toml with a reason."""

    target: Target
    tried: int = 0
    killed: int = 0
    left: list[Mutant] = field(default_factory=list)

    @property
    def unexplained(self) -> list[Mutant]:
        return [mutant for mutant in self.left if mutant.key not in self.target.explained]


def main() -> int:
    asked = _arguments()
    preload()
    results = []
    for target in read_targets():
        if asked.only and not any(str(target.module).startswith(name) for name in asked.only):
            continue
        # A process of its own for each: what may be loaded before the faults is another for every module.
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as apart:
            results.append(apart.submit(_try, target, asked.each, asked.seed, show=asked.show).result())
    if not asked.only:
        write_report(results, asked.each, asked.seed)
    tried, left = sum(r.tried for r in results), sum(len(r.left) for r in results)
    print(f"{tried} faults planted, {left} not noticed ({left / max(tried, 1):.1%})")
    unexplained = sum(len(result.unexplained) for result in results)
    return 1 if left > MOST_SURVIVORS * tried or (unexplained and asked.strict) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.mutate")
    parser.add_argument("--each", type=int, default=25, help="faults for each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="beginnings of paths")
    parser.add_argument("--show", action="store_true", help="name each survivor as it is found")
    parser.add_argument("--strict", action="store_true", help="fail on a survivor that nobody explained")
    return parser.parse_args()


def _try(target: Target, each: int, seed: int, *, show: bool) -> Result:
    text = target.module.read_text(encoding="utf-8")
    all_of_them = list(mutants(text))
    rng = random.Random(f"{seed} {target.module}")
    chosen = sorted(rng.sample(range(len(all_of_them)), min(each, len(all_of_them))))
    preload_ours(target.module)
    # What needs nothing of tests/conftest.py need not load all that this one does.
    bare = judge(target.module, None, target.tests, 600.0, bare=True).verdict == SURVIVED
    usual = judge(target.module, None, target.tests, 600.0, bare=bare)
    if usual.verdict != SURVIVED:
        sys.exit(f"{target.module}: its tests are not green ({usual.verdict}); faults would prove nothing")
    result = Result(target)
    for index in chosen:
        mutant = all_of_them[index]
        judged = judge(target.module, mutant.tree, target.tests, 5.0 + 5 * usual.cpu_s, bare=bare)
        result.tried += 1
        if judged.verdict in (KILLED, HUNG):
            result.killed += 1
            continue
        result.left.append(mutant)
        if show:
            known = " (explained)" if mutant.key in target.explained else ""
            print(f"  {target.module}:{mutant.line}: {mutant.key}{known}", flush=True)
    print(f"{target.module}: {result.killed} of {result.tried} noticed", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
