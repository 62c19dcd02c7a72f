"""Signs what has no place for a signature inside (a .deb, a tar, SHA256SUMS): beside it, by a command of the
site. `installer/windows/signing.py` does so for what Windows looks at.

The site says it in a file of its own, outside this repository:

    [detached]                              # {in} is signed, {out} is the signature
    command = ["gpg", "--batch", "--local-user", "KEY", "--detach-sign", "--output", "{out}", "{in}"]
    verify = ["gpg", "--batch", "--verify", "{out}", "{in}"]
    suffix = ".sig"
"""

from __future__ import annotations

import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Detached:
    command: tuple[str, ...]
    verify: tuple[str, ...]
    suffix: str

    def sign(self, path: Path) -> Path:
        """The signature, which then holds. Raises SystemExit."""
        target = path.with_name(path.name + self.suffix)
        target.unlink(missing_ok=True)
        why = _run(self.command, path, target)
        if why or not target.exists():
            raise SystemExit(f"{path.name} could not be signed: {why}")
        if why := self.trouble(path):
            raise SystemExit(f"the signature of {path.name} does not hold: {why}")
        return target

    def trouble(self, path: Path) -> str:
        """Why the signature beside a file does not hold; empty when it does."""
        return _run(self.verify, path, path.with_name(path.name + self.suffix))


def detached_of(site: Path) -> Detached:
    told = tomllib.loads(site.read_text(encoding="utf-8")).get("detached", {})
    command, verify = tuple(told.get("command", ())), tuple(told.get("verify", ()))
    for name, words in (("command", command), ("verify", verify)):
        if not {"{in}", "{out}"} <= set(words):
            raise SystemExit(
                f"{site.name}: [detached] {name} needs {{in}} and {{out}}, each as a word of its own"
            )
    return Detached(command, verify, str(told.get("suffix", ".sig")))


def _run(words: tuple[str, ...], source: Path, target: Path) -> str:
    places = {"{in}": str(source), "{out}": str(target)}
    order = [places.get(word, word) for word in words]
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    return (
        "" if done.returncode == 0 else (done.stderr + done.stdout).strip() or f"exit code {done.returncode}"
    )
