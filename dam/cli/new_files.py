"""Files that commands write: new ones only, so that none is written over."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """Open a file that is not there yet.

    Raises:
        UsageError: there is one of that name; it stays as it is.
    """
    try:
        with file.open("xb") as new:
            yield new
    except FileExistsError:
        raise click.UsageError(f"“{file}” is there already; choose another name.") from None
