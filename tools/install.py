"""Puts the locked packages and the program itself into the .venv that runs this.

Usage: .venv/bin/python -m tools.install run|test|central. By uv, every file checked against its hash; by pip,
slower and with the same hashes, where uv is not to be had. Done once for each state of the locked files.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from tools.packages import PIP, ROOT, obtain_uv, uv


def main(purpose: str) -> None:
    locked = ROOT / "requirements" / f"{purpose}.txt"
    stamp = Path(sys.prefix) / f".installed-{purpose}-{_state_of(locked)}"
    if stamp.exists():
        return
    if importlib.util.find_spec("pip") is None:
        unpack_pip()
    packages = ("--require-hashes", "-r", str(locked))
    program = ("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    if not (obtain_uv() and _by_uv(*packages) and _by_uv(*program)):
        print("uv could not do it: pip installs, which takes longer", file=sys.stderr)
        _by_pip(*packages)
        _by_pip(*program)
    stamp.touch()


def _state_of(locked: Path) -> str:
    return hashlib.sha256(locked.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()[:16]


def unpack_pip() -> None:
    """The pip that Python carries, as ensurepip puts it but without eight seconds of compiling."""
    carried = [Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or "")]
    found = importlib.util.find_spec("ensurepip")
    if found is not None and found.origin is not None:
        carried.append(Path(found.origin).parent / "_bundled")
    for folder in carried:
        for wheel in sorted(folder.glob("pip-*.whl")):
            with zipfile.ZipFile(wheel) as packed:
                packed.extractall(sysconfig.get_path("purelib"))
            return
    subprocess.run([sys.executable, "-m", "ensurepip", "--default-pip"], check=True)


def _by_uv(*what: str) -> bool:
    return uv("pip", "install", "--quiet", *what)


def _by_pip(*what: str) -> None:
    done = subprocess.run([*PIP, "install", "--quiet", "--disable-pip-version-check", *what], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main(sys.argv[1])
