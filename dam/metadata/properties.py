"""The properties of IPTC Core and Extension 2025.1, PLUS and their neighbours, in one table.

Reading names what it finds by this table, and writing takes from it how a property is built and
which dataset of IPTC-IIM it fills. Specs: IPTC Photo Metadata Standard 2025.1 (Core 1.5, Extension
1.9); IPTC-IIM 4.2; PLUS LDF 1.2.1; XMP Part 1 §8.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dam.metadata.names import clark


class Kind(StrEnum):
    """How the value of a property is built."""

    TEXT = "text"
    LANGUAGES = "language alternative"
    BAG = "bag"
    SEQUENCE = "sequence"
    STRUCTURE = "structure"
    BAG_OF_STRUCTURES = "bag of structures"
    SEQUENCE_OF_STRUCTURES = "sequence of structures"


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name for people and for XMP, and its places in IPTC-IIM and EXIF.

    ``iim`` is the dataset of record 2, ``iim_bytes`` its longest value; ``exif`` is the tag.
    """

    name: str
    label: str
    kind: Kind
    iim: int | None = None
    iim_bytes: int = 0
    exif: int | None = None

    @property
    def clark(self) -> str:
        """Its name as ``{namespace}local``."""
        return clark(self.name)


_KINDS = {
    "t": Kind.TEXT,
    "l": Kind.LANGUAGES,
    "b": Kind.BAG,
    "q": Kind.SEQUENCE,
    "s": Kind.STRUCTURE,
    "bs": Kind.BAG_OF_STRUCTURES,
    "qs": Kind.SEQUENCE_OF_STRUCTURES,
}

# name | label | kind | dataset of IIM record 2 and its bytes | tag of EXIF
_CORE = """
dc:title|Title|l|5 64|
dc:description|Description|l|120 2000|010E
dc:creator|Creator|q|80 32|013B
dc:rights|Copyright notice|l|116 128|8298
dc:subject|Keywords|b|25 64|
photoshop:Headline|Headline|t|105 256|
photoshop:CaptionWriter|Description writer|t|122 32|
photoshop:AuthorsPosition|Creator's job title|t|85 32|
photoshop:Credit|Credit line|t|110 32|
photoshop:Source|Source|t|115 32|
photoshop:Instructions|Instructions|t|40 256|
photoshop:TransmissionReference|Job identifier|t|103 32|
photoshop:DateCreated|Date created|t||
photoshop:City|City (legacy)|t|90 32|
photoshop:State|Province or state (legacy)|t|95 32|
photoshop:Country|Country (legacy)|t|101 64|
Iptc4xmpCore:Location|Sublocation (legacy)|t|92 32|
Iptc4xmpCore:CountryCode|Country code (legacy)|t|100 3|
Iptc4xmpCore:IntellectualGenre|Intellectual genre|t||
Iptc4xmpCore:Scene|Scene code|b||
Iptc4xmpCore:SubjectCode|Subject code|b||
Iptc4xmpCore:CreatorContactInfo|Creator's contact|s||
Iptc4xmpCore:AltTextAccessibility|Alternative text|l||
Iptc4xmpCore:ExtDescrAccessibility|Extended description|l||
xmpRights:UsageTerms|Rights usage terms|l||
xmpRights:WebStatement|Web statement of rights|t||
xmpRights:Marked|Copyrighted|t||
xmp:Rating|Rating|t||
xmp:CreateDate|Date digitised|t||
"""
_EXTENSION = """
Iptc4xmpExt:AboutCvTerm|Term about the content|bs||
Iptc4xmpExt:AddlModelInfo|Additional model information|t||
Iptc4xmpExt:AIPromptInformation|AI prompt information|t||
Iptc4xmpExt:AIPromptWriterName|AI prompt writer|t||
Iptc4xmpExt:AISystemUsed|AI system used|t||
Iptc4xmpExt:AISystemVersionUsed|AI system version|t||
Iptc4xmpExt:ArtworkOrObject|Artwork or object shown|bs||
Iptc4xmpExt:Contributor|Contributor|bs||
Iptc4xmpExt:DigImageGUID|Identifier of the image|t||
Iptc4xmpExt:DigitalSourceType|Digital source type|t||
Iptc4xmpExt:EmbdEncRightsExpr|Embedded rights expression|bs||
Iptc4xmpExt:Event|Event|l||
Iptc4xmpExt:EventId|Event identifier|b||
Iptc4xmpExt:Genre|Genre|bs||
Iptc4xmpExt:ImageRegion|Image region|bs||
Iptc4xmpExt:LinkedEncRightsExpr|Linked rights expression|bs||
Iptc4xmpExt:LocationCreated|Location created|bs||
Iptc4xmpExt:LocationShown|Location shown|bs||
Iptc4xmpExt:MaxAvailHeight|Height of the original|t||
Iptc4xmpExt:MaxAvailWidth|Width of the original|t||
Iptc4xmpExt:ModelAge|Age of a model|b||
Iptc4xmpExt:OrganisationInImageCode|Code of an organisation shown|b||
Iptc4xmpExt:OrganisationInImageName|Organisation shown|b||
Iptc4xmpExt:PersonInImage|Person shown|b||
Iptc4xmpExt:PersonInImageWDetails|Person shown, with details|bs||
Iptc4xmpExt:ProductInImage|Product shown|bs||
Iptc4xmpExt:RegistryId|Registry entry|bs||
"""
_PLUS = """
plus:AdultContentWarning|Adult content warning|t||
plus:CopyrightOwner|Copyright owner|qs||
plus:CopyrightOwnerImageID|Copyright owner's image identifier|t||
plus:CopyrightRegistrationNumber|Copyright registration number|t||
plus:CopyrightStatus|Copyright status|t||
plus:CreditLineRequired|Credit line required|t||
plus:DataMining|Data mining|t||
plus:EndUser|End user|qs||
plus:FileNameAsDelivered|File name as delivered|t||
plus:FirstPublicationDate|First publication|t||
plus:ImageAlterationConstraints|Constraints on alteration|b||
plus:ImageCreator|Image creator|qs||
plus:ImageCreatorImageID|Image creator's identifier|t||
plus:ImageDuplicationConstraints|Constraints on duplication|t||
plus:ImageFileConstraints|Constraints on the file|b||
plus:ImageFileFormatAsDelivered|File format as delivered|t||
plus:ImageFileSizeAsDelivered|File size as delivered|t||
plus:ImageSupplier|Image supplier|qs||
plus:ImageSupplierImageID|Image supplier's identifier|t||
plus:ImageType|Image type|t||
plus:LicenseEndDate|Licence ends|t||
plus:LicenseID|Licence|t||
plus:LicenseStartDate|Licence begins|t||
plus:LicenseTransactionDate|Licence of|t||
plus:Licensee|Licensee|qs||
plus:LicenseeImageID|Licensee's image identifier|t||
plus:LicenseeImageNotes|Licensee's notes|l||
plus:LicenseeProjectReference|Licensee's project|b||
plus:LicenseeTransactionID|Licensee's transaction|b||
plus:Licensor|Licensor|qs||
plus:LicensorImageID|Licensor's image identifier|t||
plus:LicensorNotes|Licensor's notes|l||
plus:LicensorTransactionID|Licensor's transaction|b||
plus:MediaConstraints|Constraints on media|l||
plus:MediaSummaryCode|Media summary|t||
plus:MinorModelAgeDisclosure|Age of minors shown|t||
plus:ModelReleaseID|Model release|b||
plus:ModelReleaseStatus|Model release status|t||
plus:OtherConditions|Other conditions|l||
plus:OtherConstraints|Other constraints|l||
plus:OtherImageInfo|Other information|l||
plus:OtherLicenseDocuments|Other licence documents|b||
plus:OtherLicenseInfo|Other information on the licence|l||
plus:OtherLicenseRequirements|Other requirements of the licence|l||
plus:ProductOrServiceConstraints|Constraints on products or services|l||
plus:PropertyReleaseID|Property release|b||
plus:PropertyReleaseStatus|Property release status|t||
plus:RegionConstraints|Constraints on regions|l||
plus:Reuse|Reuse|t||
plus:TermsAndConditionsText|Terms and conditions|l||
plus:TermsAndConditionsURL|Address of the terms|t||
plus:Version|Version of PLUS|t||
cc:license|Licence of Creative Commons|t||
cc:attributionName|Name for attribution|t||
cc:attributionURL|Address for attribution|t||
"""


