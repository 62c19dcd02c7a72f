"""What a sheet has beside or below each other: wells, days, fluids, levels in its header, points and spans in
cells.
"""

from __future__ import annotations

from app.importers import own_dates, spans, yearless
from app.importers.across import stacked
from app.importers.cards_down import points_down
from app.importers.data_loggers import by_tags
from app.importers.dated_titles import told_by_titles
from app.importers.dates_across import undated
from app.importers.days_of_years import with_year
from app.importers.fluids_down import side_by_side
from app.importers.levels_down import one_below_the_other
from app.importers.sheets import Sheet
from app.importers.told_in_form import explained
from app.importers.vocabulary import Vocabulary


def unfolded(sheet: Sheet, words: Vocabulary, named: str = "") -> Sheet:
    """`named`: the sheet's own name; of a file's name nothing is made."""
    timed = spans.parted(with_year(explained(by_tags(sheet), words), words), words)
    timed = own_dates.apart(yearless.dated(timed, words, named), words)
    dated = undated(stacked(points_down(timed), words, named), words, named)
    alone = side_by_side(told_by_titles(dated, words), words)
    return one_below_the_other(alone, words)
