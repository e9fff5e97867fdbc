"""``dam serve`` and ``dam worker`` as processes: what they refuse, and what survives them."""

import contextlib
import os
import signal
import socket
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import draw, program_in_a_process

from dam import wiring
from dam.cli.addresses import PublicUrlNeeded, UnknownHost, listening_address
from dam.config import read_settings
from dam.records.queue import LEASE
from dam.workflows import ingest, jobs
from dam.workflows.batch import Options, make_batch

PATIENCE_SECONDS = 60


def wait_until(true, what: str):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen")


def children_of(process_id: int) -> list[int]:
    """The children of a process that is still there."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == process_id and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


def command_of(process_id: int) -> str:
    try:
        return Path(f"/proc/{process_id}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


@contextlib.contextmanager
def served(home, port) -> Iterator[int]:
    """``dam serve`` that answers; yields its process id and ends it whatever happened."""
    process = program_in_a_process(home, "serve", "--port", port, "--workers", 1)
    descendants: list[int] = []
    try:
        wait_until(lambda: status(port) == 200 or process.poll() is not None, "an answer")
        assert process.poll() is None, process.communicate()
        descendants = children_of(process.pid)
        yield process.pid
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)
        wait_until(lambda: not any(map(command_of, descendants)), "the end of the children")


def status(port) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return answer.status
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0


@pytest.mark.parametrize(
    ("host", "address", "reason"),
    [
        ("127.0.0.1", "127.0.0.1", "loopback"),
        ("127.8.8.8", "127.8.8.8", "all of 127/8 is"),
        ("::1", "::1", "loopback of IPv6"),
        ("localhost", None, "whichever the machine says"),
    ],
)
def test_this_machine_may_be_served_without_a_public_url(host, address, reason):
    found = listening_address(read_settings({}), host)
    assert found == address or (address is None and found in {"127.0.0.1", "::1"}), reason


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104 (it is refused)
def test_others_are_served_only_with_a_public_url(host):
    with pytest.raises(PublicUrlNeeded):
        listening_address(read_settings({}), host)
    settings = read_settings({"DAM_PUBLIC_URL": "https://example.org"})
    assert listening_address(settings, host) == host


def test_a_host_that_is_none_is_refused():
    with pytest.raises(UnknownHost):
        listening_address(read_settings({}), "no such host")


def test_serve_refuses_a_public_host_in_one_sentence(dam, home):
    answer = dam("serve", "--host", "0.0.0.0")  # noqa: S104 (it is refused)
    assert answer.code == 1
    assert "DAM_PUBLIC_URL" in answer.err and answer.err.count("\n") == 1


def test_serve_refuses_a_port_that_is_taken(dam, home, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        answer = dam("serve", "--port", port)
    assert answer.code == 1 and "--port" in answer.err


def test_serve_runs_jobs_in_a_child_that_is_started_again(home, port, archive, tmp_path):
    with served(home, port) as server:
        (worker,) = (one for one in children_of(server) if "dam.jobs" in command_of(one))
        os.kill(worker, signal.SIGKILL)
        photograph_id = taken_in(archive, draw(tmp_path / "a.jpg"))
        wait_until(lambda: jobs.unfinished(archive) == 0, "the jobs")
        assert (archive.settings.manifests / f"3/{photograph_id}/manifest.json").is_file()


def test_nothing_outlives_a_server_that_is_killed(home, port, archive):
    with served(home, port) as server:
        descendants = children_of(server)
        assert len(descendants) >= 2
        os.kill(server, signal.SIGKILL)
        wait_until(lambda: not any(map(command_of, descendants)), "the end of its children")
        assert status(port) == 0


def taken_in(archive, path) -> str:
    """Take a file in and leave its jobs to others."""
    batch = make_batch(Options(by="me", public=True), [path.name], None, None)
    outcome = ingest.take_in(archive, path.name, ingest.read_file(path), batch)
    assert outcome.id is not None
    return outcome.id


def states(home) -> list[str]:
    with contextlib.closing(sqlite3.connect(home / "dam.sqlite3")) as connection:
        return [row[0] for row in connection.execute("SELECT state FROM job ORDER BY id")]


def test_a_job_whose_worker_was_killed_is_run_when_its_lease_ends(home, archive, tmp_path):
    photograph_id = taken_in(archive, draw(tmp_path / "a.jpg", size=(9000, 6000)))
    worker = program_in_a_process(home, "worker")
    wait_until(lambda: states(home)[0] == "running", "the first job")
    worker.kill()
    worker.communicate(timeout=PATIENCE_SECONDS)
    assert states(home)[0] == "running"
    while jobs.run_one(archive):
        pass
    assert states(home)[0] == "running", "it is leased to the one that died"
    assert jobs.unfinished(archive) == 1
    later = replace(archive, now=lambda: wiring.clock() + LEASE + timedelta(seconds=1))
    while jobs.run_one(later):
        pass
    assert set(states(home)) == {"done"}
    outcome = ingest.Outcome("a.jpg", ingest.State.TAKEN_IN, id=photograph_id)
    assert ingest.settled(archive, outcome).state is ingest.State.READY


def test_a_worker_that_is_asked_to_stop_finishes_its_job(home, archive, tmp_path):
    taken_in(archive, draw(tmp_path / "a.jpg", size=(6000, 4000)))
    worker = program_in_a_process(home, "worker")
    wait_until(lambda: states(home)[0] == "running", "the first job")
    worker.terminate()
    worker.communicate(timeout=PATIENCE_SECONDS)
    assert worker.returncode == 0
    assert states(home)[0] == "done" and "running" not in states(home)


def test_a_worker_once_ends_when_no_job_is_ready(home, archive, tmp_path):
    taken_in(archive, draw(tmp_path / "a.jpg"))
    worker = program_in_a_process(home, "worker", "--once")
    worker.communicate(timeout=PATIENCE_SECONDS)
    assert worker.returncode == 0
    assert jobs.unfinished(archive) == 0


def test_a_worker_without_an_archive_says_so(empty_home):
    worker = program_in_a_process(empty_home, "worker")
    _, told = worker.communicate(timeout=PATIENCE_SECONDS)
    assert worker.returncode == 1
    assert told == "There is no up-to-date archive here; run `dam init` or `dam db upgrade`.\n"
