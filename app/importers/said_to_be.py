"""What words over a table, over its columns and beside its rows say that figures ARE, where they are no
values measured at their moment: a plan, a design, a limit, the greatest of a day, a sum since the beginning,
a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLANNED = (
    r"план(?:ы|а|у|ом|ов|ов[а-я]+|ируем[а-я]+)?|прогноз\w*|бюджет\w*|целев\w*|задани[ея]|заданн\w*|рекоменд\w*"
    r"|норм(?:а|ы|атив\w*)|ожидаем\w*|сценари\w*|plan|planned|forecast\w*|budget\w*|targets?|recommended|proposed"
    r"|expected|outlook|scenarios?|p(?:10|50|90)"
    r"|обязательств\w*|договорн\w*|квот[аы]?|что[\s-]если|вариант(?:ы|а|ов)?\s+(?:расч[её]т|режим|развит)\w*|what[\s-]if"
    r"|установленн\w*\s+(?:режим|параметр|значени|частот)\w*"
    r"|commitments?|nominations?|quotas?|pledged"
)
_DESIGNED = (
    r"проект(?:н\w*)?|модел\w*|теорет\w*|потенциал\w*|паспорт(?:н\w*)?|номинал\w*|типов\w*|design|simulated|simulation"
    r"|model(?:l?ed)?|theoretical|potentials?|nameplate|nominal"
    r"|аналог(?:а|у|и|ом|ов|ии|ия|ией|ичн\w*)?|analogues?|analog(?=\s+(?:of|well|№|#))|(?<=by\s)analogy|offset\s+wells?"
)
_CALCULATED = r"расч[её]тн\w*(?!\s+(?:период|месяц|сут|дат|час))|calculated|computed"
_LIMITS = (
    r"уставк\w*|лимит(?:ы|ов|ам|а|н\w*)?|допустим\w*|предел(?:ы|ов|ам|ьн\w*)|границ\w*|порог\w*|setpoints?|(?<!no\s)limits?|thresholds?|allowables?"
    r"|(?:max\w*|min\w*)\s+allow\w*"
)
_OF_VALUES = (
    r"(?:\s+и\s+\w+|\s+and\s+\w+)?[\s-]+(?:суточн\w*\s+|часов\w*\s+|месячн\w*\s+|daily\s+|hourly\s+)?"
    r"(?:значени|параметр|показател|дебит|давлен|ток|температур|нагруз|обвод|вибрац|за\s|value|reading|rate|pressure|current"
    r"|temperature|load|figure|of\s|per\s|in\s)\w*"
)
_EXTREMES = (
    rf"(?:максим\w*|миним\w*|наибольш\w*|наименьш\w*|пиков\w*|макс\.?|мин\.?){_OF_VALUES}"
    rf"|(?:maxim\w*|minim\w*|max|min|peak|highest|lowest|daily\s+(?:max\w*|min\w*|highs?|lows?)){_OF_VALUES}"
    r"|(?<=\()\s*(?:макс|мин|max|min)\w*\.?\s*(?=\))|максимум\w*|минимум\w*|maxima|minima|daily\s+(?:highs?|lows?|peaks?)"
)
_DIFFERENCES = (
    r"эффект\w*(?=\s+(?:от|после|по|гтм|меропр\w*))|недостиж\w*|uplift\w*|shortfall\w*|"
    r"отклонени\w*|прирост\w*|дельта|разниц\w*|изменени[ея]\s+(?:за|к|от|относит\w*|по\s+сравн\w*)|deviations?(?!\s+survey)"
    r"|variances?|increment\w*|differences?|deltas?|gains?\s+(?:after|from|of)|change\s+(?:from|since|vs|over|per|to)"
    r"|day[\s-]on[\s-]day|vs\.?\s+plan"
)
_SPREADS = (
    r"\A\s*(?:погрешност\w*|неопредел[её]нност\w*|размах\w*)|ско|дисперси\w*|вариаци\w*|персентил\w*|процентил\w*"
    r"|квантил\w*|(?<!\.)std(?:ev)?(?!\.\w)|standard\s+(?:deviation|error)s?|uncertaint\w*|percentiles?|quantiles?|p(?:0?5|95|99)"
)
_OF_NOBODY = (
    r"не\s+использовать|тестовые\s+данные|учебн\w*|вымышлен\w*|пример\s+(?:заполн|загруз|таблиц|файл)\w*|образец\s+заполн\w*"
    r"|do\s+not\s+use|dummy|fictitious|made[\s-]up|example\s+(?:data|table|file|only)|for\s+training"
)
_SHARES = (
    r"выполнени[ея]\s+план\w*|(?:%|процент\w*|дол[яи])\s*(?:от\s+)?план\w*"
    r"|(?:%|percent|share)\s+of\s+(?:plan|target|budget)"
)
_SUMS = (
    r"накоп\w*|нараст\w*|с\s+начала|сч[её]тчик\w*|cum(?:ulative)?|cum\.|to[\s-]date|[my]td|totali[sz]er\w*"
    r"|counter\w*|since\s+(?:start|inception|first)|meter\s+readings?"
    r"|упущенн\w*|недополуч\w*|(?:lost|deferred|shut[\s-]in)\s+(?:oil\s+)?production"
)
_MEANS_OF_DAYS = r"среднесут\w*|daily\s+averages?|averages?\s+daily|средн\w+\s+(?:за|в)\s+сут\w*"
_MADE = (
    r"восстановл\w*|интерпол\w*|экстрапол\w*|скоррект\w*|корректир\w*|сглаж\w*|осредн\w*|привед[её]нн\w*|принят[оыа]?"
    r"|распредел[её]н\w*|оценоч\w*|оценк\w*|предварит\w*|предв\.?|неутв\w*|по\s+баланс\w*|балансов\w*|медиан\w*|взят[оыа]|скопир\w*"
    r"|предыдущ\w*|прошл\w*|пример|шаблон|лучш\w*|худш\w*|коррел\w*|(?<!well )test\s+data"
    r"|previous|carried|copied|last\s+(?:year|month|known)|best\s+(?:day|month|test)|worst\s+(?:day|month|test)|correlat\w*"
    r"|medians?|by\s+balance|template|estimat\w*|interpolat\w*|extrapolat\w*|infilled|filled"
    r"|corrected|adjusted|allocated|prorated|reconstructed|smoothed|preliminary|provisional|unverified|imputed|assumed"
)
_MEANS = r"средн\w*|средние|means?|averages?|avg|hourly\s+averages?"


def _words(*kinds: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(kinds)})(?![^\W_])", re.IGNORECASE)


PLANNED = _words(_PLANNED)
NOBODY_MEASURED = _words(_PLANNED, _DESIGNED, _LIMITS)
CALCULATED = _words(_CALCULATED)
OF_ANOTHER_THING = _words(_EXTREMES, _DIFFERENCES, _SPREADS, _SHARES, _OF_NOBODY)
"""Greatest and least of a time, differences, spreads and shares: be they of what was measured; examples."""
NO_AMOUNT_OF_ITS_TIME = _words(_SUMS, _MEANS_OF_DAYS)
"""Amounts of nobody's day and nobody's month, be they of production."""
_TO_TELL = _words(_MADE, _MEANS, _CALCULATED, r"расч[её]т(?:а|ы|ов|ам)?|calculations?")
_ACTUAL = _words(r"факт\w*|actuals?")
_BESIDE = re.compile(
    r"(?:замер|измер|показани|measur|reading)\w*.*(?:\sи\s|\sand\s|[/,+&])|(?:\sи\s|\sand\s|[/,+&]).*(?:замер|измер|measur)",
    re.IGNORECASE,
)
_ROWS_OF_IT = re.compile(
    rf"^(?:{_PLANNED}|{_DESIGNED}|{_LIMITS}|{_DIFFERENCES}|{_SUMS}|{_MADE}|{_MEANS}|ср\.?|рас[чс]\w*\.?|calc\w*\.?|режим\w*|проек\w*"
    r"|макс\w*\.?|мин\w*\.?|max\w*\.?|min\w*\.?|наиб\w*\.?|наим\w*\.?|оцен\w*\.?|модел\w*|план\w*\.?|estim\w*\.?|est\.?"
    r"|по\s+аналог\w*|(?:скв\w*\.?\s*)?аналог\w*\.?)(?![^\W_])",
    re.IGNORECASE,
)


def is_actual(text: str) -> bool:
    """Whether a title or a header says that its figures are what was."""
    return _ACTUAL.search(text) is not None


def says_none_measured(title: str, *, calculated: bool) -> bool:
    """Whether a title says that nobody measured what is under it; `calculated`: what was reckoned is none
    either. `Замеры и уставки` says both.
    """
    if _BESIDE.search(title):
        return False
    return NOBODY_MEASURED.search(title) is not None or (calculated and CALCULATED.search(title) is not None)


def says_another_thing(title: str) -> bool:
    """Whether the figures under a title are the greatest, the least, a difference or a share of something."""
    return OF_ANOTHER_THING.search(title) is not None


def to_be_told(text: str) -> bool:
    """Whether a title or a header says that figures were worked on: estimated, corrected, averaged."""
    return _TO_TELL.search(text) is not None


def of_rows(words: Iterable[object]) -> list[str]:
    """Those of the words beside rows that say that a row is no value measured at its moment."""
    return [
        str(word) for word in words if word and len(str(word)) <= 40 and _ROWS_OF_IT.match(str(word).strip())
    ]
