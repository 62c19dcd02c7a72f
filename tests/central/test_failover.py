"""A database that fails over in the middle of a turn: at every statement, before and after the commit."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import utc_now
from central.accept import accept
from central.stores import oracle, turns
from central.stores.engine import next_numbers, reading
from central.stores.tables import LEASES
from central.stores.turns import in_turn
from tests.central.a_site import Site
from tests.central.test_own_fields import MINE, card, device, of

SAID = "ORA-03113: end-of-file on communication channel"


class Failing:
    """The n-th thing that is asked of the database fails, so many times."""

    def __init__(self, site: Site, monkeypatch: pytest.MonkeyPatch, said: str = SAID) -> None:
        self.said, self.count, self.at, self.left, self.after_commit = said, 0, -1, 0, False
        sa.event.listen(site.engine, "before_cursor_execute", self._asked)
        commit = site.engine.dialect.do_commit

        def committed(connection: Any) -> None:
            if not self.after_commit:
                self._step()
            commit(connection)
            if self.after_commit:
                self.after_commit = False
                raise self._error()

        monkeypatch.setattr(site.engine.dialect, "do_commit", committed)

    def _asked(self, connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            self._step()

    def _step(self) -> None:
        self.count += 1
        if self.count > self.at >= 0 and self.left:
            self.left -= 1
            raise self._error()

    def _error(self) -> sa.exc.DBAPIError:
        return sa.exc.DatabaseError("…", {}, Exception(self.said))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "FAILOVER_PAUSE_S", 0.0)


def _kept(connection: Connection) -> str:
    """As entries are: known by an id, and done once."""
    if connection.execute(sa.select(LEASES.c.beat).where(LEASES.c.name == "entry")).first() is not None:
        return "duplicate"
    number = next_numbers(connection, 1)
    connection.execute(sa.insert(LEASES).values(name="entry", holder="x", beat=number))
    return "accepted"


def _rows(site: Site) -> int:
    with reading(site.engine) as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(LEASES)).scalar_one())


def _steps(site: Site, failing: Failing) -> int:
    """Of a turn that nothing disturbs."""
    before = failing.count
    with pytest.raises(ZeroDivisionError):
        in_turn(site.engine, 8, lambda connection: (_kept(connection), 1 // 0))
    return failing.count - before + 2  # the counter's row and the commit come after


def test_wherever_it_fails_over_the_turn_is_done_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = Failing(site, monkeypatch)
    steps = _steps(site, failing)
    assert steps >= 5
    for step in range(steps):
        with site.engine.begin() as connection:
            connection.execute(sa.delete(LEASES))
        failing.count, failing.at, failing.left = 0, step, 1
        assert in_turn(site.engine, 8, _kept) == "accepted", step
        assert failing.left == 0, f"nothing failed at {step}"
        failing.at = -1
        assert _rows(site) == 1


def test_a_commit_whose_answer_was_lost_is_found_and_not_done_twice(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Failing(site, monkeypatch)
    failing.after_commit = True
    assert in_turn(site.engine, 8, _kept) == "duplicate"
    assert _rows(site) == 1


def test_a_database_that_stays_away_is_said_so_after_a_few_times(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Failing(site, monkeypatch)
    failing.at, failing.left = 0, 1_000
    with pytest.raises(sa.exc.DatabaseError, match="ORA-03113"):
        in_turn(site.engine, 8, _kept)
    assert 1_000 - failing.left == turns.FAILOVERS + 1
    failing.left = 0
    assert _rows(site) == 0


def test_while_it_stays_away_no_entry_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop that is told so puts the entry aside."""
    failing, sender, entries = (
        Failing(site, monkeypatch),
        device(site.engine, MINE),
        (of("card", MINE, card()),),
    )
    failing.count, failing.at, failing.left = 0, 0, 1_000
    with pytest.raises(sa.exc.DatabaseError, match="ORA-03113"):
        accept(site.engine, sender, entries, utc_now)
    failing.left = 0
    assert [said.status for said in accept(site.engine, sender, entries, utc_now)] == ["accepted"]


def test_a_statement_that_is_wrong_is_not_tried_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = Failing(site, monkeypatch, "ORA-00942: table or view does not exist")
    failing.at, failing.left = 1, 5
    with pytest.raises(sa.exc.DatabaseError, match="ORA-00942"):
        in_turn(site.engine, 8, _kept)
    assert failing.left == 4


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ("ORA-25408: can not safely replay call", True),
        ("ORA-41412: results changed during replay", True),
        ("ORA-01089: immediate shutdown or close in progress", True),
        ("DPY-4011: the database or network closed the connection", True),
        ("DPY-6005: cannot connect to database. ORA-12514", True),
        ("ORA-00001: unique constraint violated", False),
        ("ORA-01017: invalid username/password; logon denied", False),
        ("DPY-2016: bind variable name cannot be longer", False),
        ("23505 duplicate key, line 3113", False),
    ],
)
def test_what_another_node_may_mend_is_told_from_what_is_wrong_everywhere(said: str, over: bool) -> None:
    assert oracle.is_failover(sa.exc.DatabaseError("…", {}, Exception(said))) is over


def test_a_wallet_is_asked_for_by_oracle_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(oracle.WALLET, "/wallet")
    monkeypatch.setenv(oracle.NAMES, "/wallet")
    monkeypatch.delenv(oracle.WALLET_PASSWORD, raising=False)
    told = {"wallet_location": "/wallet", "config_dir": "/wallet"}
    assert oracle.connect_args("oracle+oracledb://u:p@site") == told
    assert oracle.connect_args("postgresql+psycopg://u:p@site/db") == {}
