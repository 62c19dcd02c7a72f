"""What the lines above a table say of all of it: whose and when it is, the laboratory, the units: `Давление в
атм, температура в °F`.
"""

from __future__ import annotations

import re
from calendar import monthrange

from app.core.unit_spellings import find_unit, quantities_of
from app.importers.moments import month_number

CELL = "\t"
"""Between the cells of a line above a table."""
_WELL = re.compile(
    r"(?<![^\W\d_])(?:скважин[аыеу]?|скв\.?|well)(?![^\W\d_])(?: +(?:name|название))? *"
    r"(?P<told>№|#|no\.?|:|\t)?[ \t]*:?\s*"
    r"(?P<name>[\w][\w\-]*(?:\s?/\s?[\w\-]+)?(?:\s(?:бис|bis|з?бс|в?гс|ств?|st)(?:[\s\-]?\d+)?(?![\w.]))?)",
    re.IGNORECASE,
)
_ELSE = r"(?:куст|площад|месторожд|цех|цднг|дат|pad|field|date|от|from)\w*"
_WHOLE = re.compile(rf"[\w][\w\-./]*(?: (?!{_ELSE})[\w\-./]+)*", re.IGNORECASE)
"""A name of several words: `Baker 4-12`, up to what else is said."""
_FIELD_KEY = re.compile(
    r"(?<![^\W\d_])(?:месторождение|м/р|field(?:\s+name)?|lease)\s*[:\t]\s*[«\"]?([^\W\d_][^\t\n;,|(]{1,60})",
    re.IGNORECASE,
)
_FIELD_SHORT = re.compile(r"(?<![^\W\d_])(?:м/р|м-ие|месторожд\.)\s+[«\"]?([А-ЯЁ][^\t\n;,|(]{1,60})")
"""`м/р Южно-Лесное`."""
_FIELD_AFTER = re.compile(
    r"(?<![^\W\d_])[Мм]есторождени[ея]\s+[«\"]?([А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)*(?:ск|цк)(?:ое|ого))(?![^\W\d_])"
)
"""`куст 31, месторождение Ключевское`: a name that is an adjective, where no colon says that it is one."""
_FIELD_NAMED = re.compile(
    r"(?<![^\W\d_])[«\"]?([А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)*(?:ое|ее|ого|его))[»\"]?\s+(?:[а-яё]*(?:нефт|газ)[а-яё]*\s+)?"
    r"(?:[Мм]есторождени[еяю]|м/р|м-?е)(?![^\W\d_])"
)
_NEXT_KEY = re.compile(r"\s+[^\W\d_]+\.?\s*[:№#=].*$")
_CLOCK = r"(?:[ T,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]m)?)?"
_OF_THE_PAPER = r"печат|составлен|формирован|выгруз|отч[её]т"
_NUMBERS = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_DATE = re.compile(
    rf"(?:дат[аы](?!\s*(?:{_OF_THE_PAPER}))[^:\d]{{0,25}}|\bот"
    r"|\b(?:спуск\w*|спущен\w*|run(?:\s+in)?|installed)"
    r"|date(?!\s*(?:print|of print|of export|export|generat))[^:\d]{0,15}"
    r"|начал[оа][^:\d]{0,20}|start[^:\d]{0,20}|\b(?:за|на|for))"
    r"[:\s]+(" + _NUMBERS + _CLOCK + r"|\d{1,2}[ \-][^\W\d_]{3,9}[ \-]\d{2,4}" + _CLOCK + ")",
    re.IGNORECASE,
)
_PRINTED = re.compile(rf"{_OF_THE_PAPER}|print|export|generat|report", re.IGNORECASE)
_SAMPLED = re.compile(
    r"(?:отобран\w*|отбор\w*(?:\s+проб\w*)?|sampled|sampling\s+date|sample\s+date)[^\d\n]{0,20}"
    r"(" + _NUMBERS + _CLOCK + ")",
    re.IGNORECASE,
)
_CLOCK_SAID = re.compile(
    rf"(?:врем[яени]+(?!\s*(?:{_OF_THE_PAPER}|рабо))[^:\d|\n]{{0,20}}"
    r"|(?<![^\W_])(?:s?time|stim)(?!\s*(?:print|of print|of export|export|generat|zone))[^:\d|\n]{0,15})"
    r"[:\s]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]m)?)(?![\d:])",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:\b(?:на|за|in|for)\s+|месяц:?\s*|month:?\s*)([^\W\d_]{3,9})\s+(\d{4})\b", re.IGNORECASE
)
_NAMED_MONTH = re.compile(r"([^\W\d_]{3,9})\.?,?\s+((?:19|20)\d{2})(?!\d)")
_NUMBERED_MONTH = re.compile(r"(?<![\d.])(0?[1-9]|1[0-2])[./]((?:19|20)\d{2})(?!\d)")
_OF_A_MONTH = re.compile(
    r"(?:produc|добыч|месячн|mensual|monthly|режим|report|informe|parte)[^\t\n;]*?(?<![^\W\d_])"
    r"([^\W\d_]{3,10})\.?,?\s+(?:de[l]?\s+)?((?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
"""`PRODUCCION MENSUAL - SEPTIEMBRE 2026`, `Monthly production report, September 2026`."""
_FOR_MONTH = re.compile(r"\b(?:на|за|for)\s+(0?[1-9]|1[0-2])[./]((?:19|20)\d{2})(?![\d./-])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,/-])((?:19|20)\d{2})(?![.,]?\d|[/-])")
_PERIOD = re.compile(
    r"\(?\s*(?:(?<![^\W\d_])(?:за|на|in|for)\s+)?"
    r"(?:(?<![^\W\d_])(?P<word>[^\W\d_]{3,9})\.?,?\s+|(?:0?[1-9]|1[0-2])[./])?(?<!\d)(?:19|20)\d{2}(?!\d)(?:\s*г(?:од)?\.?(?!\w))?\s*\)?",
    re.IGNORECASE,
)
_LAB = re.compile(r"((?:хал|лаборатор|laborator|цниппр)[^;|\n]{0,60})", re.IGNORECASE)
_SPM = re.compile(
    r"(?:качани[йя](?:,?\s*1\s*/\s*мин)?[^\d]{0,25}|(?:spm|strokes?\s*(?:per|/|a)\s*min\w*)[^\d]{0,10}"
    r"|n\s*=\s*)(\d+(?:[.,]\d+)?)",
    re.IGNORECASE,
)

_STROKE_S = re.compile(
    r"(?:stroke\s+period|period\s+of\s+(?:a\s+)?stroke|период\s+(?:качания|хода|двойного\s+хода))"
    r"[,\s(]*(?:s|sec|seconds?|с|сек)\.?\)?[:=\s]*(\d+(?:[.,]\d+)?)(?![\d:])",
    re.IGNORECASE,
)
"""`Stroke period (s) | 9.2`."""
_PERIOD_OF_STROKE = re.compile(r"период\w*\s+качани\w*", re.IGNORECASE)
"""Of which no unit is told: no number of strokes either."""

_QUANTITIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"давлен\w*|pressures?", ("pressure", "surface_pressure")),
    (r"температур\w*|temperatures?", ("temperature",)),
    (r"дебит\w*|расход\w*|rates?", ("rate", "mass_rate")),
    (r"объ[её]м\w*|volumes?", ("volume",)),
    (r"масс[аыу]\w*|mass(?:es)?", ("mass",)),
    (r"глубин\w*|уровн\w*|depths?|levels?", ("length",)),
    (r"нагрузк\w*|loads?", ("load",)),
    (r"ход\w*|положени\w*|positions?|strokes?", ("length",)),
    (r"обводн\w*|water\s*cuts?", ("ratio",)),
    (r"(?<![^\W_])[рp](?![^\W_])", ("pressure", "surface_pressure")),
    (r"(?<![^\W_])[тt](?![^\W_])", ("temperature",)),
    (r"(?<![^\W_])q(?![^\W_])", ("rate",)),
)
_BETWEEN = (
    r"\s*(?:даны|указаны|приведены|are|is|given)?\s*(?:gauge|absolute|избыточн\w*|абсолютн\w*)?"
    r"\s*(?:в|in|,|—|–|-|:|\(|\[|=)\s*"
)
_UNIT = r"([^\s,;()\[\]]+(?:\s?/\s?[^\s,;()\[\]]+)?)"
_LISTED = re.compile(
    r"(?:единиц\w*(?:\s+измерени\w*)?|ед\.?\s*изм\.?|units?)\s*[:=—-]\s*([^|\n]+)", re.IGNORECASE
)


