"""What setuptools does besides: `resources/` stays beside the packages in the repository and travels as
`app/resources` in the wheel, where `core.paths.resources` finds it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parents[1]


class WithResources(build_py):
    """Refuses a wheel without the compiled translations: its window would speak English only."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        texts = sorted((ROOT / "resources" / "translations").glob("*.ts"))
        missing = [source.stem for source in texts if not source.with_suffix(".qm").exists()]
        if missing or not texts:
            raise SystemExit(f"translations are not compiled: {', '.join(missing)}; use make wheel")
        inside = Path(self.build_lib) / "app" / "resources"
        shutil.copytree(ROOT / "docs" / "manual", inside / "manual", dirs_exist_ok=True)
        shutil.copytree(
            ROOT / "resources", inside, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.ts", "*.new")
        )
