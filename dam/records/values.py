"""What reads return: frozen values, good after the session is closed."""

from dataclasses import dataclass
from datetime import datetime

from dam.catalogue.changes import Description
from dam.catalogue.dates import PartialDate
from dam.catalogue.fields import SeriesField
from dam.catalogue.notices import Notice
from dam.catalogue.series_words import SeriesDescription
from dam.iiif.geometry import Extent


@dataclass(frozen=True, slots=True)
class StoredMaster:
    """The untouched file; *extent* is after EXIF orientation and the turn that its packs have."""

    key: str
    sha256: str
    size_bytes: int
    media_type: str
    extent: Extent
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TransparentTiles:
    """The companion of a pack, of the same extent, that keeps the transparency of the master."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class StoredPack:
    """A tile pack by its recipe; *digest* changes with its bytes.

    *transparent* is none where no pixel of the master is transparent; *turned* says by how many
    degrees the master was turned for it, clockwise, over the orientation of its file.
    *master_sha256* says of which master it is, empty where that is the photograph's own.
    """

    recipe: str
    key: str
    digest: str
    extent: Extent
    tile_size: int
    grayscale: bool
    transparent: TransparentTiles | None = None
    turned: int = 0
    master_sha256: str = ""

    def shows(self, master: StoredMaster, turned: int) -> bool:
        """Whether it was cut of *master*, turned by so many degrees."""
        return self.turned == turned and self.master_sha256 in {"", master.sha256}

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all its objects, without their indexes."""
        return (self.key, self.transparent.key) if self.transparent else (self.key,)


@dataclass(frozen=True, slots=True)
class StoredPhotograph:
    """A photograph with all its words; *master* is None only while its row is being written."""

    id: str
    revision: int
    created_at: datetime
    original_name: str
    description: Description
    date: PartialDate | None
    master: StoredMaster
    packs: tuple[StoredPack, ...]
    in_review: bool = False

    def pack(self, recipe: str) -> StoredPack | None:
        """Return the pack made by *recipe*, if it has been made."""
        return next((pack for pack in self.packs if pack.recipe == recipe), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photograph stands in a series; positions count from 1.

    ``notices`` are the texts of the series that must be shown with each of its frames.
    """

    series_id: str
    series_title: str
    series_language: str
    position: int
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSeries:
    """A series: its words, its frames in order, and what must be shown with each of them."""

    id: str
    revision: int
    description: SeriesDescription

    @property
    def title(self) -> str:
        """The title in the main language."""
        return self.description.in_main_language(SeriesField.SERIES_TITLE)

    @property
    def introduction(self) -> str:
        """The introduction in the main language, empty where there is none."""
        return self.description.in_main_language(SeriesField.INTRODUCTION)

    @property
    def language(self) -> str:
        """The main language."""
        return self.description.language

    @property
    def frames(self) -> tuple[str, ...]:
        """The identifiers of its photographs, in order."""
        return self.description.frames


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be taken in and is kept aside."""

    id: str
    name: str
    reason: str
    key: str
    size_bytes: int
    received_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A repair of a damaged text that waits for a person."""

    id: int
    photograph_id: str
    field: str
    language: str
    start: int
    found: str
    proposed: str
    confidence: float
    reason: str
    state: str
