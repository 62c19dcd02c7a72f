"""What goes with packages: what they are made of and under which licences, what is new, their checksums."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from app.core.version import package_name
from installer import runtime
from installer.layout import PACKAGES, Layer, digest_of
from installer.trimming import extras
from tools import bill
from tools.packages import ROOT

SUMS = "SHA256SUMS"
NEWS = {"en": "What is new in Wellside {version}", "ru": "Что нового в Wellside {version}"}
DIST_INFO = re.compile(r"^(.+?)-([^-]+)\.dist-info$")


def write(out: Path, program: Layer, lower: Layer) -> list[Path]:
    """The bill (CycloneDX) and the licences of a runtime and the extras, the notes. Raises SystemExit for a
    licence that may not be, and for a package in the folder that no bill names.
    """
    version, platform = program.about["version"], lower.about["platform"]
    parts = parts_of(lower)
    wrong = [why for part in parts if (why := bill.trouble(part, "laptop"))]
    wrong += [
        f"{name} is in no bill" for name in sorted(_there(lower).keys() - {part.name for part in parts})
    ]
    if wrong:
        raise SystemExit("; ".join(wrong))
    told = json.dumps(bill.bill("laptop", parts, version), indent=1, ensure_ascii=False)
    rows = [f"| {part.name} | {part.version} | {part.licence} |" for part in parts]
    lines = ["# Licences", "", "| package | version | licence |", "|---|---|---|", *rows, ""]
    made = {
        f"wellside-{version}-{platform}.cdx.json": told + "\n",
        f"wellside-{version}-{platform}-licences.md": "\n".join(lines),
        **{f"wellside-{version}-news.{language}.md": notes(language, version) for language in NEWS},
    }
    for name, text in made.items():
        (out / name).write_text(text, encoding="utf-8")
    return [out / name for name in made]


def parts_of(lower: Layer) -> list[bill.Part]:
    """Of the interpreter, of what stands in a runtime, each as it stands there, and of the extras."""
    there = _there(lower)
    names = frozenset(there).union(*extras().values())
    python = bill.Part("cpython", lower.about["python"], "PSF-2.0")
    locked = [part for part in bill.parts_of(runtime.LOCKED) if part.name in names]
    parts = [replace(part, version=there.get(part.name, part.version)) for part in locked]
    return [python, *(replace(one, needs=tuple(n for n in one.needs if n in names)) for one in parts)]


def _there(lower: Layer) -> dict[str, str]:
    """Packages of the folder, as the lock writes them → version."""
    folders = (DIST_INFO.match(path.name) for path in (lower.folder / PACKAGES).glob("*.dist-info"))
    return {package_name(found[1]): found[2] for found in folders if found is not None}


def notes(language: str, version: str) -> str:
    """English: the version's part of CHANGELOG. Russian: the manual's page of news."""
    title = f"# {NEWS[language].format(version=version)}\n\n"
    if language == "en":
        text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        found = re.search(
            rf"^## \[(?:{re.escape(version)}|Unreleased)\].*?\n(.*?)(?=^## |\Z)", text, re.M | re.S
        )
        return title + (found[1].strip() if found else "") + "\n"
    page = (ROOT / "docs" / "manual" / language / "news.md").read_text(encoding="utf-8")
    return title + page.partition("\n")[2].strip() + "\n"


def sums(out: Path, files: list[Path]) -> Path:
    """As `sha256sum --check` reads it; what was built for another system and is there still stays in it."""
    target = out / SUMS
    told = target.read_text(encoding="utf-8").splitlines() if target.exists() else []
    digests = {name: digest for digest, name in (line.split("  ", 1) for line in told)}
    known = {name: digest for name, digest in digests.items() if (out / name).is_file()}
    known |= {path.name: digest_of(path) for path in files}
    lines = (f"{digest}  {name}\n" for name, digest in sorted(known.items()))
    target.write_text("".join(lines), encoding="utf-8")
    return target
