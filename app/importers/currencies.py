"""Money of another country: what it is in roubles no file says, so its column is left out by name."""

from __future__ import annotations

import re

from app.importers.numbers import Numbers
from app.importers.plan import ColumnPlan
from app.importers.remarks import remark
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.targets import Target

_MONEY = frozenset({"money", "tariff"})
_CURRENCIES = {
    "USD": r"\$|(?<![^\W_])(?:m?usd|us\$|долл\w*|dollars?|cents?)(?![^\W_])|¢",
    "EUR": r"€|(?<![^\W_])(?:eur|euros?|евро)(?![^\W_])",
    "GBP": r"£|(?<![^\W_])gbp(?![^\W_])",
    "KZT": r"₸|(?<![^\W_])(?:kzt|тенге|тнг)(?![^\W_])",
    "BYN": r"(?<![^\W_])(?:byn|бел\.?\s*руб\w*)(?![^\W_])",
    "UZS": r"(?<![^\W_])(?:uzs|сум(?:ов)?/)",
    "AZN": r"₼|(?<![^\W_])(?:azn|манат\w*)(?![^\W_])",
    "CNY": r"¥|(?<![^\W_])(?:cny|rmb|юан\w*)(?![^\W_])",
    "CAD": r"(?<![^\W_])(?:cad|c\$)(?![^\W_])",
}
_KNOWN = {code: re.compile(words, re.IGNORECASE) for code, words in _CURRENCIES.items()}


def currency_of(text: str) -> str:
    """`USD` of `$0.085/kWh`; empty for roubles, and where none is named."""
    return next((code for code, known in _KNOWN.items() if known.search(text)), "")


def is_left_out(
    reading: SheetReading, found: Rows, index: int, column: ColumnPlan, target: Target, numbers: Numbers
) -> bool:
    """Whether the column is money that is not counted in roubles: then it is said."""
    if target.quantity not in _MONEY or not reading.asks:
        return False
    named = currency_of(column.unit) or ("" if column.why == "unit" else currency_of(column.header))
    if not named and numbers.bad.any():
        cells = reading.texts(index)[numbers.bad]
        said = {currency_of(str(cell)) for cell in cells.tolist()}
        named = said.pop() if len(said) == 1 else ""
    if named:
        found.remarks.append(remark("currency", reading.sheet.name, column=column.header, value=named))
    return bool(named)
