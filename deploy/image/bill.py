"""The bill of materials of an image: the wheels as `tools.bill` tells them, and Debian's packages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from deploy.image import base, wheels
from tools import bill


def of_image(target: str, version: str) -> dict[str, Any]:
    names = wheels.names(engine=False) | (wheels.names(engine=True) if target == "embedded" else frozenset())
    parts = [
        replace(part, needs=tuple(need for need in part.needs if need in names))
        for part in bill.parts_of(wheels.LOCKED)
        if part.name in names
    ]
    wrong = [why for part in parts if (why := bill.trouble(part, "centre"))]
    if wrong:
        raise SystemExit("\n".join(wrong))
    told: dict[str, Any] = bill.bill(f"image-{target}", parts, version)
    for package in base.locked():
        told["components"].append(
            {
                "type": "library",
                "bom-ref": package.purl,
                "name": package.name,
                "version": package.version,
                "purl": package.purl,
                "hashes": [{"alg": "SHA-256", "content": package.sha256}],
            }
        )
    told["components"].sort(key=lambda one: one["bom-ref"])
    return told


def write(folder: Path, version: str) -> None:
    for target in ("centre", "embedded"):
        text = json.dumps(of_image(target, version), indent=1, ensure_ascii=False)
        (folder / f"sbom-{target}.json").write_text(text + "\n", encoding="utf-8")
