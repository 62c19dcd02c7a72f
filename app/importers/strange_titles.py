"""Titles of which not every word is understood: they may say that the figures are none that were measured at
their moment. No list holds every such word: those that say nothing of the kind are listed instead, and a
title with any other is repeated to who imports.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.importers.moments import month_number
from app.importers.vocabulary import folded, vocabulary

_WORD = re.compile(r"[^\W\d_]{4,}")
_NAMED = re.compile(
    r"[«\"“][^»\"”]*[»\"”]|\b(?:well|field|pad|lease|company|скв\w*|куст\w*|площад\w*|цех\w*|лаборат\w*)\.?\s*[:№#]\s*\S+"
    r"|[^\W\d_]+(?=\s+(?:[^\W\d_]+\s+)?(?:месторожд|field\b|pad\b|unit\b))",
    re.IGNORECASE,
)
_FAMILIAR_WRITTEN = (
    "замер измер рапорт сводк сводн отчёт параметр режим работ скважин скваж куст цднг цех нгду месторожд "
    "дата период сутки суточ суток месяч месяц год факт показат показан данны значен выгруз экспорт архив "
    "тренд журнал телемет контрол датчик добыч добыв дебит эксплу насос устано оборуд фонд таблиц прибор "
    "станци управл исслед испыт геолог технол технич нефтян газов механи произв лист форма файл источ "
    "систем единиц время часов минут средст начал конец автома ручны устьев забой скачан опробо обвод "
    "жидкос проб лабора анализ уровн динам событи остан трубн подзем ремонт мониторинг история well "
    "report daily monthly produc test measur data log logger export trend histor reading field company "
    "operat date time from with hour minut second param sensor gauge archiv scada downhol pump record "
    "list table sheet source unit standard local wellhead summar allocat surveil lease battery statio "
    "morning shift month year week oilfield channel device instru monitor system "
)


_STEMS = tuple(map(folded, _FAMILIAR_WRITTEN.split()))
_BEGINNING = 5


@lru_cache(maxsize=1)
def _of_headers() -> frozenset[str]:
    """The beginnings of the words that headers are made of."""
    return frozenset(word[:_BEGINNING] for word in " ".join(vocabulary().words).split())


def _is_familiar(word: str) -> bool:
    name = folded(word)
    return name.startswith(_STEMS) or name[:_BEGINNING] in _of_headers() or month_number(word) is not None


def strange_words(title: str) -> list[str]:
    """Its words that are no names of somebody or some place, and that nobody here knows."""
    rest = _NAMED.sub(" ", title)
    found: list[str] = []
    if len(_WORD.findall(title)) < 2:  # a name in a cell of its own
        return found
    for match in _WORD.finditer(rest):
        word = match[0]
        named = word[0].isupper() and rest[: match.start()].strip() != ""
        if not (named or _is_familiar(word)):
            found.append(word)
    return found
