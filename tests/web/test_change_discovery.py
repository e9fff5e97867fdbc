"""The stream for harvesters: whoever follows it keeps exactly the public set."""

import json
import random
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.iiif import change_discovery
from dam.records import activities, catalogue
from dam.records import series as series_rows
from dam.records.register import NewRecord, RecordKind
from dam.workflows import clear, describe, discover, publish

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
K = RecordKind


class Harvester:
    """A client as Change Discovery API 1.0 §3.5.2 describes it: from the newest page backwards."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.kept: dict[str, dict] = {}
        self.last_crawl = ""

    def read(self, address: str):
        answer = self.browser.get(urlsplit(address).path)
        return json.loads(answer.data) if answer.status_code == 200 else None

    def crawl(self, moment) -> int:
        """Bring the copy up to date, and return how many pages were read."""
        whole = self.read("/activity/collection.json")
        page, pages = whole and whole["last"], 0
        seen: set[str] = set()
        while page:
            found, pages = self.read(page["id"]), pages + 1
            for activity in reversed(found["orderedItems"]):
                if activity["endTime"] < self.last_crawl:
                    page = None
                    break
                self.process(activity, seen)
            else:
                page = found.get("prev")
        self.last_crawl = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return pages

    def process(self, activity, seen) -> None:
        address = activity["object"]["id"]
        if address in seen:
            return
        seen.add(address)
        document = None if activity["type"] == "Delete" else self.read(address)
        if document is None:
            self.kept.pop(address, None)
        else:
            self.kept[address] = document


def stream(browser):
    """The whole stream, oldest first: what happened to which manifest."""
    found, number = [], 1
    while (answer := browser.get(f"/activity/page-{number}.json")).status_code == 200:
        items = json.loads(answer.data)["orderedItems"]
        found += [(item["type"], item["object"]["id"].split("/")[-2]) for item in items]
        number += 1
    return found


def test_manifest_appears_changes_and_goes_away(archive, browser, clock, darkroom):
    one = darkroom.photograph(public=True, rights=CC0)
    clock.advance(minutes=1)
    clear.record(archive, one, [NewRecord(K.STATEMENT, CC0.replace("zero", "mark"))], "Rana")
    darkroom.work()
    clear.withdraw(archive, one, "A family asked.", "Rana")
    with archive.reading() as db:
        kinds = [each.kind for each in activities.some(db, 1, 100)]
    assert kinds == ["Create", "Update", "Delete"]
    assert stream(browser) == [("Delete", one)] * 3, "what may not be told now reads as deleted"
    clear.reinstate(archive, one, "They agreed.", "Rana")
    assert stream(browser)[-1] == ("Create", one)


def test_what_changes_nothing_for_the_public_is_not_told(archive, browser, darkroom):
    one = darkroom.photograph(public=True, rights=CC0)
    draft = darkroom.photograph()
    before = stream(browser)
    publish.publish_all(archive)
    clear.record(archive, draft, [NewRecord(K.CAP, number=300)], "Rana")
    darkroom.work()
    assert stream(browser) == before == [("Create", one)]


def test_withdrawn_photograph_reads_as_deleted_before_its_job_has_run(archive, browser, darkroom):
    one = darkroom.photograph(public=True, rights=CC0)
    with archive.writing.begin() as db:
        clear.write_records(db, archive, one, [NewRecord(K.WITHDRAWAL, "Asked.")], "Rana")
    assert stream(browser) == [("Delete", one)]
    assert "seeAlso" not in browser.get("/activity/page-1.json").text


def test_photograph_under_embargo_is_updated_when_it_opens(archive, browser, clock, darkroom):
    one = darkroom.photograph(public=True, rights=CC0)
    day = (clock() + timedelta(days=2)).date()
    clear.record(archive, one, [NewRecord(K.EMBARGO, "plain", day=day)], "Rana")
    darkroom.work()
    before = len(stream(browser))
    clock.advance(days=3)
    darkroom.work()
    assert stream(browser)[before:] == [("Update", one)]


def test_pages_are_in_the_order_of_time_and_lead_to_each_other(
    archive, browser, clock, darkroom, monkeypatch
):
    for module in (change_discovery, discover):
        monkeypatch.setattr(module, "PAGE", 2)
    for _ in range(5):
        darkroom.photograph(public=True, rights=CC0)
        clock.advance(seconds=-30)
    whole = json.loads(browser.get("/activity/collection.json").data)
    assert whole["@context"] == change_discovery.CONTEXT and whole["totalItems"] == 5
    address, times, places = whole["first"]["id"], [], []
    while address:
        page = json.loads(browser.get(urlsplit(address).path).data)
        assert page["partOf"]["id"] == whole["id"]
        times += [item["endTime"] for item in page["orderedItems"]]
        places.append(page["startIndex"])
        last, address = address, page.get("next", {}).get("id")
    assert last == whole["last"]["id"] and places == [0, 2, 4]
    assert times == sorted(times) and len(times) == 5
    assert "prev" not in json.loads(browser.get("/activity/page-1.json").data)
    assert browser.get("/activity/page-4.json").status_code == 404


def test_archive_that_published_nothing_has_no_stream(browser):
    answer = browser.get("/activity/collection.json")
    assert answer.status_code == 404 and answer.headers["Access-Control-Allow-Origin"] == "*"


class Chance:
    """Changes at random, of rights and of words, to a few photographs in and out of a series."""

    def __init__(self, archive, darkroom, seed: int) -> None:
        self.archive, self.darkroom, self.random = archive, darkroom, random.Random(seed)  # noqa: S311 (no secret)
        self.ids = [
            darkroom.photograph(public=number % 2 == 0, rights=CC0, **series)
            for number, series in enumerate([{"series": "Weavers"}] * 4 + [{}] * 4)
        ]
        with archive.reading() as db:
            self.series = series_rows.series_titled(db, "Weavers")

    def change(self) -> None:
        one = self.random.choice(self.ids)
        kinds = (
            self.words, self.words, self.publish, self.draft, self.withdraw, self.reinstate,
            self.hide, self.show, self.embargo, self.cap,
        )  # fmt: skip
        try:
            self.random.choice(kinds)(one)
        except clear.AlreadySo:
            pass

    def words(self, one) -> None:
        caption = Text(TextField.CAPTION, "en", f"Caption {self.random.random()}")
        with self.archive.reading() as db:
            revision = catalogue.photograph(db, one).revision
        describe.describe(self.archive, one, revision, Description(texts=(caption,)), "Rana")

    def publish(self, one) -> None:
        clear.publish_photographs(self.archive, [one], "Rana")

    def draft(self, one) -> None:
        clear.unpublish(self.archive, one, "Rana")

    def withdraw(self, one) -> None:
        clear.withdraw(self.archive, one, "Asked.", "Rana")

    def reinstate(self, one) -> None:
        clear.reinstate(self.archive, one, "Agreed.", "Rana")

    def record(self, one, kind, text="", **value) -> None:
        clear.record(self.archive, one, [NewRecord(kind, text, **value)], "Rana")

    def hide(self, one) -> None:
        self.record(one, K.CEILING, "hidden")

    def show(self, one) -> None:
        self.record(one, K.CEILING)

    def embargo(self, one) -> None:
        day = (self.archive.now() + timedelta(days=self.random.randrange(4))).date()
        self.record(one, K.EMBARGO, "plain", day=day)

    def cap(self, one) -> None:
        self.record(one, K.CAP, number=self.random.choice((40, 60)))


@pytest.mark.parametrize(
    "changes", [60, pytest.param(500, marks=[pytest.mark.large, pytest.mark.timeout(1200)])]
)
def test_who_follows_the_stream_keeps_exactly_the_public_set(
    archive, browser, clock, darkroom, changes, monkeypatch
):
    for module in (change_discovery, discover):
        monkeypatch.setattr(module, "PAGE", 10)
    chance, harvester = Chance(archive, darkroom, seed=changes), Harvester(browser)
    crawls, pages = 0, 0
    for _ in range(changes):
        clock.advance(minutes=chance.random.randrange(1, 600))
        chance.change()
        if chance.random.random() < 0.7:
            darkroom.work()
        if chance.random.random() < 0.2:
            crawls, pages = crawls + 1, pages + harvester.crawl(clock())
    clock.advance(days=5)
    darkroom.work()
    harvester.crawl(clock())
    public = {
        f"http://localhost/manifests/3/{one}/manifest.json": json.loads(answer.data)
        for one in (*chance.ids, chance.series)
        if (answer := browser.get(f"/manifests/3/{one}/manifest.json")).status_code == 200
    }
    assert harvester.kept == public
    assert 0 < len(public) < len(chance.ids) + 1, "some are public and some are not"
    fresh = Harvester(browser)
    fresh.crawl(clock())
    assert fresh.kept == public, "also for who begins today"
    assert pages < crawls * -(-len(stream(browser)) // 10), "no crawl begins from the beginning"
