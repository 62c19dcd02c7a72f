"""Everything one profile consists of; `opening.py` opens it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from app.core.clock import Clock, utc_now
from app.core.notices import NoticeBus
from app.core.paths import Paths
from app.core.settings import Settings
from app.models.journal import Journal
from app.models.keys import MasterKey
from app.models.search.index import SearchIndex
from app.models.secrets import Secrets
from app.models.store.database import Database
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
    search: SearchIndex = field(init=False)
    grids: GridKeeper = field(default_factory=GridKeeper)
    outlines: OutlineKeeper = field(default_factory=OutlineKeeper)
    syncing: threading.Lock = field(default_factory=threading.Lock)
    """One sync at a time: the window's own, and one that another program asks for."""

    def __post_init__(self) -> None:
        self.secrets = Secrets(self.paths.secrets, self.key)
        self.search = SearchIndex(self.paths.search, self.key.derive("search"))

    def close(self) -> None:
        self.search.close()
        self.store.close()
        self.journal.close()
