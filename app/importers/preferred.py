"""Of several columns that fit one field, which is it: the date of the day before that of the month, what was
before what is planned, the clock whose zone is told, the voltage that a drive gives.
"""

from __future__ import annotations

import re

from app.importers.field_clock import which_time
from app.importers.run_dates import MEASURED, dates_a_measurement, dates_a_run
from app.importers.scoring import SURE, Profile
from app.importers.targets import TableKind, Target
from app.importers.vocabulary import Vocabulary, folded
from app.models.kinds import KINDS

_PLANNED = re.compile(r"план|\bplan|schedul", re.IGNORECASE)
_OF_PAPER = re.compile(
    r"отч[её]т|анализ|испытан|поступл|получен|доставк|протокол|регистрац|выдач|печат|оформл|занесен|внесен"
    r"|report|analy[sz]|received|printed|issued|entered|created|modified|updated|upload|login\b",
    re.IGNORECASE,
)
"""When the paper was written or the sample analysed, not when anything was measured."""
_OF_MONTH = re.compile(r"за\s+месяц|/\s*месяц|per\s+month|monthly", re.IGNORECASE)
_BEGAN = r"(?:дата\s+(?:и\s+время\s+)?)?начал[оа]|begin|inicio"
_BEGINS = {
    "workover": re.compile(rf"{_BEGAN}|start", re.IGNORECASE),
    "event": re.compile(_BEGAN, re.IGNORECASE),  # the start beside a stop is the well's: its end
}
_AS_IT_SHOULD = re.compile(r"^(?:тех\w*\.?\s*)?(?:режим|план|норм|plan|target)\w*\.?\s*/", re.IGNORECASE)
"""`Режим / Qж` beside `Факт / Qж`."""
_INTO = re.compile(r"вх|(?<![^\W_])in(?:put)?(?![^\W_])", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:item|descr\w*|наименование|описание)\s*$", re.IGNORECASE)
"""Of a tally: its names may tell the size, where no column of sizes does."""
_OF_AMOUNTS = frozenset({"production", "energy"})
_ENDS = re.compile(
    r"(?<![^\W_])(?:to|end|until|till|thru|through|finish|по|до|конец|оконч\w*)(?![^\W_])", re.IGNORECASE
)
"""What ends the days that an amount is of; when a well was started again does not."""
_STANDS = re.compile(r"просто[йяе]|останов|down|shut|stop", re.IGNORECASE)
_BARE = frozenset(map(folded, ("from", "to", "по", "дата с", "дата по")))
"""Words of depths, tanks and states as well: of times where moments stand under them."""
_MOMENTS = ("time", "clock", "serial", "epoch", "compact", "empty")
_MAGNETIC = re.compile(r"магн|mag", re.IGNORECASE)


def preferred(
    score: float, target: Target, kind: TableKind, header: str, name: str, profile: Profile, words: Vocabulary
) -> float:
    """The score with what speaks for this column and against it, where another fits as well. `name`: the
    header without its unit.
    """
    if target.type in ("time", "clock") and folded(name) in _BARE and profile.kind not in _MOMENTS:
        return 0.0
    if target.key == "until" and kind.key in _OF_AMOUNTS:
        score *= _ENDS.search(header) is not None and _STANDS.search(header) is None
    if target.key == "elapsed" and kind.key in KINDS and "elapsed" not in words.means(header):
        return 0.0  # `Время, ч` of a day's production is how long the well ran, no hours since its midnight
    if target.key == "azimuth_rad" and _MAGNETIC.search(header):
        score -= 0.05  # the one to true north or to the grid
    if target.key in ("time", "until") and (_PLANNED.search(header) or _OF_PAPER.search(header)):
        score -= 0.1  # when it was
    if _OF_MONTH.search(header):
        score -= 0.05  # of the day
    if target.key == "diameter_m" and _ITEM.match(name):
        score -= 0.04
    if target.type == "number" and _AS_IT_SHOULD.match(header):
        score -= 0.06  # beside what it was
    if target.key == "voltage" and _INTO.search(header):
        score -= 0.05  # what the drive gives
    if target.key == "measured_at":  # where another column is the date of the row
        return score - 0.05 if dates_a_measurement(name) else 0.0
    return _of_times(score, kind, header, name, profile, words) if target.key == "time" else score


def _of_times(
    score: float, kind: TableKind, header: str, name: str, profile: Profile, words: Vocabulary
) -> float:
    if kind.key in MEASURED and dates_a_run(name):
        return 0.0
    if "month" in words.means(header):
        score -= 0.1  # a date beside it says more
    if score >= SURE:
        score += which_time(header) + 0.15 * (profile.kind == "epoch")
    begins = _BEGINS.get(kind.key)
    if begins and score >= SURE and begins.match(name.strip()):
        score += 0.05  # beside a day of the paper's
    if kind.parts or kind.record or kind.key == "installation":
        # Of several dates that of the run is the one of what stands in the well.
        score += 0.1 * dates_a_run(name)
    return score
