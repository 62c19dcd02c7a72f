"""Models of the centre on a laptop: taken when they fit, refused with a reason when not, and given back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.analysis import ranker as ranking
from app.analysis.cards.outline import VECTOR_VERSION
from app.analysis.model_file import read
from app.analysis.model_places import put_in_force
from app.analysis.model_versions import model_version
from app.analysis.ranker import ranker
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.paths import Paths, profile_paths, resources
from app.core.settings import Settings
from app.core.signed_feeds import MODEL_LIST, MODEL_ROOT
from app.core.site import Site
from app.services.learnt import models
from app.services.learnt.state import CARDS, State, start, state_of
from app.sync.transports.feed import FolderFeed
from central.learning.model_writing import written
from central.signed_feed import Keys, SignedFeedFolder

SHIPPED = "simulated-20261126"


@dataclass
class Centre:
    """A signed feed of models, as the centre makes it."""

    feed: SignedFeedFolder
    folder: Path

    def content(self, version: str, **about: object) -> bytes:
        file = read(resources() / "models" / f"{CARDS}.npz")
        weights = file.arrays["weights"] + 0.5
        return written({**file.about, "version": version, **about}, {**file.arrays, "weights": weights})

    def offers(self, version: str, content: bytes | None = None, **changed: object) -> None:
        content = content or self.content(version)
        name = f"{CARDS}-{version}.npz"
        (self.folder / name).write_bytes(content)
        one = {
            "name": CARDS,
            "version": version,
            "file": name,
            "size": len(content),
            "features": VECTOR_VERSION,
            "least_program": "0.1.0",
        }
        told = {"version": 1, "models": [{**one, **changed}], "taken_back": []}
        self.feed.put(MODEL_LIST, json.dumps(told).encode(), self.feed.add(name, self.folder / name))

    def offers_nothing(self) -> None:
        self.feed.put(MODEL_LIST, b'{"version": 1, "models": []}')


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    feed = SignedFeedFolder(tmp_path / "feed", Keys(tmp_path / "keys"), MODEL_ROOT)
    feed.init()
    return Centre(feed, tmp_path)


@dataclass
class Laptop:
    paths: Paths
    settings: Settings

    def fetch(self) -> State:
        return models.fetch(Job(), self.settings, self.paths, lambda: "")

    def update(self) -> str:
        self.fetch()
        models.switch(self.paths)
        return model_version(CARDS)


@pytest.fixture
def laptop(tmp_path: Path, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    site = tmp_path / "site"
    site.mkdir(mode=0o755)
    (site / MODEL_ROOT).write_bytes((centre.feed.folder / MODEL_ROOT).read_bytes())
    monkeypatch.setenv("WELLSIDE_SITE", str(site / "site.toml"))
    settings = Settings(tmp_path / "settings.json", Site())
    settings.set("model_feed", str(centre.feed.folder))
    yield Laptop(profile_paths(tmp_path / "profile" / "cache.duckdb"), settings)
    put_in_force(CARDS, None)


def test_a_model_is_fetched_put_into_force_by_itself_and_there_after_a_start(
    laptop: Laptop, centre: Centre
) -> None:
    centre.offers("site-1")
    assert laptop.fetch().fetched == "card_ranker-site-1.npz"
    assert model_version(CARDS) == SHIPPED, "not before nobody works"
    assert models.switch(laptop.paths) == "site-1"
    put_in_force(CARDS, None)
    start(laptop.paths)
    known = ranker()
    assert known is not None
    assert known.version == "site-1"
    assert laptop.fetch().fetched is None, "nothing new"


def test_the_one_before_is_in_force_again_without_a_network_and_the_other_is_not_taken_again(
    laptop: Laptop, centre: Centre
) -> None:
    centre.offers("site-1")
    assert laptop.update() == "site-1"
    centre.offers("site-2")
    assert laptop.update() == "site-2"
    laptop.settings.set("model_feed", "/nowhere")
    assert models.back(laptop.paths) == "site-1"
    with pytest.raises(KnownError, match="model_no_way_back"):
        models.back(laptop.paths)
    laptop.settings.set("model_feed", str(centre.feed.folder))
    assert laptop.update() == "site-1", "site-2 was given up here"
    centre.offers("site-3")
    assert laptop.update() == "site-3"
    assert models.back(laptop.paths) == "site-1"


def test_what_the_centre_takes_back_goes_from_the_laptops_too(laptop: Laptop, centre: Centre) -> None:
    centre.offers("site-1")
    assert laptop.update() == "site-1"
    centre.offers_nothing()
    assert laptop.update() == SHIPPED
    assert models.back(laptop.paths) == "site-1"


@pytest.mark.parametrize(
    ("offer", "why"),
    [
        (lambda c: c.offers("bad", least_program="99.0"), "model_needs_program"),
        (lambda c: c.offers("bad", size=17 << 20), "model_too_large"),
        (lambda c: c.offers("bad", features="others"), "model_features"),
        (lambda c: c.offers("bad", c.content("bad", features=["a", "b"])), "model_features"),
        (lambda c: c.offers("bad", c.content("another")), "model_foreign"),
        (lambda c: c.offers("bad", b"\x80\x04 a pickle"), "model_foreign"),
        (lambda c: c.offers("bad", size=5), "model_foreign"),
        (lambda c: c.offers("slow"), "model_slow"),
    ],
)
def test_one_that_does_not_fit_is_refused_with_a_reason_and_the_one_before_goes_on(
    offer: object, why: str, laptop: Laptop, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.offers("site-1")
    assert laptop.update() == "site-1"
    if why == "model_slow":
        monkeypatch.setattr(models, "SLOWEST_MS", 0.0)
    offer(centre)  # type: ignore[operator]
    for _ in range(2):
        assert laptop.update() == "site-1"
    (error,) = models.reasons(state_of(laptop.paths)).values()
    assert error.code == why


def test_a_feed_that_others_signed_or_that_shows_an_older_state_brings_nothing(
    laptop: Laptop, centre: Centre, tmp_path: Path
) -> None:
    centre.offers("site-1")
    assert laptop.update() == "site-1"
    stranger = Centre(SignedFeedFolder(tmp_path / "other", Keys(tmp_path / "keys2"), MODEL_ROOT), tmp_path)
    stranger.feed.init()
    for _ in range(3):
        stranger.offers("evil")
    laptop.settings.set("model_feed", str(stranger.feed.folder))
    with pytest.raises(KnownError, match="update_feed_unsigned"):
        laptop.fetch()
    assert model_version(CARDS) == "site-1"


def test_nobodys_signature_is_believed_without_a_word_of_it(
    laptop: Laptop, centre: Centre, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WELLSIDE_SITE", str(tmp_path / "none" / "site.toml"))
    with pytest.raises(KnownError, match="update_no_root"):
        laptop.fetch()


def test_a_model_that_waited_for_others_is_not_called_slow(
    laptop: Laptop, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is refused is not asked for again: 4 of 144 times a busy machine refused a good one for ever."""
    passed = iter(range(0, 1_000_000, 10))
    centre.offers("site-1")
    with monkeypatch.context() as busy:
        busy.setattr(models.time, "perf_counter", lambda: float(next(passed)))
        laptop.fetch()
    assert laptop.update() == "site-1"
    assert state_of(laptop.paths).refused == {}


