"""What each tool says of a file or of the chart: empty where it takes it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from deploy.checks import kit
from deploy.checks.twins import CHART, DEPLOY

SITE = DEPLOY / "helm" / "site.yaml"
ALERT_TESTS = DEPLOY / "observability" / "alert_tests"
KUBERNETES = ("1.27", "1.37")
"""The oldest that the chart names, and the newest that the validator knows."""


def compose(file: Path) -> str:
    return _said(_tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(file))


def containerfile(file: Path) -> str:
    return _said(_tool("hadolint"), "--failure-threshold", "style", str(file))


def values(file: Path) -> str:
    return _helm("schema", CHART, file)


def chart(folder: Path) -> str:
    return _helm("lint", folder, SITE)


def manifests(folder: Path) -> str:
    """Rendered, then held against what Kubernetes itself says of each kind."""
    with tempfile.TemporaryDirectory() as rendered:
        wrong = _helm("render", folder, SITE, rendered)
        files = [str(path) for path in sorted(Path(rendered).iterdir())]
        for version in KUBERNETES:
            wrong = wrong or _kinds(version, files)
    return wrong


def _kinds(version: str, files: list[str]) -> str:
    """A kind that a version of Kubernetes does not have is a warning to the tool, and to us a mistake."""
    order = [_tool("kubernetes-validate"), "--strict", "-k", version, *files]
    done = subprocess.run(order, capture_output=True, text=True, check=False, env=_environment())
    said = (done.stdout + done.stderr).strip()
    return said if done.returncode or "WARN" in said or "INFO" not in said else ""


def rules(folder: Path) -> str:
    return _said(kit.promtool(), "check", "rules", *map(str, sorted(folder.glob("*.yml"))))


def rule_tests(folder: Path) -> str:
    """The tests name their rules beside them: they are run where the rules lie."""
    for test in sorted(ALERT_TESTS.glob("*.yml")):
        shutil.copy(test, folder / f"test-{test.name}")
    return _said(kit.promtool(), "test", "rules", *map(str, sorted(folder.glob("test-*.yml"))))


def prometheus(file: Path) -> str:
    return _said(kit.promtool(), "check", "config", "--syntax-only", str(file))


def jenkins(right: Path, wrong: Path) -> tuple[str, str]:
    """Of both at once: most of the time is Java's start. Raises SystemExit where the tool cannot be had."""
    command = kit.groovy_lint()
    if command is None:
        raise SystemExit("the Jenkinsfile needs Node, npm and Java to be looked at")
    with tempfile.TemporaryDirectory() as folder:
        for name, file in (("right", right), ("wrong", wrong)):
            (Path(folder) / name).mkdir()
            shutil.copy(file, Path(folder) / name / "Jenkinsfile")
        order = [
            command,
            "--noserver",
            "--nolintafter",
            "--output",
            "json",
            "--failon",
            "none",
            "--path",
            folder,
        ]
        done = subprocess.run(order, capture_output=True, text=True, check=False, env=_environment())
        start = done.stdout.find("{")
        if start < 0:
            raise SystemExit(f"npm-groovy-lint: {done.stderr[-500:]}")
        told = json.loads(done.stdout[start:])["files"]
    errors = {
        name: "; ".join(
            one["msg"]
            for file, found in told.items()
            if f"/{name}/" in file
            for one in found["errors"]
            if one["severity"] == "error"
        )
        for name in ("right", "wrong")
    }
    return errors["right"], errors["wrong"]


def _helm(what: str, folder: Path, site: Path, out: str = "") -> str:
    script = str(Path(__file__).with_name("by_helm.py"))
    return _said(kit.python(), script, what, str(folder), str(site), *([out] if out else []))


def _tool(name: str) -> str:
    return str(Path(kit.python()).with_name(name))


def _said(*order: str) -> str:
    done = subprocess.run(order, capture_output=True, text=True, check=False, env=_environment())
    return (done.stdout + done.stderr).strip() or "refused" if done.returncode else ""


def _environment() -> dict[str, str]:
    """Without ours: the tools have an environment of their own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
