"""Reading a foreign file in a process of its own, with limits of memory, time and cells.

A hostile workbook can hang a parser, eat all memory or crash it: then this process dies, and the program says
so. What comes back is JSON and Arrow, never a pickle: the child may have been taken over by what it read.

Frames on stdout: a letter, 8 bytes of length, the content. J: one JSON document. T: one table in Arrow's
stream format. The first J holds the sheets and things, then one T a sheet in order, then further T of a
streamed sheet; E ends.
"""

from __future__ import annotations

import gc
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, BinaryIO

from app.core.errors import KnownError
from app.core.plain import JsonObject, object_in
from app.importers import IMPORTERS
from app.importers.base import Contents, Order, Thing
from app.importers.sheets import Layout, Sheet
from app.importers.vocabulary import vocabulary
from app.models.values import (
    count_of,
    counts_of,
    list_of,
    needed_text,
    part_of,
    rows_of,
    some_texts,
    text_of,
    texts_of,
)
from app.models.whole_tables import whole

MEMORY_BYTES = 3 * 1024**3
"""Address space; what is in use stays far below: Arrow reserves more than it takes."""

CPU_S = 240
SILENCE_S = 90.0
BEHIND, BEHIND_CPU_S = 15, 60
"""Steps of niceness, and seconds of the processor, of what nobody waits for."""
ARGUMENT = "--read-foreign-file"
_HEAD = struct.Struct("<cQ")


# ---- in the program ----------------------------------------------------------------------------------------


