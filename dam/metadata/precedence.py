"""Which block is believed where several speak of one field.

Two orders are known. The IPTC Photo Metadata Standard has XMP, IPTC-IIM, EXIF. The Metadata
Working Group (MWG 2.0 §5) has EXIF first, and asks a digest which of the other two was written
last: a program that knows only IPTC-IIM changes it without bringing the digest into step.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from dam.metadata.blocks import BlockKind
from dam.metadata.fields import LanguageText

NO_LANGUAGE: Final = "und"


class Precedence(StrEnum):
    """The two orders, as the archive's setting names them."""

    XMP = "xmp"
    MWG = "mwg"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one block says about one field; ``und`` where a text has no language.

    ``origin`` names the block for a person, and the part of it where that matters.
    """

    origin: str
    words: tuple[LanguageText, ...]

    @classmethod
    def of(cls, origin: str, *texts: str | None) -> Self:
        """A claim of texts without a language; empty ones say nothing."""
        return cls(origin, tuple((NO_LANGUAGE, text) for text in texts if text))

    @property
    def texts(self) -> tuple[str, ...]:
        """The words without their languages."""
        return tuple(text for _, text in self.words)


@dataclass(frozen=True, slots=True)
class Order:
    """An order of blocks; *exif_first* holds for the fields that EXIF has."""

    exif_first: bool = False
    iim_first: bool = False

    def of(self, field: str, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """Return the claims about one field, the one that is believed first."""
        given = tuple(claims)
        cut = self.iim_first and _is_cut_off(field, given)
        return tuple(sorted(given, key=lambda claim: self._rank(claim.origin, iim_cut=cut)))

    def _rank(self, origin: str, *, iim_cut: bool) -> int:
        if origin == BlockKind.EXIF:
            return 0 if self.exif_first else 3
        if origin.startswith(BlockKind.IIM):
            return 1 if self.iim_first and not iim_cut else 2
        return 1 if not self.iim_first or iim_cut else 2


XMP_FIRST: Final = Order()
# The longest values of IPTC-IIM in bytes, of the fields that MWG recovers (2.0 §5.2).
_LIMITS = {"caption": 2000, "copyright notice": 128, "creator": 32, "title": 64}


def order_of(by: Precedence, iim: bytes | None, digest: bytes | None) -> Order:
    """Return the order for a file with this IPTC-IIM block and this digest of an earlier one."""
    if by is Precedence.XMP:
        return XMP_FIRST
    return Order(exif_first=True, iim_first=iim is not None and not _is_current(iim, digest))


def _is_current(iim: bytes, digest: bytes | None) -> bool:
    """Whether the IIM is as it was when XMP was written; without a digest that is assumed.

    A TIFF pads the block with zeros, which some programs leave out of the digest.
    """
    if digest is None or digest == bytes(16):
        return True
    candidates = {iim, iim.rstrip(b"\0")}
    return digest in {hashlib.md5(one, usedforsecurity=False).digest() for one in candidates}


def _is_cut_off(field: str, claims: tuple[Claim, ...]) -> bool:
    """Whether the text of IIM is just as long as IIM allows, and XMP begins with it."""
    limit = _LIMITS.get(field)
    iim = next((one.texts for one in claims if one.origin == BlockKind.IIM), ())
    xmp = next((one.texts for one in claims if one.origin == BlockKind.XMP), ())
    if limit is None or len(iim) != len(xmp):
        return False
    return any(
        limit - 3 <= len(short.encode()) <= limit and long.startswith(short) and long != short
        for short, long in zip(iim, xmp, strict=True)
    )
