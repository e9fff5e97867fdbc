"""Writes workbooks (XLSX) row by row; memory does not grow with their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet looks: its *name*, the cell that stays where others scroll, what is hidden."""

    name: str = "Photographs"
    stays: str = "C2"
    hides_last: bool = True


def write_workbook(lines: Iterable[tuple[str, ...]], file: IO[bytes], layout: Layout) -> None:
    """Write rows of texts, the headings first, as a workbook whose every cell is text."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(layout.name)
    rows = iter(lines)
    first = next(rows)
    sheet.freeze_panes = layout.stays
    for number in range(1, len(first) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 28
    sheet.column_dimensions[get_column_letter(len(first))].hidden = layout.hides_last
    for row in chain((first,), rows):
        # An empty cell is written too: whoever fills it writes text.
        sheet.append([_text_cell(sheet, text) for text in row])
    book.save(file)


def _text_cell(sheet: Any, text: str) -> Any:  # noqa: ANN401 (the library's own classes)
    cell = WriteOnlyCell(sheet, text)
    # Said after the value: the library takes "=1" for a formula.
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
