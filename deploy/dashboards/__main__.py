"""Writes deploy/observability/dashboards."""

from __future__ import annotations

import json
from pathlib import Path

from deploy.dashboards.boards import BOARDS
from deploy.dashboards.declaring import Board

FOLDER = Path(__file__).resolve().parents[1] / "observability" / "dashboards"


def text_of(board: Board) -> str:
    return json.dumps(board.json(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for board in BOARDS:
        (FOLDER / f"{board.uid.removeprefix('wellside-')}.json").write_text(text_of(board), encoding="utf-8")
