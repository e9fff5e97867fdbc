"""The words that a file is given, as one audience may read them, and the properties they become.

Who fills `FileWords` has asked the rights decision; what is not in it is not in the file.
Specs: IPTC Photo Metadata Standard 2025.1; PLUS LDF 1.2.1; RightsML through xmpRights.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dam.metadata.fields import LanguageText
from dam.metadata.names import clark
from dam.metadata.properties import BY_NAME, Kind
from dam.metadata.values import (
    Alternatives,
    Items,
    Link,
    Order,
    Properties,
    Structure,
    Value,
)

_PLUS_VOCABULARY = "http://ns.useplus.org/ldf/vocab/"
Texts = tuple[LanguageText, ...]


@dataclass(frozen=True, slots=True)
class FileAgent:
    """Who had a part in it; ``role`` and ``identifiers`` are addresses of vocabularies."""

    name: str
    role: str = ""
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A place in the layers of IPTC; ``names`` is how it is published, by language.

    ``latitude`` and ``longitude`` are degrees, north and east positive.
    """

    country: str = ""
    country_code: str = ""
    region: str = ""
    city: str = ""
    spot: str = ""
    world_region: str = ""
    names: Texts = ()
    identifiers: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Licensor:
    """Whom to ask for a licence (PLUS)."""

    name: str
    url: str = ""
    email: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class FileWords:
    """All that is told of a photograph inside its file; languages are tags of BCP 47.

    The first text of a language alternative is the default. ``date`` is ISO 8601, as far as it is
    known (``1992``, ``1992-02``); ``date_in_words`` is for a date that ISO cannot say. Codes of
    PLUS are written without their address (``DMI-PROHIBITED``).
    """

    titles: Texts = ()
    headline: str = ""
    captions: Texts = ()
    caption_writer: str = ""
    alts: Texts = ()
    extended_descriptions: Texts = ()
    creators: tuple[str, ...] = ()
    creator_job: str = ""
    contributors: tuple[FileAgent, ...] = ()
    credit: str = ""
    source: str = ""
    copyright: Texts = ()
    copyright_owners: tuple[FileAgent, ...] = ()
    usage_terms: Texts = ()
    web_statement: str = ""
    licence: str = ""
    marked: bool | None = None
    licensors: tuple[Licensor, ...] = ()
    data_mining: str = ""
    other_constraints: Texts = ()
    keywords: tuple[str, ...] = ()
    date: str = ""
    date_in_words: str = ""
    created: tuple[FilePlace, ...] = ()
    shown: tuple[FilePlace, ...] = ()
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    events: Texts = ()
    instructions: str = ""
    job: str = ""
    identifier: str = ""
    supplier: str = ""
    supplier_image: str = ""
    digital_source_type: str = ""
    adult_content_warning: str = ""
    model_release_status: str = ""


def properties(words: FileWords) -> Properties:
    """Return the properties of XMP that say *words*; empty ones are left out."""
    place = words.created[0] if words.created else words.shown[0] if words.shown else FilePlace()
    said: dict[str, Value | None] = {
        "photoshop:City": place.city,
        "photoshop:State": place.region,
        "photoshop:Country": place.country,
        "Iptc4xmpCore:Location": place.spot,
        "Iptc4xmpCore:CountryCode": place.country_code,
        "Iptc4xmpExt:Contributor": _structures(_contributor(one) for one in words.contributors),
        "Iptc4xmpExt:LocationCreated": _structures(map(_place, words.created)),
        "Iptc4xmpExt:LocationShown": _structures(map(_place, words.shown)),
        "Iptc4xmpExt:ArtworkOrObject": _structures(_object_of_uncertain_date(words)),
        "plus:CopyrightOwner": _structures(map(_owner, words.copyright_owners), Order.SEQUENCE),
        "plus:ImageSupplier": _structures(_supplier(words), Order.SEQUENCE),
        "plus:Licensor": _structures(map(_licensor, words.licensors), Order.SEQUENCE),
        "xmpRights:Marked": None if words.marked is None else str(words.marked),
        "cc:license": Link(words.licence) if words.licence else None,
        "plus:DataMining": _code(words.data_mining),
        "plus:AdultContentWarning": _code(words.adult_content_warning),
        "plus:ModelReleaseStatus": _code(words.model_release_status),
    }
    for name, value in _simple(words).items():
        said[name] = _built(BY_NAME[name].kind, value)
    return {clark(name): value for name, value in said.items() if value}