def test_a_first_word_without_an_end_is_not_read_on(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It was held in memory whole before its length was looked at: 400 MB were 860."""
    sent = 0

    class Endless(FolderFeed):
        def pieces(self, path: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
            nonlocal sent
            for sent in range(1, 1_000):
                yield sent, b" " * 1_000

    monkeypatch.setenv("WELLSIDE_SITE", str(tmp_path / "none" / "site.toml"))
    monkeypatch.setattr(models, "feed_at", lambda *_, **__: Endless(tmp_path))
    laptop.settings.set("model_feed", "centre")
    laptop.settings.set("centre_url", "http://127.0.0.1:9")
    with pytest.raises(KnownError, match="update_feed_malformed"):
        laptop.fetch()
    assert sent < 100
    assert not (laptop.paths.models / MODEL_ROOT).exists()


def test_a_file_that_came_to_harm_leaves_the_programs_own(laptop: Laptop, centre: Centre) -> None:
    centre.offers("site-1")
    assert laptop.update() == "site-1"
    (laptop.paths.models / "card_ranker-site-1.npz").write_bytes(b"torn")
    ranking._loaded.cache_clear()
    known = ranker()
    assert known is not None
    assert known.version == SHIPPED
    (laptop.paths.models / "state.json").write_bytes(b"{")
    start(laptop.paths)
    assert state_of(laptop.paths) == State()
    assert model_version(CARDS) == SHIPPED
