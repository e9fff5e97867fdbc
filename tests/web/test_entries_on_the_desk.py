"""The register on the desk: each kind of entry typed, superseded, ended, with its papers."""

import io
import re
from datetime import date

import pytest
from browsers import Browser, new_photograph, published, signed_in, work

from dam.records import register
from dam.records.register import NewRecord, RecordKind, standing
from dam.rights.agreements import UsePurpose
from dam.rights.entries import (
    Assessment,
    Consulted,
    ExceptionGround,
    Holder,
    HoldersSearched,
    ReleaseGiven,
    RestrictionSet,
)
from dam.rights.facts import Audience, Layer, Step
from dam.rights.releases import ReleaseKind, ReleaseState
from dam.rights.restrictions import RestrictionKind, WordKind
from dam.web.application import create_app
from dam.workflows import ask, clear

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"
KINDS = {
    "statement": (
        {
            "layer": "work", "rights": "inc", "title": "A poster", "jurisdiction": "AZ",
            "holders": "Aygün Əliyeva | half | since 1992\nUnknown heirs", "basis": "Painted 1988.",
            "determined_by": "Rita", "determined_on": "2026-11-01", "day": "2027-11-01",
        },
        NewRecord(
            RecordKind.STATEMENT, INC, day=date(2027, 11, 1), layer=Layer.WORK,
            detail=Assessment(
                title="A poster",
                holders=(Holder("Aygün Əliyeva", "half", "since 1992"), Holder("Unknown heirs")),
                basis="Painted 1988.", jurisdiction="AZ", determined_by="Rita",
                determined_on=date(2026, 11, 1),
            ),
        ),
    ),
    "exception": (
        {"layer": "photograph", "text": "UrhG § 59", "jurisdiction": "DE", "basis": "A street."},
        NewRecord(
            RecordKind.EXCEPTION, "UrhG § 59", detail=ExceptionGround("DE", "A street."),
        ),
    ),
    "release": (
        {
            "text": "Nino Beridze", "kind": "guardian", "state": "signed", "minor": "1",
            "purposes": ["display", "education"], "signed_on": "2026-01-01", "day": "2030-01-01",
            "given_by": "Her mother", "is_ground": "1",
        },
        NewRecord(
            RecordKind.RELEASE, "Nino Beridze", day=date(2030, 1, 1),
            detail=ReleaseGiven(
                ReleaseKind.GUARDIAN, ReleaseState.SIGNED,
                (UsePurpose.DISPLAY, UsePurpose.EDUCATION), is_ground=True, minor=True,
                signed_on=date(2026, 1, 1), given_by="Her mother",
            ),
        ),
    ),
    "restriction": (
        {
            "kind": "court order", "effect": "thumbnail", "binds": "staff", "start": "2026-01-01",
            "day": "2031-01-01", "authority": "Baku City Court", "review_on": "2027-01-01",
            "words": ["names of persons", "caption"], "persons": "Nino Beridze",
            "reason": "Order 7",
        },
        NewRecord(
            RecordKind.RESTRICTION, "court order", day=date(2031, 1, 1),
            detail=RestrictionSet(
                RestrictionKind.COURT, Step.THUMBNAIL, Audience.STAFF, date(2026, 1, 1),
                "Baku City Court", date(2027, 1, 1), (WordKind.PERSON, WordKind.CAPTION),
                ("Nino Beridze",), "Order 7",
            ),
        ),
    ),
    "orphan-search": (
        {
            "layer": "photograph", "text": "EU-1", "result": "Nobody found.",
            "consulted": "National Library | 2026-10-01 | nothing\nUnion of artists",
        },
        NewRecord(
            RecordKind.ORPHAN_SEARCH, "EU-1", day=date(2026, 10, 1),
            detail=HoldersSearched(
                (
                    Consulted("National Library", date(2026, 10, 1), "nothing"),
                    Consulted("Union of artists"),
                ),
                "Nobody found.",
            ),
        ),
    ),
}  # fmt: skip


@pytest.fixture
def one(archive) -> str:
    """A published photograph that everybody may have."""
    made = new_photograph(archive, 1)
    clear.record(archive, made, published(CC0), "tests")
    work(archive)
    return made


@pytest.fixture
def manager(archive, app) -> Browser:
    return signed_in(archive, app, Audience.RIGHTS_MANAGER)


def history(archive, one: str):
    with archive.reading() as db:
        return register.history(db, one)


def holding(archive, one: str, kind: str) -> list:
    found = standing(reversed(history(archive, one))).records
    return [each for each in found if each.value.kind.value == kind]