def _simple(words: FileWords) -> Mapping[str, str | tuple[str, ...] | Texts]:
    return {
        "dc:title": words.titles,
        "dc:description": words.captions,
        "dc:creator": words.creators,
        "dc:rights": words.copyright,
        "dc:subject": words.keywords,
        "photoshop:Headline": words.headline,
        "photoshop:CaptionWriter": words.caption_writer,
        "photoshop:AuthorsPosition": words.creator_job,
        "photoshop:Credit": words.credit,
        "photoshop:Source": words.source,
        "photoshop:Instructions": words.instructions,
        "photoshop:TransmissionReference": words.job,
        "photoshop:DateCreated": words.date,
        "Iptc4xmpCore:AltTextAccessibility": words.alts,
        "Iptc4xmpCore:ExtDescrAccessibility": words.extended_descriptions,
        "xmpRights:UsageTerms": words.usage_terms,
        "xmpRights:WebStatement": words.web_statement,
        "plus:OtherConstraints": words.other_constraints,
        "Iptc4xmpExt:PersonInImage": words.persons,
        "Iptc4xmpExt:OrganisationInImageName": words.organisations,
        "Iptc4xmpExt:Event": words.events,
        "Iptc4xmpExt:DigImageGUID": words.identifier,
        "plus:ImageSupplierImageID": words.supplier_image,
        "Iptc4xmpExt:DigitalSourceType": words.digital_source_type,
    }


def _built(kind: Kind, value: str | tuple[str, ...] | Texts) -> Value | None:
    if isinstance(value, str):
        return value or None
    texts = tuple(one for one in value if isinstance(one, str))
    match kind:
        case Kind.BAG:
            return _bag(texts)
        case Kind.SEQUENCE:
            return Items(Order.SEQUENCE, texts) if texts else None
        case _:
            return _languages(tuple(one for one in value if not isinstance(one, str)))


def _languages(texts: Texts) -> Alternatives | None:
    """Each language, and the first once more as ``x-default`` (XMP Part 1 §8.2.2.4)."""
    if not texts:
        return None
    return Alternatives((("x-default", texts[0][1]), *texts))


def _structures(members: Iterable[Structure], order: Order = Order.BAG) -> Items | None:
    found = tuple(member for member in members if member.fields)
    return Items(order, found) if found else None


def _structure(prefix: str, fields: Mapping[str, Value | None]) -> Structure:
    named = ((clark(f"{prefix}:{name}"), value) for name, value in fields.items())
    return Structure(tuple((name, value) for name, value in named if value))


def _bag(texts: tuple[str, ...]) -> Items | None:
    return Items(Order.BAG, texts) if texts else None


def _contributor(agent: FileAgent) -> Structure:
    fields: dict[str, Value | None] = {
        "Name": Alternatives((("x-default", agent.name),)),
        "Identifier": _bag(agent.identifiers),
        "Role": _bag((agent.role,) if agent.role else ()),
    }
    return _structure("Iptc4xmpExt", fields)


def _owner(agent: FileAgent) -> Structure:
    identifier = next(iter(agent.identifiers), "")
    fields = {"CopyrightOwnerID": identifier, "CopyrightOwnerName": agent.name}
    return _structure("plus", fields)


def _supplier(words: FileWords) -> Iterable[Structure]:
    yield _structure("plus", {"ImageSupplierName": words.supplier})


def _licensor(one: Licensor) -> Structure:
    fields = {
        "LicensorID": one.identifier,
        "LicensorName": one.name,
        "LicensorEmail": one.email,
        "LicensorURL": one.url,
    }
    return _structure("plus", fields)


def _place(place: FilePlace) -> Structure:
    made = _structure(
        "Iptc4xmpExt",
        {
            "Sublocation": place.spot,
            "City": place.city,
            "ProvinceState": place.region,
            "CountryName": place.country,
            "CountryCode": place.country_code,
            "WorldRegion": place.world_region,
            "LocationName": _languages(place.names),
            "LocationId": _bag(place.identifiers),
        },
    )
    if place.latitude is None or place.longitude is None:
        return made
    position = {
        "GPSLatitude": _degrees(place.latitude, "NS"),
        "GPSLongitude": _degrees(place.longitude, "EW"),
    }
    return Structure((*made.fields, *_structure("exif", position).fields))


def _degrees(degrees: float, signs: str) -> str:
    """Degrees and minutes as XMP writes them: ``48,16.500000N`` (XMP Part 2 §3.3)."""
    minutes = round(abs(degrees) * 60, 6)
    return f"{int(minutes // 60)},{minutes % 60:.6f}{signs[degrees < 0]}"


def _object_of_uncertain_date(words: FileWords) -> Iterable[Structure]:
    """The one place of IPTC where a date may be words: the object that was scanned."""
    if words.date_in_words:
        yield _structure("Iptc4xmpExt", {"AOCircaDateCreated": words.date_in_words})


def _code(code: str) -> str:
    return f"{_PLUS_VOCABULARY}{code}" if code else ""
