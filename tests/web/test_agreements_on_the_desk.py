"""Agreements and planned uses as rights managers work with them: typed, previewed, superseded."""

import re
from datetime import date

import pytest
from browsers import Browser, new_photograph, published, signed_in, work

from dam.records import agreements, planned_uses
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.rights.planned_use import Verdict
from dam.workflows import clear, series_desk

INC = "http://rightsstatements.org/vocab/InC/1.0/"
LICENCE = {
    "direction": "in",
    "kind": "licence",
    "licensor": "Studio <Aliyev>",
    "licensee": "The archive",
    "territories": "World",
    "media": ["online", "embedding"],
    "purposes": ["display"],
    "signed": "2025-03-01",
    "perpetual": "1",
    "credit": "Foto: Əliyev",
    "alterations": "",
    "mining": "no",
    "sublicensing": "",
}
TOTE_BAG = {
    "asker": "Mori & Co.",
    "medium": "merchandise",
    "purpose": "commercial",
    "territories": "Japan",
    "first": "2026-12-01",
    "last": "2028-12-31",
}


@pytest.fixture
def one(archive) -> str:
    """A published photograph in copyright, on no ground."""
    made = new_photograph(archive, 1)
    clear.record(archive, made, published(INC), "tests")
    work(archive)
    return made


@pytest.fixture
def manager(archive, app) -> Browser:
    return signed_in(archive, app, Audience.RIGHTS_MANAGER)


def send(browser: Browser, path: str, fields: dict):
    return browser.post(path, fields, follow_redirects=False)


def recorded(manager, **more) -> str:
    answer = send(manager, "/rights/agreements", LICENCE | more)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].partition("?")[0]


def stored(archive, number: int):
    with archive.reading() as db:
        return agreements.versions(db, number)


