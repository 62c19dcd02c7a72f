"""The ground of the image: files of a few packages of Debian, each as its hash in `base.lock` says.

They are laid out, not installed: no script of a package runs, and neither shell nor package manager comes
along. What a scanner looks for (`/var/lib/dpkg/status.d`) is there.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).with_name("base.lock")
RELEASE = "bookworm"
PACKAGES = (
    "base-files",
    "ca-certificates",
    "libbz2-1.0",
    "libc6",
    "libcrypt1",
    "libexpat1",
    "libffi8",
    "libgcc-s1",
    "liblzma5",
    "libpython3.11-minimal",
    "libpython3.11-stdlib",
    "libsqlite3-0",
    "libssl3",
    "libstdc++6",
    "libuuid1",
    "media-types",
    "netbase",
    "python3.11-minimal",
    "tzdata",
    "zlib1g",
)
NOT_NEEDED = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/lintian", "usr/share/bug")
LICENCES = "copyright"
"""Files of this name stay where they are."""
CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
USER = 10001


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    sha256: str

    @property
    def purl(self) -> str:
        return f"pkg:deb/debian/{self.name}@{self.version}?distro={RELEASE}"


def locked() -> list[Package]:
    lines = LOCK.read_text(encoding="ascii").splitlines()
    return [Package(*line.split()) for line in lines if line and not line.startswith("#")]


def renew() -> None:
    """Writes the lock by what the lists of this machine offer (a Debian of the release)."""
    said = subprocess.run(
        ["apt-cache", "show", "--no-all-versions", *PACKAGES], check=True, capture_output=True, text=True
    ).stdout
    lines = ["# Packages of Debian that the image is made of: python -m deploy.image renew"]
    for paragraph in said.strip().split("\n\n"):
        told = dict(line.split(": ", 1) for line in paragraph.splitlines() if ": " in line[:40])
        lines.append(f"{told['Package']} {told['Version']} {told['SHA256']}")
    LOCK.write_text("\n".join(sorted(lines)) + "\n", encoding="ascii")


def lay(root: Path, kept: Path) -> None:
    """The files of all packages below `root`; `kept`: a folder for what was fetched. Raises SystemExit where
    a package cannot be had in its version, or is another.
    """
    kept.mkdir(parents=True, exist_ok=True)
    for package in locked():
        archive = _fetched(package, kept)
        subprocess.run(["dpkg-deb", "-x", str(archive), str(root)], check=True)
        status = root / "var/lib/dpkg/status.d" / package.name
        status.parent.mkdir(parents=True, exist_ok=True)
        about = subprocess.run(["dpkg-deb", "-f", str(archive)], check=True, capture_output=True)
        status.write_bytes(about.stdout)
    _strip(root)
    _trust(root)
    _people(root)


def _fetched(package: Package, kept: Path) -> Path:
    archive = kept / f"{package.sha256}.deb"
    if not archive.exists():
        fresh = kept / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        order = [
            "apt-get",
            "-o",
            "APT::Sandbox::User=root",
            "download",
            "-qq",
            f"{package.name}={package.version}",
        ]
        done = subprocess.run(order, cwd=fresh, check=False)
        found = list(fresh.glob("*.deb"))
        if done.returncode or not found:
            raise SystemExit(
                f"{package.name} {package.version} cannot be had here: `apt-get update` on {RELEASE}, or, "
                "where a newer one took its place, `python -m deploy.image renew` and a commit of base.lock"
            )
        found[0].rename(archive)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != package.sha256:
        archive.unlink()
        raise SystemExit(f"{package.name} {package.version} is not the one of base.lock: its hash is another")
    return archive


def _strip(root: Path) -> None:
    for name in NOT_NEEDED:
        for path in (root / name).rglob("*"):
            if not path.is_dir() and path.name != LICENCES:
                path.unlink()
    for folder in sorted(root.rglob("*"), reverse=True):
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()


def _trust(root: Path) -> None:
    """What the package's script would have made: one file of all authorities."""
    single = sorted((root / "usr/share/ca-certificates/mozilla").glob("*.crt"))
    bundle = root / CERTIFICATES
    bundle.parent.mkdir(parents=True, exist_ok=True)
    bundle.write_bytes(b"".join(one.read_bytes().rstrip() + b"\n" for one in single))
    openssl = root / "usr/lib/ssl"
    openssl.mkdir(parents=True, exist_ok=True)
    (openssl / "certs").symlink_to("/etc/ssl/certs")
    (openssl / "cert.pem").symlink_to(f"/{CERTIFICATES}")


def _people(root: Path) -> None:
    etc = root / "etc"
    etc.mkdir(exist_ok=True)
    (etc / "passwd").write_text(
        f"root:x:0:0:root:/:/nowhere\nwellside:x:{USER}:{USER}:centre:/data:/nowhere\n", encoding="ascii"
    )
    (etc / "group").write_text(f"root:x:0:\nwellside:x:{USER}:\n", encoding="ascii")
    (etc / "nsswitch.conf").write_text("hosts: files dns\n", encoding="ascii")
    for folder in ("data", "tmp", "proc", "sys", "dev"):
        (root / folder).mkdir(exist_ok=True)
    (root / "tmp").chmod(0o1777)
    shutil.chown(root / "data", USER, USER)
    (root / "data").chmod(0o700)


def check_release() -> None:
    """Libraries and interpreter belong together; another system has others."""
    said = Path("/etc/os-release").read_text(encoding="utf-8") if sys.platform == "linux" else ""
    if f"VERSION_CODENAME={RELEASE}" not in said:
        raise SystemExit(f"the image is built on Debian {RELEASE}")
