"""The pipelines that come with the program: GitLab would take its one, and both do what is done by hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
GITLAB, JENKINS = ROOT / ".gitlab-ci.yml", ROOT / "Jenkinsfile"
PLANTED = {
    "a misspelt key": ("  script:\n    - make check", "  scripts:\n    - make check"),
    "no such moment": ("when: manual", "when: sometimes"),
    "a stage that is no list": ("stages: [check, test, build, publish]", "stages: check"),
    "a need that is a number": ("needs: [installers]", "needs: 3"),
    "a job by a word of GitLab's own": ("\ncontainer:\n", "\nimage:\n"),
    "an artifact without a list": (
        "paths: [dist/installers]\n    expire",
        "paths: dist/installers\n    expire",
    ),
}


def _said_of(path: Path) -> subprocess.CompletedProcess[str]:
    order = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    return subprocess.run(
        [*order, "--data-transform", "gitlab-ci", str(path)], capture_output=True, text=True, check=False
    )


def _jobs() -> dict[str, list[str]]:
    told = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    return {name: job["script"] for name, job in told.items() if isinstance(job, dict) and "script" in job}


def _stages() -> dict[str, list[str]]:
    """Of the Jenkinsfile: what each runs."""
    parts = re.split(r"stage\('(\w+)'\)", JENKINS.read_text(encoding="utf-8"))[1:]
    return {
        name: re.findall(r"\bsh '([^']+)'", body) for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.mark.slow
def test_gitlab_takes_the_pipeline() -> None:
    said = _said_of(GITLAB)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.slow
@pytest.mark.parametrize("mistake", PLANTED)
def test_a_mistake_in_the_pipeline_is_found(mistake: str, tmp_path: Path) -> None:
    right, wrong = PLANTED[mistake]
    text = GITLAB.read_text(encoding="utf-8")
    assert right in text
    planted = tmp_path / ".gitlab-ci.yml"
    planted.write_text(text.replace(right, wrong), encoding="utf-8")
    assert _said_of(planted).returncode != 0


def test_both_pipelines_run_the_same_commands_in_the_same_order() -> None:
    assert _jobs() == _stages()
    assert list(_jobs()) == ["check", "test", "proofs", "installers", "container", "publish", "ship"]


def test_every_command_of_a_pipeline_is_there() -> None:
    rules = re.search(r"^\.PHONY:(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert rules is not None
    for command in (one for script in _jobs().values() for one in script):
        program, _, what = command.partition(" ")
        if program == "make":
            assert what in rules.group(1).split()
        else:
            assert os.access(ROOT / program, os.X_OK), command


def test_the_jenkinsfile_closes_what_it_opens() -> None:
    text = re.sub(r"//.*|'[^'\n]*'", "", JENKINS.read_text(encoding="utf-8"))
    opened: list[str] = []
    for letter in re.sub(r"[^(){}\[\]]", "", text):
        if letter in "({[":
            opened.append(letter)
        else:
            assert opened, "closed before it was opened"
            assert opened.pop() + letter in ("()", "{}", "[]")
    assert not opened
