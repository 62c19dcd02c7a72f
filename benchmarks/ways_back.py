"""Who has a laptop's disk, the centre's, or a stick: the file of recovery and files of unsent work changed,
cut, exchanged, given in again, of another's and of no size. Prints tries and what did not hold, by kinds.
`python -m benchmarks.ways_back FOLDER`.
"""

from __future__ import annotations

import base64
import io
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from app.core.clock import iso, utc_now
from app.core.errors import KnownError
from app.core.ids import new_id
from app.models import written_key
from app.models.recovery import Recovery
from app.models.store import records
from app.services import recovery
from app.services.centre import unsent
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync import parcel
from benchmarks.knocking import Try, report
from central import unsent as at_centre
from central.stores import devices, site_keys
from central.stores.engine import changing
from tests.centre_process import open_laptop, wells_of
from tests.profiles import centre_tables
from tests.sync.records_made import flow_test

FIELD, OTHER = "Северное", "Южное"
MOST_S, MOST_MB = 10.0, 200
"""A hostile file may cost so much, whatever it says of itself."""


class Ways:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.laptop, self.taker, self.foreign = (open_laptop(folder / name) for name in ("a", "b", "c"))
        self.engine = centre_tables(folder / "centre.sqlite")
        for laptop, fields in (
            (self.laptop, (FIELD,)),
            (self.taker, (FIELD, OTHER)),
            (self.foreign, (OTHER,)),
        ):
            self.meet(laptop, fields)
        with self.laptop.store.writing() as cursor:
            records.put_wells(cursor, wells_of(FIELD))
        for _ in range(3):
            entries.save_record(self.laptop, flow_test(), (("act.pdf", os.urandom(30_000)),))
        self.stick = folder / "w.unsent"
        unsent.save(self.laptop, self.stick)
        self.content = self.stick.read_bytes()
        private = rsa.generate_private_key(65537, 3072)
        self.private = _pem(private)
        self.public = private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.paths, self.secret = self.laptop.paths, self.laptop.key.secret
        self.shown = recovery.make(self.paths)
        self.file = Recovery(self.paths.recovery)
        self.file.hold(self.secret, self.public.decode())
        self.whole = self.paths.recovery.read_bytes()

    def meet(self, laptop: Workspace, fields: tuple[str, ...]) -> None:
        with changing(self.engine) as connection:
            device, _ = devices.add(connection, new_id(), fields, devices.LAPTOP_SCOPES, utc_now())
            keys = site_keys.of_site(connection, utc_now())
        seed = os.urandom(32)
        laptop.secrets.set("signing key", seed.hex())
        told = keys.introduce(device, parcel.public_of(seed), utc_now())
        laptop.secrets.set("introduction", told.model_dump_json())

    # ---- the file of recovery ------------------------------------------------------------------------------

    def opens(self, content: bytes) -> str:
        """What the recovery key, and what IT's, open of such a file: "ours", or why nothing."""
        self.paths.recovery.write_bytes(content)
        said = [
            self.typed(self.shown),
            _told(lambda: written_key.read(self.file.unsealed(self.private), (32,)) == self.secret),
        ]
        return "fault" if "fault" in said or "False" in said else " ".join(said)

    def typed(self, key: str) -> str:
        """Whether what is typed opens our key, or why nothing. IT's part is left out of it: to read a private
        key takes a tenth of a second of the processor.
        """
        return _told(lambda: self.file.opened(key) == self.secret)

    def changed(self) -> Iterator[Try]:
        """The file of recovery with every other byte changed: it opens our key or nothing, and says why."""
        for place in range(0, len(self.whole), 2):
            told = self.opens(_flipped(self.whole, place))
            yield f"byte {place}: {told}", told != "fault"

    def cut(self) -> Iterator[Try]:
        """Cut at a hundred lengths, doubled, emptied, another's, of no JSON, deep, endless."""
        for length in range(0, len(self.whole), 11):
            told = self.opens(self.whole[:length])
            yield f"cut at {length}: {told}", told != "fault" and "True" not in told
        for content in (self.whole * 2, b"null", b"[" * 60_000, b"{" * 60_000, b"1" * 9_000, b"\xff" * 99):
            yield f"{content[:9]!r}", self.opens(content) != "fault"
        with self.paths.recovery.open("wb") as file:
            file.truncate(4 << 30)
        said, took_s, more_mb = _measured(lambda: self.file.unsealed(self.private))
        yield f"4 GB: {said}, {more_mb} MB", said == "recovery_damaged" and more_mb < MOST_MB

    def parts(self) -> Iterator[Try]:
        """Each part of it another thing, another's, or of a newer program: the other part still opens."""
        wrong: tuple[object, ...] = ("", "AA==", "é", "\ud800", 5, 1e300, None, True, [], {}, "A" * 9_000)
        told = json.loads(self.whole)
        for part in ("by_recovery_key", "by_site", "keyring_name", "version"):
            for value in wrong:
                said = self.opens(json.dumps({**told, part: value}).encode())
                alone = part not in ("by_recovery_key", "by_site") or said.count("True") == 1 or value == {}
                yield f"{part} {value!r:.20}: {said}", said != "fault" and alone
        for part in ("sealed", "of", "fingerprint"):
            for value in wrong:
                self.opens(json.dumps({**told, "by_site": {**told["by_site"], part: value}}).encode())
                self.file.hold(self.secret, self.public.decode())
                yield (
                    f"by_site.{part} {value!r:.20}",
                    self.opens(self.paths.recovery.read_bytes()) == "True True",
                )

    def keys(self) -> Iterator[Try]:
        """Two hundred recovery keys of nobody, each letter of the right one changed, other keys of a site."""
        self.paths.recovery.write_bytes(self.whole)
        for _ in range(200):
            said = self.typed(written_key.written(os.urandom(16)))
            yield f"a key of nobody: {said}", said == "recovery_key_wrong"
        letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        for place, letter in enumerate(self.shown):
            if letter in letters:
                other = letters[(letters.index(letter) + 1) % 32]
                said = self.typed(self.shown[:place] + other + self.shown[place + 1 :])
                yield f"letter {place}: {said}", said == "written_key_group"
        for bits in (2048, 3072):
            pem = _pem(rsa.generate_private_key(65537, bits))
            said = _told(lambda pem=pem: self.file.unsealed(pem))  # type: ignore[misc]
            yield f"a site's key of {bits}: {said}", said == "private_key_wrong"

    def replaced(self) -> Iterator[Try]:
        """Another profile's file and its right key, an older one with its key: nothing of this one opens."""
        other = Recovery(self.folder / "other.recovery")
        typed = other.make(os.urandom(32))
        for content, key in ((other.path.read_bytes(), typed), (self.whole, typed)):
            self.paths.recovery.write_bytes(content)
            said = _told(lambda key=key: recovery.recover(self.paths, key))  # type: ignore[misc]
            yield f"another's: {said}", said in ("recovery_key_other", "recovery_key_wrong")
        self.paths.recovery.write_bytes(self.whole)
        self.file.make(self.secret)
        said = self.typed(self.shown)
        yield f"the key of before: {said}", said == "recovery_key_wrong"
        self.paths.recovery.write_bytes(self.whole)

    def on_the_disks(self) -> Iterator[Try]:
        """The laptop's disk without its key, and the centre's: neither key nor recovery key is there."""
        shown = written_key.read(self.shown, (16,))
        forms = [
            form
            for key in (self.secret, shown)
            for form in (key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key))
        ] + [self.shown.encode(), self.shown.replace(" ", "").replace("-", "").encode()]
        self.engine.dispose()
        laptop = self.folder / "a"
        for path in sorted(self.folder.rglob("*")):
            of_laptop = path.is_relative_to(laptop) and path != self.paths.key_file
            if path.is_file() and (of_laptop or path.name.startswith("centre")):
                content = path.read_bytes()
                yield path.name, not any(form in content for form in forms)

    # ---- files of unsent work ------------------------------------------------------------------------------

    def taken(self, content: bytes, laptop: Workspace | None = None) -> tuple[str, str]:
        """What the centre and a laptop say of such a file; "fault" where they fall over it."""
        self.stick.write_bytes(content)
        to = laptop or self.taker
        return (
            _told(lambda: at_centre.take(self.engine, self.stick, utc_now).counts()),
            _told(lambda: unsent.take(to, self.stick)),
        )

    def stick_changed(self) -> Iterator[Try]:
        """A file of unsent work with a byte changed, cut, doubled, turned round, its pieces exchanged."""
        head = self.content.index(b"\n", len(parcel.MAGIC)) + 1
        size = len(self.content)
        places = [*range(0, head + 8, 3), *range(head, size, size // 120), *range(size - 64, size, 4)]
        made = [(f"byte {place}", _flipped(self.content, place)) for place in places]
        made += [(f"cut at {n}", self.content[:n]) for n in range(0, size, size // 60)]
        made += [
            ("doubled", self.content * 2),
            ("turned round", self.content[::-1]),
            ("more", self.content + b"\0"),
        ]
        for name, content in made:
            said = self.taken(content)
            yield f"{name}: {said}", all(one.startswith("parcel_") for one in said)

    def stick_of_others(self) -> Iterator[Try]:
        """Opened by a laptop of another field, of a laptop of another site, with keys of nobody."""
        said = self.taken(self.content, self.foreign)[1]
        yield f"of another field: {said}", said == "parcel_field"
        made = parcel.checked(io.BytesIO(self.content), self.introduction.site_key)
        for _ in range(200):
            said = _told(
                lambda: list(parcel.opened(io.BytesIO(self.content), made, {FIELD: os.urandom(32).hex()}))
            )
            yield f"a key of nobody: {said}", said == "parcel_changed"
        for site in (b"t", b"u"):
            keys = site_keys.SiteKeys(site * 32, site * 32)
            said = _told(lambda keys=keys: parcel.checked(io.BytesIO(self.content), keys.public))  # type: ignore[misc]
            yield f"at another site: {said}", said == "parcel_other_site"

    def stick_again(self) -> Iterator[Try]:
        """Given in three times at the centre and at a laptop: each entry once."""
        for number in range(3):
            centre, laptop = self.taken(self.content)
            once = "'accepted': 3" if number == 0 else "'duplicate': 3"
            yield (
                f"time {number}: {centre} {laptop}",
                once in centre and f"new={0 if number else 3}" in laptop,
            )
        with self.engine.connect() as connection:
            found = connection.execute(sa.text("SELECT count(*) FROM record_versions")).scalar()
        yield f"{found} versions", found == 3

    def stick_of_no_size(self) -> Iterator[Try]:
        """Rightly signed, and of hostile sizes: refused, soon, in little memory."""
        wide = json.dumps({"a": [[] for _ in range(5_000_000)]}, separators=(",", ":")).encode()
        for name, lines, count in (
            ("a line of 15 MB of empty lists", [wide + b"\n"], 1),
            ("a line without an end", (b" " * (1 << 20) for _ in range(300)), 1),
            ("a thousand million entries", [b"{}\n"], 10**9),
            ("less than none", [b"{}\n"], -5),
            ("as deep as letters", [b"[" * 9_000_000 + b"\n"], 1),
            ("more than it says", [b"{}\n"] * 9, 0),
        ):
            self.stick.write_bytes(self.signed(lines, count))
            for who in (
                lambda: unsent.take(self.taker, self.stick),
                lambda: at_centre.take(self.engine, self.stick, utc_now),
            ):
                said, took_s, more_mb = _measured(who)
                held = said == "parcel_changed" and took_s < MOST_S and more_mb < MOST_MB
                yield f"{name}: {said}, {took_s:.1f} s, {more_mb} MB", held

    @property
    def introduction(self) -> parcel.Introduction:
        told = parcel.introduction_of(self.laptop.secrets.get("introduction"))
        assert told is not None
        return told

    def signed(self, lines: object, count: int) -> bytes:
        """What the laptop's key signs, whatever it is."""
        out, real = io.BytesIO(), parcel._lines
        parcel._lines = lambda _: iter(lines)  # type: ignore[assignment, call-overload]
        try:
            seed = bytes.fromhex(self.laptop.secrets.get("signing key"))
            made_at = iso(utc_now())
            parcel.write(out, self.introduction, seed, [], fields=(FIELD,), entries=count, made_at=made_at)
        finally:
            parcel._lines = real
        return out.getvalue()


def _pem(private: rsa.RSAPrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _told(what: Callable[[], object]) -> str:
    try:
        return str(what())
    except KnownError as error:
        return error.code
    except Exception as error:  # noqa: BLE001 - any other is what is looked for
        print(f"fault: {error!r}"[:200], file=sys.stderr)
        return "fault"


def _measured(what: Callable[[], object]) -> tuple[str, float, int]:
    """(what came of it, seconds of processor, MB more at the highest)."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    said = _told(what)
    more_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
    return said, time.process_time() - began, more_mb


def main() -> None:
    ways = Ways(Path(sys.argv[1]))
    try:
        report(ways.changed, ways.cut, ways.parts, ways.keys, ways.replaced, ways.on_the_disks)
        report(ways.stick_changed, ways.stick_of_others, ways.stick_again, ways.stick_of_no_size)
    finally:
        for laptop in (ways.laptop, ways.taker, ways.foreign):
            laptop.close()


if __name__ == "__main__":
    main()
