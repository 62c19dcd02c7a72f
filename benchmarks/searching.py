"""Questions over an index of 10,000 documents of three pages and as many notes; prints one JSON object.

Usage: python -m benchmarks.searching [DOCUMENTS]
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from statistics import median

from app.models.search.asking import ask
from app.models.search.found import DOCUMENTS, NOTES, File, Item, Piece, Told
from app.models.search.index import SearchIndex

PAGES, WORDS, OF_A_WELL, TIMES = 3, 250, 20, 7
COMMON = [
    *("насос", "скважина", "уровень", "отключение", "замер", "клапан", "ремонт", "кабель", "двигатель"),
    *("вибрация", "давление", "дебит", "газ", "нефть", "акт", "протокол", "анализ", "проба", "задвижка"),
    *("ЭЦН5-80-1200", "ПЭД45", "пласт", "промывка", "глушение", "вал", "pump", "failure", "shaft"),
]
QUESTIONS = (
    *("насос", "насоса 205", "насос скважина уровень", "4711", "уровень насосами кабель двигателя"),
    *("эцн5-80", "протокол 205 клапан", "вал 17", "задв"),
)


def _vocabulary(draw: random.Random) -> tuple[list[str], list[float]]:
    """The common words first, and 30,000 others; each as often as natural languages have them."""
    letters = "абвгдежзиклмнопрстуф"
    words = COMMON + ["".join(draw.choices(letters, k=draw.randint(4, 11))) for _ in range(30_000)]
    return words, list(accumulate(1 / (place + 3) for place in range(len(words))))


def fill(index: SearchIndex, documents: int) -> None:
    draw = random.Random(1)
    words, often = _vocabulary(draw)

    def text(count: int) -> str:
        return " ".join(draw.choices(words, cum_weights=often, k=count))

    for well in range(documents // OF_A_WELL):
        numbers = range(well * OF_A_WELL, (well + 1) * OF_A_WELL)
        files = {number: File(f"{number:064x}", f"акт_{number}.pdf", 1000) for number in numbers}
        head = f"{well} куст {well % 40}"
        items = [
            Item(
                "document",
                f"d{n}",
                DOCUMENTS,
                well,
                n,
                {"ru": f"Акт {n}"},
                head,
                f"Акт {n}",
                "m",
                (files[n],),
            )
            for n in numbers
        ]
        notes = [
            Item("note", f"n{n}", NOTES, well, n, {"ru": "Заметка"}, head, text(15), "m") for n in numbers
        ]
        index.renew("document", well, "m", items)
        index.renew("note", well, "m", notes)
        for file in files.values():
            index.put_file(file.sha256, Told(parts=PAGES), [Piece(text(WORDS), n + 1) for n in range(PAGES)])


def asked(index: SearchIndex) -> dict[str, dict[str, float]]:
    told = {}
    for question in QUESTIONS:
        took = []
        for _ in range(TIMES):
            began = time.perf_counter()
            found = ask(index, question, "ru")
            took.append(1e3 * (time.perf_counter() - began))
        told[question] = {
            "found": len(found),
            "median_ms": round(median(took), 1),
            "worst_ms": round(max(took), 1),
        }
    return told


def main() -> int:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.search.sqlite"
        index = SearchIndex(path, "ab" * 32)
        began = time.perf_counter()
        fill(index, documents)
        filled = time.perf_counter() - began
        index.close()  # what is asked first is asked of the disk
        told = asked(index)
        index.close()
        size = path.stat().st_size / 1e6
    print(
        json.dumps(
            {"documents": documents, "filled_s": round(filled), "mb": round(size), "asked": told},
            ensure_ascii=False,
            indent=1,
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
