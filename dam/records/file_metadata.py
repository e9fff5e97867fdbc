"""Rows of what a master's file says about itself: its blocks verbatim, and every value in them."""

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Row


class MetadataBlockRow(Row):
    """One block of metadata as it stood in the file; never changed after the photograph came in.

    ``kind`` is EXIF, IPTC-IIM, XMP, ``extended XMP`` or ``IPTC digest``.
    """

    __tablename__ = "metadata_block"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MetadataClaimRow(Row):
    """One value that a block claims, in the order of the file; positions count from 1."""

    __tablename__ = "metadata_claim"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    block: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35), default="")
    note: Mapped[str] = mapped_column(Text, default="")
