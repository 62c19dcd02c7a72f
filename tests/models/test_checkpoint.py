"""The WAL is folded into the cache when nobody writes, and nobody is kept waiting for it."""

from __future__ import annotations

import threading

from app.services.workspace import Workspace


def test_a_checkpoint_gives_way_to_who_is_writing_and_keeps_no_reader_waiting(
    workspace: Workspace,
) -> None:
    store = workspace.store
    writing = store._connection.cursor()
    writing.execute("USE cache")
    writing.execute("BEGIN")
    writing.execute("INSERT INTO watermarks VALUES ('a', 'b', 'c')")
    told: list[bool] = []
    folding = threading.Thread(target=lambda: told.append(store.checkpoint()))
    folding.start()
    with store.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM wells").fetchone() == (2,)
    folding.join(30)
    assert len(told) == 1, "it waits for nobody"
    writing.execute("COMMIT")
    writing.close()
    assert store.checkpoint()
    with store.reading() as cursor:
        assert cursor.execute("SELECT mark FROM watermarks WHERE source = 'a'").fetchone() == ("c",)
