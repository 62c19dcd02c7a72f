"""Signs what Windows is to trust and looks whether it holds: by osslsigncode, or by a command of the site.

The site says in a file of its own, outside this repository, what it signs with: one of three tables.

    [file]                                  # a certificate with its chain, and its key
    certificate = "/secure/site.pem"
    key = "/secure/site.key"
    password_file = "/secure/password"      # where the key has one

    [token]                                 # PKCS#11: a card, a HSM
    module = "/usr/lib/opensc-pkcs11.so"
    certificate = "/secure/site.pem"
    key = "pkcs11:object=wellside;type=private"
    password_file = "/secure/pin"

    [service]                               # whatever signs there: it reads {in} and writes {out}
    command = ["site-signer", "--from", "{in}", "--to", "{out}"]

    [time_stamp]                            # RFC 3161: a signature then outlives its certificate
    server = "http://time.example"
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from installer import packing

SIGNER = "osslsigncode"
STAMP_HOLDS = "Timestamp Server Signature verification: ok"
WAYS = {
    "file": {"certificate", "key"},
    "token": {"module", "certificate", "key"},
    "service": {"command"},
}
"""Table → what it must name."""
ARGUMENTS = {
    "file": (("certificate", "-certs"), ("key", "-key"), ("password_file", "-readpass")),
    "token": (
        ("engine", "-pkcs11engine"),
        ("module", "-pkcs11module"),
        ("certificate", "-certs"),
        ("key", "-key"),
        ("password_file", "-readpass"),
    ),
}


@dataclass(frozen=True)
class Signing:
    """One of `WAYS` with what the site said of it; `time_server` is empty where it names none."""

    way: str
    told: Mapping[str, object]
    time_server: str = ""

    def order(self, source: Path, target: Path) -> list[str]:
        """The command. Where the build has a moment of its own, the signature bears it and not the clock's:
        the same file is signed to the same bytes, but for a time stamp.
        """
        if self.way == "service":
            places = {"{in}": str(source), "{out}": str(target)}
            return [places.get(one, one) for one in _texts(self.told["command"])]
        named = [(option, self.told[name]) for name, option in ARGUMENTS[self.way] if name in self.told]
        stamp = ["-ts", self.time_server] if self.time_server else []
        moment = os.environ.get(packing.EPOCH)
        at = ["-time", moment] if moment and not stamp else []
        with_what = [str(word) for pair in named for word in pair]
        what = ["-h", "sha256", "-n", "Wellside", "-in", str(source), "-out", str(target)]
        return [SIGNER, "sign", *with_what, *stamp, *at, *what]

    def sign(self, path: Path) -> None:
        """In its place; the unsigned file stays as it was when it fails. Raises SystemExit."""
        beside = path.with_name(f"{path.name}.signing")
        beside.unlink(missing_ok=True)
        done = subprocess.run(self.order(path, beside), capture_output=True, text=True, check=False)
        if done.returncode or not beside.exists():
            beside.unlink(missing_ok=True)
            raise SystemExit(f"{path.name} could not be signed: {(done.stderr + done.stdout).strip()}")
        beside.replace(path)


def signing_of(path: Path) -> Signing:
    """What the site's file says. Raises SystemExit where it cannot be followed."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    stamp = told.pop("time_stamp", {})
    if len(told) != 1 or not told.keys() <= WAYS.keys():
        raise SystemExit(f"{path.name}: one of {', '.join(WAYS)} says what signs, and it has {sorted(told)}")
    [(way, table)] = told.items()
    if missing := WAYS[way] - table.keys():
        raise SystemExit(f"{path.name}: [{way}] lacks {', '.join(sorted(missing))}")
    if way == "service" and not {"{in}", "{out}"} <= set(_texts(table["command"])):
        raise SystemExit(f"{path.name}: the command needs {{in}} and {{out}}, each as a word of its own")
    return Signing(way, table, str(stamp.get("server", "")))


def trouble(path: Path, authority: Path, time_authority: Path | None = None) -> str:
    """Why the signature does not hold before this authority; empty when it does."""
    of_time = ["-TSA-CAfile", str(time_authority)] if time_authority else []
    order = [SIGNER, "verify", "-CAfile", str(authority), *of_time, "-in", str(path)]
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    # A stamp of a stranger fails nothing there: the signature is then judged by today's clock.
    stamped = time_authority is None or STAMP_HOLDS in done.stdout
    if done.returncode == 0 and stamped:
        return ""
    return (done.stdout + done.stderr).strip() or f"{SIGNER} ended with {done.returncode}"


def main() -> None:
    """`python -m installer.windows.signing SIGNING.toml FILE…`: for what is made while a package is."""
    how = signing_of(Path(sys.argv[1]))
    for name in sys.argv[2:]:
        how.sign(Path(name))


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


if __name__ == "__main__":
    main()
