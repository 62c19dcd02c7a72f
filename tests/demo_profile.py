"""The demo field of the tests: built once for all workers, kept between runs until something that makes it
changes.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import grimp
from filelock import FileLock

from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.store import database
from app.services.demo import building as demo
from app.services.opening import open_workspace

ROOT = Path(__file__).resolve().parents[1]
DAYS = 45
# What is read while the field is built and is no module: tables of the store, models, curves, header words.
DATA = ("app/models/store/migrations", "resources/models", "resources/catalogue", "resources/headers.json")


def copied(cache: Path, to: Path) -> None:
    """A copy of the built profile: it stays whole when another run meets changed sources and builds anew."""
    wanted = key()
    profile = cache / wanted
    with FileLock(cache / "lock"):
        if not profile.is_dir():
            for stale in cache.glob("*/"):
                shutil.rmtree(stale)
            # By the sources as they are now, which may be newer than what this process has loaded.
            subprocess.run([sys.executable, "-m", __name__, str(cache / "unfinished")], cwd=ROOT, check=True)
            assert key() == wanted, "the sources changed while the demo field was built: run the tests again"
            (cache / "unfinished").rename(profile)
        shutil.copytree(profile, to, dirs_exist_ok=True)


def build(folder: Path) -> None:
    database.THREADS = 1  # the cores are shared by the workers of the run
    workspace = open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus())
    demo.build(workspace, Job(), days=DAYS)
    workspace.close()


def key() -> str:
    """Of everything that the field is made of: the modules that building it can reach, data, packages."""
    digest = hashlib.sha256(f"{sys.version} {DAYS}".encode())
    for file in sorted({Path(__file__), *_modules(), *_data()}):
        digest.update(file.relative_to(ROOT).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    # Names and versions as their folders have them: to read what each says of itself takes two seconds.
    for package in sorted(found.name for found in Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(package.encode())
    return digest.hexdigest()[:16]


def _modules() -> set[Path]:
    graph = grimp.build_graph("app", cache_dir=None)
    found = set()
    for name in (demo.__name__, open_workspace.__module__):
        found |= {name} | graph.find_upstream_modules(name)
    return {_file_of(module) for module in found}


def _file_of(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _data() -> set[Path]:
    return {
        file
        for entry in DATA
        for file in [ROOT / entry, *(ROOT / entry).rglob("*")]
        if file.is_file() and "__pycache__" not in file.parts
    }


if __name__ == "__main__":
    build(Path(sys.argv[1]))
