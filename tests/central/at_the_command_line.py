"""The centre's commands in this process: what they print, and how they end."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from central.cli import main


@dataclass
class Line:
    """A centre's folder and the commands that IT types."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    complaint: str = ""

    def __call__(self, *arguments: str) -> list[dict[str, Any]]:
        """Lines of JSON on stdout; what went to stderr is in `complaint`."""
        self.monkeypatch.setattr(sys, "argv", ["central", *arguments, "--data", str(self.folder)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = self.capsys.readouterr()
        self.complaint = said.err
        assert code == (1 if self.complaint else 0), said.err
        return [json.loads(line) for line in said.out.splitlines()]