def send(manager, archive, one: str, kind: str, fields: dict):
    seen = str(history(archive, one)[0].id)
    address = f"/rights/p/{one}/entries/{kind}"
    return manager.post(address, {"seen": seen} | fields, follow_redirects=False)


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_is_recorded_as_it_was_typed_superseded_and_ended(archive, manager, one, kind):
    fields, expected = KINDS[kind]
    assert send(manager, archive, one, kind, fields).status_code == 303
    newest = history(archive, one)[0]
    assert newest.value == expected
    page = manager.get(f"/rights/p/{one}").text
    address = re.search(rf'href="(/rights/p/{one}/entries/{kind}\?of={newest.id})"', page)[1]
    form = manager.get(address).text
    again = send(manager, archive, one, kind, fields | {"supersedes": str(newest.id)})
    assert again.status_code == 303
    assert [each.id for each in holding(archive, one, kind)] != [newest.id], "it was superseded"
    if kind != "statement":
        assert len(holding(archive, one, kind)) == 1
    for words in ("Nino Beridze", "Baku City Court", "UrhG § 59", "Nobody found.", "A poster"):
        assert (words in form) == (words in str(fields.values())), words
    last = next(each for each in holding(archive, one, kind) if each.id > newest.id)
    end = {"supersedes": str(last.id), "do": "end"}
    assert send(manager, archive, one, kind, end).status_code == 303
    assert all(each.id < newest.id for each in holding(archive, one, kind))
    assert manager.get(f"/rights/p/{one}").status_code == 200


def test_an_entry_is_true_at_once_wherever_the_decision_is_asked(archive, manager, app, one):
    nobody = Browser(app)
    assert nobody.get(f"/iiif/3/{one}/info.json").status_code == 200
    fields = KINDS["restriction"][0] | {"effect": "record"}
    assert send(manager, archive, one, "restriction", fields).status_code == 303
    assert nobody.get(f"/iiif/3/{one}/info.json").status_code in {401, 403}
    assert ask.ask(archive, one, Audience.PUBLIC).decision.step is Step.RECORD


@pytest.mark.parametrize(
    ("kind", "changed", "sentence"),
    [
        ("statement", {"rights": "", "label": ""}, "Say which statement holds"),
        ("statement", {"rights": "CC BY"}, "which version"),
        ("exception", {"text": " "}, "Name the law and the article"),
        ("release", {"text": ""}, "Name the person"),
        ("release", {"state": "withdrawn", "reason": ""}, "Say why consent was withdrawn"),
        ("release", {"kind": "verbal"}, "Choose the kind of release"),
        ("restriction", {"reason": ""}, "Say why it is restricted"),
        ("restriction", {"effect": "master key"}, "no step of access"),
        ("restriction", {"day": "2025-01-01"}, "ends before it begins"),
        ("orphan-search", {"consulted": ""}, "at least one source"),
        ("orphan-search", {"consulted": "Library | soon"}, "The day of “Library”"),
    ],
)
def test_an_entry_that_lacks_something_comes_back_as_it_was_typed(
    archive, manager, one, kind, changed, sentence
):
    before = history(archive, one)
    answer = send(manager, archive, one, kind, KINDS[kind][0] | changed | {"basis": "kept so"})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert history(archive, one) == before
    if kind in {"statement", "exception"}:
        assert "kept so" in answer.text


def test_of_two_managers_the_later_one_is_told_and_keeps_the_words(archive, manager, one):
    seen = str(history(archive, one)[0].id)
    clear.record(archive, one, [NewRecord(RecordKind.CAP, number=900)], "another")
    answer = send(manager, archive, one, "exception", KINDS["exception"][0] | {"seen": seen})
    assert answer.status_code == 409
    assert "A street." in answer.text
    assert holding(archive, one, "exception") == []


def test_papers_are_kept_once_and_read_by_rights_managers_alone(archive, manager, app, one):
    letter = b"%PDF-1.7 <script>alert(1)</script>"
    sent = {"papers": (io.BytesIO(letter), '../"letter".pdf')} | KINDS["exception"][0]
    assert send(manager, archive, one, "exception", sent).status_code == 303
    [entry] = holding(archive, one, "exception")
    [digest] = entry.value.detail.evidence
    answer = manager.get(f"/rights/papers/{digest}")
    assert (answer.data, answer.mimetype) == (letter, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    answer.close()
    editor = signed_in(archive, app, Audience.EDITOR)
    assert editor.get(f"/rights/papers/{digest}").status_code == 403
    staying = KINDS["exception"][0] | {
        "supersedes": str(entry.id), "paper": [digest, "f" * 64],
        "papers": (io.BytesIO(letter), "again.pdf"),
    }  # fmt: skip
    assert send(manager, archive, one, "exception", staying).status_code == 303
    [after] = holding(archive, one, "exception")
    assert after.value.detail.evidence == (digest,), "the same bytes once; an invented digest not"
    assert list(archive.store.incoming.iterdir()) == []


def test_what_cannot_be_recorded_keeps_no_paper(archive, manager, one):
    sent = {"papers": (io.BytesIO(b"x"), "a.txt")} | KINDS["exception"][0] | {"text": ""}
    assert send(manager, archive, one, "exception", sent).status_code == 400
    assert not (archive.settings.home / "media" / "papers").exists()


@pytest.mark.parametrize("address", ["nope", "statement?of=999", "release?of=1", "cap"])
def test_an_entry_that_is_not_there_is_told(archive, one, address):
    manager = signed_in(archive, create_app(archive, b"k" * 32), Audience.RIGHTS_MANAGER)
    assert manager.get(f"/rights/p/{one}/entries/{address}").status_code == 404
