"""Somebody holds the way between a laptop and a real centre that hands out the feeds of updates and of
models: what comes is changed file by file. After each try nothing of it was laid down, it ended soon and in
little memory, and the centre itself is read again. Prints tries and what did not hold.
`python -m benchmarks.feeds_held FOLDER`.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.analysis.cards.outline import VECTOR_VERSION
from app.analysis.model_file import read
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.paths import profile_paths, resources
from app.core.settings import Settings
from app.core.signed_feeds import MODEL_LIST, MODEL_ROOT
from app.core.site import Site
from app.services.learnt import models
from app.services.learnt.state import CARDS
from app.services.updates import releases
from app.services.updates.signed import SignedFeed
from app.services.updates.unpacking import unpack
from app.sync.transports.feed import AT_CENTRE, feed_at
from benchmarks.holding import Holder, wrong
from benchmarks.knocking import Try, report
from central.learning.model_writing import written
from central.signed_feed import Keys, SignedFeedFolder
from tests.centre_process import CentreProcess, new_field
from tests.services.feeds import Publisher

MOST_S, MOST_MB = 20.0, 64
"""A try may take so long and so much memory."""


def quietly(what: Callable[[], object]) -> tuple[str, float, int]:
    """(what came of it, seconds, MB more at the highest); a fault that is none of ours to tell is one."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        error = pool.submit(what).exception()
    said = error.code if isinstance(error, KnownError) else f"fault {error!r}"[:80] if error else ""
    return said, time.monotonic() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10