def _rows(table: str) -> list[Property]:
    made = []
    for line in table.split("\n"):
        if line:
            name, label, kind, iim, exif = line.split("|")
            dataset, _, size = iim.partition(" ")
            made.append(
                Property(
                    name=name,
                    label=label,
                    kind=_KINDS[kind],
                    iim=int(dataset) if dataset else None,
                    iim_bytes=int(size) if size else 0,
                    exif=int(exif, 16) if exif else None,
                )
            )
    return made


PROPERTIES: Final = tuple(_rows(_CORE) + _rows(_EXTENSION) + _rows(_PLUS))
BY_NAME: Final[Mapping[str, Property]] = {one.name: one for one in PROPERTIES}
BY_DATASET: Final[Mapping[int, Property]] = {one.iim: one for one in PROPERTIES if one.iim}

# Datasets that have no property of XMP of their own, or a different form there.
OTHER_DATASETS: Final[Mapping[tuple[int, int], str]] = {
    (1, 90): "Character set",
    (2, 0): "Record version",
    (2, 3): "Object type",
    (2, 4): "Intellectual genre",
    (2, 7): "Edit status",
    (2, 10): "Urgency",
    (2, 12): "Subject reference",
    (2, 15): "Category",
    (2, 20): "Supplemental category",
    (2, 22): "Fixture identifier",
    (2, 26): "Content location code",
    (2, 27): "Content location",
    (2, 30): "Release date",
    (2, 35): "Release time",
    (2, 37): "Expiration date",
    (2, 38): "Expiration time",
    (2, 47): "Reference date",
    (2, 55): "Date created",
    (2, 60): "Time created",
    (2, 62): "Digital creation date",
    (2, 63): "Digital creation time",
    (2, 65): "Originating program",
    (2, 70): "Program version",
    (2, 118): "Contact",
    (2, 130): "Image type",
    (2, 131): "Image orientation",
    (2, 135): "Language",
}
