"""What operations answer of photographs, their work, and the desk."""

from datetime import date, datetime

from pydantic import Field

from dam.iiif.presentation_source import manifest_path, page_path
from dam.iiif.presentation_words import LanguageMap
from dam.records.log import Event
from dam.records.values import Proposal
from dam.rights.explain import Explanation
from dam.rights.facts import Step
from dam.web.api.shapes import InLanguage, Shape
from dam.web.api.word_shapes import NoticeShape, Words, notice_shapes
from dam.workflows import presentation
from dam.workflows.presentation import Told


class Access(Shape):
    """What whoever asks may have: how much, why there is no picture, and until when it holds."""

    step: str = Field(description="hidden, record, thumbnail, capped, zoom, download or master")
    withheld: str
    until: datetime | None


class Photograph(Shape):
    """A photograph as whoever asks may know it."""

    id: str
    title: list[InLanguage]
    headline: list[InLanguage]
    caption: list[InLanguage]
    alt: list[InLanguage]
    place: list[InLanguage]
    date: list[InLanguage]
    edtf: str
    creators: list[str]
    people: list[str]
    keywords: list[InLanguage]
    credit: str
    copyright: list[InLanguage]
    rights: str
    notices: list[NoticeShape]
    access: Access
    page: str
    manifest: str
    image_service: str | None
    downloads: dict[str, str]


class PhotographList(Shape):
    """A page of photographs; ``next`` is the address of the following one."""

    photographs: list[Photograph]
    next: str | None


class Repair(Shape):
    """A proposed repair of a damaged word."""

    number: int
    field: str
    language: str
    start: int
    found: str
    proposed: str


class WordsRead(Shape):
    """The words of a photograph with their revision, and the repairs that are proposed.

    ``turn`` is in degrees clockwise; ``recto`` is the photograph of whose print it is the back.
    """

    photograph: str
    revision: int
    words: Words
    turn: int
    mark: str | None
    recto: str | None
    repairs: list[Repair]


class EventShape(Shape):
    """Something that was done: by whom, when, to what, from what."""

    at: datetime
    actor: str
    verb: str
    field: str
    language: str
    before: str
    after: str


class Events(Shape):
    """What was done to a photograph, newest first."""

    photograph: str
    events: list[EventShape]


class CommentShape(Shape):
    """What somebody said of a photograph; settled by nobody while it is open."""

    number: int
    at: datetime
    author: str
    words: str
    settled_by: str


class WorkShape(Shape):
    """How far the work on a photograph is, and what is missing before it should be published."""

    photograph: str
    stage: str
    missing: list[str]
    comments: list[CommentShape]


class ExplanationShape(Shape):
    """Why an audience gets what it gets."""

    photograph: str
    headline: str
    because: list[str]
    not_more_because: list[str]
    also: list[str]
    then: str


class RightsRecordShape(Shape):
    """One record of rights; a newer one of its kind supersedes it."""

    name: str
    kind: str
    text: str
    number: int | None
    day: date | None
    recorded_at: datetime
    recorded_by: str


class RightsHistory(Shape):
    """Every record of rights of a photograph, newest first."""

    photograph: str
    records: list[RightsRecordShape]


class FileOutcome(Shape):
    """What became of a file that was sent."""

    state: str
    photograph: str
    reason: str
    notes: list[str]


class RefusedShape(Shape):
    """A file that could not be taken in and is kept aside."""

    id: str
    name: str
    reason: str
    size_bytes: int
    received_at: datetime
    tries: int


class RefusedList(Shape):
    """The files that are kept aside, newest first."""

    refused: list[RefusedShape]


class JobShape(Shape):
    """A job: what it does to what, and how far it is."""

    id: int
    kind: str
    subject_id: str
    state: str
    attempts: int
    created_at: datetime
    not_before: datetime
    finished_at: datetime | None
    error: str


class JobList(Shape):
    """A page of jobs; ``next`` is the address of the following one."""

    jobs: list[JobShape]
    next: str | None


def in_languages(texts: LanguageMap) -> list[InLanguage]:
    """Return texts as they are told."""
    return [InLanguage.model_construct(language=tag, text=text) for tag, text in texts]


def photograph_shape(told: Told, origin: str) -> Photograph:
    """Return a photograph as its decision lets it be told."""
    words, stored, decision = told.words, told.photograph, told.asked.decision
    return Photograph.model_construct(
        id=stored.id,
        title=in_languages(words.label),
        headline=in_languages(words.headlines),
        caption=in_languages(words.captions),
        alt=in_languages(words.alts),
        place=in_languages(words.places),
        date=in_languages(words.date),
        edtf=stored.date.edtf if stored.date else "",
        creators=list(words.creators),
        people=list(words.people),
        keywords=in_languages(words.keywords),
        credit=words.credit,
        copyright=in_languages(words.copyright),
        rights=words.statement.uri if words.statement else "",
        notices=notice_shapes(words.notices),
        access=Access.model_construct(
            step=decision.step.word, withheld=told.withheld, until=decision.until
        ),
        page=origin + page_path(stored.id),
        manifest=origin + manifest_path(stored.id),
        image_service=f"{origin}/iiif/3/{told.service_id}" if told.pack else None,
        downloads=_downloads(told, origin),
    )


def _downloads(told: Told, origin: str) -> dict[str, str]:
    page = origin + page_path(told.photograph.id)
    return {
        step.word: f"{page}/{'master' if step is Step.MASTER else 'download'}"
        for step in presentation.offered(told)
    }


def event_shape(one: Event) -> EventShape:
    """Return an event as it is told."""
    return EventShape.model_construct(
        at=one.at,
        actor=one.actor,
        verb=one.verb,
        field=str(one.field),
        language=one.language,
        before=one.before,
        after=one.after,
    )


def repair_shape(one: Proposal) -> Repair:
    """Return a proposed repair as it is told."""
    return Repair.model_construct(
        number=one.id,
        field=str(one.field),
        language=one.language,
        start=one.start,
        found=one.found,
        proposed=one.proposed,
    )


def explanation_shape(photograph_id: str, found: Explanation) -> ExplanationShape:
    """Return a decision in words."""
    return ExplanationShape.model_construct(
        photograph=photograph_id,
        headline=found.headline,
        because=list(found.because),
        not_more_because=list(found.not_more_because),
        also=list(found.also),
        then=found.then,
    )
