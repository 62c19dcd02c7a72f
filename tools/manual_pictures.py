"""Make the pictures of the manual anew, docs/manual/{ru,en}/pictures: small, of the demo field.

`python tools/manual_pictures.py --store COPY/cache.duckdb`, or `--taken FOLDER` of screenshots made before.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SHOWN = {
    "overview": "overview",
    "trends": "trends",
    "cards": "cards-overlay",
    "reports": "reports",
    "field": "field",
    "lab": "import",
    "records": "form-flow_test",
    "builder": "builder-rod_string-1024",
    "sync": "sync",
}
"""Page → the picture of it that the manual has."""
SIZE, THEME = "1024x700", "light"
WIDE_PX, COLOURS = 640, 64


def take(out: Path, store: Path | None) -> None:
    """The pages, as `wellside screenshots` makes them."""
    for page in SHOWN:
        words = ["--out", str(out), "--size", SIZE, "--theme", THEME, "--page", page]
        where = [] if store is None else ["--store", str(store)]
        subprocess.run([sys.executable, "main.py", "screenshots", *words, *where], cwd=ROOT, check=True)


def source(taken: Path, name: str, language: str) -> Path:
    """Dialogs have one theme, the builder has one of both."""
    themed = taken / f"{name}-{language}-{THEME}.png"
    return themed if themed.exists() else taken / f"{name}-{language}.png"


def shrink(picture: Path, out: Path) -> None:
    """A palette and half the width: what is where can be seen, and both languages weigh a megabyte."""
    with Image.open(picture) as whole:
        image = whole.convert("RGB")
    if image.width > WIDE_PX:
        high = round(image.height * WIDE_PX / image.width)
        image = image.resize((WIDE_PX, high), Image.Resampling.LANCZOS)
    out.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(COLOURS).save(out, optimize=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--store", type=Path)
    asked.add_argument("--taken", type=Path)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        taken = said.taken or Path(folder)
        if said.taken is None:
            take(taken, said.store)
        for language in ("ru", "en"):
            for name in SHOWN.values():
                out = ROOT / "docs" / "manual" / language / "pictures" / f"{name}.png"
                shrink(source(taken, name, language), out)


if __name__ == "__main__":
    main()
