"""docs/MUTATION.md: how many planted faults were noticed, module by module, and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.mutate.declared import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.mutate.__main__ import Result

REPORT = ROOT / "docs" / "MUTATION.md"


def write_report(results: Sequence[Result], each: int, seed: int) -> None:
    tried, killed = sum(r.tried for r in results), sum(r.killed for r in results)
    share = (tried - killed) / max(tried, 1)
    lines = [
        "# Faults planted on purpose",
        "",
        "`make mutate` changes one thing at a time in the modules that must not be wrong (a comparison, a",
        "sign, a call left out, a condition turned, nothing returned, nothing raised) and runs the module's",
        f"tests. Written by it: {each} faults a module at most, drawn with seed {seed}.",
        "",
        f"**{killed} of {tried} noticed; {tried - killed} survived ({share:.1%}).**",
        "",
        "| module | planted | noticed | survived | of these explained |",
        "|---|---:|---:|---:|---:|",
    ]
    for r in results:
        explained = len(r.left) - len(r.unexplained)
        lines.append(f"| `{r.target.module}` | {r.tried} | {r.killed} | {len(r.left)} | {explained} |")
    lines += ["", "## Survivors", ""]
    for result in results:
        for mutant in result.left:
            why = result.target.explained.get(mutant.key, "not explained yet")
            lines.append(f"- `{result.target.module}:{mutant.line}` `{mutant.source}`: {mutant.what}. {why}")
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
