"""Attribution: which words a served picture carries inside, made from what its page says."""

from dataclasses import replace

from dam.iiif.extents import is_whole
from dam.iiif.image_request import Format
from dam.iiif.presentation_source import page_path
from dam.metadata import attribution
from dam.records import catalogue
from dam.rights.credit import required_statement
from dam.rights.statements import Family, Statement
from dam.workflows.archive import Archive
from dam.workflows.deliver import Delivery, OpenImage
from dam.workflows.words import Wording, wording


def attributed(archive: Archive, delivery: Delivery, origin: str) -> Delivery:
    """Return *delivery* with the segment that its bytes will carry, where they carry one.

    Whole pictures and whatever is drawn do; stored tiles do where the archive says so.
    """
    if not carries(archive, delivery):
        return delivery
    return replace(delivery, segment=segment_of(archive, delivery.image, origin))


def carries(archive: Archive, delivery: Delivery) -> bool:
    """Whether the bytes of *delivery* carry credit and rights: JPEG, and no tile unless set."""
    if delivery.plan.format is not Format.JPG:
        return False
    if archive.settings.attribution_in_tiles or delivery.stored is None:
        return True
    return is_whole(delivery.plan.region, delivery.image.pyramid.full)


def segment_of(archive: Archive, image: OpenImage, origin: str) -> bytes:
    """Return the segment of an open image, from the words that its decision lets out."""
    with archive.reading() as db:
        photograph = catalogue.photograph(db, image.photograph_id)
    words = wording(photograph, image.asked, archive.settings.archive_language)
    return attribution.segment(said(words, origin))


def said(words: Wording, origin: str) -> attribution.Attribution:
    """Return what a picture says of itself: the credit of its page, and what may be done."""
    statement = words.statement
    return attribution.Attribution(
        credit=words.credit,
        notice=_notice(words),
        terms="" if statement is None else statement.use_in_words,
        rights_uri="" if statement is None else statement.uri,
        page_url=origin + page_path(words.photograph_id),
        is_licence=statement is not None and statement.family is Family.CREATIVE_COMMONS,
        marked=_marked(statement),
    )


def _notice(words: Wording) -> str:
    """Return what viewers must show, on one line; in the public domain that nothing is owed."""
    statement = words.statement
    if statement is not None and statement.public_domain:
        return statement.label()
    required = required_statement(words.credit, statement)
    if required is None:
        return ""
    return ", ".join(next(iter(required.value.values())))


def _marked(statement: Statement | None) -> bool | None:
    if statement is None:
        return None
    if statement.public_domain:
        return False
    return True if statement.family is Family.CREATIVE_COMMONS else None