def units_said(title: str) -> dict[str, str]:
    """Quantity → the unit, as the title spells it."""
    found: dict[str, str] = {}
    for words, quantities in _QUANTITIES:
        for match in re.finditer(rf"(?:{words}){_BETWEEN}{_UNIT}", title, re.IGNORECASE):
            for quantity in quantities:
                if find_unit(match[1].rstrip("."), quantity) is not None:
                    found.setdefault(quantity, match[1].rstrip("."))
    for listed in _LISTED.finditer(title):
        told: dict[str, list[str]] = {}
        for text in re.split(r"[,;\s]+", listed[1]):
            unit = text.strip(".()[]")
            for quantity in quantities_of(unit) if unit else ():
                told.setdefault(quantity, []).append(unit)
        # `oil - m3; gas - 1000 m3`: of a quantity in two units the list says nothing.
        found |= {
            quantity: units[0]
            for quantity, units in told.items()
            if quantity not in found and len({find_unit(unit, quantity) for unit in units}) == 1
        }
    return found


_FLUIDS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (r"нефт\w*|oil|petr[oó]leo", (("oil_volume", "volume"), ("oil_mass", "mass"))),
    (r"вод[аыеу]?|water|agua", (("water_volume", "volume"),)),
    (r"газ[аоу]?м?|gas", (("gas_volume", "volume"),)),
    (r"жидкост\w*|liquid|fluid", (("liquid_volume", "volume"),)),
    (r"закачк\w*|injection|injected", (("water_injected", "volume"),)),
)
_OF_FLUID = (
    r"(?:\s+(?:даны|даётся|дается|указан[аоы]?|приведен[аоы]?|is|are|given))?\s*(?:[-–—:=(]|\b[вb]\b|\bin\b|(?<=\w)\s)\s*"
    r"((?:тыс\.?|млн\.?|1000|10\^?[36]|10[³⁶])?\s*[^\W\d_][^\s,;()]*)"
)


