"""From the centre: what changed in its records, then readings and cards. Rows and watermark in one
transaction, always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.core.clock import parse_time
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models import readable
from app.models.canonical import digest
from app.models.cards import StoredCard
from app.models.entries import Entry
from app.models.journal import Journal
from app.models.readings import Readings
from app.models.store import cards as card_store
from app.models.store import central, central_fields, central_readings, central_sums, unread, well_tests
from app.models.store.central import CentralRecord
from app.models.store.database import Database
from app.models.store.merged import relation
from app.models.store.records import Cursor, every_well
from app.models.upcasting import upcast
from app.models.values import a_part, needed_text, number_of, text_of
from app.models.well_tests import StoredTest
from app.sync.carried import CARRIED, Carried, Subscription
from app.sync.fetching import ahead, pieces
from app.sync.parts import CARDS_A_REQUEST, ROWS_A_REQUEST, gathered
from app.sync.transports.base import CentralCard, Part, ReadingSource, RecordSource
from app.sync.wire import Change, Changes

if TYPE_CHECKING:
    import pyarrow as pa

RECORDS, READINGS = "records", "readings"
CHANGE_NO, CATCHING = "change_no", "catching/"
"""How far all was read, and the history of a field that this laptop was given later."""
OVERLAP = timedelta(seconds=30)
"""Announcements are read again this far back: two writers at the centre may announce out of order."""


@dataclass
class Pulled:
    changes: int = 0
    confirmed: int = 0
    readings: int = 0
    cards: int = 0
    changed: bool = False
    """Something of it is new here: pages read again."""


# ---- records -----------------------------------------------------------------------------------------------


def pull_records(job: Job, store: Database, journal: Journal, source: RecordSource, done: Pulled) -> int:
    """Until there is nothing newer; the history of fields that were added first. Returns the last change's
    number.
    """
    for name in sorted(central.marks(store, RECORDS)):
        if name.startswith(CATCHING):
            _read_on(job, store, journal, source, done, name)
            with store.writing() as cursor:
                central.drop_marks(cursor, RECORDS, name)
    after = _read_on(job, store, journal, source, done, CHANGE_NO)
    taken = journal.sending.taken_up_to(after)
    _show(store, journal, taken, done)
    done.confirmed += journal.sending.confirm([entry.id for entry in taken])
    return after


def _show(store: Database, journal: Journal, taken: list[Entry], done: Pulled) -> None:
    """What the stream said of their records while they were unsent was not shown, and it says it once. Before
    they are confirmed: after a kill it is done again.
    """
    names = {str(entry.payload["record"]) for entry in taken if entry.kind == "record"}
    waited = sorted(names - journal.pending_records()) if names else []
    if waited:
        with store.writing() as cursor:
            central.show_again(cursor, waited)
        done.changed = True


def _read_on(
    job: Job, store: Database, journal: Journal, source: RecordSource, done: Pulled, name: str
) -> int:
    """From where its mark stands. Returns where that is then."""
    field = name.removeprefix(CATCHING) if name.startswith(CATCHING) else ""
    after = int(central.mark(store, RECORDS, name) or 0)
    while True:
        job.check()
        told = source.changes(after, field) if field else source.changes(after)
        if told.next < after:
            raise KnownError("centre_not_itself", reason="changes go backwards")
        _apply(store, journal, told, done, name)
        after = told.next
        job.report(done.changes, None, "job.sync_records")
        if not told.more:
            return after


def _apply(store: Database, journal: Journal, told: Changes, done: Pulled, name: str) -> None:
    pending = journal.pending_records()
    with store.writing() as cursor:
        _apply_changes(cursor, told.changes, pending)
        central.set_mark(cursor, RECORDS, name, str(told.next))
    # Only now, with the rows on the disk, is an entry of ours known to be there for ever.
    done.confirmed += journal.sending.confirm([change.entry_id for change in told.changes if change.entry_id])
    done.changes += len(told.changes)
    done.changed = done.changed or bool(told.changes)


def apply_part(store: Database, journal: Journal, told: Changes, well: int, kind: str) -> bool:
    """All records of one well (its number here) and kind as the centre has them; others it has not. Returns
    whether the stream had told them otherwise: it was read past the changes that made them so, and none of
    them is kept as one that this program cannot read.
    """
    unreadable = {one.key for one in unread.of_other_readers(store, "")}
    pending = journal.pending_records()
    read_to = int(central.mark(store, RECORDS, CHANGE_NO) or 0)
    with store.writing() as cursor:
        before = central_sums.begin_part(cursor, well, kind)
        _apply_changes(cursor, told.changes, pending)
        central_sums.keep_only(cursor, well, kind, [change.key for change in told.changes], pending)
    return any(
        change.change_no <= read_to and before.get(change.key) != digest(change.body)
        for change in told.changes
        if change.key not in unreadable
    )


def read_again(store: Database, journal: Journal) -> int:
    """What a program of another version could not read, in the order in which it was told. Returns how many
    are read now, wholly.
    """
    waiting = unread.of_other_readers(store, readable.reader())
    if not waiting:
        return 0
    told = tuple(Change.model_validate(one.raw) for one in waiting)
    with store.writing() as cursor:
        unread.drop(cursor, [one.change_no for one in waiting])
        left = _apply_changes(cursor, told, journal.pending_records())
    return len(waiting) - left


def _apply_changes(cursor: Cursor, told: tuple[Change, ...], pending: frozenset[str]) -> int:
    """What is understood goes where it belongs; the rest, and what more was said than is understood, is kept
    as it came. Returns how many of those there are.
    """
    known: dict[str, int] = {}
    records: list[CentralRecord] = []
    passed_over: list[unread.Unread] = []
    left = 0
    for change in told:
        why = readable.not_readable(change.topic, change.body)
        if change.well is not None and (change.topic == "well" or change.well.uid not in known):
            about = change.body if change.topic == "well" and not why else {}
            known[change.well.uid] = central.apply_well(cursor, change.well.model_dump(), about)
        if not why:
            try:
                if change.topic in LEFT:
                    left += _keep(cursor, records, passed_over, pending)
                    _leave(cursor, change, pending)
                else:
                    _apply_one(cursor, change, known, records)
            except (KeyError, ValueError, TypeError, AttributeError, KnownError):
                why = "content"
        if not why and readable.has_more(change.topic, change.body):
            why = "fields"
        if why:
            raw = change.model_dump()
            passed_over.append(unread.Unread(change.topic, change.key, change.change_no, why, raw))
    return left + _keep(cursor, records, passed_over, pending)


def _keep(
    cursor: Cursor, records: list[CentralRecord], passed_over: list[unread.Unread], pending: frozenset[str]
) -> int:
    """What was read so far and what was not. Returns how many of those there were."""
    central.apply_records(cursor, records, pending)
    unread.keep(cursor, passed_over, readable.reader())
    count = len(passed_over)
    records.clear()
    passed_over.clear()
    return count


LEFT = ("well_left", "record_left")
"""It went to a field that this laptop does not see."""


def _leave(cursor: Cursor, change: Change, pending: frozenset[str]) -> None:
    if change.topic == "record_left":
        central_fields.leave_record(cursor, change.key, pending)
    else:
        central_fields.leave_wells(cursor, [change.key])


def _apply_one(cursor: Cursor, change: Change, here: dict[str, int], records: list[CentralRecord]) -> None:
    if change.well is None:
        return
    if change.topic == "record":
        records.append(_record_of(change, here[change.well.uid]))
    elif change.topic == "well_test":
        _apply_test(cursor, change, here[change.well.uid])


def _record_of(change: Change, well: int) -> CentralRecord:
    kind, version = needed_text(change.body, "kind"), int(number_of(change.body, readable.VERSION_KEY) or 1)
    _, body = upcast("record", change.body, version)
    for moment in (needed_text(body, "at"), text_of(body, "until")):
        if moment:
            parse_time(moment)
    values = a_part(body["values"], "values")
    if body.get("action") != "removed" and not readable.are_of(kind, values):
        raise ValueError("values that no record of the kind has")
    return CentralRecord(
        change.key,
        kind,
        well,
        change.version,
        change.change_no,
        change.entry_id,
        change.author,
        parse_time(change.saved_at),
        body,
        tuple((file.sha256, file.name, file.size) for file in change.attachments),
        digest(change.body),
    )


def _apply_test(cursor: Cursor, change: Change, well: int) -> None:
    if change.deleted or not change.body:
        well_tests.remove(cursor, change.key)
        return
    taken_at = parse_time(needed_text(change.body, "taken_at"))
    well_tests.apply_central(
        cursor,
        StoredTest(
            change.key, well, taken_at, needed_text(change.body, "kind"), a_part(change.body["test"], "test")
        ),
    )


# ---- readings and cards ------------------------------------------------------------------------------------

MakeCard = Callable[[CentralCard, int], StoredCard]


class ReadingPull:
    """One run. `make_card` computes what the tables of cards show of one."""

    def __init__(
        self,
        store: Database,
        source: ReadingSource,
        subscription: Subscription,
        make_card: MakeCard,
        done: Pulled,
        written: Callable[[Readings], None] = lambda _: None,
    ) -> None:
        self._store, self._source, self._subscription = store, source, subscription
        self._make_card, self._done, self._written = make_card, done, written
        self.numbers = wells_carried(store, subscription)

    def run(self, job: Job) -> None:
        if not self.numbers:
            return
        newest = self._source.newest(sorted(self.numbers))
        if not newest:
            return
        known = Carried.read(central.mark(self._store, READINGS, CARRIED))
        before = known.wells if known is not None and known.covers(self._subscription) else frozenset[int]()
        if (
            known is not None
            and before <= set(self.numbers)
            and parse_time(newest) < parse_time(known.newest)
        ):
            before = frozenset()  # nobody has announced what the mark says: it is not known what came since
        new = sorted(set(self.numbers) - before)
        if new:
            self._everything(job, new)
        if known is not None and before:
            self._what_came(job, known.newest, newest, sorted(before & set(self.numbers)))
        with self._store.writing() as cursor:
            central.drop_marks(cursor, READINGS)
            here = Carried(frozenset(self.numbers), self._subscription.since, self._detail, newest)
            central.set_mark(cursor, READINGS, CARRIED, here.text())

    @property
    def _detail(self) -> str:
        return "coarse" if self._subscription.coarse else "all"

    def _everything(self, job: Job, wells: list[int]) -> None:
        """Cards first: they are small. A part that is here already is not asked for again after a break."""
        since = self._subscription.since
        finished = central.marks(self._store, READINGS)
        for part in gathered(self._source.card_months(wells, since), CARDS_A_REQUEST):
            self._cards(job, part)
        parts = {
            f"part/{self._detail}/{part.well}+{len(part.others)}/{part.first:%Y-%m}/{part.rows}": part
            for part in gathered(self._source.months(wells, since), ROWS_A_REQUEST)
        }
        total = sum(part.rows for part in parts.values()) + self._done.readings
        self._readings(job, {name: part for name, part in parts.items() if name not in finished}, total)

    def _what_came(self, job: Job, marked: str, newest: str, wells: list[int]) -> None:
        after = (parse_time(marked) - OVERLAP).strftime("%Y-%m-%d %H:%M:%S.%f")
        cards = self._source.announced(wells, after, newest, "dynamograms")
        for part in gathered(cards, CARDS_A_REQUEST):
            self._cards(job, part)
        came = gathered(self._source.announced(wells, after, newest), ROWS_A_REQUEST)
        self._readings(job, {str(i): part for i, part in enumerate(came)}, None, marked=False)

    def pull_part(self, job: Job, part: Part) -> None:
        """The same part again, whatever was marked: what the comparison of sums found to differ."""
        self._readings(job, {"": part}, None, marked=False)

    def pull_cards(self, job: Job, part: Part) -> None:
        """The same of cards."""
        self._cards(job, part)

    def _readings(self, job: Job, parts: dict[str, Part], total: int | None, *, marked: bool = True) -> None:
        """Fetched in a thread while what came before is written; several small parts make one transaction."""
        for table, finished in pieces(ahead(job, self._fetched(parts)), parts):
            job.check()
            written, gone = central_readings.rows_of(table, self.numbers)
            with self._store.writing(job) as cursor:
                changed = central_readings.apply(cursor, written, gone)
                for name in finished:
                    if marked:
                        central.set_mark(cursor, READINGS, name, "here")
            if changed:
                self._written(written)
            self._done.readings += changed
            self._done.changed = self._done.changed or bool(changed)
            job.report(self._done.readings, total, "job.sync_readings")

    def _fetched(self, parts: dict[str, Part]) -> Iterator[tuple[str, pa.Table | None]]:
        """(part, a table of it), and (part, None) when it is all there."""
        for name, part in parts.items():
            for table in self._source.readings(
                _within(part, self._subscription.since), coarse=self._subscription.coarse
            ):
                yield name, table
            yield name, None

    def _cards(self, job: Job, part: Part) -> None:
        cards = self._source.cards(_within(part, self._subscription.since))
        job.check()
        made, gone = [], []
        for card in cards:
            here = self.numbers.get(card.well)
            if here is None:
                continue
            if card.deleted:
                gone.append((here, card))
            else:
                made.append(self._make_card(card, here))
        if not made and not gone:
            return
        with self._store.writing(job) as cursor:
            added, _ = card_store.add_in(cursor, made)
            removed = card_store.take_out(
                cursor, [(well, card.position_m, card.load_n, card.taken_at) for well, card in gone]
            )
        self._done.cards += added + removed
        self._done.changed = self._done.changed or bool(added + removed)
        job.report(self._done.cards, None, "job.sync_cards")


def wells_carried(store: Database, subscription: Subscription) -> dict[int, int]:
    """The centre's number → the number here, of the wells that this laptop carries: those that were merged
    into one of them too.
    """
    numbers = central.central_wells(store)
    if not subscription.wells:
        return numbers
    chosen = {int(well.id) for well in every_well(store) if well.uid in subscription.wells}
    with store.reading() as cursor:
        chosen |= {well for well, into in relation(cursor).items() if into in chosen}
    return {number: here for number, here in numbers.items() if here in chosen}


def _within(part: Part, since: datetime) -> Part:
    return replace(part, first=max(part.first, since))
