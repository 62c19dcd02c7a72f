"""Laptops that reach nothing but the centre get their updates from there, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.jobs import Job
from app.services.updates import releases
from app.services.updates.signed import SignedFeed
from app.sync.transports.feed import AT_CENTRE, feed_at
from tests.centre_process import CentreProcess, new_field
from tests.services.feeds import Publisher


@pytest.fixture
def publisher(centre: CentreProcess, tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "publisher")
    made.publish("0.2.0")
    shutil.rmtree(centre.folder / "updates", ignore_errors=True)
    shutil.copytree(made.feed, centre.folder / "updates")
    return made


def test_a_laptop_reads_the_signed_feed_of_the_centre_and_goes_on_in_the_middle_of_a_file(
    centre: CentreProcess, publisher: Publisher, tmp_path: Path
) -> None:
    feed = feed_at(AT_CENTRE, centre=centre.url, token=centre.token(new_field()))
    signed = SignedFeed(feed, tmp_path / "state", publisher.root)
    (one,) = releases.read(signed.read("stable.json")).all
    (archive,) = (publisher.folder / "built").glob("*.tar.xz")
    content = archive.read_bytes()
    stored = publisher.in_feed(archive).name
    (tmp_path / "state" / "parts" / stored.split(".")[0]).write_bytes(content[:60])
    assert next(feed.pieces(f"targets/{stored}", 60)) == (60, content[60:])
    assert signed.fetch(Job(), archive.name).read_bytes() == content
    assert one.version == "0.2.0"
    feed.close()


def test_without_a_token_of_its_own_nobody_reads_it(centre: CentreProcess, publisher: Publisher) -> None:
    feed = feed_at(AT_CENTRE, centre=centre.url, token="stranger")
    with pytest.raises(KnownError, match="401"):
        next(feed.pieces("metadata/timestamp.json"))
    feed.close()


@pytest.mark.parametrize("folder", [False, True])
def test_a_link_that_somebody_laid_into_the_feed_leads_to_no_file_of_the_centres(
    folder: bool, centre: CentreProcess, publisher: Publisher
) -> None:
    """Whoever may write to the share that holds the feed had the centre hand out its own store."""
    feed = centre.folder / "updates"
    path = "metadata/centre.sqlite"
    if folder:
        shutil.rmtree(feed / "targets")
        (feed / "targets").symlink_to(centre.folder)
        path = "targets/centre.sqlite"
    else:
        (feed / path).symlink_to(centre.folder / "centre.sqlite")
    with centre.client(centre.token(new_field())) as client:
        answer = client.get(f"/v1/updates/{path}")
        assert (answer.status_code, b"SQLite" in answer.content) == (404, False)
        assert client.get("/v1/updates/metadata/timestamp.json").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "metadata/..%2f..%2fcentre.sqlite",
        "metadata/%2e%2e/%2e%2e/centre.sqlite",
        "targets/..",
        "other/timestamp.json",
        "metadata/nothing.json",
        "metadata/%00",
    ],
)
def test_nothing_but_the_files_of_the_feed_is_handed_out(
    path: str, centre: CentreProcess, publisher: Publisher
) -> None:
    with centre.client(centre.token(new_field())) as client:
        answer = client.get(f"/v1/updates/{path}")
    assert answer.status_code == 404
    assert b"SQLite" not in answer.content
