"""`make mutate`: plants faults into the named modules and counts those that no test notices.

    python -m tools.mutate                        a sample of each module, written to docs/MUTATION.md
    python -m tools.mutate --each 1000000         every fault there is (hours)
    python -m tools.mutate --only app/sync/push.py --each 200 --show
    python -m tools.mutate --fresh --seed 9 --each 6 --only app/sync --show

Tests are written against what a draw has shown, so the table tells what they were taught. What they notice of
faults that nobody has seen yet is told by a fresh draw: its outcome goes to the head of the report as it was
found, and the table stays.

Modules, their tests and the explained survivors are in mutation.toml.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from tools.mutate.declared import Target, read_targets
from tools.mutate.draws import Draw, drawn_before, draws, keep_draw
from tools.mutate.operators import mutants, named_mutant
from tools.mutate.report import write_report
from tools.mutate.results import Result, digest, keep, kept
from tools.mutate.running import HUNG, KILLED, SURVIVED, judge, preload, preload_ours

MOST_SURVIVORS = 0.10


def main() -> int:
    asked = _arguments()
    preload()
    results = kept() if asked.only or asked.again or asked.fresh else {}
    targets, earlier = read_targets(), draws()
    tried: list[tuple[Target, Result]] = []
    wanted = [one for one in targets if not asked.only or str(one.module).startswith(tuple(asked.only))]
    if asked.fresh:
        wanted = [replace(one, named=()) for one in wanted]
        for one in wanted:
            if drawn_before(earlier, str(one.module), asked.seed):
                sys.exit(f"{one.module}: seed {asked.seed} has been drawn before and is not fresh")
    try:
        for target in wanted:
            if asked.again and not _may_be_asked_again(target, results):
                continue
            # A process of its own for each: what may be loaded before the faults is another for every module.
            with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as apart:
                before = results.get(str(target.module)) if asked.again else None
                result = apart.submit(_try, target, asked.each, asked.seed, before, show=asked.show).result()
            tried.append((target, result))
            if not asked.fresh:
                results[result.module] = result
                keep(results)
                write_report(targets, results, earlier)
    finally:
        if asked.fresh and tried:  # one that was broken off counts as far as it came
            earlier = keep_draw(Draw.of(asked.seed, asked.each, [result for _, result in tried]))
            write_report(targets, results, earlier)
    planted, left = sum(r.tried for _, r in tried), sum(len(r.left) for _, r in tried)
    print(f"{planted} faults planted, {left} not noticed ({left / max(planted, 1):.1%})")
    unexplained = sum(len(result.unexplained(target)) for target, result in tried)
    return 1 if left > MOST_SURVIVORS * planted or (unexplained and asked.strict) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.mutate")
    parser.add_argument("--each", type=int, default=25, help="faults for each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="beginnings of paths")
    parser.add_argument("--again", action="store_true", help="only what survived the last time")
    parser.add_argument("--fresh", action="store_true", help="a draw for the report's head; the table stays")
    parser.add_argument("--show", action="store_true", help="name each survivor as it is found")
    parser.add_argument("--strict", action="store_true", help="fail on a survivor that nobody explained")
    return parser.parse_args()


def _may_be_asked_again(target: Target, results: dict[str, Result]) -> bool:
    before = results.get(str(target.module))
    return before is not None and bool(before.left) and before.of == digest(target.module)


def _try(target: Target, each: int, seed: int, before: Result | None, *, show: bool) -> Result:
    """`before`: only its survivors are tried once more."""
    text = target.module.read_text(encoding="utf-8")
    all_of_them = list(mutants(text))
    if before is not None:
        each, seed = before.each, before.seed
    rng = random.Random(f"{seed} {target.module}")
    chosen = sorted(rng.sample(range(len(all_of_them)), min(each, len(all_of_them))))
    preload_ours(target.module)
    # What needs nothing of tests/conftest.py need not load all that this one does.
    usual = judge(target.module, None, target.tests, 600.0, bare=True)
    bare = usual.verdict == SURVIVED
    if not bare:
        usual = judge(target.module, None, target.tests, 600.0)
    if usual.verdict != SURVIVED:
        sys.exit(f"{target.module}: its tests are not green ({usual.verdict}); faults would prove nothing")
    result = Result(str(target.module), digest(target.module), each, seed)
    named = [named_mutant(text, *fault) for fault in target.named]
    planted = [*named, *(all_of_them[index] for index in chosen)]
    if before is not None:
        survived = {(one.line, one.key) for one in before.left}
        planted = [mutant for mutant in planted if (mutant.line, mutant.key) in survived]
        result.tried = result.killed = before.tried - len(planted)
    for mutant in planted:
        judged = judge(target.module, mutant.tree, target.tests, 5.0 + 5 * usual.cpu_s, bare=bare)
        result.note(mutant, noticed=judged.verdict in (KILLED, HUNG))
        if show and judged.verdict not in (KILLED, HUNG):
            known = " (explained)" if mutant.key in target.explained else ""
            print(f"  {target.module}:{mutant.line}: {mutant.key}{known}", flush=True)
    print(f"{target.module}: {result.killed} of {result.tried} noticed", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
