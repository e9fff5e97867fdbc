"""``dam demo``: an archive with pictures in it, the same one at every start."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import CHECKOUT, ENVIRONMENT, draw

from dam.records import catalogue
from dam.records import proposals as repairs
from dam.rights.decision import answer
from dam.rights.facts import Audience
from dam.workflows import ask, demo, jobs
from dam.workflows.ingest import State

PATIENCE_SECONDS = 200


@pytest.fixture
def stocked(archive, folder):
    """The archive with small pictures under the names of the demo's."""
    drawn = [
        demo.Drawn(name, draw(folder / name, number, (1400, 900)))
        for number, name in enumerate(demo.missing(archive), start=1)
    ]
    outcomes = list(demo.take_in(archive, drawn, "me"))
    while jobs.run_one(archive):
        pass
    return {outcome.name: outcome for outcome in outcomes}


def test_every_picture_of_the_demo_goes_in_and_is_not_missed_again(archive, stocked):
    assert len(stocked) >= 8
    assert {outcome.state for outcome in stocked.values()} == {State.TAKEN_IN}
    assert not [note for outcome in stocked.values() for note in outcome.notes]
    assert demo.missing(archive) == ()


def test_the_demo_shows_every_answer_that_a_visitor_can_meet(archive, stocked):
    decisions = [
        ask.ask(archive, outcome.id, Audience.PUBLIC).decision for outcome in stocked.values()
    ]
    assert {answer(decision).name for decision in decisions} >= {"PIXELS", "WITHDRAWN", "UNKNOWN"}
    assert {decision.step.word for decision in decisions if decision.pack} >= {"capped", "download"}
    assert any(decision.until for decision in decisions), "an embargo opens by itself"
    assert any(not decision.pack and decision.listed for decision in decisions)


def test_each_picture_of_the_demo_is_described_in_words(archive, stocked):
    with archive.reading() as db:
        for photograph in catalogue.photographs(db, catalogue.all_ids(db)):
            assert photograph.description.texts, photograph.original_name
            assert photograph.description.creators
        assert repairs.open_proposals(db), "the desk has something to repair"


def opened(address: str):
    return urllib.request.urlopen(address, timeout=20)  # noqa: S310 (the demo's own address)


class Demo:
    """``dam demo`` in a process of its own, in a directory without an archive."""

    def __init__(self, directory: Path, port: int, *arguments: object) -> None:
        environment = {k: v for k, v in ENVIRONMENT.items() if not k.startswith("DAM_")}
        self.origin = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dam.cli", "demo", "--port", str(port), *map(str, arguments)],
            cwd=directory,
            env={**environment, "PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def __enter__(self):
        try:
            told = (re.search(r"http://\S+/sign-in/\S+", line) for line in self.process.stdout)
            self.link = next(found.group() for found in told if found)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while self.status("/healthz") != 200:
                assert self.process.poll() is None, "it ended before it served"
                assert time.monotonic() < deadline, "it did not serve"
                time.sleep(0.1)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGTERM)
        self.process.communicate(timeout=60)

    def status(self, path: str) -> int:
        try:
            with opened(self.origin + path) as answered:
                return answered.status
        except urllib.error.HTTPError as error:
            return error.code
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return 0

    def collection(self) -> list[str]:
        with opened(f"{self.origin}/manifests/3/collection.json") as answered:
            return [item["id"] for item in json.load(answered)["items"]]


def test_the_demo_is_served_with_a_link_and_is_the_same_at_the_next_start(tmp_path, port):
    with Demo(tmp_path, port, "--scale", 0.05) as first:
        items, link = first.collection(), first.link
        assert first.status("/") == 200
        assert first.status(link.removeprefix(first.origin)) == 200
    assert (tmp_path / "demo" / "dam.sqlite3").is_file()
    assert len(items) >= 5
    assert first.process.returncode == 0
    with Demo(tmp_path, port, "--scale", 0.05) as second:
        assert second.collection() == items
        assert second.link != link


def test_the_demo_of_given_photographs_shows_those(tmp_path, folder, port):
    draw(folder / "a.jpg")
    with Demo(tmp_path, port, folder) as served:
        assert len(served.collection()) == 1


def test_the_demo_of_nothing_that_can_be_shown_is_not_served(tmp_path, folder, dam, port):
    (folder / "notes.txt").write_text("no picture")
    answered = dam("demo", folder, "--port", port)
    assert answered.code == 1
    assert "1 skipped" in answered.out
