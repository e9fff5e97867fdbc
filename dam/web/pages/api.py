"""The page that lists the operations of the API."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.parts import Site


@dataclass(frozen=True, slots=True)
class ApiOperation:
    """One operation: what is sent where, what it does, and who may."""

    method: str
    path: str
    summary: str
    role: str


@dataclass(frozen=True, slots=True)
class ApiNoun:
    """The operations of one noun."""

    name: str
    operations: tuple[ApiOperation, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """Every operation, by noun."""

    template: ClassVar[str] = "api.html"

    site: Site
    nouns: tuple[ApiNoun, ...]
    count: int
