"""Compile resources/translations/*.ts to .qm with Qt's own lrelease, when a .ts is newer."""

import importlib.util
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "translations"


def qt_tool(name: str) -> Path:
    """The Qt tool shipped inside the PySide6 wheel (found without importing Qt)."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        sys.exit("PySide6 is not installed; run make first")
    root = Path(spec.origin).parent
    for candidate in (root / name, root / f"{name}.exe", root / "Qt" / "libexec" / name):
        if candidate.exists():
            return candidate
    sys.exit(f"{name} is not inside {root}")


def main() -> None:
    lrelease = qt_tool("lrelease")
    for source in sorted(FOLDER.glob("*.ts")):
        target = source.with_suffix(".qm")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            # Put in place whole: a program that runs has the old one mapped into its memory.
            fresh = target.with_suffix(".qm.new")
            subprocess.run([lrelease, "-silent", source, "-qm", fresh], check=True)
            fresh.replace(target)


if __name__ == "__main__":
    main()
