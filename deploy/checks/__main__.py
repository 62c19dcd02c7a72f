"""`make deploy-check`: what is deployed by the tool it is for, and broken twins, which must be refused."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.checks import judging, twins
from deploy.checks.twins import CHART, DEPLOY, Judge, Twin
from tools.packages import ROOT


@dataclass(frozen=True)
class Check:
    name: str
    of: Path
    judge: Judge
    planted: tuple[Twin, ...]


CHECKS = (
    Check("compose", DEPLOY / "compose" / "compose.yaml", judging.compose, twins.COMPOSE),
    Check("Containerfile", DEPLOY / "image" / "Containerfile", judging.containerfile, twins.CONTAINERFILE),
    Check("values", judging.SITE, judging.values, twins.VALUES),
    Check("chart", CHART, judging.chart, twins.CHARTS),
    Check("manifests", CHART, judging.manifests, twins.MANIFESTS),
    Check("alert rules", DEPLOY / "observability" / "alerts", judging.rules, twins.RULES),
    Check("tests of alerts", DEPLOY / "observability" / "alerts", judging.rule_tests, twins.RULE_TESTS),
    Check("Prometheus", DEPLOY / "observability" / "prometheus.yml", judging.prometheus, twins.PROMETHEUS),
)


def main() -> int:
    wrong = 0
    for check in CHECKS:
        began = time.monotonic()
        said = [_judged(check, None)] + [_judged(check, twin) for twin in check.planted]
        wrong += _told(check.name, said[0], list(zip(check.planted, said[1:], strict=True)), began)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        [twin] = twins.JENKINS
        broken = _copy(ROOT / "Jenkinsfile", Path(folder), twin)
        right, refused = judging.jenkins(ROOT / "Jenkinsfile", broken)
    wrong += _told("Jenkinsfile", right, [(twin, refused)], began)
    print(f"{len(CHECKS) + 1} checks, {wrong} wrong")
    return 1 if wrong else 0


def _judged(check: Check, twin: Twin | None) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return check.judge(_copy(check.of, Path(folder), twin))


def _copy(of: Path, folder: Path, twin: Twin | None) -> Path:
    copy = folder / of.name
    if of.is_dir():
        shutil.copytree(of, copy)
    else:
        shutil.copy(of, copy)
    if twin is not None:
        twin.plant(copy)
    return copy


def _told(name: str, said: str, planted: list[tuple[Twin, str]], began: float) -> int:
    """How much of it is wrong: what is right and refused, what is broken and taken."""
    missed = [twin.mistake for twin, refused in planted if not refused]
    seconds = time.monotonic() - began
    print(f"{name}: {len(planted) - len(missed)} of {len(planted)} twins refused, {seconds:.0f} s")
    if said:
        print(f"  refused as it is: {said[:2000]}")
    for mistake in missed:
        print(f"  taken with {mistake}")
    return bool(said) + len(missed)


if __name__ == "__main__":
    sys.exit(main())
