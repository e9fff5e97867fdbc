"""The words that go into a file: what an audience may read of a photograph, in one value."""

from dam.catalogue.dates import in_words
from dam.catalogue.notices import Notice, in_language
from dam.catalogue.people import Contributor, Role, is_unidentified
from dam.catalogue.places import Locality, PlaceRole
from dam.metadata.fields import LanguageText
from dam.metadata.file_words import FileAgent, FilePlace, FileWords, Licensor
from dam.records.values import StoredPhotograph
from dam.rights.statements import Family, Statement
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked, require_words
from dam.workflows.words import wording

_EXACT = frozenset("0123456789-")
# IPTC wants a role as an address; those that the Library of Congress has a relator for.
_RELATORS = {
    role: f"http://id.loc.gov/vocabulary/relators/{code}"
    for role, code in (
        (Role.PRINTER, "prt"),
        (Role.EDITOR, "edt"),
        (Role.TRANSLATOR, "trl"),
        (Role.PUBLISHER, "pbl"),
        (Role.DONOR, "dnr"),
        (Role.CONTRIBUTOR, "ctb"),
    )
}


def file_words(archive: Archive, photograph: StoredPhotograph, asked: Asked) -> FileWords:
    """Return the words of *photograph* that the decision lets out.

    Raises:
        Unknown, Withdrawn: this audience is told nothing of it.
    """
    require_words(asked)
    settings = archive.settings
    said = wording(photograph, asked, settings.archive_language)
    statement = said.statement
    date, date_in_words = _date(photograph)
    page = f"{settings.public_url}/p/{photograph.id}" if settings.public_url else ""
    return FileWords(
        titles=said.label if said.titled else (),
        headline=next((text for _, text in said.headlines), ""),
        captions=said.captions,
        alts=said.alts,
        caption_writer=_named(said.contributors, Role.WRITER),
        creators=said.creators,
        contributors=tuple(
            FileAgent(one.byline, _RELATORS.get(one.role, "")) for one in said.contributors
        ),
        credit=said.credit,
        source=next((text for _, text in said.source), ""),
        copyright=said.copyright,
        usage_terms=_usage_terms(statement),
        web_statement=statement.uri if statement else page,
        licence=statement.uri if statement and _is_licence(statement) else "",
        marked=_marked(statement),
        licensors=(Licensor(settings.archive_name, page),) if page else (),
        data_mining="DMI-PROHIBITED" if asked.facts.sensitivity else "",
        adult_content_warning="CW-AWR" if asked.facts.sensitivity else "",
        keywords=tuple(word for _, word in said.keywords),
        date=date,
        date_in_words=date_in_words,
        created=(FilePlace(names=said.places),) if said.places else (),
        shown=_shown(photograph.description.places, settings.archive_language),
        persons=tuple(name for name in said.people if not is_unidentified(name)),
        other_constraints=_owed(said.notices),
        identifier=page,
        supplier=settings.archive_name,
        supplier_image=said.accession or photograph.id,
    )


def _date(photograph: StoredPhotograph) -> tuple[str, str]:
    """The date as XMP can say it, or in words: "about 1936" is no date of XMP."""
    if photograph.date is None:
        return "", photograph.description.date_text or ""
    edtf = photograph.date.edtf
    return (edtf, "") if set(edtf) <= _EXACT else ("", in_words(photograph.date, "en"))


def _usage_terms(statement: Statement | None) -> tuple[LanguageText, ...]:
    if statement is None:
        return ()
    return (("en", f"{statement.label()}. {statement.use_in_words}"),)


def _is_licence(statement: Statement) -> bool:
    return statement.family is Family.CREATIVE_COMMONS


def _marked(statement: Statement | None) -> bool | None:
    """Whether copyright is claimed; None where nobody has found out (XMP Part 1 §8.5)."""
    if statement is None:
        return None
    if statement.public_domain:
        return False
    claimed = _is_licence(statement) or statement.code.startswith("InC")
    return True if claimed else None


def _named(contributors: tuple[Contributor, ...], role: Role) -> str:
    return ", ".join(one.byline for one in contributors if one.role is role)


def _shown(places: tuple[Locality, ...], language: str) -> tuple[FilePlace, ...]:
    """The places that are in the picture, apart from where it was taken, as they are read."""
    shown = (one.in_words for one in places if one.role is PlaceRole.SHOWN)
    return tuple(FilePlace(names=((language, words),)) for words in shown)


def _owed(notices: tuple[Notice, ...]) -> tuple[LanguageText, ...]:
    """What must be shown with the photograph, each language with all that its readers are owed."""
    languages = dict.fromkeys(one.language for one in notices)
    return tuple((one, "\n".join(in_language(notices, one))) for one in languages)