class Feeds:
    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.centre = CentreProcess(folder / "centre")
        self.publisher = Publisher(folder / "publisher")
        self.archive = self.publisher.publish("0.2.0")
        self.old = shutil.copytree(self.publisher.feed, folder / "old")
        self.archive = self.publisher.publish("0.3.0")
        shutil.copytree(self.publisher.feed, folder / "centre" / "updates")
        self.models = SignedFeedFolder(folder / "centre" / "models", Keys(folder / "keys"), MODEL_ROOT)
        self.models.init()
        self.offer("site-1")
        self.centre.start()
        self.token = self.centre.token(new_field())
        self.holder = Holder(self.centre.url)

    def offer(self, version: str) -> None:
        file, name = read(resources() / "models" / f"{CARDS}.npz"), f"{CARDS}-{version}.npz"
        content = written({**file.about, "version": version}, file.arrays)
        (self.folder / name).write_bytes(content)
        one = {"name": CARDS, "version": version, "file": name, "size": len(content)}
        one |= {"features": VECTOR_VERSION, "least_program": "0.1.0"}
        told = json.dumps({"version": 1, "models": [one], "taken_back": []}).encode()
        self.models.put(MODEL_LIST, told, self.models.add(name, self.folder / name))

    def updates(self) -> Iterator[Try]:
        """A feed of updates of which each file is changed on its way: refused, soon, in little memory."""
        state = self.folder / "state of updates"
        laid = self.folder / "laid"

        def take() -> None:
            feed = feed_at(AT_CENTRE, centre=self.holder.url, token=self.token)
            try:
                signed = SignedFeed(feed, state, self.publisher.root)
                releases.read(signed.read("stable.json"))
                unpack(Job(), signed.fetch(Job(), self.archive.name), laid, "program-0.3.0")
                signed.forget()
            finally:
                feed.close()

        names = ("timestamp.json", "snapshot.json", "targets.json", "stable.json", self.archive.name)
        yield from self.tried(names, take, state, lambda: shutil.rmtree(laid, ignore_errors=True), laid)

    def of_models(self) -> Iterator[Try]:
        """A feed of models likewise, the first word of whose signatures is the centre's own."""
        place = self.folder / "profile"
        paths = profile_paths(place / "cache.duckdb")
        settings = Settings(self.folder / "settings.json", Site())
        settings.set("model_feed", AT_CENTRE)
        settings.set("centre_url", self.holder.url)
        file = f"{CARDS}-site-1.npz"

        def take() -> None:
            said = models.fetch(Job(), settings, paths, lambda: self.token)
            if said.refused:
                raise KnownError(str(next(iter(said.refused.values()))["code"]))

        names = ("1.root.json", "timestamp.json", "snapshot.json", "targets.json", MODEL_LIST, file)
        yield from self.tried(names, take, place, lambda: None, paths.models / file)

    def tried(
        self,
        names: tuple[str, ...],
        take: Callable[[], None],
        state: Path,
        forget: Callable[[], None],
        laid: Path,
    ) -> Iterator[Try]:
        for name in names:
            for number, (what, _, _) in enumerate(wrong()):
                shutil.rmtree(state, ignore_errors=True)
                forget()
                self.holder.lies(name, number)
                said, took_s, more_mb = quietly(take)
                there = laid.exists()
                self.holder.is_honest()
                shutil.rmtree(state, ignore_errors=True)
                after = quietly(take)[0]
                silent = name == "1.root.json" and what.startswith("status")  # a centre that taught nothing
                held = not there and (bool(said) or silent) and not said.startswith("fault")
                held = held and took_s < MOST_S and more_mb < MOST_MB and after == "" and laid.exists()
                yield f"{name}: {what}: {said or 'taken'}, {took_s:.1f} s, {more_mb} MB, then {after!r}", held

    def older(self) -> Iterator[Try]:
        """Rollback: an older state of the whole feed, and each of its files alone among the newer ones."""
        new = {path.relative_to(self.publisher.feed) for path in self.publisher.feed.rglob("*.json")}
        for name in (*sorted(new), None):
            state = self.folder / f"rolled {self.number}"
            self.number += 1
            feed = self.folder / "centre" / "updates"
            assert self.seen(state) == ["0.2.0", "0.3.0"]
            if name is None:
                shutil.rmtree(feed)
                shutil.copytree(self.old, feed)
            elif (self.old / name).exists():
                shutil.copyfile(self.old / name, feed / name)
            said, _, _ = quietly(lambda state=state: self.seen(state))  # type: ignore[misc]
            same = name is not None and (
                not (self.old / name).exists()
                or (self.old / name).read_bytes() == (self.publisher.feed / name).read_bytes()
            )
            yield (
                f"{name or 'all of it'}: {said or 'read'}",
                said == "" if same else "fault" not in said != "",
            )
            shutil.rmtree(feed)
            shutil.copytree(self.publisher.feed, feed)

    def seen(self, state: Path) -> list[str]:
        feed = feed_at(AT_CENTRE, centre=self.centre.url, token=self.token)
        try:
            signed = SignedFeed(feed, state, self.publisher.root)
            return [one.version for one in releases.read(signed.read("stable.json")).all]
        finally:
            feed.close()

    def links(self) -> Iterator[Try]:
        """Links laid into the folders of both feeds lead to no other file of the centre's machine."""
        client = self.centre.client(self.token)
        for route, folder in (("updates", "updates"), ("models/feed", "models")):
            for part in ("metadata", "targets"):
                for target in ("centre.sqlite", "clickhouse.password", "/etc/passwd", "."):
                    link = self.folder / "centre" / folder / part / "x.json"
                    link.symlink_to(self.folder / "centre" / target)
                    yield (
                        f"{route}/{part} {target}",
                        client.get(f"/v1/{route}/{part}/x.json").status_code == 404,
                    )
                    link.unlink()


def main() -> None:
    os.environ["WELLSIDE_SITE"] = str(Path(sys.argv[1]) / "none" / "site.toml")
    feeds = Feeds(Path(sys.argv[1]))
    try:
        report(feeds.updates, feeds.of_models, feeds.older, feeds.links)
    finally:
        feeds.holder.close()
        feeds.centre.stop()


if __name__ == "__main__":
    main()
