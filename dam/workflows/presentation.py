"""From rows and decisions to the sources of manifests: what each audience is told of each frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dam.catalogue.authorities import Authority
from dam.catalogue.dates import nav_date
from dam.catalogue.notices import Notice, in_language
from dam.iiif.presentation_source import (
    FileSource,
    FrameSource,
    ImageSource,
    LabelledWords,
    PointSource,
    Provider,
    Refusal,
    Terms,
    is_rights_uri,
    page_path,
)
from dam.iiif.presentation_words import LanguageMap
from dam.iiif.tiles import Pyramid
from dam.records import authorities
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.values import StoredPack, StoredPhotograph
from dam.rights.credit import required_statement
from dam.rights.facts import Step
from dam.rights.statements import Statement
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.deliver import FULL_SUFFIX
from dam.workflows.restricted import restricted_source
from dam.workflows.words import Wording, wording

PHOTOGRAPH_PAGE: LanguageMap = (("en", "The photograph's page"),)
SERIES_PAGE: LanguageMap = (("en", "The series as an essay"),)
_NOTICE: LanguageMap = (("en", "Notice"),)
_NO_PICTURE: LanguageMap = (("en", "No picture"),)
_JPEG: LanguageMap = (("en", "JPEG, credit inside"),)
_ORIGINAL: LanguageMap = (("en", "Original file"),)
_BEING_PREPARED = "This picture is being prepared."


@dataclass(frozen=True, slots=True)
class Told:
    """One photograph with what may be told of it: its rows, its decision, its words."""

    photograph: StoredPhotograph
    asked: Asked
    words: Wording
    points: tuple[PointSource, ...] = ()

    @property
    def pack(self) -> StoredPack | None:
        """The pack that the decision names, if it names one and it has been made."""
        recipe = self.asked.decision.pack
        return None if recipe is None else self.photograph.pack(recipe.name)

    @property
    def service_id(self) -> str:
        """The image service for this audience: the public's own, or that of the signed-in."""
        own = self.asked.decision.as_public
        return self.photograph.id if own else f"{self.photograph.id}{FULL_SUFFIX}"

    @property
    def withheld(self) -> str:
        """Why there is no picture, in a sentence; empty where there is one."""
        if self.pack is not None:
            return ""
        if self.asked.decision.pack is not None:
            return _BEING_PREPARED
        return " ".join(reason.words for reason in self.asked.decision.reasons)


def told(
    archive: Archive, photograph: StoredPhotograph, asked: Asked, notices: tuple[Notice, ...] = ()
) -> Told:
    """Return a photograph with its decision and its words; *notices* are those of its series."""
    language = archive.settings.archive_language
    return Told(photograph, asked, wording(photograph, asked, language, notices))


def told_all(
    db: Session,
    archive: Archive,
    photographs: Iterable[StoredPhotograph],
    asked: Mapping[str, Asked],
) -> tuple[Told, ...]:
    """Return photographs with their decisions, their words, and what their series are owed."""
    found = tuple(photographs)
    notices = series_rows.notices_of(db, [one.id for one in found])
    places = {one.id: _place_ids(one) for one in found}
    known = authorities.authorities(db, {each for ids in places.values() for each in ids})
    return tuple(
        replace(
            told(archive, one, asked[one.id], notices.get(one.id, ())),
            points=_points(known, places[one.id]),
        )
        for one in found
    )


def _place_ids(photograph: StoredPhotograph) -> tuple[str, ...]:
    """Return the smallest place with a record of each place that is named."""
    chains = ([name.place_id for name in place.names if name.place_id]
              for place in photograph.description.places)  # fmt: skip
    return tuple(dict.fromkeys(chain[-1] for chain in chains if chain))


def _points(known: Mapping[str, Authority], places: tuple[str, ...]) -> tuple[PointSource, ...]:
    found = [known[one] for one in places if one in known]
    return tuple(
        PointSource(
            tuple((name.language, name.name) for name in one.names if name.preferred),
            one.coordinates.latitude,
            one.coordinates.longitude,
        )
        for one in found
        if one.coordinates is not None
    )


def offered(one: Told) -> tuple[Step, ...]:
    """Return which files may be offered beside a picture, the smaller first."""
    if one.pack is None:
        return ()
    step = one.asked.decision.step
    return tuple(file for file in (Step.DOWNLOAD, Step.MASTER) if file <= step)


def _files(one: Told) -> tuple[FileSource, ...]:
    path = page_path(one.photograph.id)
    known = {
        Step.DOWNLOAD: FileSource(f"{path}/download", _JPEG, "image/jpeg"),
        Step.MASTER: FileSource(f"{path}/master", _ORIGINAL, one.photograph.master.media_type),
    }
    return tuple(known[step] for step in offered(one))


