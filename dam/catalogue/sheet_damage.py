"""What spreadsheet programs do to words, told from what the archive wrote into the cell.

Excel, Numbers and their like turn words into dates and numbers, cut long texts, and save in
encodings that lack letters. What looks like that is refused with a sentence, cell by cell; the rest
of a sheet is taken. Nothing is repaired silently. Cells that begin like a formula leave the archive
behind an apostrophe (OWASP, CSV injection) and lose it when they come back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dam.catalogue.repair import proposals

LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""
EMPTY = "[empty]"
"""What stands in a cell to empty a field; a cell with nothing in it changes nothing."""


class CellKind(StrEnum):
    """What a spreadsheet holds a cell to be."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class GivenCell:
    """A cell as it came: its text, and what the sheet says that it is."""

    text: str
    kind: CellKind = CellKind.TEXT


_GUARDED = re.compile(rf"'*(?:[=+\-@\t\r\n]|{re.escape(EMPTY)}\Z)")
_GUARDED_IN = re.compile(rf"'+(?:[=+\-@\t\r\n]|{re.escape(EMPTY)}\Z)")


def guarded(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """Return what ``guarded`` was given."""
    return text[1:] if _GUARDED_IN.match(text) else text


_OF_KIND = {
    CellKind.DATE: "The spreadsheet made a date of it; make the cell text and write it again.",
    CellKind.TRUTH: "The spreadsheet made TRUE or FALSE of it; make the cell text.",
    CellKind.FORMULA: "It is a formula; write the words themselves.",
    CellKind.ERROR: "The spreadsheet holds an error there; write the words again.",
}
_ERROR = re.compile(
    r"#(?:NAME\?|VALUE!|REF!|DIV/0!|N/A|NUM!|NULL!|SPILL!|CALC!|NV|WERT!|BEZUG!|ZAHL!|NOM\s*\?)|#{3,}"
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:[.,]\d{1,40})?")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
_TURNED = re.compile(
    rf"\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{2,4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}(?: \d{1,2}:\d\d(?::\d\d)?)?"
    r"|\d{1,2}\.\d{1,2}\.\d{2,4} \d{1,2}:\d\d(?::\d\d)?"
    r"|\d{4}-\d\d-\d\d[ T]00:00(?::00)?",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"[1-9]\d{4}")
_KEPT_DIGITS = 15  # of a number of IEEE 754 in a cell
_LARGEST_SHOWN = Decimal(100_000_000_000)  # from here a spreadsheet shows 1E+11
_CUT_AT = frozenset({255, 256, LONGEST_CELL})
_MISREAD = (
    ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "mac_roman"), ("utf-8", "cp1251"),
    ("cp1252", "mac_roman"), ("mac_roman", "cp1252"), ("cp1251", "cp1252"), ("cp1254", "cp1252"),
)  # fmt: skip


def damage(cell: GivenCell, before: str, *, is_date: bool = False) -> str:
    """Return why a cell is not taken, or nothing; *before* is what the field holds.

    Ask only of a cell that says something else than *before*.
    """
    if cell.kind in _OF_KIND:
        return _OF_KIND[cell.kind]
    found = (check(cell.text.strip(), before) for check in _CHECKS)
    sentence = next(filter(None, found), "")
    if sentence:
        return sentence
    if cell.kind is CellKind.NUMBER and abs(Decimal(cell.text)) >= _LARGEST_SHOWN:
        return "The spreadsheet made a number of it and may have lost digits; make the cell text."
    if is_date and _SERIAL.fullmatch(cell.text.strip()):
        return "It is the number by which a spreadsheet counts days; write the date in words."
    return ""


def _error(text: str, before: str) -> str:
    del before
    return _OF_KIND[CellKind.ERROR] if _ERROR.fullmatch(text) else ""


def _scientific(text: str, before: str) -> str:
    del before
    if _SCIENTIFIC.fullmatch(text):
        return "The spreadsheet wrote a number with an exponent and lost its digits; make it text."
    return ""


def _zeros(text: str, before: str) -> str:
    if not (_NUMBER.fullmatch(text) and _NUMBER.fullmatch(before)):
        return ""
    if Decimal(text.replace(",", ".")) == Decimal(before.replace(",", ".")):
        return f"It was “{before}” and lost its zeros or signs; make the cell text."
    if len(text) == len(before) > _KEPT_DIGITS and text[:_KEPT_DIGITS] == before[:_KEPT_DIGITS]:
        return f"Only the first {_KEPT_DIGITS} digits of “{before}” are left; make the cell text."
    return ""


def _turned(text: str, before: str) -> str:
    del before
    return _OF_KIND[CellKind.DATE] if _TURNED.fullmatch(text) else ""


def _cut(text: str, before: str) -> str:
    if len(text) >= LONGEST_CELL:
        return f"A cell holds {LONGEST_CELL} characters, and the text may be cut off there."
    if len(text) in _CUT_AT and len(before) > len(text) and before.startswith(text):
        return f"It was cut off after {len(text)} of {len(before)} characters."
    return ""


def _unreadable(text: str, before: str) -> str:
    lost = "\ufffd" in text and "\ufffd" not in before
    if lost or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "Its letters are not in UTF-8; save the sheet as XLSX, or as CSV in UTF-8."
    return ""


def _questions(text: str, before: str) -> str:
    if len(text) != len(before) or text == before:
        return ""
    others = [(now, was) for now, was in zip(text, before, strict=True) if now != was]
    if all(now == "?" and not was.isascii() for now, was in others):
        return "Letters became question marks; save the sheet as XLSX, or as CSV in UTF-8."
    return ""


def _misread(text: str, before: str) -> str:
    sentence = "Its letters were read in the wrong encoding; open the sheet as UTF-8."
    if not text.isascii():
        if any(before.encode(a, "replace").decode(b, "replace") == text for a, b in _MISREAD):
            return sentence
        # Without a language only UTF-8 that was read as something else is proposed.
        if len(proposals(text, "")) > len(proposals(before, "")):
            return sentence
    return ""


_CHECKS: tuple[Callable[[str, str], str], ...] = (
    _error, _scientific, _zeros, _turned, _cut, _unreadable, _questions, _misread,
)  # fmt: skip
