"""What `make run` and `make screenshots` start.

With a screen: the window on the demo field. Without one: the main job headless (build the demo field,
diagnose, report, screenshots in one language and theme) into `out/`, and a word about it; `make screenshots`
takes them all.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.bootstrap import main  # noqa: E402 - the project's folder must be found first

OUT = ROOT / "out"
STORE = OUT / "demo" / "cache.duckdb"
SHOWN_WELLS = ("103", "205")
LANGUAGE = "ru"


def has_screen() -> bool:
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def headless() -> int:
    print(f"No screen here: the main job runs without a window, its results come into {OUT.name}/")
    store = ["--store", str(STORE)]
    STORE.parent.mkdir(parents=True, exist_ok=True)
    steps = [["wells", *store]]
    if not _demo_is_whole():
        steps.insert(0, ["demo", *store])
    for well in SHOWN_WELLS:
        steps.append(["diagnose", well, *store])
        report = OUT / f"report-{well}-{LANGUAGE}.pdf"
        steps.append(["report", well, "--out", str(report), "--lang", LANGUAGE, *store])
    shown = ["--lang", LANGUAGE, "--theme", "light"]
    steps.append(["screenshots", "--out", str(OUT / "screenshots"), *shown, *store])
    for step in steps:
        print(f"\n$ wellside {' '.join(step)}".replace(f"{ROOT}{os.sep}", ""), flush=True)
        code = main(step)
        if code:
            return code
    return 0


def _demo_is_whole() -> bool:
    """A build that was broken off goes on."""
    from app.cli.common import workspace_of
    from app.services.demo import marks

    with workspace_of(STORE) as workspace:
        return not marks.lacking(workspace.store)


def screenshots() -> int:
    STORE.parent.mkdir(parents=True, exist_ok=True)
    return main(["screenshots", "--out", str(OUT / "screenshots"), "--store", str(STORE)])


if __name__ == "__main__":
    if sys.argv[1:] == ["screenshots"]:
        sys.exit(screenshots())
    sys.exit(main(["--demo"]) if has_screen() else headless())