def units_of_fluids(title: str) -> dict[str, str]:
    """What a line above says of each fluid, `Нефть - т, газ - тыс. м3, вода - м3`: name of a field → unit."""
    found: dict[str, str] = {}
    for words, named in _FLUIDS:
        for match in re.finditer(rf"(?<![^\W_])(?:{words}){_OF_FLUID}", title, re.IGNORECASE):
            unit = match[1].strip().rstrip(".")
            for name, quantity in named:
                if find_unit(unit, quantity) is not None:
                    found.setdefault(name, unit)
    return found


_OF_IONS = re.compile(
    r"(?<![^\W_])(?:мг[-–*·. ]?экв\.?/(?:л|дм[3³])|meq/l|м?г/(?:л|дм[3³])|mg/l|g/l)(?![^\W_])", re.IGNORECASE
)


def unit_of_ions(title: str) -> str:
    """The one unit of concentration that the lines above name: `Анализ воды, мг-экв/л`."""
    found = {unit.lower() for unit in _OF_IONS.findall(title)}
    return found.pop() if len(found) == 1 else ""


def tells_units_of(line: list[str], names: list[str]) -> bool:
    """`oil m3 | water m3 | gas 1000 m3` over `well | date | oil | water | gas`: a line about the columns."""
    named = sum(
        any(re.fullmatch(words, name.strip(), re.IGNORECASE) for words, _ in _FLUIDS) for name in names
    )
    return named >= 2 and len({*units_of_fluids("; ".join(line))}) >= 2


def well_said(text: str) -> str:
    """A name with a digit in it, or one that is said to be a well's: `Well: ABC`. Not the word `test` behind
    `Well`.
    """
    text = text.replace("_", " ")
    for match in _WELL.finditer(text):
        if match["told"] in (":", CELL):
            return _whole_name(text[match.start("name") :])
        if match["told"] or any(ch.isdigit() for ch in match["name"]):
            return match["name"]
    return ""


def _whole_name(rest: str) -> str:
    """`Baker 4-12` of `Well: Baker 4-12`: what stands behind the colon, up to the end of the cell."""
    cell = _NEXT_KEY.sub("", re.split(r"[\t\n;,|(]", rest, maxsplit=1)[0])
    whole = _WHOLE.match(cell)
    return whole[0].rstrip(".") if whole else ""


def field_said(text: str) -> str:
    """`Field: Eagle Flat`, `Берёзовское месторождение`, `… Берёзовского месторождения`."""
    keyed = _FIELD_KEY.search(text) or _FIELD_SHORT.search(text)
    if keyed is not None:
        return _NEXT_KEY.sub("", keyed[1]).strip(' .»"')
    named = _FIELD_NAMED.search(text) or _FIELD_AFTER.search(text)
    if named is None:
        return ""
    return re.sub(r"ого$", "ое", re.sub(r"его$", "ее", named[1]))


def is_of_the_paper(line: str) -> bool:
    """Whether a line speaks of when it was printed or exported."""
    return _PRINTED.search(line) is not None


def lines_above(above: tuple[tuple[str, ...], ...]) -> str:
    """All that the lines above a table say."""
    return " \n".join(CELL.join(row) for row in above)


def date_said(said: str) -> str:
    """A date with its clock, or a month: `на октябрь 2026 г.`; not when the report was printed. Of a
    protocol: when the sample was taken, not when the protocol was written.
    """
    told = _told_day(said)
    if told:
        return told
    for month in filter(None, (_MONTH.search(said), _OF_A_MONTH.search(said))):
        if month_number(month[1]):
            return f"{month[1]} {month[2]}"
    spanned = _month_spanned(said)
    if spanned:
        return spanned
    numbered = _FOR_MONTH.search(said)
    return _sole_day(said) if numbered is None else f"01.{int(numbered[1]):02d}.{numbered[2]}"


