"""Code replacements: short codes that stand for names, places and texts while typing.

A code is written between two signs, ``=mt=``. Files of codes have one a line: the code, a tab, the
replacement; further tabs separate alternatives, of which ``=mt#2=`` is the second.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dam.catalogue.text import clean


class CodeKind(StrEnum):
    """What a code stands for; names link the authority record too."""

    TEXT = "text"
    AGENT = "agent"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Code:
    """A code and what it stands for; ``authority_id`` is set for the codes of names.

    ``replacements`` are the alternatives in their order, at least one.
    """

    code: str
    replacements: tuple[str, ...]
    kind: CodeKind = CodeKind.TEXT
    authority_id: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a file of codes that was left out, and why."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a file, each once, and the lines that were left out."""

    codes: tuple[Code, ...]
    bad_lines: tuple[BadLine, ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text with its codes replaced; ``used`` are those that were, in order."""

    text: str
    used: tuple[Code, ...]
    unknown: tuple[str, ...]


_CODE = re.compile(r"[^\s=#\t]{1,40}")
_WRITTEN = re.compile(r"=(?P<code>[^\s=#]{1,40})(?:#(?P<number>[1-9][0-9]?))?=")


def read_codes(text: str) -> Codes:
    """Return the codes of a tab-separated file; a code that comes again replaces the earlier."""
    found: dict[str, Code] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        cells = [clean(cell, multiline=False) for cell in line.split("\t")]
        if not any(cells) or line.startswith("//"):
            continue
        code, *replacements = cells
        replacements = [replacement for replacement in replacements if replacement]
        if not _CODE.fullmatch(code):
            sentence = f"“{code[:40]}” is no code: letters and digits without spaces, = and #."
            bad.append(BadLine(number, sentence))
        elif not replacements:
            bad.append(BadLine(number, f"“{code}” stands for nothing; write a tab and the text."))
        else:
            found[code.casefold()] = Code(code, tuple(replacements))
    return Codes(tuple(found.values()), tuple(bad))


def expand(text: str, codes: Mapping[str, Code]) -> Expanded:
    """Return *text* with the codes in it replaced; *codes* are by their code in small letters.

    What is no known code stays as it was typed, and is named; nothing is replaced twice.
    """
    used: list[Code] = []
    unknown: list[str] = []

    def replacement(found: re.Match[str]) -> str:
        code = codes.get(found["code"].casefold())
        number = int(found["number"] or 1)
        if code is None or number > len(code.replacements):
            unknown.append(found[0])
            return found[0]
        used.append(code)
        return code.replacements[number - 1]

    return Expanded(_WRITTEN.sub(replacement, text), tuple(used), tuple(unknown))