class Reading:
    """One file being read in a child. `contents` are there when this is made; `more` tables come while they
    are asked for.
    """

    def __init__(
        self,
        path: Path,
        source: BinaryIO | int,
        importer: str,
        order: Order,
        words: Path | None = None,
        begun: Callable[[Callable[[], object]], object] | None = None,
    ) -> None:
        """`begun` is told what breaks it off: then nobody waits for it, and it leaves the processor to
        whoever does anything else.
        """
        behind = begun is not None
        self._path = path
        request = {
            "name": str(path),
            "importer": importer,
            "words": str(words) if words else None,
            "preview": order.preview,
            "layouts": {name: layout.to_json() for name, layout in order.layouts.items()},
            "cpu_s": BEHIND_CPU_S if behind else CPU_S,
            "behind": behind,
        }
        low = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if behind else 0
        self._child = subprocess.Popen(
            [*_command(), json.dumps(request)],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | low,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._silence = threading.Timer(SILENCE_S, self._child.kill)
        try:
            if begun is not None:
                begun(self._child.kill)
            self.contents = self._first()
        except BaseException:
            self.close()
            raise

    def _first(self) -> Contents:
        letter, content = self._frame()
        try:
            said = object_in(content)
            if letter != b"J" or "error" in said:
                raise self._refused(said)
            things = tuple(
                Thing(needed_text(thing, "importer"), dict(part_of(thing, "data")), text_of(thing, "file"))
                for thing in rows_of(said, "things")
            )
            remarks = tuple(
                (text_of(one, "code"), part_of(one, "details")) for one in rows_of(said, "remarks")
            )
            sheets = tuple(self._sheet(about) for about in rows_of(said, "sheets"))
            streamed = bool(said["streamed"])
        except (ValueError, KeyError, TypeError) as error:
            raise self._died() from error
        if streamed:
            sheets = tuple(replace(sheet, more=self._more) for sheet in sheets)
        else:
            self.close()
        return Contents(sheets, things, remarks, self.close)

    def _sheet(self, about: JsonObject) -> Sheet:
        letter, content = self._frame()
        if letter != b"T":
            raise self._died()
        return Sheet(
            text_of(about, "name"),
            Layout.from_json(part_of(about, "layout")),
            tuple(texts_of(about, "headers")),
            tuple(texts_of(about, "units")),
            self._table(content),
            tuple(tuple(some_texts(line, "above")) for line in list_of(about, "above")),
            hidden=bool(about["hidden"]),
            cut=bool(about["cut"]),
            file=text_of(about, "file"),
            repeated=tuple(counts_of(about, "repeated")),
            from_1904=bool(about["from_1904"]),
            hidden_lines=tuple(counts_of(about, "hidden_lines")),
        )

    def _more(self) -> Iterator[Any]:
        try:
            while True:
                letter, content = self._frame()
                if letter == b"E":
                    return
                if letter == b"J":
                    raise self._told(content)
                yield self._table(content)
        finally:
            self.close()

    def _told(self, content: bytes) -> KnownError:
        try:
            return self._refused(object_in(content))
        except ValueError:
            return self._died()

    def _refused(self, said: JsonObject) -> KnownError:
        """What the child has found. Raises ValueError where it does not say it as ours does."""
        error = part_of(said, "error")
        return KnownError.of(
            needed_text(error, "code"), {"file": str(self._path), **part_of(error, "details")}
        )

    def _table(self, content: bytes) -> Any:
        """The child may have been taken over by what it read: an offset of its own would end this process."""
        import pyarrow as pa

        batches, size = [], 0
        try:
            stream = pa.ipc.open_stream(pa.BufferReader(content))
            for batch, bytes_ in whole(stream):
                batches.append(batch)
                size += bytes_
                if size > MEMORY_BYTES:
                    raise self._died()
            return pa.Table.from_batches(batches, stream.schema)
        except (ValueError, OSError, pa.ArrowException) as error:
            raise self._died() from error

    def _frame(self) -> tuple[bytes, bytes]:
        """A child that says nothing for too long is stopped; one that has died says nothing more."""
        assert self._child.stdout is not None
        self._silence.cancel()
        self._silence = threading.Timer(SILENCE_S, self._child.kill)
        self._silence.daemon = True
        self._silence.start()
        head = self._child.stdout.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise self._died()
        letter, length = _HEAD.unpack(head)
        if length > MEMORY_BYTES:
            raise self._died()
        content = self._child.stdout.read(length)
        self._silence.cancel()
        if len(content) < length:
            raise self._died()
        return letter, content

    def _died(self) -> KnownError:
        return KnownError(
            "file_too_heavy", file=str(self._path), seconds=int(SILENCE_S), memory=MEMORY_BYTES // 2**30
        )

    def close(self) -> None:
        """The child ends now, whatever it was doing."""
        self._silence.cancel()
        self._child.kill()
        if self._child.stdout is not None:
            self._child.stdout.close()
        self._child.wait()


def _command() -> list[str]:
    """A frozen program starts itself with an argument of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-m", "app.importers.child"]


# ---- in the child ------------------------------------------------------------------------------------------


def main(request_text: str) -> int:
    out: IO[bytes] = sys.stdout.buffer
    request = json.loads(request_text)
    gc.disable()  # rows of cells are no circles, and this process ends with its file
    sys.meta_path.insert(0, _NoPandas())
    try:
        _limit(count_of(request, "cpu_s"), behind=bool(request["behind"]))
        _read(request, out)
    except KnownError as error:
        _say(
            out,
            b"J",
            _json(
                {
                    "error": {
                        "code": error.code,
                        "details": {k: v for k, v in error.details.items() if k != "file"}
                        | _file(error, request),
                    }
                }
            ),
        )
    except MemoryError:
        return 3
    return 0


def _file(error: KnownError, request: JsonObject) -> JsonObject:
    """A member of an archive names itself; the file's own name the program knows."""
    named = str(error.details.get("file", ""))
    return {"file": named} if named and named != request["name"] else {}


class _NoPandas:
    """Arrow loads pandas with its first array, where another's distribution has brought it: half a second."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _limit(cpu_s: int, *, behind: bool) -> None:
    if os.name == "nt":
        return  # a job object is the installer's matter; time and cells are limited here too
    import resource

    if behind:
        os.nice(BEHIND)

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(request: JsonObject, out: IO[bytes]) -> None:
    said = text_of(request, "words")
    words = vocabulary(Path(said) if said else None)
    given = part_of(request, "layouts")
    layouts = {name: Layout.from_json(part_of(given, name)) for name in given}
    read = IMPORTERS[needed_text(request, "importer")].read
    assert read is not None
    order = Order(words, layouts, bool(request["preview"]), IMPORTERS)
    found = read(Path(needed_text(request, "name")), sys.stdin.buffer, order)
    rest: list[Callable[[], Iterator[Any]]] = [sheet.more for sheet in found.sheets if sheet.more is not None]
    about = [
        {
            "name": s.name,
            "layout": s.layout.to_json(),
            "headers": s.headers,
            "units": s.units,
            "above": s.above,
            "hidden": s.hidden,
            "cut": s.cut,
            "file": s.file,
            "repeated": s.repeated,
            "from_1904": s.from_1904,
            "hidden_lines": s.hidden_lines,
        }
        for s in found.sheets
    ]
    things = [{"importer": t.importer, "data": t.data, "file": t.file} for t in found.things]
    remarks = [{"code": code, "details": details} for code, details in found.remarks]
    _say(
        out,
        b"J",
        _json({"sheets": about, "things": things, "remarks": remarks, "streamed": bool(rest)}),
    )
    for sheet in found.sheets:
        _say_table(out, sheet.table)
    for more in rest:
        for table in more():
            _say_table(out, table)
    _say(out, b"E", b"")


def _say_table(out: IO[bytes], table: Any) -> None:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    _say(out, b"T", sink.getvalue())


def _say(out: IO[bytes], letter: bytes, content: Any) -> None:
    out.write(_HEAD.pack(letter, len(content)))
    out.write(content)
    out.flush()


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


if __name__ == "__main__":
    sys.exit(main(sys.argv[-1]))