def day_said(said: str) -> str:
    """As `date_said`, of clocks: a month is no day of theirs."""
    told = _told_day(said)
    return told or ("" if _month_spanned(said) or month_said(said) else _sole_day(said))


def _told_day(said: str) -> str:
    date = _SAMPLED.search(said) or _DATE.search(said)
    return "" if date is None else date[1]


_SOLE_DAY = re.compile(
    r"(?:(?:суточн\w*|daily)\s+)?(?:рапорт|сводка|замеры?|данные|параметры|показания|журнал|report|readings|log|data)?[\s:,–—-]*"
    rf"({_NUMBERS})(?:\s*г(?:ода?)?\.?)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"утвержд|согласов|подпис|approved|signed", re.IGNORECASE)


def _sole_day(said: str) -> str:
    """The one day in the titles, alone in its cell or behind `Рапорт`; not that of a signature."""
    cells = [cell.strip() for cell in re.split(r"[\t\n]", said)]
    days = [day for cell in cells if (day := _SOLE_DAY.fullmatch(cell)) is not None]
    if len(days) != 1 or len(re.findall(_NUMBERS, said)) != 1:
        return ""
    return "" if _SIGNED.search(said) or is_of_the_paper(days[0][0]) else days[0][1]


_SPANNED = re.compile(
    r"(?<![\d./])(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>(?:19|20)\d{2}))?(?:\s*г\.?)?\s*(?:по|to|[-–—])\s*"
    r"(?P<last>\d{1,2})[./](?P<same>\d{1,2})[./](?P<of>(?:19|20)\d{2})(?![\d./])",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _month_spanned(said: str) -> str:
    """The month that is told by its first and its last day, `01.10 - 31.10.2026`; empty for another span."""
    found: set[str] = set()
    for span in _SPANNED.finditer(said):
        month, year = int(span["same"]), int(span["of"])
        whole = 1 <= month <= 12 and int(span["last"]) == monthrange(year, month)[1]
        begins = (int(span["day"]), int(span["month"]), int(span["year"] or year)) == (1, month, year)
        found.add(f"{_MONTHS[month - 1]} {year}" if whole and begins else "")
    return found.pop() if len(found) == 1 else ""


_NAME_OF_DAY = re.compile(rf"^(?:[^\W\d_]{{2,12}}\.?\s+)?({_NUMBERS})$")


def name_dated(name: str) -> str:
    """A sheet that is called by its day or month: `05.10.2026`, `Октябрь 2026`."""
    day = _NAME_OF_DAY.match(name.strip())
    if day is not None:
        return day[1]
    month = _NAMED_MONTH.fullmatch(name.strip())
    return f"{month[1]} {month[2]}" if month is not None and month_number(month[1]) else ""


def month_said(said: str) -> tuple[int, int] | None:
    """(year, month) of `за октябрь 2026`, `(October 2026)`, `10.2026`; None where several are told."""
    worded = {(int(year), month_number(word)) for word, year in _NAMED_MONTH.findall(said)}
    found = {(year, month) for year, month in worded if month is not None}
    found |= {(int(year), int(month)) for month, year in _NUMBERED_MONTH.findall(said)}
    return found.pop() if len(found) == 1 else None


def without_month(title: str) -> str:
    """`Qж, м3/сут` of `Qж, м3/сут за октябрь 2026 г.`, of `… за 2026 год`."""
    return _PERIOD.sub(_named_if_no_month, title).strip(" ,;:–—-")


def _named_if_no_month(period: re.Match[str]) -> str:
    """`Добыча 2026` is no month of that name."""
    word = period["word"]
    return " " if word is None or month_number(word) is not None else f" {word} "


def year_said(said: str) -> str:
    """Of `за 2026 год`, `in 2026`; empty where several are told."""
    years = set(_YEAR.findall(said))
    return years.pop() if len(years) == 1 else ""


def moment_said(said: str) -> str:
    """The date with its clock, where a line of its own has that: `DATE: 2026-10-01`, `TIME: 06:00:00`."""
    date = date_said(said)
    clock = _CLOCK_SAID.search(said)
    if not date or clock is None or ":" in date or not date[:1].isdigit():
        return date
    return f"{date} {clock[1]}"


def lab_said(said: str) -> str:
    lab = _LAB.search(said)
    return lab[1].strip() if lab else ""


def speed_said(said: str) -> float | None:
    """Strokes a minute."""
    period = _STROKE_S.search(said)
    if period:
        seconds = float(period[1].replace(",", "."))
        return 60 / seconds if seconds > 1 else None
    speed = _SPM.search(_PERIOD_OF_STROKE.sub(" ", said))
    return float(speed[1].replace(",", ".")) if speed else None
