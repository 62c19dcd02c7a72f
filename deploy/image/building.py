"""What the Containerfile copies, laid below `build/image`, and the images made of it by buildah."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from deploy.image import base, bill, wheels
from installer import bytecode
from installer.program import version
from tools.build_wheel import build as build_wheel
from tools.packages import ROOT

CONTEXT, KEPT, OUT = ROOT / "build" / "image", ROOT / "build" / "debian", ROOT / "dist" / "image"
CONTAINERFILE = Path(__file__).with_name("Containerfile")
TARGETS = ("centre", "embedded")
BUILDAH = ("buildah", "--storage-driver", "vfs")


def build() -> list[Path]:
    """The archives, one a target. Raises SystemExit where something cannot be had or is another."""
    base.check_release()
    lay(CONTEXT)
    OUT.mkdir(parents=True, exist_ok=True)
    # The other one is a stage of the embedded one and, of one moment, the same image: buildah takes it away
    # when it clears what it built on the way.
    return [_made(target) for target in reversed(TARGETS)]


def lay(context: Path) -> None:
    shutil.rmtree(context, ignore_errors=True)
    for part in ("root", "packages", "engine", "program"):
        (context / part).mkdir(parents=True)
    base.lay(context / "root", KEPT)
    wheels.lay(context / "packages")
    wheels.lay(context / "engine", engine=True)
    with tempfile.TemporaryDirectory() as dist, zipfile.ZipFile(build_wheel(Path(dist))) as packed:
        packed.extractall(context / "program")
    for part in ("root/usr/lib/python3.11", "packages", "engine", "program"):
        bytecode.compile_all(context / part)
    bill.write(context, version())


def _made(target: str) -> Path:
    archive = OUT / f"wellside-{target}-{version()}.tar"
    archive.unlink(missing_ok=True)
    name = f"localhost/wellside-{target}:{version()}"
    # One moment for every file of every build: the same locks and sources give the same image.
    how = ("--isolation", "chroot", "--layers=false", "--timestamp", "0", "--target", target)
    label = ("--label", f"org.opencontainers.image.version={version()}")
    _buildah("bud", *how, *label, "-f", str(CONTAINERFILE), "-t", name, str(CONTEXT))
    _buildah("push", "--quiet", name, f"oci-archive:{archive}:{name}")
    shutil.copy(CONTEXT / f"sbom-{target}.json", OUT / f"wellside-{target}-{version()}.cdx.json")
    return archive


def _buildah(*order: str) -> str:
    done = subprocess.run([*BUILDAH, *order], check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"buildah {order[0]}: {done.stderr.strip()[-2000:]}")
    return done.stdout.strip()
