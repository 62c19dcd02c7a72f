"""Write docs/manual/{ru,en}/commands.md from the registry of commands. A test tells when they are stale."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication  # noqa: E402

from app.core.texts import Speaker  # noqa: E402
from app.views.commands import manual  # noqa: E402
from app.views.language import Languages  # noqa: E402


def main() -> None:
    languages = Languages(QApplication([]))
    for language in ("ru", "en"):
        languages.switch(language)
        path = ROOT / "docs" / "manual" / language / "commands.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(manual.page(Speaker(language)), encoding="utf-8")


if __name__ == "__main__":
    main()
