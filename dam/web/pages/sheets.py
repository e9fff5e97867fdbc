"""The page of sheets that leave and come back."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.parts import Site


@dataclass(frozen=True, slots=True)
class SheetPage:
    """``/desk/sheets``: take words out as a sheet, bring a sheet in.

    ``error`` says why the sheet that was sent was not read.
    """

    site: Site
    chosen: str
    query: str
    find_url: str
    error: str = ""
    template: ClassVar[str] = "sheets.html"
