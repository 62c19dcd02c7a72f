"""What the program is made of: a bill of materials (CycloneDX 1.6) and the licences, from what is installed.

    python -m tools.bill [FOLDER]        writes bill-laptop.json, bill-centre.json and licences.md

The locked requirements say what is in a set, the metadata of the installed packages under which licence it is
and what it needs. Exit 1 where a licence is unknown or none that the set may have: GPL and AGPL are in
neither set, LGPL only where the library is replaceable.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.version import package_name

ROOT = Path(__file__).resolve().parents[1]
SETS = {"laptop": "run", "centre": "central"}
"""Set → file of locked requirements."""
LINE = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)( ; .*?)? \\$")

ALLOWED = frozenset(
    [
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
        "UPL-1.0",
        "Zlib",
    ]
)
REPLACEABLE = {
    "laptop": frozenset({"pyside6-essentials", "shiboken6"}),
    "centre": frozenset({"asyncua", "pyside6-essentials", "shiboken6", "psycopg", "psycopg-binary"}),
}
"""Libraries under the LGPL: linked dynamically, as they come, so that anybody can replace them."""
LGPL = frozenset({"LGPL-3.0-only", "LGPL-3.0-or-later", "LGPL-2.1-or-later"})

WORDS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Words of classifiers → SPDX."""
READ_BY_HAND = {
    "asyncua": ("GNU Lesser General Public License v3 or later", "LGPL-3.0-or-later"),
    "protobuf": ("3-Clause BSD License", "BSD-3-Clause"),
    "apsw-sqlite3mc": ("OSI Approved", "Zlib AND MIT"),
    "pypdfium2": ("BSD-3-Clause, Apache-2.0, dependency licenses", "BSD-3-Clause AND Apache-2.0"),
}
"""Metadata in no form: what they say, and what the licence file says. Other words are unknown."""
OF_OTHER_SYSTEMS = {"pywin32-ctypes": "BSD-3-Clause"}
"""Installed on Windows only: not to be looked up elsewhere."""


@dataclass(frozen=True)
class Part:
    """`licence` is an SPDX expression, empty when nobody knows it."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def parts_of(requirements: Path) -> list[Part]:
    """One for each pinned line; of a package that is pinned by system, the one that is installed here."""
    found: dict[str, Part] = {}
    for line in requirements.read_text(encoding="utf-8").splitlines():
        pinned = LINE.match(line)
        if pinned is None:
            continue
        name, version = pinned[1].lower(), pinned[2]
        if name not in found or _installed(name) == version:
            found[name] = Part(name, version, licence_of(name), _needs(name))
    names = set(found)
    return [replace(part, needs=tuple(n for n in part.needs if n in names)) for part in found.values()]


def licence_of(name: str) -> str:
    """By the metadata's expression, else by its words, else by its classifiers."""
    try:
        about = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return OF_OTHER_SYSTEMS.get(name, "")
    expression, words = about.get("License-Expression"), (about.get("License") or "").strip()
    if expression:
        return expression
    if name in READ_BY_HAND:
        seen, licence = READ_BY_HAND[name]
        return licence if words == seen else ""
    if _known(words):
        return words
    classifiers = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or []]
    told = [WORDS[one] for one in classifiers if one in WORDS]
    return " AND ".join(dict.fromkeys(told))


def trouble(part: Part, of: str) -> str:
    """Why it may not be in the set; empty when it may."""
    if not part.licence:
        return f"{part.name} {part.version}: licence unknown"
    own = ALLOWED | LGPL if part.name in REPLACEABLE[of] else ALLOWED
    alternatives = [one.split(" AND ") for one in part.licence.split(" OR ")]
    if any(all(licence in own for licence in together) for together in alternatives):
        return ""
    return f"{part.name} {part.version}: {part.licence}"


def bill(of: str, parts: list[Part], version: str) -> dict[str, object]:
    """The same parts give the same bill, to the letter."""
    own = f"pkg:pypi/wellside@{version}"
    purls = {part.name: part.purl for part in parts}
    serial = uuid.uuid5(uuid.NAMESPACE_URL, of + own + " ".join(sorted(purls.values())))
    program = {"type": "application", "bom-ref": own, "name": f"wellside ({of})", "version": version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": program},
        "components": [
            {
                "type": "library",
                "bom-ref": part.purl,
                "name": part.name,
                "version": part.version,
                "purl": part.purl,
                "licenses": [{"expression": part.licence}],
            }
            for part in parts
        ],
        "dependencies": [
            {"ref": own, "dependsOn": sorted(purls.values())},
            *({"ref": part.purl, "dependsOn": sorted(purls[n] for n in part.needs)} for part in parts),
        ],
    }


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _needs(name: str) -> tuple[str, ...]:
    """Without extras; a marker of another system stands with the others, as the lock has it."""
    try:
        wanted = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return ()
    names = [re.split(r"[^A-Za-z0-9._-]", one)[0] for one in wanted if "extra ==" not in one]
    return tuple(dict.fromkeys(map(package_name, names)))


def _known(words: str) -> bool:
    ids = re.split(r" AND | OR ", words)
    return all(one in ALLOWED | LGPL or one.startswith(("GPL-", "AGPL-")) for one in ids)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    version = importlib.metadata.version("wellside")
    wrong, lines = [], ["# Licences of what the program is made of", ""]
    for of, locked in SETS.items():
        parts = parts_of(ROOT / "requirements" / f"{locked}.txt")
        wrong += [f"{of}: {why}" for part in parts if (why := trouble(part, of))]
        text = json.dumps(bill(of, parts, version), indent=1, ensure_ascii=False)
        (folder / f"bill-{of}.json").write_text(text + "\n", encoding="utf-8")
        lines += [f"## {of}", "", "| package | version | licence |", "|---|---|---|"]
        lines += [f"| {part.name} | {part.version} | {part.licence} |" for part in parts]
        lines.append("")
        print(f"{of}: {len(parts)} packages")
    (folder / "licences.md").write_text("\n".join(lines), encoding="utf-8")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
