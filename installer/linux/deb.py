"""The .deb: everything of ours below /usr/lib/wellside, what a desktop asks for in its places.

No script runs when it is installed or removed: nothing is written there after dpkg, the desktop's own
packages renew their lists, and profiles are in people's homes, which no package touches.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import time
import tomllib
from collections.abc import Iterable
from pathlib import Path

from app.core.installed import MANAGED
from installer import elf, packing
from installer.layout import Layer
from installer.linux import icons, man
from installer.linux.portable import assemble
from tools.packages import ROOT

HERE = Path(__file__).resolve().parent
APP = "org.wellside.Wellside"
HOME = Path("usr/lib/wellside")
DOC = Path("usr/share/doc/wellside")
SHARED = {
    f"{APP}.desktop": "usr/share/applications",
    f"{APP}.metainfo.xml": "usr/share/metainfo",
    f"{APP}.mime.xml": "usr/share/mime/packages",
    "copyright": "usr/share/doc/wellside",
}
"""Files of `share` and where they go; @VERSION@ and @DATE@ are filled in."""
WHOM = "Wellside maintainers <maintainers@wellside.example>"
CONTROL = """Package: {name}
Version: {version}
Architecture: amd64
Maintainer: {whom}
Installed-Size: {size}
Depends: {depends}
{more}Section: science
Priority: optional
Description: {summary}
{text}
"""
TEXT = """ Reads dynamometer cards, controller archives, passports and laboratory
 tables, tells what is wrong with a well and why, and makes the report.
 It works without a network and sends what was entered when there is one.
 .
 Its interpreter and libraries travel along, pinned, in /usr/lib/wellside."""


def build(
    out: Path,
    program: Layer,
    runtime: Layer,
    papers: Iterable[Path] = (),
    whom: str = WHOM,
    quick: bool = False,
) -> Path:
    """`papers` (bill of materials, licences) go to the package's documents."""
    version = program.about["version"]
    tree = out / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    try:
        assemble(tree / HOME, program, runtime)
        # Updates of a feed then lie with each user's data: this folder is the package's own.
        (tree / HOME / MANAGED).write_text("dpkg\n", encoding="ascii")
        (tree / "usr/bin").mkdir()
        (tree / "usr/bin/wellside").symlink_to("../lib/wellside/wellside")
        _share(tree, version)
        _documents(tree, version, papers, whom)
        needs = of_the_system(tree / HOME)
        more = f"Recommends: {', '.join(needs['recommends'])}\n" if needs["recommends"] else ""
        summary = "oil wells on artificial lift, at the pad and without a network"
        control = {"name": "wellside", "summary": summary, "text": TEXT, "more": more, "whom": whom}
        return packed(
            out, tree, {**control, "version": version, "depends": ", ".join(needs["depends"])}, quick
        )
    finally:
        shutil.rmtree(tree, ignore_errors=True)


def build_extra(out: Path, extra: Layer, version: str, whom: str = WHOM, quick: bool = False) -> Path:
    """An extra is a package that needs the program of its version."""
    tree, name = out / "deb-extra", f"wellside-{extra.name.removeprefix('extra-')}"
    shutil.rmtree(tree, ignore_errors=True)
    try:
        (tree / HOME).mkdir(parents=True)
        shutil.copytree(extra.folder, tree / HOME / extra.name)
        _document(tree / "usr/share/doc" / name / "copyright", (HERE / "share/copyright").read_text("utf-8"))
        told = {
            "name": name,
            "version": version,
            "depends": f"wellside (= {version})",
            "whom": whom,
            "more": "",
        }
        summary = "what Wellside needs to read records straight out of Oracle"
        return packed(
            out, tree, {**told, "summary": summary, "text": " " + summary.capitalize() + "."}, quick
        )
    finally:
        shutil.rmtree(tree, ignore_errors=True)


def packed(out: Path, tree: Path, control: dict[str, str], quick: bool) -> Path:
    """The package of a tree. Times, modes and order are those of `packing`, whoever packs it and when."""
    files = [path for path in packing.everything_in(tree) if path.is_file() and not path.is_symlink()]
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    debian = tree / "DEBIAN"
    debian.mkdir()
    (debian / "control").write_text(CONTROL.format(size=size, **control), encoding="utf-8")
    lines = (f"{_md5(path)}  {path.relative_to(tree).as_posix()}\n" for path in files)
    (debian / "md5sums").write_text("".join(lines), encoding="utf-8")
    for path in [tree, *packing.everything_in(tree)]:
        if not path.is_symlink():
            path.chmod(packing.mode_of(path))
        os.utime(path, (packing.moment(),) * 2, follow_symlinks=False)
    target = out / f"{control['name']}_{control['version']}_amd64.deb"
    how = ["-Znone"] if quick else ["-Zxz", "-z6"]
    order = ["dpkg-deb", "--root-owner-group", *how, "--build", str(tree), str(target)]
    environment = {**os.environ, packing.EPOCH: str(packing.moment())}
    subprocess.run(order, env=environment, stdout=subprocess.DEVNULL, check=True)
    return target


def of_the_system(folder: Path) -> dict[str, list[str]]:
    """Packages that bring what the libraries of a folder ask for. Raises SystemExit where none is known."""
    told = tomllib.loads((HERE / "libraries.toml").read_text(encoding="utf-8"))
    asked, glibc = elf.asked_of_the_system(folder)
    unknown = asked - {*told["depends"], *told["recommends"], *told["libc"]["names"]}
    if unknown:
        raise SystemExit(f"libraries.toml does not say what brings {', '.join(sorted(unknown))}")
    needs = {
        how: sorted({told[how][name] for name in asked & told[how].keys()})
        for how in ("depends", "recommends")
    }
    needs["depends"].insert(0, f"{told['libc']['package']} (>= 2.{glibc})")
    return needs


def _share(tree: Path, version: str) -> None:
    day = time.strftime("%Y-%m-%d", time.gmtime(packing.moment()))
    for name, where in SHARED.items():
        text = (HERE / "share" / name).read_text(encoding="utf-8")
        target = tree / where / name.replace(".mime.xml", ".xml")
        _document(target, text.replace("@VERSION@", version).replace("@DATE@", day))
    for language, folder in (("en", "man1"), ("ru", "ru/man1")):
        _zipped(tree / "usr/share/man" / folder / "wellside.1.gz", man.page(language, version, day))
    overrides = (HERE / "share" / "lintian-overrides").read_text(encoding="utf-8")
    _document(tree / "usr/share/lintian/overrides/wellside", overrides)
    icons.put(tree / "usr/share/icons/hicolor", APP)


def _documents(tree: Path, version: str, papers: Iterable[Path], whom: str) -> None:
    when = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(packing.moment()))
    said = f"wellside ({version}) stable; urgency=medium\n\n  * What is new stands in CHANGELOG.md.gz.\n\n"
    _zipped(tree / DOC / "changelog.gz", f"{said} -- {whom}  {when}\n")
    _zipped(tree / DOC / "CHANGELOG.md.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    for paper in papers:
        _zipped(tree / DOC / f"{paper.name}.gz", paper.read_text(encoding="utf-8"))


def _document(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _zipped(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _md5(path: Path) -> str:
    """What dpkg compares installed files with: no proof against anybody, that is the signature's."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
