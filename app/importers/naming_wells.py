"""Headers that call a well by a word for wells and one for names: `WELL_BORE_CODE`, `Код скважины`."""

from __future__ import annotations

from app.importers.vocabulary import BRACKET, CAMEL, folded


def _all(words: str) -> frozenset[str]:
    return frozenset(folded(words).split())


_WELLS = _all(
    "well wells wellbore wellname bore borehole uwi api скважина скважины скважин скв скв-на скваж на"
)
_NAMES = _all(
    "name names id code no nr number num # № №№ n uwi api tag alias identifier unique official npd"
    " имя номер ном наименование название код обозначение шифр ид"
)
_API = _all("api")
_ALONE = _WELLS - _all("bore api на")
"""`API` alone is a gravity of oil: it calls a well beside `No.`."""


def calls_a_well(header: str) -> bool:
    """Nothing but such words, one of them for a well."""
    said = folded(BRACKET.sub(" ", CAMEL.sub(" ", header))).replace("#", " # ").replace("№", " № ")
    words = set(said.split())
    registered = bool(words & _API and words & _NAMES - _API)
    return words <= _WELLS | _NAMES and (registered or bool(words & _ALONE))
