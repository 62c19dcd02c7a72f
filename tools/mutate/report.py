"""docs/MUTATION.md: how many planted faults were noticed, module by module, and what was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.mutate.declared import ROOT, Target
from tools.mutate.draws import Draw
from tools.mutate.results import Result, digest

REPORT = ROOT / "docs" / "MUTATION.md"


def write_report(targets: Sequence[Target], results: Mapping[str, Result], draws: Sequence[Draw]) -> None:
    REPORT.write_text(report(targets, results, draws), encoding="utf-8")


def report(targets: Sequence[Target], results: Mapping[str, Result], draws: Sequence[Draw]) -> str:
    found = [(target, results[str(target.module)]) for target in targets if str(target.module) in results]
    tried, killed = sum(r.tried for _, r in found), sum(r.killed for _, r in found)
    explained = sum(len(r.left) - len(r.unexplained(target)) for target, r in found)
    lines = [
        "# Faults planted on purpose",
        "",
        "`make mutate` changes one thing at a time in the modules that must not be wrong (a comparison, a",
        "sign, a number, a call left out, a condition turned, nothing returned, nothing raised) and runs the",
        "tests of the module. It is a sample, drawn with the seed and of the size that the table tells;",
        "faults that `mutation.toml` names are always among it. Written by the tool.",
        "",
        *_fresh(draws),
        "## What the tests were taught",
        "",
        "The draws of this table were seen, and tests were written against what they showed.",
        "",
        f"**{killed} of {tried} noticed in {len(found)} modules; {tried - killed} survived "
        f"({(tried - killed) / max(tried, 1):.1%}), {explained} of these explained.**",
        "",
        "| module | drawn | planted | noticed | survived | of these explained |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for target, r in found:
        known = len(r.left) - len(r.unexplained(target))
        since = "" if r.of == digest(target.module) else " (changed since)"
        drawn = f"{r.each}, seed {r.seed}"
        lines.append(f"| `{r.module}`{since} | {drawn} | {r.tried} | {r.killed} | {len(r.left)} | {known} |")
    absent = [str(target.module) for target in targets if str(target.module) not in results]
    if absent:
        lines += ["", f"Not tried yet: {', '.join(f'`{name}`' for name in absent)}."]
    lines += ["", "## Survivors", ""]
    for target, r in found:
        for one in r.left:
            why = target.explained.get(one.key, "not explained yet")
            lines.append(f"- `{r.module}:{one.line}` `{one.source}`: {one.what}. {why}")
    return "\n".join(lines) + "\n"


def _fresh(draws: Sequence[Draw]) -> list[str]:
    if not draws:
        return []
    lines = [
        "## Fresh draws",
        "",
        "Faults that nobody had seen when the tests were written, counted once, in the order of the draws,",
        "explained survivors too. Holes that a draw showed were closed before the next one.",
        "",
        "| day | seed | for each module | modules of | modules | planted | survived | share |",
        "|---|---:|---:|---|---:|---:|---:|---:|",
    ]
    for draw in draws:
        places = ", ".join(f"`{place}`" for place in draw.places)
        share = f"{draw.survived / max(draw.planted, 1):.1%}"
        row = (draw.on, draw.seed, draw.each, places, len(draw.modules), draw.planted, draw.survived, share)
        lines.append("| " + " | ".join(str(cell) for cell in row) + " |")
    return [*lines, ""]
