"""What IT told the centre of wells reaches the laptops: a well that nobody here knew, its other names, its
new one; what a laptop says of it afterwards goes back.
"""

from __future__ import annotations

from dataclasses import replace

from app.core.clock import utc_now
from app.core.jobs import Job
from app.models.store import records, versions
from app.models.wells import ESP, Well, WellId, passport_id
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.sync.pull import Pulled, pull_records
from central.accept import accept
from central.names.wells import WellBook
from central.stores import wells as central_wells
from central.stores.engine import changing, reading
from tests.sync.test_limits_travel import Stream, second  # noqa: F401 - a fixture
from tests.sync.test_names_of_wells import renamed
from tests.sync.test_one_name_at_both_ends import Ends, ends, envelope  # noqa: F401 - a fixture

NEW = Well(WellId(0), "901", "Северное", "9", ESP, aliases=("WELL_901", "API-7"))


def pull(laptop: Workspace, of: Ends) -> None:
    pull_records(Job(), laptop.store, laptop.journal, Stream(of), Pulled())


def told(of: Ends, well: Well) -> Well:
    with changing(of.engine) as connection:
        return WellBook(connection, utc_now(), "IT").tell(well).well


def test_a_well_of_the_centres_appears_with_its_names_and_gets_its_new_one(
    ends: Ends,  # noqa: F811
    second: Workspace,  # noqa: F811
) -> None:
    made = told(ends, NEW)
    pull(ends.laptop, ends)
    here = find_well(ends.laptop, "well_901")
    assert (here.name, here.uid, here.lift, here.pad) == ("901", made.uid, ESP, "9")
    with changing(ends.engine) as connection:
        book = WellBook(connection, utc_now(), "IT")
        book.also_called(book.rename(book.get("Северное", "901"), "901-2"), "T-9")
    for laptop in (ends.laptop, second):
        pull(laptop, ends)
        assert {find_well(laptop, name).name for name in ("901", "901-2", "T-9", "API-7")} == {"901-2"}
        history = versions.versions(laptop.store, passport_id(made.uid))
        assert [one.body["values"]["well_name"] for one in history] == ["901", "901-2", "901-2"]


def test_a_well_is_not_of_a_laptop_of_another_field(ends: Ends) -> None:  # noqa: F811
    told(ends, replace(NEW, field_name="Южное"))
    pull(ends.laptop, ends)
    assert "901" not in {well.name for well in records.wells(ends.laptop.store)}


def test_a_lift_that_one_laptop_mends_arrives_at_the_centre_and_at_another_laptop(
    ends: Ends,  # noqa: F811
    second: Workspace,  # noqa: F811
) -> None:
    told(ends, NEW)
    pull(ends.laptop, ends)
    pull(second, ends)
    renamed(ends.laptop, "901", lift="pcp")
    sent = [envelope(entry) for entry in ends.laptop.journal.entries()]
    # As the sync sends them: with the version that the laptop had pulled.
    based = [one.model_copy(update={"base_version": number}) for number, one in enumerate(sent, 1)]
    receipts = accept(ends.engine, ends.device, tuple(based), utc_now)
    assert {receipt.status for receipt in receipts} == {"accepted"}, receipts
    with reading(ends.engine) as connection:
        assert {well.name: well.lift for well in central_wells.all_wells(connection)}["901"] == "pcp"
    assert find_well(second, "901").lift == ESP
    pull(second, ends)
    assert find_well(second, "901").lift == "pcp"
