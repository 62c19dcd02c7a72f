"""Reports of the program's own faults: readable, without data and names, sent only where IT wants them."""

from __future__ import annotations

import importlib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from app.core.errors import KnownError
from app.core.paths import Paths
from app.core.site import Site
from app.services import fault_reports

AT = datetime(2026, 11, 28, 5, tzinfo=UTC)
SECRET = "скважина 7712, Петров, /home/petrov/куст 5.xlsx"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "cache.duckdb")


def raised(depth: int = 0) -> BaseException:
    """What a bug in the middle of work is, with data in all that it says."""
    try:
        if depth:
            raise ValueError(SECRET) from raised(depth - 1)
        {}[SECRET]
    except (KeyError, ValueError) as error:
        return error
    raise AssertionError


def test_a_report_says_where_in_the_program_and_nothing_of_what_was_worked_on() -> None:
    report = fault_reports.report_of(raised(2))
    assert report.count("builtins.ValueError") == 2
    assert "builtins.KeyError" in report
    assert "tests/services/test_fault_reports.py:" in report
    assert "{}[SECRET]" in report, "the line of code"
    for word in ("7712", "Петров", "куст", str(Path.home()), str(Path(__file__).parents[3])):
        assert word not in report


def test_the_code_of_a_known_error_is_told_and_its_details_are_not() -> None:
    report = fault_reports.report_of(KnownError("store_corrupt", file=SECRET))
    assert "store_corrupt" in report
    assert "7712" not in report


def test_nothing_of_what_is_not_the_programs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plug-in in a person's folder, a formula that was typed, a code that came from elsewhere."""
    plugin = tmp_path / "petrov_7712.py"
    plugin.write_text("def fails():\n    raise ValueError('7712')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    def failed(act: Callable[[], object]) -> str:
        try:
            act()
        except (ArithmeticError, ValueError) as error:
            return fault_reports.report_of(error)
        raise AssertionError

    reports = [
        failed(lambda: importlib.import_module(plugin.stem).fails()),
        failed(lambda: eval(compile("1 / 0", plugin.stem, "eval"))),
        fault_reports.report_of(KnownError("well_7712")),
        fault_reports.report_of(ExceptionGroup("7712", [ValueError("7712")])),
    ]
    assert not [report for report in reports if "7712" in report or "petrov" in report]
    assert "(outside):2" in reports[0]


@pytest.mark.parametrize("name", ["/home/petrov/7712.py", '/home/petrov/a"7712.py', "well 7712"])
def test_nor_is_it_where_the_interpreter_ended(name: str, paths: Paths) -> None:
    left = fault_reports.folder_of(paths) / fault_reports.BROKEN_OFF
    left.parent.mkdir(parents=True)
    left.write_text(f'  File "{name}", line 3 in of_7712\n', encoding="utf-8")
    kept = fault_reports.watch(paths, AT)
    assert kept is not None
    assert '  File "(outside)", line 3' in kept.read_text(encoding="utf-8")
    assert "7712" not in kept.read_text(encoding="utf-8")


def test_a_folder_that_is_not_called_in_english_is_known_as_the_programs(
    monkeypatch: pytest.MonkeyPatch, paths: Paths
) -> None:
    monkeypatch.setattr(fault_reports, "PROGRAM", Path("/home/петров/wellside"))
    left = fault_reports.folder_of(paths) / fault_reports.BROKEN_OFF
    left.parent.mkdir(parents=True)
    folder = "петров".encode("ascii", "backslashreplace").decode()
    left.write_text(f'  File "/home/{folder}/wellside/app/a.py", line 3 in worked\n', encoding="utf-8")
    kept = fault_reports.watch(paths, AT)
    assert kept is not None
    assert 'File "app/a.py", line 3 in worked' in kept.read_text(encoding="utf-8")


def test_frames_of_a_library_are_told_also_where_its_folder_is_a_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fault_reports, "PROGRAM", Path("/nowhere"))
    try:
        httpx.URL("http://a", port="x")
    except TypeError as error:
        report = fault_reports.report_of(error)
    assert "  httpx/_url" in report


def test_a_report_is_not_without_an_end() -> None:
    assert len(fault_reports.report_of(raised(500))) <= fault_reports.MOST_CHARACTERS


