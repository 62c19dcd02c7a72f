"""Images go out scanned and signed, or not at all: the script with stand-ins for the site's tools."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "image" / "publish.sh"
STAND_IN = """#!/bin/sh
echo "{name} $*" >> "$CALLS"
while [ $# -gt 0 ]; do
    [ "$1" = --digestfile ] && printf 'sha256:%064d' 7 > "$2"
    [ "$1" = pull ] && echo held
    shift
done
exit {code}
"""


def _published(folder: Path, scan: int) -> tuple[int, list[str]]:
    image = folder / "tree" / "deploy" / "image"
    image.mkdir(parents=True)
    script = image / "publish.sh"
    script.write_bytes(SCRIPT.read_bytes())
    made = folder / "tree" / "dist" / "image"
    made.mkdir(parents=True)
    for name in ("wellside-centre-1.2.3", "wellside-embedded-1.2.3"):
        (made / f"{name}.tar").touch()
        (made / f"{name}.cdx.json").touch()
    tools = folder / "tools"
    tools.mkdir()
    for name, code in (("grype", scan), ("buildah", 0), ("cosign", 0)):
        (tools / name).write_text(STAND_IN.format(name=name, code=code))
        (tools / name).chmod(0o755)
    calls = folder / "calls"
    told = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "CALLS": str(calls)}
    told |= {"REGISTRY": "registry.example/oil", "COSIGN_KEY": "key"}
    done = subprocess.run(["bash", str(script)], env=told, check=False, capture_output=True, text=True)
    return done.returncode, calls.read_text().splitlines()


def test_both_are_scanned_before_one_is_pushed_and_signed_by_what_the_registry_has(tmp_path: Path) -> None:
    code, calls = _published(tmp_path, scan=0)
    assert code == 0
    assert [call.split()[0] for call in calls] == [
        *["grype"] * 2,
        *["buildah", "buildah", "cosign", "cosign"] * 2,
    ]
    pushed = calls[3]
    assert pushed.endswith("held docker://registry.example/oil/wellside-centre:1.2.3")
    signed = f"registry.example/oil/wellside-centre@sha256:{7:064d}"
    assert calls[4] == f"cosign sign --yes --key key {signed}"
    assert calls[5].endswith(f"--predicate dist/image/wellside-centre-1.2.3.cdx.json {signed}")


@pytest.mark.parametrize("refusal", [1, 2])
def test_what_the_scan_refuses_goes_nowhere(refusal: int, tmp_path: Path) -> None:
    code, calls = _published(tmp_path, scan=refusal)
    assert code == refusal
    assert [call.split()[0] for call in calls] == ["grype"]
