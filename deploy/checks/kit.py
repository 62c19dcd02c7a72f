"""The tools of the checks, in `build/deploy`: none of them is in the program's own environment.

Python's by requirements/deploy.txt and npm's by package-lock.json, each with hashes; promtool out of Debian's
package, which is unpacked and not installed: that would start a server.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.packages import ROOT, obtain_uv, pip_settings, uv_environment

KIT = ROOT / "build" / "deploy"
LOCKED = ROOT / "requirements" / "deploy.txt"
HERE = Path(__file__).resolve().parent
GROOVY = KIT / "groovy"


def python(locked: Path = LOCKED) -> str:
    """Of an environment with the locked tools. Raises SystemExit."""
    venv = KIT / f"venv-{hashlib.sha256(locked.read_bytes()).hexdigest()[:12]}"
    if not (venv / "ready").exists():
        _run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)])
        obtain_uv()
        order = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--require-hashes"]
        told = uv_environment(pip_settings()) | {"VIRTUAL_ENV": str(venv)}
        _run([*order, "--python", str(venv / "bin" / "python"), "-r", str(locked)], told)
        (venv / "ready").touch()
    return str(venv / "bin" / "python")


def promtool() -> str:
    found = shutil.which("promtool") or str(KIT / "prometheus" / "usr" / "bin" / "promtool")
    if not Path(found).exists():
        fresh = KIT / "prometheus"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        # `_apt` cannot write here, which apt says each time; root can.
        _run(["apt-get", "-o", "APT::Sandbox::User=root", "download", "-qq", "prometheus"], folder=fresh)
        [archive] = fresh.glob("prometheus_*.deb")
        _run(["dpkg-deb", "-x", str(archive), str(fresh)])
    return found


def groovy_lint() -> str | None:
    """None where there is neither Node with npm nor a Java for it."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None or shutil.which("java") is None:
        return None
    command = GROOVY / "node_modules" / ".bin" / "npm-groovy-lint"
    locked = (HERE / "groovy" / "package-lock.json").read_bytes()
    stamp = GROOVY / f"ready-{hashlib.sha256(locked).hexdigest()[:12]}"
    if not stamp.exists():
        GROOVY.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "groovy" / name, GROOVY / name)
        _run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"], folder=GROOVY)
        stamp.touch()
    return str(command)


def _run(order: list[str], told: dict[str, str] | None = None, folder: Path = ROOT) -> None:
    done = subprocess.run(order, cwd=folder, env=told or dict(os.environ), check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(order[:4])} could not be done")