def dateline(words: Wording) -> LanguageMap:
    """Return place and date as one line in each language that has a place, or the date alone."""
    dates = dict(words.date)
    fallback = dates.get("none") or dates.get("en") or next(iter(dates.values()), "")
    if not words.places:
        return words.date
    return tuple(
        (language, ", ".join(part for part in (place, dates.get(language, fallback)) if part))
        for language, place in words.places
    )


def provider(archive: Archive) -> Provider:
    """Return the archive as the provider of everything it publishes."""
    settings = archive.settings
    return Provider("/", ((settings.archive_language, settings.archive_name),), "/")


def image_source(one: Told) -> ImageSource | None:
    """Return the image that this audience may see, or none."""
    pack = one.pack
    if pack is None:
        return None
    return ImageSource(one.service_id, pack.extent, Pyramid(pack.extent, pack.tile_size).sizes)


def frame_source(archive: Archive, one: Told) -> FrameSource:
    """Return a photograph as a canvas."""
    words = one.words
    return FrameSource(
        photograph_id=one.photograph.id,
        extent=one.photograph.master.extent,
        label=words.label,
        picture=image_source(one) or Refusal(_NO_PICTURE, (("en", one.withheld),)),
        homepage_label=PHOTOGRAPH_PAGE,
        terms=terms(words),
        summary=words.captions,
        metadata=metadata(words),
        alt=words.alts,
        captions=words.captions,
        files=_files(one),
        # The place of a picture that is withheld may be what must not be known of it.
        points=one.points if one.pack is not None else (),
        nav_date=_nav_date(one),
        restricted=restricted_source(archive, one.photograph, one.asked),
    )


def terms(words: Wording) -> Terms:
    """Return what is owed for a photograph, as its canvas and its manifest say it."""
    return with_notices(terms_without_notices(words), words.notices)


def terms_without_notices(words: Wording) -> Terms:
    """Return credit and rights alone."""
    statement = words.statement
    required = required_statement(words.credit, statement)
    return Terms(
        rights=statement.uri if statement and is_rights_uri(statement.uri) else None,
        rights_name=_names(statement),
        required_statement=None
        if required is None
        else LabelledWords(_pairs(required.label), _pairs(required.value)),
    )


def with_notices(given: Terms, notices: tuple[Notice, ...]) -> Terms:
    """Return *given* with what must be shown beside it, in every language that has some of it.

    A notice that is not in a language is shown there as it is: what is owed is never lost.
    """
    if not notices:
        return given
    required = given.required_statement
    owed: dict[str, list[str]] = {}
    for language, text in required.value if required else ():
        owed.setdefault(language, []).append(text)
    languages = dict.fromkeys([*owed, *(one.language for one in notices)])
    languages.pop("none", None)
    value = tuple(
        (language, text)
        for language in languages
        for text in (
            *(owed.get(language) or next(iter(owed.values()), [])),
            *in_language(notices, language),
        )
    )
    label = required.label if required else _NOTICE
    return replace(given, required_statement=LabelledWords(label, value))


def metadata(words: Wording) -> tuple[LabelledWords, ...]:
    """Return the rows of description that viewers list beside the picture."""
    rows: list[tuple[str, LanguageMap]] = [
        ("Headline", words.headlines),
        ("Creator", tuple(("none", name) for name in words.creators)),
        *(
            (role.capitalize(), tuple(("none", name) for name in names))
            for role, names in by_role(words)
        ),
        ("Date", words.date),
        ("Place", words.places),
        ("People shown", tuple(("none", name) for name in words.people)),
        ("Credit", (("none", words.credit),) if words.credit else ()),
        ("Rights", _rights_in_words(words.statement)),
        ("Copyright", words.copyright),
        ("Source", words.source),
        ("Keywords", words.keywords),
        ("Accession number", (("none", words.accession),) if words.accession else ()),
        ("Negative number", (("none", words.negative),) if words.negative else ()),
    ]
    return tuple(LabelledWords((("en", label),), value) for label, value in rows if value)


def by_role(words: Wording) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return those who had a part without being creators, by what they did, in their order."""
    roles = dict.fromkeys(one.role for one in words.contributors)
    return tuple(
        (role.value, tuple(one.byline for one in words.contributors if one.role is role))
        for role in roles
    )


def _rights_in_words(statement: Statement | None) -> LanguageMap:
    if statement is None:
        return ()
    return (("en", f"{statement.label()}: {statement.human_url}"),)


def _names(statement: Statement | None) -> LanguageMap:
    return () if statement is None else (("en", statement.label()),)


def _pairs(words: Mapping[str, tuple[str, ...]]) -> LanguageMap:
    return tuple((language, text) for language, texts in words.items() for text in texts)


def _nav_date(one: Told) -> datetime | None:
    if one.photograph.date is None:
        return None
    text = nav_date(one.photograph.date)
    return None if text is None else datetime.fromisoformat(text)
