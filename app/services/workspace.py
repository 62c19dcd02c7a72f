"""Everything one profile consists of; `opening.py` opens it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.core.clock import Clock, utc_now
from app.core.late import late
from app.core.notices import NoticeBus
from app.core.paths import Paths
from app.core.settings import Settings
from app.models.journal import Journal
from app.models.keys import MasterKey
from app.models.secrets import Secrets
from app.models.store.database import Database

if TYPE_CHECKING:
    from app.models.search.index import SearchIndex
    from app.services.diagnosis.grids import GridKeeper
    from app.services.diagnosis.outlines import OutlineKeeper


@dataclass
class Workspace:
    """Opened once per process; every service takes it as its first argument."""

    paths: Paths
    settings: Settings
    store: Database
    journal: Journal
    notices: NoticeBus
    key: MasterKey
    clock: Clock = utc_now
    secrets: Secrets = field(init=False)
    syncing: threading.Lock = field(default_factory=threading.Lock)
    """One sync at a time: the window's own, and one that another program asks for."""

    def __post_init__(self) -> None:
        self.secrets = Secrets(self.paths.secrets, self.key)

    @late
    def search(self) -> SearchIndex:
        from app.models.search.index import SearchIndex

        return SearchIndex(self.paths.search, self.key.derive("search"))

    @late
    def grids(self) -> GridKeeper:
        from app.services.diagnosis.grids import GridKeeper

        return GridKeeper()

    @late
    def outlines(self) -> OutlineKeeper:
        from app.services.diagnosis.outlines import OutlineKeeper

        return OutlineKeeper()

    def close(self) -> None:
        self.leave_search()
        self.store.close()
        self.journal.close()

    def leave_search(self) -> None:
        if "search" in vars(self):
            self.search.close()