def test_the_same_fault_is_kept_once_and_the_oldest_go(paths: Paths) -> None:
    report = fault_reports.report_of(raised())
    kept = fault_reports.keep(paths, report, AT)
    assert kept == fault_reports.keep(paths, report, AT + timedelta(hours=1))
    assert kept is not None
    assert kept.read_text(encoding="utf-8") == report
    for number in range(fault_reports.KEPT + 5):
        fault_reports.keep(paths, f"{report}{number}", AT + timedelta(seconds=number))
    left = sorted(fault_reports.folder_of(paths).iterdir())
    assert len(left) == fault_reports.KEPT
    assert kept not in left


def test_where_nothing_can_be_written_there_is_no_other_fault(paths: Paths) -> None:
    paths.logs.parent.mkdir(exist_ok=True)
    paths.logs.write_text("a file where the folder should be", encoding="utf-8")
    assert fault_reports.keep(paths, "report", AT) is None
    assert fault_reports.watch(paths, AT) is None


BROKEN = """
import sys, ctypes
from datetime import datetime, timezone
from pathlib import Path
from app.core.paths import Paths
from app.services import fault_reports
def worked(secret):
    ctypes.string_at(0)
fault_reports.watch(Paths(Path(sys.argv[1])), datetime.now(timezone.utc))
worked(sys.argv[2])
"""


@pytest.mark.slow
def test_a_run_that_a_library_ended_leaves_a_report_for_the_next(paths: Paths) -> None:
    root = Path(__file__).resolve().parents[2]
    order = [sys.executable, "-c", BROKEN, str(paths.store), SECRET]
    done = subprocess.run(order, cwd=root, capture_output=True, check=False)
    assert done.returncode != 0
    script = (
        "import sys\nfrom datetime import datetime, timezone\nfrom pathlib import Path\n"
        "from app.core.paths import Paths\nfrom app.services import fault_reports\n"
        "print(fault_reports.watch(Paths(Path(sys.argv[1])), datetime.now(timezone.utc)))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script, str(paths.store)],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    report = Path(told[0]).read_text(encoding="utf-8")
    assert "string_at" in report
    assert "worked" not in report, "typed at the interpreter: nobody knows what its names are made of"
    assert "7712" not in report
    assert str(Path.home()) not in report
    assert told[1] == "None", "it is told once"


class Taker(BaseHTTPRequestHandler):
    status, taken, endless = 200, [], False  # type: ignore[var-annotated]

    def do_POST(self) -> None:
        self.taken.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(type(self).status)
        self.end_headers()
        with suppress(OSError):
            for _ in range(2_000 if type(self).endless else 0):
                self.wfile.write(b" " * 100_000)
                type(self).written += 1

    written = 0

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def taker(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Taker]]:
    monkeypatch.setattr(Taker, "taken", [])
    server = HTTPServer(("127.0.0.1", 0), Taker)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/faults"
    monkeypatch.setattr(fault_reports, "site", lambda: Site(fault_reports=address))
    yield Taker
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_was_kept_is_sent_once_where_it_wants_it(paths: Paths, taker: type[Taker]) -> None:
    for text in ("first", "second"):
        fault_reports.keep(paths, text, AT)
    assert fault_reports.send(paths) == 2
    assert sorted(taker.taken) == ["first", "second"]
    assert fault_reports.send(paths) == 0
    assert fault_reports.keep(paths, "first", AT) in list(fault_reports.folder_of(paths).iterdir())
    assert fault_reports.send(paths) == 0, "the same fault again is known"


def test_what_is_not_taken_waits(paths: Paths, taker: type[Taker], monkeypatch: pytest.MonkeyPatch) -> None:
    fault_reports.keep(paths, "report", AT)
    monkeypatch.setattr(taker, "status", 500)
    with pytest.raises(KnownError, match="reports_not_taken"):
        fault_reports.send(paths)
    monkeypatch.setattr(taker, "status", 204)
    assert fault_reports.send(paths) == 1


def test_an_answer_without_an_end_is_not_read(
    paths: Paths, taker: type[Taker], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault_reports.keep(paths, "report", AT)
    monkeypatch.setattr(taker, "endless", True)
    assert fault_reports.send(paths) == 1
    assert taker.written < 1_000


def test_where_it_wants_none_nothing_waits(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault_reports, "site", Site)
    fault_reports.keep(paths, "report", AT)
    assert fault_reports.waiting(paths) == []


def test_nothing_goes_in_the_clear_beyond_this_machine(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault_reports, "site", lambda: Site(fault_reports="http://support.example"))
    fault_reports.keep(paths, "report", AT)
    with pytest.raises(KnownError, match="centre_needs_tls"):
        fault_reports.send(paths)
