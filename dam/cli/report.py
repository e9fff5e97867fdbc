"""What became of each file, as a table for people or as JSON lines for programs."""

import json
from collections import Counter
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dam.catalogue.text import clean
from dam.iiif.presentation_source import manifest_path
from dam.workflows import publish
from dam.workflows.archive import Archive
from dam.workflows.ingest import Outcome, State

_WIDE = 200  # characters; into a file or a pipe, nothing needs to be folded


def tell(note: str) -> None:
    """Say something by the way, where it does not mix with the answer."""
    click.echo(clean(note, multiline=False), err=True)


def print_json(archive: Archive, outcomes: Sequence[Outcome]) -> None:
    """Print one object for each file."""
    for outcome in outcomes:
        told = {
            "path": outcome.name,
            "id": outcome.id,
            "state": outcome.state.value,
            "reason": outcome.reason,
            "manifest": _manifest(archive, outcome),
            "duplicate_of": outcome.duplicate_of,
        }
        click.echo(json.dumps(told))


def print_table(archive: Archive, outcomes: Sequence[Outcome]) -> None:
    """Print a line for each file, and how many became what."""
    table = Table(box=None, pad_edge=False)
    table.add_column("file", overflow="fold")
    table.add_column("state", no_wrap=True)
    table.add_column("id", no_wrap=True)
    table.add_column("what there is to say", overflow="fold")
    for outcome in outcomes:
        said = outcome.reason or _manifest(archive, outcome) or ""
        cells = (outcome.name, outcome.state.value, outcome.id or "", said)
        table.add_row(*(Text(clean(cell, multiline=False)) for cell in cells))
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    if outcomes:
        console.print(table)
    click.echo(_in_words(outcomes))


def _in_words(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return "There is no file to take in."
    counts = Counter(outcome.state for outcome in outcomes)
    parts = [f"{counts[state]} {state.value}" for state in State if counts[state]]
    return f"{len(outcomes)} file{'' if len(outcomes) == 1 else 's'}: {', '.join(parts)}."


def _manifest(archive: Archive, outcome: Outcome) -> str | None:
    """Return the address of the public manifest, if one is published."""
    if outcome.id is None:
        return None
    path = manifest_path(outcome.id)
    published = archive.settings.manifests / path.removeprefix("/manifests/")
    return publish.public_origin(archive) + path if published.is_file() else None