def told(manager, address: str) -> str:
    """The page, without the token of its forms, which is another each second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", manager.get(address).text)


def seen(manager, address: str) -> str:
    return re.search(r'name="seen" value="(\d+)"', manager.get(f"{address}/edit").text)[1]


def test_an_agreement_is_typed_covers_what_is_previewed_and_opens_it(archive, manager, app, one):
    address = recorded(manager)
    page = manager.get(address).text
    assert "Studio &lt;Aliyev&gt;" in page and "Foto: Əliyev" in page
    assert "in force" in page
    before = stored(archive, 1)
    preview = send(manager, f"{address}/cover", {"photographs": f"https://x.example/p/{one}?v=1"})
    assert "record → zoom" in preview.text
    with archive.reading() as db:
        assert agreements.covers(db, 1) == ()
    done = send(manager, f"{address}/cover", {"photographs": one, "layers": "both", "do": "cover"})
    assert done.status_code == 303
    nobody = Browser(app)
    work(archive)
    assert nobody.get(f"/iiif/3/{one}/info.json").status_code == 200
    assert "Foto: Əliyev" in nobody.get(f"/p/{one}").text
    assert send(manager, f"{address}/end", {"id": one}).status_code == 303
    assert nobody.get(f"/iiif/3/{one}/info.json").status_code == 403
    assert stored(archive, 1) == before, "what it says has not changed"


def test_all_frames_of_a_series_are_covered_in_three_clicks(archive, manager, one):
    others = [new_photograph(archive, number) for number in (2, 3)]
    series = series_desk.create(archive, "Roads", "tests")
    for frame in (one, *others):
        revision = series_desk.view(archive, series, Audience.STAFF).series.revision
        series_desk.add(archive, series, revision, frame, "tests")
    address = recorded(manager)
    preview = send(manager, f"{address}/cover", {"series": series, "layers": "work"}).text
    assert "3 photographs" in preview
    named = re.search(r'name="photographs" value="([^"]*)"', preview)[1]
    again = {"photographs": named, "layers": "work", "do": "cover"}
    assert send(manager, f"{address}/cover", again).status_code == 303
    assert manager.get(address).text.count("the work") >= 3
    assert "would be covered; 3 are covered already" in re.sub(
        r"\s+", " ", send(manager, f"{address}/cover", again | {"do": ""}).text
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"perpetual": None}, "Say when the agreement ends"),
        ({"end": "2030-01-01"}, "is not perpetual"),
        ({"signed": "yesterday"}, "The day of signing is a day such as"),
        ({"territories": "Atlantis"}, "“Atlantis” is no territory"),
        ({"largest_pixels": "-1"}, "The largest size is a whole number of pixels"),
        ({"licensor": " "}, "Say who gives"),
        ({"media": ["telepathy"]}, "Choose the media from the list"),
        ({"mining": "perhaps"}, "Choose the text and data mining from the list"),
    ],
)
def test_what_cannot_be_recorded_comes_back_as_it_was_typed(archive, manager, changed, sentence):
    fields = {name: value for name, value in (LICENCE | changed).items() if value is not None}
    answer = send(manager, "/rights/agreements", fields | {"note": "kept “words”"})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "kept “words”" in answer.text
    with archive.reading() as db:
        assert agreements.all_agreements(db) == ()


def test_of_two_managers_the_later_one_is_told_and_keeps_the_words(archive, manager):
    address = recorded(manager)
    version = seen(manager, address)
    first = send(manager, address, LICENCE | {"fee": "100", "seen": version})
    assert first.status_code == 303
    second = send(manager, address, LICENCE | {"fee": "200", "seen": version})
    assert second.status_code == 409
    assert "Somebody else changed this agreement" in second.text
    assert 'value="200"' in second.text
    assert stored(archive, 1)[0].agreement.fee == "100"


def test_every_version_stays_and_the_last_one_is_taken_back(archive, manager):
    address = recorded(manager)
    send(manager, address, LICENCE | {"fee": "100", "seen": seen(manager, address)})
    assert "fee: nothing → 100" in manager.get(address).text.lower()
    back = send(manager, f"{address}/undo", {"seen": seen(manager, address)})
    assert back.status_code == 303
    assert [one.agreement.fee for one in stored(archive, 1)] == ["", "100", ""]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Name photographs"),
        ({"photographs": "../../etc/passwd"}, "is no identifier"),
        ({"photographs": "zzzzzzzzzzzz"}, "no photograph"),
        ({"series": "nope"}, "no series"),
        ({"search": "nothing at all has these words"}, "0 photographs"),
    ],
)
def test_what_names_no_photograph_covers_none(archive, manager, fields, sentence):
    address = recorded(manager)
    answer = send(manager, f"{address}/cover", fields)
    assert sentence in answer.text, answer.text
    with archive.reading() as db:
        assert agreements.covers(db, 1) == ()


def test_a_planned_use_is_answered_kept_and_not_changed_by_what_comes_later(archive, manager, one):
    asked = send(manager, "/rights/uses", TOTE_BAG | {"photographs": one})
    assert asked.status_code == 303
    address = asked.headers["Location"]
    page = told(manager, address)
    assert "Ask: the records do not say enough." in page
    assert "Mori &amp; Co." in page
    cc0 = NewRecord(RecordKind.STATEMENT, "http://creativecommons.org/publicdomain/zero/1.0/")
    clear.record(archive, one, [cc0], "tests")
    assert told(manager, address) == page
    again = send(manager, "/rights/uses", TOTE_BAG | {"photographs": one}).headers["Location"]
    assert "Yes: everything on record covers it." in manager.get(again).text
    with archive.reading() as db:
        verdicts = [found.verdict for found in planned_uses.newest(db, 9)]
        assert planned_uses.one(db, 1).use.last == date(2028, 12, 31)
    assert verdicts == [Verdict.YES, Verdict.ASK]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"medium": ""}, "Choose the medium"),
        ({"purpose": "any"}, "Name one medium and one purpose"),
        ({"first": ""}, "Say on which day"),
        ({"last": "2026-11-01"}, "ends before it begins"),
        ({"territories": ""}, "Name a country"),
        ({"asker": ""}, "Say who plans"),
        ({"photographs": ""}, "Name photographs"),
    ],
)
def test_a_use_that_says_too_little_comes_back(archive, manager, one, changed, sentence):
    answer = send(manager, "/rights/uses", TOTE_BAG | {"photographs": one} | changed)
    assert answer.status_code == 400
    assert sentence in answer.text
    with archive.reading() as db:
        assert planned_uses.newest(db, 9) == ()
