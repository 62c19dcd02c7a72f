"""Signs what has no place for a signature inside (a .deb, a tar, SHA256SUMS): beside it, by a command of the
site. `installer/windows/signing.py` does so for what Windows looks at.

The site says it in a file of its own, outside this repository:

    [detached]                              # {in} is signed, {out} is the signature
    command = ["gpg", "--batch", "--local-user", "KEY", "--detach-sign", "--output", "{out}", "{in}"]
    verify = ["gpg", "--batch", "--verify", "{out}", "{in}"]
    suffix = ".sig"

    [inside]                                # a .deb stays one file: debsigs puts its signature into it
    command = ["debsigs", "--sign=origin", "-k", "KEY", "{in}"]
    verify = ["gpg", "--batch", "--verify", "{out}", "{in}"]     # of what was signed, and the signature
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
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


SIGNATURE = "_gpgorigin"
"""The member of a .deb that debsigs adds and debsig-verify looks for."""


@dataclass(frozen=True)
class Inside:
    """As debsig-verify has it: all members before the signature are signed, one after the other."""

    command: tuple[str, ...]
    verify: tuple[str, ...]

    def sign(self, package: Path) -> None:
        """In the package's place, which stays as it was where that fails. Raises SystemExit."""
        signed = package.with_name(f"{package.name}.signed")
        shutil.copyfile(package, signed)
        try:
            if why := _run(self.command, signed, signed) or self.trouble(signed):
                raise SystemExit(f"{package.name} could not be signed: {why}")
            signed.replace(package)
        finally:
            signed.unlink(missing_ok=True)

    def trouble(self, package: Path) -> str:
        """Why the signature in a package does not hold; empty when it does."""
        members = subprocess.run(["ar", "t", package], capture_output=True, text=True, check=True).stdout
        before, found, after = members.partition(f"{SIGNATURE}\n")
        if not found or after:
            return f"no {SIGNATURE} at its end"
        with tempfile.TemporaryDirectory() as folder:
            content, signature = Path(folder) / "signed", Path(folder) / SIGNATURE
            for target, names in ((content, before.split()), (signature, [SIGNATURE])):
                with target.open("wb") as out:
                    subprocess.run(["ar", "p", package, *names], stdout=out, check=True)
            return _run(self.verify, content, signature)


def inside_of(site: Path) -> Inside | None:
    """None where packages are not to be signed inside."""
    told = tomllib.loads(site.read_text(encoding="utf-8")).get("inside")
    if told is None:
        return None
    command, verify = tuple(told.get("command", ())), tuple(told.get("verify", ()))
    if "{in}" not in command or not {"{in}", "{out}"} <= set(verify):
        raise SystemExit(f"{site.name}: [inside] command needs {{in}}, verify {{in}} and {{out}}")
    return Inside(command, verify)


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
