"""Review: the states of work, what is missing before publishing, and comments of staff.

Published and withdrawn are said by the rights records; here only draft and review are changed.
"""

from dataclasses import dataclass, replace

from dam.catalogue.stages import Stage, lacking, missing, stage
from dam.catalogue.text import clean
from dam.errors import Conflict, Malformed, NotFound
from dam.records import catalogue, comments, log, register
from dam.records.base import Session
from dam.records.comments import Comment
from dam.records.values import StoredPhotograph
from dam.rights.facts import Publication
from dam.workflows.archive import Archive

_LONGEST = 4000  # characters


class NothingSaid(Malformed):
    """A comment is empty."""

    def __init__(self) -> None:
        super().__init__("Write the comment first.")


class TooLong(Malformed):
    """A comment is too long."""

    def __init__(self) -> None:
        super().__init__(f"A comment may have {_LONGEST} characters; shorten it.")


class NoSuchComment(NotFound):
    """There is no open comment of that number."""

    def __init__(self) -> None:
        super().__init__("This comment was settled already.")


class NotInWork(Conflict):
    """The photograph is published or withdrawn, so it is not in review."""

    def __init__(self, where: Stage) -> None:
        super().__init__(f"The photograph is {where}; the rights records say so.")


@dataclass(frozen=True, slots=True)
class Work:
    """How far a photograph is: its state, what is missing in sentences, and the comments.

    ``missing`` should be written, ``needed`` must be before publishing from the desk.
    """

    stage: Stage
    missing: tuple[str, ...]
    needed: tuple[str, ...]
    comments: tuple[Comment, ...]


def work(archive: Archive, photograph_id: str) -> Work:
    """Return how far the work on a photograph is; raises ``UnknownPhotograph``."""
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
        description = photograph.description
        return Work(
            _stage(db, photograph),
            missing(description, archive.settings.archive_language),
            lacking(description, archive.settings.required_to_publish),
            comments.of_photograph(db, photograph_id),
        )


def _stage(db: Session, photograph: StoredPhotograph) -> Stage:
    facts = register.facts(db, [photograph.id])[photograph.id]
    return stage(
        in_review=photograph.in_review,
        published=facts.publication is Publication.PUBLISHED,
        withdrawn=facts.withdrawn,
    )


def send_to_review(archive: Archive, photograph_id: str, by: str) -> None:
    """Ask for another pair of eyes.

    Raises:
        UnknownPhotograph
        NotInWork: it is published or withdrawn.
    """
    _put(archive, photograph_id, by, in_review=True)


def back_to_draft(archive: Archive, photograph_id: str, by: str) -> None:
    """Take a photograph out of review; raises as ``send_to_review`` does."""
    _put(archive, photograph_id, by, in_review=False)


def _put(archive: Archive, photograph_id: str, by: str, *, in_review: bool) -> None:
    with archive.writing.begin() as db:
        before = catalogue.locked(db, photograph_id)
        where = _stage(db, before)
        if where in {Stage.PUBLISHED, Stage.WITHDRAWN}:
            raise NotInWork(where)
        if before.in_review is in_review:
            return
        catalogue.set_in_review(db, photograph_id, in_review=in_review)
        after = Stage.IN_REVIEW if in_review else Stage.DRAFT
        event = log.Event(archive.now(), by, "moved", "photograph", photograph_id, field="state")
        log.write(db, replace(event, before=where, after=after))


def comment(archive: Archive, photograph_id: str, words: str, by: str) -> None:
    """Say something about a photograph, to those who work here.

    Raises:
        UnknownPhotograph, NothingSaid, TooLong
    """
    words = clean(words, multiline=True)
    if not words:
        raise NothingSaid
    if len(words) > _LONGEST:
        raise TooLong
    with archive.writing.begin() as db:
        catalogue.require(db, photograph_id)
        comments.add(db, photograph_id, words, by, archive.now())


def settle(archive: Archive, photograph_id: str, number: int, by: str) -> None:
    """Mark a comment as settled; it stays to be read.

    Raises:
        NoSuchComment
    """
    with archive.writing.begin() as db:
        if comments.open_one(db, photograph_id, number) is None:
            raise NoSuchComment
        comments.settle(db, number, by, archive.now())
