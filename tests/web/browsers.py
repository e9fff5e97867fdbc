"""Browsers and programs as the service meets them, and photographs in every state of rights."""

import io
import re
from dataclasses import dataclass, field
from datetime import date

from PIL import Image
from werkzeug.test import Client, TestResponse

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.records import catalogue, series
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience, Publication
from dam.workflows import accounts, clear, describe, ingest, jobs
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch

CC_BY = "http://creativecommons.org/licenses/by/4.0/"
CC_ZERO = "http://creativecommons.org/publicdomain/zero/1.0/"
CNE = "http://rightsstatements.org/vocab/CNE/1.0/"
KEY = b"k" * 32
NAAN = "12345"
PROGRAM = {"Accept": "application/json"}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """A browser with cookies, which sends the token of the pages that it has read."""

    def __init__(self, application) -> None:
        self.client = Client(application)
        self.token = ""

    def get(self, path: str, **options) -> TestResponse:
        return self.client.get(path, **options)

    def read_token(self, path: str = "/sign-in") -> str:
        """Read the token off a page with a form."""
        found = _TOKEN.search(self.get(path).text)
        assert found, f"{path} has no form"
        self.token = found[1]
        return self.token

    def post(self, path: str, fields: dict | None = None, **options) -> TestResponse:
        """Send a form with the token that the browser has."""
        if not self.token:
            self.read_token()
        return self.client.post(path, data={"csrf_token": self.token, **(fields or {})}, **options)

    def enter(self, link_token: str) -> TestResponse:
        """Sign in by a link that works once."""
        path = f"/sign-in/{link_token}"
        self.read_token(path)
        answer = self.post(path)
        if answer.status_code == 302:
            self.read_token()
        return answer


def signed_in(archive: Archive, application, role: Audience, name: str = "") -> Browser:
    """A browser that is signed in as an account of *role*, made if there is none."""
    name = name or role.name.title()
    if name not in {user.name for user in accounts.all_users(archive)}:
        accounts.add_user(archive, name, role, None, "tests")
    browser = Browser(application)
    assert browser.enter(accounts.make_link(archive, name)).status_code == 302
    return browser


def published(statement: str = CC_BY) -> list[NewRecord]:
    """The records of a photograph that is public."""
    return [
        NewRecord(RecordKind.STATEMENT, statement),
        NewRecord(RecordKind.PUBLICATION, Publication.PUBLISHED),
    ]


def behind_an_advisory() -> list[NewRecord]:
    """The records of a photograph that is public, and hard to look at."""
    return [
        *published(),
        NewRecord(RecordKind.SENSITIVITY, "human-remains"),
        NewRecord(RecordKind.REVIEW, "reviewed"),
    ]


@dataclass(frozen=True)
class State:
    """A state of rights, and what the public's addresses answer in it."""

    name: str
    records: list[NewRecord]
    pixels: int
    words: int
    reason: str
    withdrawn: bool = False

    @property
    def listed(self) -> bool:
        """Lists name what may be read."""
        return self.words == 200


EMBARGO_UNTIL = date(2027, 4, 1)
STATES = (
    State("public", published(), 200, 200, "a licence lets everybody see it"),
    State("draft", [NewRecord(RecordKind.STATEMENT, CC_BY)], 404, 404, "not published"),
    State(
        "hidden",
        [*published(), NewRecord(RecordKind.CEILING, "hidden")],
        404,
        404,
        "hidden answers as unknown",
    ),
    State("record", published(CNE), 403, 200, "CNE grants nothing"),
    State(
        "embargo",
        [*published(), NewRecord(RecordKind.EMBARGO, "plain", day=EMBARGO_UNTIL)],
        403,
        200,
        "an embargo leaves the record",
    ),
    State(
        "unreviewed",
        [*published(), NewRecord(RecordKind.SENSITIVITY, "minor")],
        403,
        200,
        "nobody has looked yet",
    ),
    State(
        "capped",
        [*published(), NewRecord(RecordKind.CAP, number=40)],
        200,
        200,
        "the public's image has fewer pixels",
    ),
    State("withdrawn", published(), 410, 410, "harvesters delete on 410", withdrawn=True),
    State(
        "withdrawn draft",
        [NewRecord(RecordKind.STATEMENT, CC_BY)],
        404,
        404,
        "the public was never told of it",
        withdrawn=True,
    ),
)


def describe_as(archive: Archive, photograph_id: str, *texts: Text, **others) -> None:
    """Write the words of a photograph, as the desk does."""
    with archive.reading() as db:
        revision = catalogue.photograph(db, photograph_id).revision
    describe.describe(archive, photograph_id, revision, Description(texts, **others), "tests")


def title_of(state: str) -> str:
    return f"Titled {state.replace(' ', '')}ly"


def caption_of(state: str) -> str:
    return f"Captioned {state.replace(' ', '')}ly"


@dataclass
class Exhibition:
    """An archive with one photograph in each state, all in one series, and their identifiers."""

    archive: Archive
    ids: dict[str, str] = field(default_factory=dict)
    series_id: str = ""


def new_photograph(archive: Archive, number: int, **options: object) -> str:
    """Take in a small picture, no two numbers alike."""
    picture = Image.new("RGB", (96, 64), (number * 53 % 256, number * 17 % 256, 90))
    written = io.BytesIO()
    picture.save(written, "PNG")
    name = f"{number}.png"
    batch = make_batch(Options(**{"by": "tests", **options}), [name], None, None)
    outcome = ingest.take_in(archive, name, [written.getvalue()], batch)
    assert outcome.id is not None, outcome
    return outcome.id


def work(archive: Archive) -> None:
    """Run all jobs that may run now."""
    while jobs.run_one(archive):
        pass


def hang(archive: Archive) -> Exhibition:
    """Take in one photograph for each state, as one series."""
    shown = Exhibition(archive)
    for number, state in enumerate(STATES):
        one = new_photograph(archive, number, series="A series of all states")
        shown.ids[state.name] = one
        describe_as(
            archive,
            one,
            Text(TextField.TITLE, "en", title_of(state.name)),
            Text(TextField.CAPTION, "en", caption_of(state.name)),
        )
        clear.record(archive, one, state.records, "tests")
        if state.withdrawn:
            clear.withdraw(archive, one, "the donor asked", "tests")
    work(archive)
    with archive.reading() as db:
        shown.series_id = series.all_series(db)[0].id
    return shown
